package dataset

import (
	"fmt"
	"io"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
)

// Column is one column read back. Valid says which rows are not NULL; the values
// of the others are zero.
type Column struct {
	Name    string
	Valid   []bool
	Ints    []int32   // of an int32 column
	Doubles []float64 // of a double column
	Texts   []string  // of a string column
}

// Read reads a part back, whole.
func Read(r parquet.ReaderAtSeeker) ([]Column, error) {
	f, err := file.NewParquetReader(r)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := make([]Column, f.MetaData().Schema.NumColumns())
	for g := range f.NumRowGroups() {
		group := f.RowGroup(g)
		for i := range out {
			out[i].Name = f.MetaData().Schema.Column(i).Name()
			c, err := group.Column(i)
			if err != nil {
				return nil, err
			}
			if err := out[i].append(c, group.NumRows()); err != nil {
				return nil, fmt.Errorf("column %s: %w", out[i].Name, err)
			}
		}
	}
	return out, nil
}

func (c *Column) append(r file.ColumnChunkReader, rows int64) error {
	levels := make([]int16, rows)
	required := r.Descriptor().MaxDefinitionLevel() == 0
	var read int64
	var err error
	switch r := r.(type) {
	case *file.Int32ColumnChunkReader:
		values := make([]int32, rows)
		if read, _, err = r.ReadBatch(rows, values, levels, nil); err == nil {
			c.Ints = spread(c, c.Ints, values, levels, required)
		}
	case *file.Float64ColumnChunkReader:
		values := make([]float64, rows)
		if read, _, err = r.ReadBatch(rows, values, levels, nil); err == nil {
			c.Doubles = spread(c, c.Doubles, values, levels, required)
		}
	case *file.ByteArrayColumnChunkReader:
		values := make([]parquet.ByteArray, rows)
		texts := make([]string, rows)
		if read, _, err = r.ReadBatch(rows, values, levels, nil); err == nil {
			for i, v := range values {
				texts[i] = string(v)
			}
			c.Texts = spread(c, c.Texts, texts, levels, required)
		}
	}
	if err == nil && read != rows {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// spread puts values, which leave NULLs out, at their rows.
func spread[T any](c *Column, to, values []T, levels []int16, required bool) []T {
	next := 0
	for _, l := range levels {
		var v T
		valid := required || l > 0
		if valid {
			v = values[next]
			next++
		}
		c.Valid = append(c.Valid, valid)
		to = append(to, v)
	}
	return to
}
