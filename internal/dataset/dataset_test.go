package dataset_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/dataset"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
)

var update = flag.Bool("update", false, "write testdata again")

// madeUp is a study with a column of every kind.
func madeUp() *normalise.Schema {
	lo, hi := 1, 10
	f := &study.Framework{
		Scales: study.Map[study.Scale]{
			{ID: "agree", Value: study.Scale{Options: study.Names{"No", "Perhaps", "Yes"}, Positive: study.Names{"Yes"}}},
			{ID: "ten", Value: study.Scale{Min: &lo, Max: &hi, Positive: study.Names{"10"}}},
		},
		Constructs: study.Map[study.Construct]{{ID: "will", Value: study.Construct{Items: study.Names{"want"}}}, {ID: "ability", Value: study.Construct{Items: study.Names{"skill"}}}},
		Items:      study.Map[study.Item]{{ID: "want", Value: study.Item{Scale: "agree"}}, {ID: "skill", Value: study.Item{Scale: "ten"}}},
		Gaps:       study.Map[study.Gap]{{ID: "gap", Value: study.Gap{Of: "will", Minus: "ability"}}},
		Choices:    study.Map[study.Choice]{{ID: "barriers", Value: study.Choice{Options: study.Map[string]{{ID: "hours"}, {ID: "money"}}}}},
		Variables: study.Map[study.Variable]{
			{ID: "role", Value: study.Variable{Categories: study.Map[string]{{ID: "medical"}, {ID: "nursing"}}}},
			{ID: "trust", Value: study.Variable{Organisation: true}},
		},
	}
	return normalise.NewSchema(&study.Study{Framework: f})
}

func schemaOf(t interface{ Fatal(...any) }, s *normalise.Schema) *dataset.Schema {
	out, err := dataset.NewSchema(s, []string{"will", "ability", "gap"})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sample is a block, its numbers, and what should be read back: by column a cell
// per row, "NULL" where there is nothing.
type sample struct {
	names    *normalise.WaveNames
	block    *normalise.Block
	numerics [][]float64
	want     map[string][]string
}

// draw makes a block in which any column but the respondent may be absent.
func draw(t *rapid.T, s *normalise.Schema, names *normalise.WaveNames) sample {
	n := rapid.IntRange(0, 40).Draw(t, "rows")
	out := sample{names: names, want: map[string][]string{}, numerics: make([][]float64, 3)}
	b := &normalise.Block{Rows: n, Variables: make([][]int32, len(s.Variables)), Items: make([][]uint8, len(s.Items)), Options: make([][]uint8, s.Options()), Scores: make([][]normalise.Score, len(s.Constructs))}
	out.block = b
	there := func(column string) bool { return rapid.Bool().Draw(t, column) }
	add := func(column, cell string) { out.want[column] = append(out.want[column], cell) }
	each := func(f func()) {
		for range n {
			f()
		}
	}
	each(func() {
		var h normalise.Hash
		copy(h[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "hash"))
		b.Respondent = append(b.Respondent, h)
		add("respondent", hex.EncodeToString(h[:8]))
		at := rapid.SampledFrom([]int64{normalise.NoTime, 0, -1, 1577836800, 4102444799}).Draw(t, "completed")
		b.Completed = append(b.Completed, at)
		if at == normalise.NoTime {
			add("completed", "NULL")
		} else {
			add("completed", time.Unix(at, 0).UTC().Format("2006-01-02T15:04:05"))
		}
	})
	for i, names := range []*normalise.Names{nil, out.names.Organisations[1]} {
		id := s.Variables[i].ID
		asked := there(id)
		each(func() {
			v := rapid.Int32Range(-7, 1).Draw(t, id)
			switch {
			case !asked || v < 0:
				add(id, "NULL")
			case names != nil:
				text := fmt.Sprintf("Trust É %d", v)
				v = names.ID(text)
				add(id, text)
			default:
				add(id, s.Variables[i].Variable.Categories[v].ID)
			}
			if asked {
				b.Variables[i] = append(b.Variables[i], v)
			}
		})
	}
	out.weight(t, there("weight"), add, each)
	out.named(t, "stratum", there("stratum"), &b.Stratum, out.names.Strata, add, each)
	out.named(t, "psu", there("psu"), &b.PSU, out.names.PSUs, add, each)
	kinds := normalise.KindNames()
	cells := func(id string, asked bool, first, options int, to *[]uint8) {
		each(func() {
			slot := rapid.IntRange(0, normalise.FirstOption+options-1).Draw(t, id)
			if slot == 7 { // no kind of missing
				slot = normalise.FirstOption
			}
			switch {
			case !asked:
				add(id, "NULL")
				add(id+"__missing", "not_asked")
				return
			case slot < normalise.FirstOption:
				add(id, "NULL")
				add(id+"__missing", kinds[slot])
			default:
				add(id, fmt.Sprint(first+slot-normalise.FirstOption))
				add(id+"__missing", "NULL")
			}
			*to = append(*to, uint8(slot))
		})
	}
	for i, c := range s.Items {
		cells(c.ID, there(c.ID), c.Min, c.Options, &b.Items[i])
	}
	asked := there("barriers")
	cells("barriers__hours", asked, 0, 2, &b.Options[0])
	cells("barriers__money", asked, 0, 2, &b.Options[1])
	// A choice is missing as its first option is.
	if n > 0 {
		out.want["barriers__missing"] = out.want["barriers__hours__missing"]
	}
	delete(out.want, "barriers__hours__missing")
	delete(out.want, "barriers__money__missing")
	for i, id := range []string{"will", "ability", "gap"} {
		asked := there(id)
		each(func() {
			v := rapid.SampledFrom([]float64{math.NaN(), 0, 100, -100, 100.0 / 3, 62.5}).Draw(t, id)
			if asked {
				out.numerics[i] = append(out.numerics[i], v)
			}
			if !asked || v != v {
				add(id, "NULL")
				return
			}
			add(id, fmt.Sprint(v))
		})
	}
	return out
}

func (s *sample) weight(t *rapid.T, there bool, add func(string, string), each func(func())) {
	each(func() {
		w := rapid.SampledFrom([]float64{0, 1, 0.1, 65.4018, 1e9}).Draw(t, "w")
		if !there {
			add("weight", "NULL")
			return
		}
		s.block.Weight = append(s.block.Weight, w)
		add("weight", fmt.Sprint(w))
	})
}

func (s *sample) named(t *rapid.T, column string, there bool, to *[]int32, names *normalise.Names, add func(string, string), each func(func())) {
	names.ID("a unit in which nobody is")
	each(func() {
		text := rapid.SampledFrom([]string{"R1A", "R 1B", "Ærø"}).Draw(t, column)
		if !there {
			add(column, "NULL")
			return
		}
		*to = append(*to, names.ID(text))
		add(column, text)
	})
}

// cells are the columns read back, in words.
func cells(columns []dataset.Column) map[string][]string {
	out := map[string][]string{}
	for _, c := range columns {
		for i, valid := range c.Valid {
			cell := "NULL"
			switch {
			case !valid:
			case c.Ints != nil:
				cell = fmt.Sprint(c.Ints[i])
			case c.Doubles != nil:
				cell = fmt.Sprint(c.Doubles[i])
			default:
				cell = c.Texts[i]
			}
			out[c.Name] = append(out[c.Name], cell)
		}
	}
	return out
}

func write(t interface{ Fatal(...any) }, w *dataset.Writer, s sample) []byte {
	var out bytes.Buffer
	if err := w.Write(&out, s.block, s.numerics); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReadGivesWhatWasWritten(t *testing.T) {
	source := madeUp()
	schema := schemaOf(t, source)
	rapid.Check(t, func(t *rapid.T) {
		names := normalise.NewWaveNames(source)
		w := schema.NewWriter(names)
		// A writer keeps its columns' memory; nothing of a part may show in the next.
		for range 2 {
			s := draw(t, source, names)
			part := write(t, w, s)
			columns, err := dataset.Read(bytes.NewReader(part))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(s.want, cells(columns)); diff != "" {
				t.Fatal(diff)
			}
			if diff := cmp.Diff(part, write(t, schema.NewWriter(names), s)); diff != "" {
				t.Fatal("another writer writes other bytes")
			}
		}
	})
}

// The schema is what every engine reads: names, types and order are a promise.
func TestSchema(t *testing.T) {
	golden := filepath.Join("testdata", "schema.txt")
	got := schemaOf(t, madeUp()).Arrow().String() + "\n"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), got); diff != "" {
		t.Error(diff)
	}
}

