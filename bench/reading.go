package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

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

// reading measures what it takes to read and publish nothing, as two ratios: of a
// CSV, from the file to respondents beside its bytes alone, and of a workbook beside
// python-calamine. The best of several runs counts, as other work on the machine can
// only slow them down.
func reading(ctx context.Context, w io.Writer, o options, program, export, study string) error {
	if err := readCSV(ctx, w, o, program, export, study); err != nil {
		return err
	}
	return readWorkbook(ctx, w, o, program)
}

func readCSV(ctx context.Context, w io.Writer, o options, program, export, study string) error {
	info, err := os.Stat(export)
	if err != nil {
		return err
	}
	check, err := repeated(o.repeat, func() (sample, error) { return measure(ctx, program, "check", study, "--quiet") })
	if err != nil {
		return err
	}
	rates, err := normalising(ctx, o, study)
	if err != nil {
		return err
	}
	megabytes := float64(info.Size()) / 1e6
	fmt.Fprintf(w, "\nReading alone, the best of %d runs\n", o.repeat)
	fmt.Fprintf(w, "caregap check, %.0f MB of CSV: %.2f s (%.2f s of processors), %.0f MB/s, %.0f MB of memory\n", megabytes, check.seconds, check.busy, megabytes/check.seconds, check.megabyte)
	fmt.Fprintf(w, "CSV, from the file to respondents, 2 goroutines: %.0f MB/s (wanted: %d or more where the bytes alone are faster); the bytes alone: %.0f MB/s; ratio of speeds %.3f\n",
		rates["respondents"], wantBytes, rates["bytes"], rates["respondents"]/rates["bytes"])
	return nil
}

// normalising has Go's own benchmark read the study's export, and returns the best
// speeds in MB a second, by name.
func normalising(ctx context.Context, o options, study string) (map[string]float64, error) {
	folder, err := filepath.Abs(study)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "go", "test", "./internal/normalise", "-run", "^$", "-bench", "^BenchmarkStudy$", "-benchtime", "1x", "-count", strconv.Itoa(o.repeat), "-study", folder)
	cmd.Dir, cmd.Stderr = "..", os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("BenchmarkStudy: %w\n%s", err, out)
	}
	rates := speeds(string(out))
	if rates["respondents"] == 0 || rates["bytes"] == 0 {
		return nil, fmt.Errorf("BenchmarkStudy printed no speeds:\n%s", out)
	}
	return rates, nil
}

var speedLine = regexp.MustCompile(`(?m)^BenchmarkStudy/(\w+?)(?:-\d+)?\s.*?\s([\d.]+) MB/s`)

// speeds finds the highest speed of each benchmark in what `go test` prints.
func speeds(text string) map[string]float64 {
	best := map[string]float64{}
	for _, m := range speedLine.FindAllStringSubmatch(text, -1) {
		if v, err := strconv.ParseFloat(m[2], 64); err == nil {
			best[m[1]] = max(best[m[1]], v)
		}
	}
	return best
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
	fmt.Fprintf(w, "caregap check, a workbook of %d rows x %d: %.2f s (%.2f s of processors), %.0f MB (wanted: under %d)\n", workbookRows, len(gen.Header()), ours.seconds, ours.busy, ours.megabyte, wantWorkbookMemory)
	python, err := withCalamine(ctx, o)
	if err != nil {
		fmt.Fprintf(w, "SKIPPED: the ratio to python-calamine, which is not here and could not be fetched: %v\n", err)
		return nil
	}
	theirs, err := repeated(o.repeat, func() (sample, error) {
		return measureIn(ctx, python.env, python.program, "-c", calamine, workbook, fmt.Sprint(workbookRows))
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "python-calamine, its cells to Python: %.2f s (%.2f s of processors), %.0f MB; ratio of times %.2f (wanted: %.2f or less)\n", theirs.seconds, theirs.busy, theirs.megabyte, ours.seconds/theirs.seconds, wantWorkbookRatio)
	return nil
}

// interpreter is a Python, and what has to be in its environment.
type interpreter struct {
	program string
	env     []string
}

// pinned is the version of python-calamine that numbers in README.md are of.
const pinned = "python-calamine==0.9.1"

// withCalamine returns a Python that has python-calamine: as it is, or with what pip
// puts into the data folder.
func withCalamine(ctx context.Context, o options) (interpreter, error) {
	if _, err := measureIn(ctx, nil, o.python, "-c", "import python_calamine"); err == nil {
		return interpreter{program: o.python}, nil
	}
	folder, err := filepath.Abs(filepath.Join(o.data, "python"))
	if err != nil {
		return interpreter{}, err
	}
	p := interpreter{o.python, []string{"PYTHONPATH=" + folder}}
	if _, err := measureIn(ctx, p.env, p.program, "-c", "import python_calamine"); err == nil {
		return p, nil
	}
	out, err := exec.CommandContext(ctx, o.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", folder, pinned).CombinedOutput()
	if err != nil {
		return p, fmt.Errorf("%w: %s", err, lastLine(out))
	}
	_, err = measureIn(ctx, p.env, p.program, "-c", "import python_calamine")
	return p, err
}

func lastLine(out []byte) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return lines[len(lines)-1]
}

// repeated is the best of several runs: the shortest time and the least memory.
func repeated(times int, run func() (sample, error)) (sample, error) {
	best := sample{seconds: math.Inf(1), busy: math.Inf(1), megabyte: math.Inf(1)}
	for range times {
		s, err := run()
		if err != nil {
			return sample{}, err
		}
		best.seconds, best.busy, best.megabyte = min(best.seconds, s.seconds), min(best.busy, s.busy), min(best.megabyte, s.megabyte)
	}
	return best, nil
}
