package frame

import (
	"errors"
	"math"
	"strconv"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// batch is how many values are decoded at once.
const batch = 4096

// errColumn is the error of a column chunk that ends early or is of no known type.
var errColumn = errors.New("damaged, or encoded in a way that is not known")

// readColumn adds the values of a column chunk to a piece.
//
//gosec:disable G115 -- the type is unsigned in the file, and its bits are kept
func readColumn(r file.ColumnChunkReader, rows int64, to *piece) error {
	scale, unsigned := wholeNumbers(r.Descriptor())
	switch r := r.(type) {
	case *file.Int32ColumnChunkReader:
		return readValues(r, rows, to, r.ReadBatch, func(v int32) {
			if unsigned {
				to.addWhole(int64(uint32(v)), scale)
				return
			}
			to.addWhole(int64(v), scale)
		})
	case *file.Int64ColumnChunkReader:
		return readValues(r, rows, to, r.ReadBatch, func(v int64) { to.addWhole(v, scale) })
	case *file.Float32ColumnChunkReader:
		return readValues(r, rows, to, r.ReadBatch, func(v float32) { to.addDouble(float64(v)) })
	case *file.Float64ColumnChunkReader:
		return readValues(r, rows, to, r.ReadBatch, to.addDouble)
	case *file.BooleanColumnChunkReader:
		return readValues(r, rows, to, r.ReadBatch, func(v bool) {
			to.addDouble(map[bool]float64{true: 1}[v])
		})
	case *file.ByteArrayColumnChunkReader:
		return readValues(r, rows, to, r.ReadBatch, func(v parquet.ByteArray) { to.addWord(v) })
	}
	return errColumn
}

// wholeNumbers says what the integers of a column stand for: that many decimal
// places, and whether the first bit is a sign.
func wholeNumbers(c *schema.Column) (scale int, unsigned bool) {
	switch t := c.LogicalType().(type) {
	case *schema.DecimalLogicalType:
		return int(t.Scale()), false
	case *schema.IntLogicalType:
		return 0, !t.IsSigned()
	}
	return 0, false
}

// readValues reads a chunk in batches. Missing values have a level and no value.
func readValues[T any](r file.ColumnChunkReader, rows int64, to *piece, read func(int64, []T, []int16, []int16) (int64, int, error), add func(T)) error {
	values, levels := make([]T, batch), make([]int16, batch)
	optional := r.Descriptor().MaxDefinitionLevel() > 0
	for rows > 0 {
		n, _, err := read(min(rows, batch), values, levels, nil)
		if err == nil && n == 0 {
			err = errors.Join(errColumn, r.Err())
		}
		if err != nil {
			return err
		}
		rows -= n
		next := 0
		for _, l := range levels[:n] {
			if optional && l == 0 {
				to.addMissing()
				continue
			}
			add(values[next])
			next++
		}
	}
	return nil
}

// addWhole takes an integer. One that no float64 holds is a text, as in a CSV.
func (p *piece) addWhole(v int64, scale int) {
	switch {
	case scale > 0 && scale < len(exactTens):
		p.addDouble(float64(v) / exactTens[scale])
	case p.text, v > 1<<53, v < -1<<53:
		p.addText(strconv.AppendInt(nil, v, 10))
	default:
		p.addNumber(float64(v))
	}
}

// addDouble takes a number. NaN, which some writers put for NULL, is missing.
func (p *piece) addDouble(v float64) {
	switch {
	case math.IsNaN(v):
		p.addMissing()
	case math.IsInf(v, 0):
		p.addText([]byte("Inf"))
	case p.text:
		p.addText([]byte(formatNumber(v)))
	default:
		p.addNumber(v)
	}
}

// addWord takes a text, which is one also where it looks like a number: the
// file says so.
func (p *piece) addWord(v []byte) {
	if missing(v) {
		p.addMissing()
		return
	}
	p.addText(v)
}
