package dataset

import (
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"

	"github.com/caregap/caregap/internal/normalise"
)

// Writer writes blocks as Parquet parts. It belongs to one goroutine, and keeps
// its columns' memory from part to part.
type Writer struct {
	schema  *Schema
	names   *normalise.WaveNames
	levels  []int16
	codes   []int32
	doubles []float64
	texts   []parquet.ByteArray
	arena   []byte
	kinds   []parquet.ByteArray
	cats    [][]parquet.ByteArray // per variable: category ids
}

// NewWriter makes a writer for one wave.
func (s *Schema) NewWriter(names *normalise.WaveNames) *Writer {
	w := &Writer{schema: s, names: names}
	for _, k := range normalise.KindNames() {
		w.kinds = append(w.kinds, parquet.ByteArray(k))
	}
	for _, v := range s.source.Variables {
		var ids []parquet.ByteArray
		for _, c := range v.Variable.Categories {
			ids = append(ids, parquet.ByteArray(c.ID))
		}
		w.cats = append(w.cats, ids)
	}
	return w
}

// Write writes one part. numerics are the block's scores and gaps, NaN for none,
// nil columns where the wave has none.
func (w *Writer) Write(out io.Writer, b *normalise.Block, numerics [][]float64) error {
	s := &sticky{to: out}
	if err := w.write(s, b, numerics); err != nil {
		return err
	}
	return s.err
}

// sticky keeps the first error and takes everything after it: the library panics
// where the first bytes cannot be written. It has no Close, for the library
// closes what it can close, and the file is the caller's.
type sticky struct {
	to  io.Writer
	err error
}

func (s *sticky) Write(p []byte) (int, error) {
	if s.err == nil {
		_, s.err = s.to.Write(p)
	}
	return len(p), nil
}

func (w *Writer) write(out io.Writer, b *normalise.Block, numerics [][]float64) error {
	f := file.NewParquetWriter(out, w.schema.root, file.WithWriterProps(w.schema.props))
	group := f.AppendRowGroup()
	for _, c := range w.schema.columns {
		next, err := group.NextColumn()
		if err != nil {
			return fmt.Errorf("parquet column %s: %w", c.field.Name, err)
		}
		w.levels, w.codes, w.doubles, w.texts, w.arena = w.levels[:0], w.codes[:0], w.doubles[:0], w.texts[:0], w.arena[:0]
		w.fill(c, b, numerics)
		if err := w.flush(next); err != nil {
			return fmt.Errorf("parquet column %s: %w", c.field.Name, err)
		}
	}
	if err := group.Close(); err != nil {
		return err
	}
	return f.Close()
}

func (w *Writer) flush(c file.ColumnChunkWriter) error {
	var err error
	switch c := c.(type) {
	case *file.Int32ColumnChunkWriter:
		_, err = c.WriteBatch(w.codes, w.levels, nil)
	case *file.Float64ColumnChunkWriter:
		_, err = c.WriteBatch(w.doubles, w.levels, nil)
	case *file.ByteArrayColumnChunkWriter:
		_, err = c.WriteBatch(w.texts, w.levels, nil)
	}
	if err != nil {
		return err
	}
	return c.Close()
}

// fill puts a column's values into the scratch columns: a level of 1 and a value
// for what is there, a level of 0 for NULL.
func (w *Writer) fill(c column, b *normalise.Block, numerics [][]float64) {
	switch c.kind {
	case respondent:
		w.respondents(b)
	case completed:
		w.times(b)
	case variable:
		w.variable(c.index, b)
	case weight:
		w.numbers(b.Weight, b.Rows)
	case stratum:
		w.named(b.Stratum, w.names.Strata, b.Rows)
	case psu:
		w.named(b.PSU, w.names.PSUs, b.Rows)
	case itemCode:
		w.slots(b.Items[c.index], w.schema.source.Items[c.index].Min, b.Rows)
	case itemMissing:
		w.missing(b.Items[c.index], b.Rows)
	case optionCode:
		w.slots(b.Options[c.index], 0, b.Rows)
	case choiceMissing:
		w.missing(w.choice(c.index, b), b.Rows)
	case numeric:
		w.numbers(numerics[c.index], b.Rows)
	}
}

// nulls adds n times NULL.
func (w *Writer) nulls(n int) {
	for range n {
		w.levels = append(w.levels, 0)
	}
}

