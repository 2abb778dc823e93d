package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/caregap/caregap/bench/gen"
)

// What the project wants of reading alone; see README.md.
const (
	wantBytes          = 600 // MB of a CSV a second, from the file to respondents and their moments
	wantWorkbookRatio  = 0.5
	wantWorkbookMemory = 150 // MB
	workbookRows       = 100_000
)

// calamine has python-calamine hand all cells of a workbook to Python.
const calamine = `import sys
from python_calamine import CalamineWorkbook
rows = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
assert len(rows) == int(sys.argv[2]) + 1`

// reading measures caregap check, which reads and publishes nothing: of the large
// CSV, and of a workbook beside python-calamine where that is to be had.
func reading(ctx context.Context, w io.Writer, o options, program, export, study string) error {
	info, err := os.Stat(export)
	if err != nil {
		return err
	}
	csv, err := repeated(o.repeat, func() (sample, error) { return measure(ctx, program, "check", study, "--quiet") })
	if err != nil {
		return err
	}
	alone, err := readBytes(export)
	if err != nil {
		return err
	}
	megabytes := float64(info.Size()) / 1e6
	fmt.Fprintf(w, "\ncaregap check, %.0f MB of CSV: %.2f s, %.0f MB/s (wanted: %d or more); the bytes alone %.0f MB/s\n", megabytes, csv.seconds, megabytes/csv.seconds, wantBytes, megabytes/alone)
	return readWorkbook(ctx, w, o, program)
}

func readWorkbook(ctx context.Context, w io.Writer, o options, program string) error {
	workbook := filepath.Join(o.data, fmt.Sprintf("large-%d.xlsx", workbookRows))
	study := filepath.Join(o.data, fmt.Sprintf("study-%d-xlsx", workbookRows))
	if err := makeOnce(workbook, func(w io.Writer) error { return gen.WriteWorkbook(w, workbookRows) }); err != nil {
		return fmt.Errorf("make the workbook: %w", err)
	}
	if err := gen.WriteStudy(study, workbook); err != nil {
		return fmt.Errorf("make its study: %w", err)
	}
	ours, err := repeated(o.repeat, func() (sample, error) { return measure(ctx, program, "check", study, "--quiet") })
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "caregap check, a workbook of %d rows x %d: %.2f s, %.0f MB (wanted: under %d)\n", workbookRows, len(gen.Header()), ours.seconds, ours.megabyte, wantWorkbookMemory)
	if exec.CommandContext(ctx, o.python, "-c", "import python_calamine").Run() != nil {
		fmt.Fprintf(w, "%s has no python_calamine to measure beside it: pip install python-calamine, or -python PROGRAM\n", o.python)
		return nil
	}
	theirs, err := repeated(o.repeat, func() (sample, error) {
		return measure(ctx, o.python, "-c", calamine, workbook, fmt.Sprint(workbookRows))
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "python-calamine, its cells to Python: %.2f s, %.0f MB; ratio of times %.2f (wanted: %.2f or less)\n", theirs.seconds, theirs.megabyte, ours.seconds/theirs.seconds, wantWorkbookRatio)
	return nil
}

func repeated(times int, run func() (sample, error)) (sample, error) {
	var all []sample
	for range times {
		s, err := run()
		if err != nil {
			return sample{}, err
		}
		all = append(all, s)
	}
	return median(all), nil
}

// readBytes reads a file and does nothing with it; it returns the seconds.
func readBytes(path string) (float64, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	began, buffer := time.Now(), make([]byte, 1<<20)
	for {
		if _, err := f.Read(buffer); err == io.EOF {
			return time.Since(began).Seconds(), nil
		} else if err != nil {
			return 0, err
		}
	}
}
