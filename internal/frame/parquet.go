package frame

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"
	"golang.org/x/sync/errgroup"

	"github.com/caregap/caregap/internal/diag"
)

// part is one Parquet file with what the names of its folders say.
type part struct {
	file   *os.File
	name   string
	keys   []key
	reader *file.Reader
}

// key is a partition's column and value.
type key struct{ column, value string }

// parquetFile is parts that are read one after the other.
type parquetFile struct {
	name  string
	parts []part
}

// openParquet takes the columns from the first part. Partitions' keys follow them.
func openParquet(name string, parts []part) (*File, error) {
	p := &parquetFile{name, parts}
	for i := range parts {
		r, err := newReader(parts[i].file)
		if err != nil {
			return nil, problem(diag.Diagnostic{Code: "damaged-parquet", Pos: diag.Pos{File: parts[i].name}, Message: "no Parquet file that can be read"})
		}
		parts[i].reader = r
	}
	out := &File{Name: name, close: p.close}
	for i, s := 0, parts[0].reader.MetaData().Schema; i < s.NumColumns(); i++ {
		if column := topName(s.Column(i)); !slices.Contains(out.Columns, column) {
			out.Columns = append(out.Columns, column) // a structure has several
		}
	}
	for _, k := range parts[0].keys {
		out.Columns = append(out.Columns, k.column)
	}
	out.read = p.read
	return out, nil
}

// newReader takes a panic over a damaged file for the error that it is.
func newReader(f *os.File) (r *file.Reader, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged: %v", p)
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return file.NewParquetReader(io.NewSectionReader(f, 0, info.Size()))
}

func topName(c *schema.Column) string { return c.ColumnPath()[0] }

func (p *parquetFile) close() error {
	var first error
	for _, part := range p.parts {
		if err := part.file.Close(); first == nil {
			first = err
		}
	}
	return first
}

// read reads each wanted column of each row group by itself.
func (p *parquetFile) read(ctx context.Context, wants []Want) (*Frame, error) {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	var pieces [][]piece
	for _, part := range p.parts {
		for g := range part.reader.NumRowGroups() {
			row := make([]piece, len(wants))
			pieces = append(pieces, row)
			for i, w := range wants {
				group.Go(func() error {
					if err := ctx.Err(); err != nil {
						return err
					}
					return part.readPiece(g, w, &row[i])
				})
			}
		}
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	out := &Frame{File: p.name}
	join(out, wants, pieces)
	return out, nil
}

// readPiece reads one column of one row group.
func (p part) readPiece(g int, w Want, to *piece) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = p.problemf(w.Name, "damaged-parquet", "the column cannot be read")
		}
	}()
	to.text = w.Text
	group := p.reader.RowGroup(g)
	rows := group.NumRows()
	for _, k := range p.keys {
		if k.column == w.Name {
			for range rows {
				to.add([]byte(k.value))
			}
			return nil
		}
	}
	at := p.column(w.Name)
	if at < 0 {
		return p.problemf(w.Name, "unknown-column", "this part has no such column, others have")
	}
	if err := p.suits(at); err != nil {
		return err
	}
	column, err := group.Column(at)
	if err != nil {
		return fmt.Errorf("%s, column %q: %w", p.name, w.Name, err)
	}
	if err := readColumn(column, rows, to); err != nil {
		return fmt.Errorf("%s, column %q: %w", p.name, w.Name, err)
	}
	return nil
}

func (p part) column(name string) int {
	s := p.reader.MetaData().Schema
	for i := range s.NumColumns() {
		if topName(s.Column(i)) == name {
			return i
		}
	}
	return -1
}

// suits refuses what is neither numbers nor texts.
func (p part) suits(at int) error {
	c := p.reader.MetaData().Schema.Column(at)
	refuse := func(what string) error {
		return p.problemf(topName(c), "column-kind", "it holds %s, which are neither numbers nor texts", what)
	}
	if len(c.ColumnPath()) > 1 || c.MaxRepetitionLevel() > 0 {
		return refuse("lists or structures")
	}
	switch c.LogicalType().(type) {
	case schema.DateLogicalType, *schema.TimeLogicalType, *schema.TimestampLogicalType:
		return refuse("dates or times")
	case *schema.DecimalLogicalType:
		if c.PhysicalType() == parquet.Types.ByteArray {
			return refuse("numbers kept as bytes")
		}
	}
	switch c.PhysicalType() {
	case parquet.Types.Int96:
		return refuse("times")
	case parquet.Types.FixedLenByteArray:
		return refuse("bytes")
	}
	return nil
}

func (p part) problemf(column, code, format string, args ...any) error {
	return problem(diag.Diagnostic{Code: code, Pos: diag.Pos{File: p.name, Column: column}, Message: fmt.Sprintf(format, args...)})
}