func (w *Writer) text(t []byte) {
	w.levels = append(w.levels, 1)
	w.texts = append(w.texts, t)
}

// respondents writes the first eight bytes of each hash in hexadecimal digits.
func (w *Writer) respondents(b *normalise.Block) {
	const digits = 16
	if cap(w.arena) < digits*b.Rows {
		w.arena = make([]byte, 0, digits*b.Rows)
	}
	for r := range b.Respondent {
		at := len(w.arena)
		w.arena = hex.AppendEncode(w.arena, b.Respondent[r][:digits/2])
		w.texts = append(w.texts, w.arena[at:])
	}
	w.levels = nil // the column is required
}

func (w *Writer) times(b *normalise.Block) {
	const layout = "2006-01-02T15:04:05"
	if cap(w.arena) < len(layout)*b.Rows {
		w.arena = make([]byte, 0, len(layout)*b.Rows)
	}
	var last int64
	var text []byte
	for _, t := range b.Completed {
		if t == normalise.NoTime {
			w.levels = append(w.levels, 0)
			continue
		}
		if text == nil || t != last {
			at := len(w.arena)
			w.arena = appendTime(w.arena, time.Unix(t, 0).UTC())
			text, last = w.arena[at:len(w.arena):len(w.arena)], t
		}
		w.text(text)
	}
}

// appendTime writes YYYY-MM-DDTHH:MM:SS; the general formatter takes three times
// as long, which shows at a million rows.
func appendTime(b []byte, t time.Time) []byte {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	b = two(two(b, year/100), year%100)
	for _, part := range [...]struct {
		sep byte
		n   int
	}{{'-', int(month)}, {'-', day}, {'T', hour}, {':', minute}, {':', second}} {
		b = two(append(b, part.sep), part.n)
	}
	return b
}

func two(b []byte, n int) []byte { return append(b, '0'+byte(n/10), '0'+byte(n%10)) }

func (w *Writer) variable(v int, b *normalise.Block) {
	column := b.Variables[v]
	if column == nil {
		w.nulls(b.Rows)
		return
	}
	if names := w.names.Organisations[v]; names != nil {
		w.named(column, names, b.Rows)
		return
	}
	ids := w.cats[v]
	for _, c := range column {
		if c < 0 {
			w.levels = append(w.levels, 0)
			continue
		}
		w.text(ids[c])
	}
}

func (w *Writer) named(column []int32, names *normalise.Names, rows int) {
	if len(column) == 0 {
		w.nulls(rows)
		return
	}
	for _, id := range column {
		if id < 0 {
			w.levels = append(w.levels, 0)
			continue
		}
		w.text([]byte(names.Text(id)))
	}
}

func (w *Writer) numbers(column []float64, rows int) {
	if len(column) == 0 {
		w.nulls(rows)
		return
	}
	for _, f := range column {
		if f != f {
			w.levels = append(w.levels, 0)
			continue
		}
		w.levels = append(w.levels, 1)
		w.doubles = append(w.doubles, f)
	}
}

func (w *Writer) slots(column []uint8, first, rows int) {
	if len(column) == 0 {
		w.nulls(rows)
		return
	}
	for _, s := range column {
		if s < normalise.FirstOption {
			w.levels = append(w.levels, 0)
			continue
		}
		w.levels = append(w.levels, 1)
		w.codes = append(w.codes, int32(first+int(s)-normalise.FirstOption))
	}
}

func (w *Writer) missing(column []uint8, rows int) {
	if len(column) == 0 {
		for range rows {
			w.text(w.kinds[normalise.NotAsked])
		}
		return
	}
	for _, s := range column {
		if s >= normalise.FirstOption {
			w.levels = append(w.levels, 0)
			continue
		}
		w.text(w.kinds[s])
	}
}

// choice is the first of a choice's options that the export has.
func (w *Writer) choice(i int, b *normalise.Block) []uint8 {
	c := w.schema.source.Choices[i]
	for o := range c.Choice.Options {
		if column := b.Options[c.First+o]; len(column) > 0 {
			return column
		}
	}
	return nil
}

// Partition is the folder of a wave's parts, as Hive names partitions.
func Partition(survey, wave string) string {
	return "survey=" + url.PathEscape(survey) + "/wave=" + url.PathEscape(wave)
}
