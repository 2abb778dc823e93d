package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		seconds []float64
		want    float64
	}{{[]float64{3}, 3}, {[]float64{5, 1, 2}, 2}, {[]float64{4, 1, 2, 10}, 3}} {
		var samples []sample
		for _, s := range c.seconds {
			samples = append(samples, sample{seconds: s, megabyte: 10 * s})
		}
		if got := median(samples); got.seconds != c.want || got.megabyte != 10*c.want {
			t.Errorf("median of %v is %+v, want %v", c.seconds, got, c.want)
		}
	}
}

func TestSpeeds(t *testing.T) {
	got := speeds("goos: linux\nBenchmarkStudy/respondents-2  \t 1\t 884137164 ns/op\t 650.51 MB/s\nBenchmarkStudy/bytes-2 1 73000000 ns/op 7878.20 MB/s\nBenchmarkStudy/respondents-2 1 900000000 ns/op 640.00 MB/s\nPASS\n")
	if len(got) != 2 || got["respondents"] != 650.51 || got["bytes"] != 7878.2 {
		t.Errorf("speeds %v", got)
	}
	if got := speeds("BenchmarkStudy/bytes 1 73000000 ns/op 12.5 MB/s\n"); got["bytes"] != 12.5 {
		t.Errorf("on one core: %v", got)
	}
}

func TestRepeated(t *testing.T) {
	runs := []sample{{2, 5, 30, nil}, {1, 6, 40, nil}, {3, 4, 20, nil}}
	got, err := repeated(3, func() (sample, error) { s := runs[0]; runs = runs[1:]; return s, nil })
	if err != nil || got.seconds != 1 || got.busy != 4 || got.megabyte != 20 {
		t.Errorf("best %+v, %v", got, err)
	}
}

func TestReport(t *testing.T) {
	var b bytes.Buffer
	report(&b, 1_000_000, "DuckDB", sample{seconds: 1.25, megabyte: 200}, sample{seconds: 2.5, megabyte: 400})
	for _, want := range []string{"1000000 rows", " 1.25       800000       200\n", " 2.50       400000       400\n", "ratio of times 0.50 "} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("lacks %q:\n%s", want, b.String())
		}
	}
}

func TestAgree(t *testing.T) {
	release := t.TempDir()
	tables := filepath.Join(release, "releases", "0123456789ab", "public", "tables")
	if err := os.MkdirAll(tables, 0o755); err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{
		filepath.Join(release, "current"): "releases/0123456789ab\n",
		filepath.Join(tables, "estimates.csv"): `measure,statistic,breakdown,contrast,estimate,status
will,mean,,,50.1,
will,mean,region,,99.0,
will,median,,,99.0,
will,difference,,wave,99.0,
ability,mean,,,,c
`,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := agree(release, map[string]float64{"will": 50.0600001}); err != nil {
		t.Errorf("means that agree: %v", err)
	}
	err := agree(release, map[string]float64{"will": 50.2, "ability": 1})
	if err == nil || !strings.Contains(err.Error(), "mean of ability: ") || !strings.Contains(err.Error(), "mean of will: caregap 50.1, DuckDB 50.2") {
		t.Errorf("means that differ: %v", err)
	}
}
