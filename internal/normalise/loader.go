// Package normalise turns rows of text into respondents in the one schema.
//
//  1. A plan says, per file, which field means what; names are resolved once.
//  2. Workers read chunks side by side. A cell's bytes are looked up in a small
//     table of the forms met so far; only a new form is folded and compared with
//     the codebook. What comes out are columns of small codes, a Block.
//  3. Pieces are committed in file order, whoever made them first: the ledger
//     counts every row and value, the consumer takes the block.
//  4. What only the end of a wave can tell - that two rows have one id, that the
//     file marks questions seen but unanswered - is checked there. Where it
//     changes what was read, the wave is read once more with that knowledge.
//
// A respondent's id is hashed at once with the study's key; texts that nothing
// declares stay in memory and in private/.
package normalise

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/study"
)

// Loader reads the exports of one wave.
type Loader struct {
	Schema   *Schema
	Survey   *study.Survey
	Wave     *study.Wave
	Key      []byte
	Jobs     int           // goroutines
	Slots    chan struct{} // tokens shared by all waves; a chunk is worked on while one is held
	Progress func(bytes int64)
}

// Consumer takes the blocks of a wave. Begin is called before each reading, and
// throws away what an earlier one left. Chunk runs on any goroutine, side by
// side with others, and returns what is to be done in file order; the block is
// free for reuse after that. part counts the chunks of the wave from 0.
type Consumer interface {
	Begin(names *WaveNames) error
	Chunk(part int, b *Block) (commit func() error, err error)
}

// Read streams the wave into the consumer and returns its account. Problems in
// the files go to diags; a Result comes back even then, for the ledger.
func (l *Loader) Read(ctx context.Context, dir string, consumer Consumer, diags *diag.List) (*Result, error) {
	know := knowledge{skip: map[place]map[int]bool{}, marks: map[int]bool{}}
	for {
		pass := &pass{Loader: l, dir: dir, consumer: consumer, know: know}
		if err := pass.run(ctx, diags); err != nil {
			return nil, err
		}
		if pass.result == nil {
			return nil, nil // no file could be opened; diags say why
		}
		next, changed := pass.learned()
		if !changed {
			return pass.result, pass.report(diags)
		}
		know = next
	}
}

// knowledge is what only the end of a wave can tell.
type knowledge struct {
	skip  map[place]map[int]bool // records that are duplicates, by chunk
	marks map[int]bool           // files that mark a question seen but unanswered
}

// place is a batch of a file of the wave.
type place struct{ file, chunk int } // by its first chunk

// pass is one reading of all files of a wave.
type pass struct {
	*Loader
	dir      string
	consumer Consumer
	know     knowledge

	files  []*source
	names  *WaveNames
	scorer *scorer
	result *Result
	ids    *duplicates

	mu   sync.Mutex // guards the feeding of chunks
	next int        // part to be handed out
	file int        // file it comes from

	commit sync.Mutex
	ready  *sync.Cond
	done   int // parts committed
	failed bool
}

// source is an open file with its plan.
type source struct {
	*export.File
	plan *plan
}

func (p *pass) run(ctx context.Context, diags *diag.List) error {
	p.names = NewWaveNames(p.Schema)
	defer func() {
		for _, f := range p.files {
			f.Close()
		}
	}()
	if !p.open(diags) {
		return nil
	}
	p.result = newResult(p)
	p.ids = newDuplicates(p)
	p.ready = sync.NewCond(&p.commit)
	if err := p.consumer.Begin(p.names); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	for range max(1, p.Jobs) {
		g.Go(func() error { return p.work(ctx) })
	}
	return g.Wait()
}

