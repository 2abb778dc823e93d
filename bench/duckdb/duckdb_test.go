package duckdb

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/caregap/caregap/bench/gen"
)

func TestRun(t *testing.T) {
	var export bytes.Buffer
	if err := gen.Write(&export, 500); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "it's.csv")
	if err := os.WriteFile(path, export.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	parquet := filepath.Join(dir, "out.parquet")
	got, err := Run(t.Context(), path, parquet)
	if err != nil {
		t.Fatal(err)
	}
	want := plainMeans(t, export.Bytes())
	for _, m := range measures {
		if math.Abs(got.Means[m]-want[m]) > 1e-9 {
			t.Errorf("mean of %s is %v, want %v", m, got.Means[m], want[m])
		}
	}
	if info, err := os.Stat(parquet); err != nil || info.Size() < 10_000 {
		t.Errorf("Parquet file: %v, %v", info, err)
	}
}

// plainMeans does the job row by row.
func plainMeans(t *testing.T, export []byte) map[string]float64 {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(export)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	weights, totals := map[string]float64{}, map[string]float64{}
	add := func(measure string, weight, value float64) {
		if !math.IsNaN(value) {
			weights[measure] += weight
			totals[measure] += weight * value
		}
	}
	for _, r := range records[1:] {
		weight, err := strconv.ParseFloat(r[8], 64)
		if err != nil {
			t.Fatal(err)
		}
		will, ability, capacity := plainScore(r[10:20]), plainScore(r[20:30]), plainScore(r[30:40])
		add("will", weight, will)
		add("ability", weight, ability)
		add("capacity", weight, capacity)
		add("ability_gap", weight, will-ability)
		add("capacity_gap", weight, will-capacity)
	}
	for m := range totals {
		totals[m] /= weights[m]
	}
	return totals
}

func plainScore(answers []string) float64 {
	sum, n := 0, 0
	for _, a := range answers {
		if i := slices.Index(gen.Levels, a); i >= 0 {
			sum, n = sum+25*i, n+1
		}
	}
	if n < 5 {
		return math.NaN()
	}
	return float64(sum) / float64(n)
}
