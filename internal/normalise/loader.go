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
//     changes what was read, the wave is read once more with that knowledge. Where
//     weights are raked, the readings before that one only count.
//
// A respondent's id is hashed at once with the study's key; texts that nothing
// declares stay in memory and in private/.
package normalise

import (
	"context"
	"fmt"
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
	know := knowledge{skip: map[place]map[int]bool{}, marks: map[int]bool{}, orders: map[int]dateOrder{}}
	for range maxPasses {
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
	return nil, fmt.Errorf("still not settled after %d readings", maxPasses)
}

// maxPasses is as many as can be needed: what files mark and how they write dates
// is known after the first reading, who comes last of those with one id after the
// second; the third finds nothing new, and where weights are raked, the fourth
// has them.
const maxPasses = 4

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
	raker  *raker // nil where weights are not raked

	mu    sync.Mutex // guards the feeding of chunks
	whole bool       // every file was opened and has all its columns
	next  int        // part to be handed out
	file  int        // file it comes from

	commit sync.Mutex
	ready  *sync.Cond
	done   int   // parts committed
	failed error // what ended the pass, if anything
}

// source is an open file with its plan.
type source struct {
	*export.File
	plan   *plan
	damage []diag.Diagnostic // why its records end early
}

//gosec:disable G104 -- the file was only read, and the error that led here is reported
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
	if p.raker = newRaker(p.Schema, p.Survey); !p.counting() {
		if err := p.consumer.Begin(p.names); err != nil {
			return err
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	for range max(1, p.Jobs) {
		g.Go(func() error { return p.work(ctx) })
	}
	return g.Wait()
}

// open opens and plans every file. Where some cannot be opened, or lack columns,
// the others are read all the same, so that one run says all that is wrong; it
// reports whether there is anything to read.
func (p *pass) open(diags *diag.List) bool {
	found := &diag.List{}
	for _, name := range p.Wave.Exports {
		f, problems := export.Open(filepath.Join(p.dir, filepath.FromSlash(name)), name, export.Options{Platform: p.Wave.Codebook.Platform, Sheet: p.Wave.Codebook.Sheet})
		found.Add(problems...)
		if f == nil {
			continue
		}
		s := &source{File: f, plan: newPlan(p.Schema, p.Survey, p.Wave, f, p.names, found)}
		i := len(p.files)
		if p.know.marks[i] {
			s.plan.blankKind = NotShown
		}
		s.plan.dates = datesSeen{}.order(f)
		if o, known := p.know.orders[i]; known {
			s.plan.dates = o
		}
		p.files = append(p.files, s)
	}
	diags.Merge(found)
	p.whole = !found.HasErrors()
	p.scorer = newScorer(p.Schema, func(item int) bool { return p.asks(item) })
	return len(p.files) > 0
}

func (p *pass) asks(item int) bool { return p.Wave.Has(p.Schema.Items[item].ID) }