// open opens and plans every file, so that all their problems are said at once.
func (p *pass) open(diags *diag.List) bool {
	found := &diag.List{}
	for i, name := range p.Wave.Exports {
		f, problems := export.Open(filepath.Join(p.dir, filepath.FromSlash(name)), name, export.Options{Platform: p.Wave.Codebook.Platform, Sheet: p.Wave.Codebook.Sheet})
		found.Add(problems...)
		if f == nil {
			continue
		}
		s := &source{File: f, plan: newPlan(p.Schema, p.Survey, p.Wave, f, p.names, found)}
		if p.know.marks[i] {
			s.plan.blankKind = NotShown
		}
		s.plan.dates = learnDates(f, nil)
		p.files = append(p.files, s)
	}
	diags.Merge(found)
	if found.HasErrors() {
		return false
	}
	p.scorer = newScorer(p.Schema, func(item int) bool { return p.asks(item) })
	return true
}

func (p *pass) asks(item int) bool {
	src, ok := p.Wave.Codebook.Items.Get(p.Schema.Items[item].ID)
	return ok && asked(src.Waves, p.Wave.ID)
}

// batchChunks is how many consecutive chunks are normalised into one block, and
// so how much of an export is one part of the data set.
const batchChunks = 32

// job is a batch of chunks to be worked on.
type job struct {
	part, file int
	chunks     []*export.Chunk
}

// take hands out the next batch in file order; nil at the end.
func (p *pass) take(ctx context.Context) (*job, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.file < len(p.files) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		j, err := p.nextBatch()
		if err != nil {
			return nil, err
		}
		if j != nil {
			return j, nil
		}
		p.file++
	}
	return nil, nil
}

// nextBatch takes chunks of the current file, nil when it has no more.
func (p *pass) nextBatch() (*job, error) {
	j := &job{part: p.next, file: p.file}
	for len(j.chunks) < batchChunks {
		c, err := p.files[p.file].Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		j.chunks = append(j.chunks, c)
	}
	if len(j.chunks) == 0 {
		return nil, nil
	}
	p.next++
	return j, nil
}

func (p *pass) work(ctx context.Context) error {
	workers := map[int]*worker{}
	stop := context.AfterFunc(ctx, func() { p.abort() })
	defer stop()
	for {
		if err := p.acquire(ctx); err != nil {
			return err
		}
		j, err := p.take(ctx)
		if err == nil && j != nil {
			err = p.do(workers, j)
		}
		p.release()
		if err != nil || j == nil {
			return err
		}
	}
}

func (p *pass) acquire(ctx context.Context) error {
	if p.Slots == nil {
		return ctx.Err()
	}
	select {
	case p.Slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *pass) release() {
	if p.Slots != nil {
		<-p.Slots
	}
}

// do normalises one batch, has it consumed and commits it when its turn comes.
func (p *pass) do(workers map[int]*worker, j *job) error {
	w := workers[j.file]
	if w == nil {
		w = newWorker(p.files[j.file].plan, p.Key)
		workers[j.file] = w
	}
	block := p.block(w)
	at := place{j.file, j.chunks[0].Index}
	piece := w.batch(j.chunks, block, p.know.skip[at])
	p.scorer.score(block)
	commit, err := p.consumer.Chunk(j.part, block)
	if err != nil {
		p.abort()
		return err
	}
	return p.inOrder(j.part, func() error {
		p.result.add(j.file, piece)
		p.ids.add(at, block)
		if p.Progress != nil {
			p.Progress(int64(piece.Rows))
		}
		return commit()
	})
}

func (p *pass) block(w *worker) *Block {
	if w.block == nil {
		w.block = newBlock(w.p)
	}
	return w.block
}

// inOrder waits until all earlier parts are committed. The wait holds a worker,
// which bounds how far the others can run ahead.
func (p *pass) inOrder(part int, f func() error) error {
	p.commit.Lock()
	defer p.commit.Unlock()
	for p.done != part && !p.failed {
		p.ready.Wait()
	}
	if p.failed {
		return context.Canceled
	}
	err := f()
	p.done++
	if err != nil {
		p.failed = true
	}
	p.ready.Broadcast()
	return err
}

// abort wakes those who wait for a part that will never come.
func (p *pass) abort() {
	p.commit.Lock()
	p.failed = true
	p.ready.Broadcast()
	p.commit.Unlock()
}
