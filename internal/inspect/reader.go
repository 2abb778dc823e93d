package inspect

import (
	"cmp"
	"context"
	"errors"
	"io"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
)

// batchChunks is how many consecutive chunks are profiled into one piece.
const batchChunks = 16

// reader reads one file. Its goroutines take batches of chunks under a lock and
// add their pieces to the whole in file order.
type reader struct {
	file *export.File
	look *look
	size int // chunks in a batch

	feed   sync.Mutex
	next   int // batch to be handed out
	damage []diag.Diagnostic

	merge sync.Mutex
	ready *sync.Cond
	done  int // batches added
	whole *piece
}

// batch is a run of consecutive chunks.
type batch struct {
	number int
	chunks []*export.Chunk
}

// read profiles all rows of a file.
func read(ctx context.Context, f *export.File, opt Options) (*piece, error) {
	r := &reader{file: f, look: newLook(f), size: cmp.Or(opt.batch, batchChunks)}
	r.ready = sync.NewCond(&r.merge)
	r.whole = newPiece(r.look)
	g, ctx := errgroup.WithContext(ctx)
	for range max(1, opt.Jobs) {
		g.Go(func() error { return r.work(ctx) })
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	r.whole.problems = append(r.whole.problems, r.damage...)
	return r.whole, nil
}

func (r *reader) work(ctx context.Context) error {
	for {
		b, err := r.take(ctx)
		if err != nil || b == nil {
			return err
		}
		p := newPiece(r.look)
		for _, c := range b.chunks {
			p.scan(c)
		}
		r.add(b.number, p)
	}
}

// take hands out the next batch in file order; nil at the end. A file that turns
// out to be damaged ends there, with its problems.
func (r *reader) take(ctx context.Context) (*batch, error) {
	r.feed.Lock()
	defer r.feed.Unlock()
	b := &batch{number: r.next}
	for len(b.chunks) < r.size && r.damage == nil && ctx.Err() == nil {
		c, err := r.file.Next()
		var content *diag.Problems
		switch {
		case err == nil:
			b.chunks = append(b.chunks, c)
			continue
		case errors.As(err, &content):
			r.damage = content.Diagnostics
		case !errors.Is(err, io.EOF):
			return nil, err
		}
		break
	}
	if len(b.chunks) == 0 || ctx.Err() != nil {
		return nil, ctx.Err()
	}
	r.next++
	return b, nil
}

// add merges a piece when its turn comes. The wait holds a worker, which bounds
// how far the others can run ahead. Every batch that was taken gets here.
func (r *reader) add(number int, p *piece) {
	r.merge.Lock()
	defer r.merge.Unlock()
	for r.done != number {
		r.ready.Wait()
	}
	r.whole.merge(p)
	r.done++
	r.ready.Broadcast()
}
