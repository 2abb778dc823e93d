// Command bench measures the whole of `caregap run` on a large export, and
// beside it DuckDB doing only the parse, the scores, the Parquet file and the
// grouped sums. Run it with `make bench`.
//
//  1. The export and a study around it are made in data/, once.
//  2. caregap is built, so that its time holds no compiler.
//  3. The two run in turn, each in a process of its own, which tells its peak
//     memory. DuckDB's is this program again, with the argument duckdb.
//  4. The median of the runs is printed, with the ratio of the two.
//  5. Reading alone is measured too, as two ratios: the CSV beside its bytes, and
//     a workbook of 100,000 rows beside python-calamine, which pip fetches into
//     data/ where it is missing; where it cannot, the ratio is said to be skipped.
//
// It fails where the two disagree about a mean, as then one of them did not do
// the job.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/caregap/caregap/bench/duckdb"
	"github.com/caregap/caregap/bench/gen"
)

// What the project wants of itself; see README.md.
const (
	wantRatio  = 0.5
	wantMemory = 250 // MB
)

type options struct {
	rows, repeat int
	caregap      string // a program to measure instead of the one in this tree
	data, out    string
	python       string // a program that may have python_calamine
	reading      bool   // measure reading alone
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	var o options
	flag.IntVar(&o.rows, "rows", 1_000_000, "rows of the export")
	flag.IntVar(&o.repeat, "repeat", 3, "runs of each; the median counts")
	flag.StringVar(&o.caregap, "caregap", "", "a built caregap to measure, instead of this tree's")
	flag.StringVar(&o.data, "data", "data", "folder of the export and the study")
	flag.StringVar(&o.out, "out", "out", "folder of what is made")
	flag.StringVar(&o.python, "python", "python3", "a Python, with python-calamine or with pip to fetch it")
	flag.BoolVar(&o.reading, "reading", false, "measure reading alone, and leave DuckDB out")
	flag.Parse()
	switch {
	case flag.NArg() == 3 && flag.Arg(0) == duckdbCommand:
		return runDuckDB(ctx, flag.Arg(1), flag.Arg(2))
	case flag.NArg() > 0 || o.rows < 1 || o.repeat < 1:
		flag.Usage()
		os.Exit(64)
	}
	return bench(ctx, o)
}

// duckdbCommand is the argument that makes this program DuckDB's.
const duckdbCommand = "duckdb"

func runDuckDB(ctx context.Context, export, parquet string) error {
	r, err := duckdb.Run(ctx, export, parquet)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}

func bench(ctx context.Context, o options) error {
	export, study, err := prepare(o)
	if err != nil {
		return err
	}
	program, err := build(ctx, o)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if o.reading {
		return reading(ctx, os.Stdout, o, program, export, study)
	}
	release := filepath.Join(o.out, "caregap")
	parquet := filepath.Join(o.out, "duckdb.parquet")
	var ours, theirs []sample
	for i := range o.repeat {
		if err := os.RemoveAll(o.out); err != nil {
			return err
		}
		if err := os.MkdirAll(o.out, 0o755); err != nil {
			return err
		}
		a, err := measure(ctx, program, "run", study, "--out", release, "--quiet")
		if err != nil {
			return err
		}
		b, err := measure(ctx, self, duckdbCommand, export, parquet)
		if err != nil {
			return err
		}
		fmt.Printf("run %d: caregap %.2f s, DuckDB %.2f s\n", i+1, a.seconds, b.seconds)
		ours, theirs = append(ours, a), append(theirs, b)
	}
	var other duckdb.Result
	if err := json.Unmarshal(theirs[0].output, &other); err != nil {
		return fmt.Errorf("read what DuckDB's process printed: %w", err)
	}
	report(os.Stdout, o.rows, "DuckDB "+other.Version, median(ours), median(theirs))
	if err := agree(release, other.Means); err != nil {
		return err
	}
	return reading(ctx, os.Stdout, o, program, export, study)
}

// prepare makes the export and the study where they are missing.
func prepare(o options) (export, study string, err error) {
	export = filepath.Join(o.data, fmt.Sprintf("large-%d.csv", o.rows))
	study = filepath.Join(o.data, fmt.Sprintf("study-%d", o.rows))
	if err := os.MkdirAll(o.data, 0o755); err != nil {
		return "", "", err
	}
	if err := makeOnce(export, func(w io.Writer) error { return gen.Write(w, o.rows) }); err != nil {
		return "", "", fmt.Errorf("make the export: %w", err)
	}
	if err := gen.WriteStudy(study, export); err != nil {
		return "", "", fmt.Errorf("make the study: %w", err)
	}
	return export, study, nil
}

// makeOnce makes a file where it is missing, and gives it its name when it is whole.
func makeOnce(path string, write func(io.Writer) error) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	f, err := os.Create(path + ".part")
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
