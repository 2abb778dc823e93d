package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// report prints both medians and their ratio beside what is wanted.
func report(w io.Writer, rows int, name string, ours, theirs sample) {
	fmt.Fprintf(w, "\n%d rows, %d cores, medians\n\n%-34s %8s %12s %9s\n", rows, runtime.NumCPU(), "", "seconds", "rows/second", "peak MB")
	line := func(what string, s sample) {
		fmt.Fprintf(w, "%-34s %8.2f %12.0f %9.0f\n", what, s.seconds, float64(rows)/s.seconds, s.megabyte)
	}
	line("caregap run, all of it", ours)
	line(name+", part of it", theirs)
	fmt.Fprintf(w, "\nratio of times %.2f (wanted: %.2f or less); memory %.0f MB (wanted: under %d)\n",
		ours.seconds/theirs.seconds, wantRatio, ours.megabyte, wantMemory)
}

// agree checks caregap's published means of everyone, rounded to one decimal,
// against DuckDB's.
func agree(release string, means map[string]float64) error {
	published, err := publishedMeans(release)
	if err != nil {
		return fmt.Errorf("read the release: %w", err)
	}
	var errs []error
	for measure, want := range means {
		got, ok := published[measure]
		if !ok || math.Abs(got-want) > 0.0501 {
			errs = append(errs, fmt.Errorf("mean of %s: caregap %v, DuckDB %v", measure, got, want))
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(errs...)
}

// publishedMeans reads the means of everyone from the current release.
func publishedMeans(release string) (map[string]float64, error) {
	current, err := os.Readlink(filepath.Join(release, "current"))
	if err != nil {
		text, textErr := os.ReadFile(filepath.Join(release, "current"))
		if textErr != nil {
			return nil, textErr
		}
		current = strings.TrimSpace(string(text))
	}
	f, err := os.Open(filepath.Join(release, filepath.FromSlash(current), "public", "tables", "estimates.csv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, errors.New("estimates.csv is empty")
	}
	at := map[string]int{}
	for i, name := range records[0] {
		at[name] = i
	}
	means := map[string]float64{}
	for _, r := range records[1:] {
		if r[at["statistic"]] != "mean" || r[at["breakdown"]] != "" || r[at["contrast"]] != "" || r[at["status"]] != "" {
			continue
		}
		if means[r[at["measure"]]], err = strconv.ParseFloat(r[at["estimate"]], 64); err != nil {
			return nil, err
		}
	}
	return means, nil
}