// The metadata say who made the file, and nothing of whom it is about.
func TestMetadata(t *testing.T) {
	source := madeUp()
	s := rapid.Custom(func(t *rapid.T) sample { return draw(t, source, normalise.NewWaveNames(source)) }).Example(3)
	f, err := file.NewParquetReader(bytes.NewReader(write(t, schemaOf(t, source).NewWriter(s.names), s)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	meta := f.MetaData()
	if meta.GetCreatedBy() != "caregap" || meta.KeyValueMetadata().Len() != 0 {
		t.Errorf("created by %q, %d keys", meta.GetCreatedBy(), meta.KeyValueMetadata().Len())
	}
	for g := range f.NumRowGroups() {
		for i := range meta.Schema.NumColumns() {
			chunk, err := f.RowGroup(g).MetaData().ColumnChunk(i)
			if err != nil {
				t.Fatal(err)
			}
			// Statistics would hold the least and greatest text of a column.
			if set, err := chunk.StatsSet(); err != nil || set {
				t.Errorf("column %s has statistics (%v)", meta.Schema.Column(i).Name(), err)
			}
		}
	}
}

func TestReadOfWhatIsNoParquet(t *testing.T) {
	for _, data := range []string{"", "PAR1", "respondent,weight\n1,2\n", strings.Repeat("PAR1", 20)} {
		if columns, err := dataset.Read(bytes.NewReader([]byte(data))); err == nil {
			t.Errorf("%q: %d columns and no error", data, len(columns))
		}
	}
}

func TestWriteSaysWhatFails(t *testing.T) {
	source := madeUp()
	s := rapid.Custom(func(t *rapid.T) sample { return draw(t, source, normalise.NewWaveNames(source)) }).Example(3)
	w := schemaOf(t, source).NewWriter(s.names)
	whole := len(write(t, w, s))
	for room := 0; room < whole; room += 1 + whole/50 {
		if err := w.Write(&disk{room}, s.block, s.numerics); !errors.Is(err, errFull) {
			t.Fatalf("room for %d of %d bytes: error %v", room, whole, err)
		}
	}
	if err := w.Write(&disk{whole}, s.block, s.numerics); err != nil {
		t.Errorf("room for all: %v", err)
	}
}

var errFull = errors.New("the disk is full")

// disk has room for so many bytes.
type disk struct{ room int }

func (d *disk) Write(p []byte) (int, error) {
	n := min(len(p), d.room)
	d.room -= n
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}

func TestPartition(t *testing.T) {
	for _, c := range [][3]string{
		{"rcp", "2020", "survey=rcp/wave=2020"},
		{"rcp", "spring 2020", "survey=rcp/wave=spring%202020"},
		{"rcp", "a=b", "survey=rcp/wave=a=b"},
		{"rcp", "..", "survey=rcp/wave=.."},
	} {
		if got := dataset.Partition(c[0], c[1]); got != c[2] {
			t.Errorf("%q, %q: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
