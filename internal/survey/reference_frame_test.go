package survey

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

const referenceDir = "../../testdata/oracle/reference"

// frame is a CSV file with the order of its columns' levels.
type frame struct {
	columns map[string][]string
	levels  map[string][]string // of factors
	rows    int
}

func readFrame(t *testing.T, name string) *frame {
	t.Helper()
	file, err := os.Open(filepath.Join(referenceDir, name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	f := &frame{columns: map[string][]string{}, levels: map[string][]string{}, rows: len(records) - 1}
	for i, column := range records[0] {
		values := make([]string, f.rows)
		for k := range values {
			values[k] = records[k+1][i]
		}
		f.columns[column] = values
	}
	var schema map[string]struct {
		Columns []struct {
			Name   string
			Levels []string
		}
	}
	readJSON(t, "SCHEMA.json", &schema)
	for _, c := range schema[name+".csv"].Columns {
		if c.Levels != nil {
			f.levels[c.Name] = c.Levels
		}
	}
	return f
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(referenceDir, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func (f *frame) numbers(column string) []float64 {
	out := make([]float64, f.rows)
	for k, text := range f.columns[column] {
		out[k] = math.NaN()
		if text != "" {
			out[k], _ = strconv.ParseFloat(text, 64)
		}
	}
	return out
}

// codes numbers the values of a column in the order of its levels, else in that of
// the values.
func (f *frame) codes(column string) (codes []int32, names []string) {
	values := f.columns[column]
	names = f.levels[column]
	if names == nil {
		names = slices.DeleteFunc(slices.Clone(values), func(s string) bool { return s == "" })
		slices.SortFunc(names, compareText)
		names = slices.Compact(names)
	}
	codes = make([]int32, len(values))
	for k, v := range values {
		codes[k] = int32(slices.Index(names, v))
	}
	return codes, names
}

func compareText(a, b string) int {
	x, errA := strconv.ParseFloat(a, 64)
	y, errB := strconv.ParseFloat(b, 64)
	switch {
	case errA == nil && errB == nil && x < y, (errA != nil || errB != nil) && a < b:
		return -1
	case a == b:
		return 0
	}
	return 1
}

func (f *frame) column(name string) Column {
	if f.levels[name] != nil {
		codes, names := f.codes(name)
		return Categorical(codes, len(names))
	}
	return Numeric(f.numbers(name))
}

func (f *frame) stages(ids, strata, fpc []string) []Stage {
	out := make([]Stage, max(len(ids), len(strata), len(fpc), 1))
	for i := range out {
		if i < len(ids) {
			codes, names := f.codes(ids[i])
			out[i].Units, out[i].UnitName = codes, func(c int32) string { return names[c] }
		}
		if i < len(strata) {
			codes, names := f.codes(strata[i])
			out[i].Strata, out[i].StratumName = codes, func(c int32) string { return names[c] }
		}
		if i < len(fpc) {
			out[i].FPC = f.numbers(fpc[i])
		}
	}
	return out
}
