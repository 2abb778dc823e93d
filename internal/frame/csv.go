package frame

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export/csvfile"
	"github.com/caregap/caregap/internal/export/record"
)

// table is a text file with one row of headings.
type table struct {
	name string
	file *os.File
	size int64
}

// Limits of a file: they bound the memory that a damaged one takes.
const (
	mostColumns   = 16_384
	mostCellBytes = 16 << 20
)

func (t table) reader() (*csvfile.Reader, error) {
	r, err := csvfile.Open(t.file, t.size, csvfile.Options{CellBytes: mostCellBytes, Columns: mostColumns, ChunkBytes: csvfile.ChunkBytes})
	var problems *diag.Problems
	switch {
	case errors.Is(err, csvfile.ErrEmpty):
		return nil, problem(diag.Diagnostic{
			Code: "empty-file", Pos: diag.Pos{File: t.name}, Message: "the file is empty", Hint: "a row of column names is expected, and a row for each respondent",
		})
	case errors.As(err, &problems):
		return nil, t.placed(0, problems.Diagnostics)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", t.name, err)
	}
	return r, nil
}

// placed puts diagnostics into the file, behind the records before them.
func (t table) placed(records int, list []diag.Diagnostic) error {
	for i := range list {
		list[i].Pos.File = t.name
		list[i].Pos.Row += records
	}
	return &diag.Problems{Diagnostics: list}
}

func openCSV(t table) (*File, error) {
	r, err := t.reader()
	if err != nil {
		return nil, err
	}
	return &File{Name: t.name, Columns: r.Head.Rows[0], close: t.file.Close,
		read: func(ctx context.Context, wants []Want) (*Frame, error) { return t.read(ctx, wants) },
	}, nil
}

// chunk is what became of one part of the file.
type chunk struct {
	records  int
	blank    []int // records that are no rows, counted from the chunk's first
	pieces   []piece
	problems []diag.Diagnostic
}

func (t table) read(ctx context.Context, wants []Want) (*Frame, error) {
	r, err := t.reader()
	if err != nil {
		return nil, err
	}
	columns := r.Head.Rows[0]
	at := make([]int, len(wants))
	for i, w := range wants {
		at[i] = slices.Index(columns, w.Name)
	}
	before := r.Head.Lead + 1
	r.Begin(1, len(columns))
	q := &queue{reader: r, wants: wants, at: at}
	if err := q.drain(ctx); err != nil {
		return nil, fmt.Errorf("%s: %w", t.name, err)
	}
	out := &Frame{File: t.name, before: before}
	var problems []diag.Diagnostic
	var pieces [][]piece
	records := 0
	for i, c := range q.chunks {
		if len(c.problems) > 0 {
			problems = append(problems, t.placed(records, c.problems).(*diag.Problems).Diagnostics...)
		}
		for _, b := range c.blank {
			if b += records; i > 0 || b >= before {
				out.skipped = append(out.skipped, b)
			}
		}
		records += c.records
		pieces = append(pieces, c.pieces)
	}
	if len(problems) > 0 {
		return nil, &diag.Problems{Diagnostics: problems}
	}
	join(out, wants, pieces)
	return out, nil
}

// queue hands chunks out to workers and keeps what they make of them in order.
type queue struct {
	reader *csvfile.Reader
	wants  []Want
	at     []int // place of each wanted column among the fields

	mu     sync.Mutex
	chunks []*chunk
}

// drain reads to the end of the file.
func (q *queue) drain(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			for {
				data, out, err := q.next()
				switch {
				case errors.Is(err, io.EOF):
					return nil
				case err != nil:
					return err
				case ctx.Err() != nil:
					return ctx.Err()
				}
				q.scan(data, out)
				data.Release()
			}
		})
	}
	return group.Wait()
}

func (q *queue) next() (*csvfile.Chunk, *chunk, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	data, err := q.reader.Next()
	if err != nil {
		return nil, nil, err
	}
	out := &chunk{pieces: make([]piece, len(q.wants))}
	for i, w := range q.wants {
		out.pieces[i].text = w.Text
	}
	q.chunks = append(q.chunks, out)
	return data, out, nil
}

// scan takes the wanted fields of every row. Records between those it is given
// were blank, or are problems.
func (q *queue) scan(data *csvfile.Chunk, out *chunk) {
	expected := 0
	out.records, out.problems = data.Scan(func(number int, data []byte, cells []record.Cell) {
		for ; expected < number; expected++ {
			out.blank = append(out.blank, expected)
		}
		expected++
		for i, column := range q.at {
			cell := cells[column]
			out.pieces[i].add(data[cell.Start:cell.End])
		}
	})
	for ; expected < out.records; expected++ {
		out.blank = append(out.blank, expected)
	}
}
