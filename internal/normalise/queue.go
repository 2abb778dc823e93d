package normalise

import (
	"context"
	"errors"
	"io"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
)

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

// nextBatch takes chunks of the current file, nil when it has no more. A file
// that turns out to be damaged ends there, with its problems.
func (p *pass) nextBatch() (*job, error) {
	j := &job{part: p.next, file: p.file}
	for len(j.chunks) < batchChunks && !p.damaged(p.file) {
		c, err := p.files[p.file].Next()
		if errors.Is(err, io.EOF) {
			break
		}
		var content *diag.Problems
		if errors.As(err, &content) {
			p.files[p.file].damage = content.Diagnostics
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

func (p *pass) damaged(file int) bool { return len(p.files[file].damage) > 0 }

func (p *pass) work(ctx context.Context) error {
	workers := map[int]*worker{}
	stop := context.AfterFunc(ctx, func() { p.abort(ctx.Err()) })
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
	commit, err := p.consume(j.part, block)
	if err != nil {
		p.abort(err)
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

// consume hands a block on, with its scores and final weights. A pass that only
// counts keeps it.
func (p *pass) consume(part int, b *Block) (commit func() error, err error) {
	if p.raker != nil {
		b.Cell = p.raker.code(b, b.Cell)
	}
	if p.counting() {
		return func() error { p.raker.add(b); return nil }, nil
	}
	p.scorer.score(b)
	if p.raker != nil {
		if err := p.know.raking.apply(b); err != nil {
			return nil, err
		}
	}
	return p.consumer.Chunk(part, b)
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
	for p.done != part && p.failed == nil {
		p.ready.Wait()
	}
	if p.failed == nil {
		p.failed = f()
		p.done++
		p.ready.Broadcast()
	}
	return p.failed
}

// abort wakes those who wait for a part that will never come.
func (p *pass) abort(why error) {
	p.commit.Lock()
	defer p.commit.Unlock()
	if p.failed == nil {
		p.failed = why
	}
	p.ready.Broadcast()
}
