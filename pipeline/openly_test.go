package pipeline_test

import (
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// openly leaves out the rows of estimates.csv that public/ does not even name: hidden
// single answers in categories, which are there from distribution_base on.
func openly(rows [][]string) [][]string {
	column := func(name string) int { return slices.Index(rows[0], name) }
	measure, level, breakdown, status := column("measure"), column("level"), column("breakdown"), column("status")
	items := map[string]bool{}
	for _, r := range rows {
		items[r[measure]] = items[r[measure]] || r[level] == "unsure"
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r []string) bool {
		_, err := strconv.Atoi(r[level])
		return err == nil && items[r[measure]] && r[breakdown] != "" && r[status] == "c"
	})
}

// In private/ and in public/ the same rows stand in the same order, with the same
// status; what public/ hides has its figures in private/ alone.
func TestPrivateAndPublicEstimates(t *testing.T) {
	r := care(t)
	public := csvRows(t, filepath.Join(r.Release.Path, "public", "tables", "estimates.csv"))
	private := openly(csvRows(t, filepath.Join(r.Release.Path, "private", "estimates.csv")))
	if len(public) != len(private) || len(public) < 10000 {
		t.Fatalf("%d public rows, %d private ones", len(public), len(private))
	}
	column := func(name string) int { return slices.Index(public[0], name) }
	status, estimate := column("status"), column("estimate")
	keys := func(row []string) []string { return append(slices.Clone(row[:column("unit")+1]), row[status]) }
	hidden := 0
	for i := range public {
		if !slices.Equal(keys(public[i]), keys(private[i])) {
			t.Fatalf("row %d: public %v, private %v", i, keys(public[i]), keys(private[i]))
		}
		if public[i][status] != "c" {
			continue
		}
		hidden++
		for c := estimate; c < column("definition"); c++ {
			if public[i][c] != "" {
				t.Fatalf("row %d is hidden and has a %s", i, public[0][c])
			}
		}
		if private[i][estimate] == "" && private[i][column("base")] != "0" {
			t.Fatalf("row %d has no estimate in private/", i)
		}
	}
	if hidden != r.Release.Suppressed || hidden == 0 {
		t.Errorf("%d hidden rows, %d counted", hidden, r.Release.Suppressed)
	}
}

// notWhileRacing leaves a test out where the race detector looks on.
func notWhileRacing(t *testing.T) {
	if racing {
		t.Skip("too slow with the race detector, and run without it")
	}
}
