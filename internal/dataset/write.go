package dataset

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/caregap/caregap/internal/normalise"
)

// Writer writes blocks as Parquet parts. It belongs to one goroutine, and keeps
// its memory from part to part.
type Writer struct {
	schema  *Schema
	names   *normalise.WaveNames
	encoder encoder
	indices []int32
	plain   []byte
	there   []bool
	local   []int32  // of a name: its place in the part's dictionary, plus 1
	kinds   []byte   // the dictionary of kinds of missing
	cats    [][]byte // per variable: the dictionary of its categories
}

// NewWriter makes a writer for one wave.
func (s *Schema) NewWriter(names *normalise.WaveNames) *Writer {
	w := &Writer{schema: s, names: names, there: []bool{}}
	for _, k := range normalise.KindNames() {
		w.kinds = appendPlain(w.kinds, []byte(k))
	}
	for _, v := range s.source.Variables {
		var ids []byte
		for _, c := range v.Variable.Categories {
			ids = appendPlain(ids, []byte(c.ID))
		}
		w.cats = append(w.cats, ids)
	}
	return w
}

// Write writes one part. numerics are the block's scores and gaps, NaN for none,
// nil columns where the wave has none.
func (w *Writer) Write(out io.Writer, b *normalise.Block, numerics [][]float64) error {
	meta := w.encoder.begin(w.schema, b.Rows)
	for _, c := range w.schema.columns {
		if err := w.column(c, b, numerics); err != nil {
			return fmt.Errorf("parquet column %s: %w", c.field.Name, err)
		}
	}
	if err := w.encoder.end(meta); err != nil {
		return err
	}
	_, err := out.Write(w.encoder.out.Bytes())
	return err
}

func (w *Writer) column(c column, b *normalise.Block, numerics [][]float64) error {
	switch c.kind {
	case respondent:
		return w.respondents(b)
	case completed:
		return w.times(b)
	case variable:
		return w.variable(c.index, b)
	case weight:
		return w.encoder.doubles(b.Weight, b.Rows)
	case designWeight:
		return w.encoder.doubles(b.Design(), b.Rows)
	case stratum:
		return w.named(b.Stratum, w.names.Strata, b.Rows)
	case psu:
		return w.named(b.PSU, w.names.PSUs, b.Rows)
	case itemCode:
		item := w.schema.source.Items[c.index]
		return w.codes(b.Items[c.index], item.Min, item.Options, b.Rows)
	case itemMissing:
		return w.missing(b.Items[c.index], b.Rows)
	case optionCode:
		return w.codes(b.Options[c.index], 0, 2, b.Rows)
	case choiceMissing:
		return w.missing(w.choice(c.index, b), b.Rows)
	}
	return w.encoder.doubles(numerics[c.index], b.Rows)
}

// nulls makes indices of rows without a value.
func (w *Writer) nulls(rows int) []int32 {
	w.indices = w.indices[:0]
	for range rows {
		w.indices = append(w.indices, null)
	}
	return w.indices
}

// respondents writes the first eight bytes of each hash in hexadecimal digits.
func (w *Writer) respondents(b *normalise.Block) error {
	const digits = 16
	w.plain = w.plain[:0]
	for r := range b.Respondent {
		w.plain = binary.LittleEndian.AppendUint32(w.plain, digits)
		w.plain = hex.AppendEncode(w.plain, b.Respondent[r][:digits/2])
	}
	return w.encoder.texts(w.plain, nil, b.Rows)
}

func (w *Writer) times(b *normalise.Block) error {
	const digits = len("2006-01-02T15:04:05")
	w.plain, w.there = w.plain[:0], w.there[:0]
	for _, t := range b.Completed {
		w.there = append(w.there, t != normalise.NoTime)
		if t != normalise.NoTime {
			w.plain = binary.LittleEndian.AppendUint32(w.plain, uint32(digits))
			w.plain = appendTime(w.plain, time.Unix(t, 0).UTC())
		}
	}
	return w.encoder.texts(w.plain, w.there, b.Rows)
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

//gosec:disable G115 -- days, hours and codes are small
func two(b []byte, n int) []byte { return append(b, '0'+byte(n/10), '0'+byte(n%10)) }

func (w *Writer) variable(v int, b *normalise.Block) error {
	column := b.Variables[v]
	if names := w.names.Organisations[v]; names != nil {
		return w.named(column, names, b.Rows)
	}
	indices := w.nulls(b.Rows)
	for r, c := range column {
		if c >= 0 {
			indices[r] = c
		}
	}
	return w.encoder.dictionary(w.cats[v], len(w.schema.source.Variables[v].Variable.Categories), indices)
}

// named writes texts that no codebook lists. The part's dictionary has them in
// the order of the rows, since their numbers depend on which worker came first.
func (w *Writer) named(column []int32, names *normalise.Names, rows int) error {
	indices := w.nulls(rows)
	for len(w.local) < names.Len() {
		w.local = append(w.local, 0)
	}
	clear(w.local)
	w.plain = w.plain[:0]
	entries := int32(0)
	for r, id := range column {
		if id < 0 {
			continue
		}
		if w.local[id] == 0 {
			entries++
			w.local[id] = entries
			w.plain = appendPlain(w.plain, []byte(names.Text(id)))
		}
		indices[r] = w.local[id] - 1
	}
	return w.encoder.dictionary(w.plain, int(entries), indices)
}

// codes writes the codes of answers: first for the first option, and so on.
//
//gosec:disable G115 -- days, hours and codes are small
func (w *Writer) codes(column []uint8, first, options, rows int) error {
	w.plain = w.plain[:0]
	for o := range options {
		w.plain = binary.LittleEndian.AppendUint32(w.plain, uint32(int32(first+o)))
	}
	if len(column) == 0 {
		return w.encoder.dictionary(w.plain, options, w.nulls(rows))
	}
	if options > 127 { // more than a small index holds
		indices := w.nulls(rows)
		for r, s := range column {
			if s >= normalise.FirstOption {
				indices[r] = int32(s - normalise.FirstOption)
			}
		}
		return w.encoder.dictionary(w.plain, options, indices)
	}
	return w.encoder.slots(w.plain, options, column, &answered)
}

// missing writes the kind of missing where there is no answer; a column that the
// wave does not have was not asked.
func (w *Writer) missing(column []uint8, rows int) error {
	if len(column) > 0 {
		return w.encoder.slots(w.kinds, len(normalise.KindNames()), column, &unanswered)
	}
	indices := w.nulls(rows)
	for r := range indices {
		indices[r] = int32(normalise.NotAsked)
	}
	return w.encoder.dictionary(w.kinds, len(normalise.KindNames()), indices)
}

// answered and unanswered tell each slot's place among the options, and among
// the kinds of missing.
var answered, unanswered = slotIndices()

func slotIndices() (answers, kinds [256]int8) {
	for s := range answers {
		answers[s], kinds[s] = null, null
		switch {
		case s < normalise.FirstOption:
			kinds[s] = int8(s)
		case s-normalise.FirstOption <= 127:
			answers[s] = int8(s - normalise.FirstOption)
		}
	}
	return answers, kinds
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
