package pipeline_test

import (
	"bytes"
	"encoding/csv"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/estimate"
)

// keyColumns name a row of estimates.csv.
var keyColumns = []string{"measure", "statistic", "level", "survey", "wave", "breakdown", "category", "contrast", "versus"}

// Numbers differ from R's by less than this, relative to the larger; base and df
// are exact. Of numbers near 0 - differences of numbers up to 100 - nothing more
// than the rounding of 100 can be asked.
const (
	relative = 1e-9
	rounding = 1e-12
)

// estimates are rows by key, each the figures by column.
type estimates map[string]map[string]string

func tableOf(t *testing.T, list [][]string) estimates {
	t.Helper()
	out := estimates{}
	for _, record := range list[1:] {
		row := map[string]string{}
		for i, name := range list[0] {
			row[name] = record[i]
		}
		key := make([]string, len(keyColumns))
		for i, name := range keyColumns {
			key[i] = row[name]
		}
		k := strings.Join(key, ",")
		if out[k] != nil {
			t.Fatalf("two rows have the key %s", k)
		}
		out[k] = row
	}
	return out
}

func keyText(k estimate.Key) string {
	return strings.Join([]string{k.Measure, k.Statistic, k.Level, k.Survey, k.Wave, k.Breakdown, k.Category, k.Contrast, k.Versus}, ",")
}

func (e estimates) hidden() map[string]bool {
	out := map[string]bool{}
	for k, row := range e {
		if row["status"] == "c" {
			out[k] = true
		}
	}
	return out
}

func (e estimates) hiddenCSV(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	writeRecord(t, w, keyColumns)
	for _, k := range slices.Sorted(maps.Keys(e.hidden())) {
		writeRecord(t, w, strings.Split(k, ","))
	}
	w.Flush()
	return out.Bytes()
}

func keysOf(list [][]string) map[string]bool {
	out := map[string]bool{}
	for _, record := range list {
		out[strings.Join(record, ",")] = true
	}
	return out
}

// comparison counts what agrees with R.
type comparison struct {
	r       estimates
	rows    int
	figures map[string]int
	failed  int
}

func newComparison(t *testing.T) *comparison {
	t.Helper()
	return &comparison{r: tableOf(t, unpack(t, oracle("estimates.csv.gz"))), figures: map[string]int{}}
}

func (c *comparison) total() int {
	n := 0
	for _, k := range c.figures {
		n += k
	}
	return n
}

// enough says how many figures agreed, and fails where they are too few.
func (c *comparison) enough(t *testing.T, name string) {
	t.Helper()
	t.Logf("%s: %d figures agree", name, c.figures[name])
	if c.figures[name] < atLeast[name] {
		t.Errorf("%s: %d figures agree, expected at least %d", name, c.figures[name], atLeast[name])
	}
}

// all compares the rows with figures, both ways: each of ours is R's, and R has
// none besides. Rows of status x, w and b have no figures, nor have hidden
// ones about nobody.
func (c *comparison) all(t *testing.T, ours estimates) {
	t.Helper()
	for _, k := range slices.Sorted(maps.Keys(ours)) {
		row, r := ours[k], c.r[k]
		switch status := row["status"]; {
		case status == "x" || status == "w" || status == "b" || status == "c" && row["base"] == "0":
			if r != nil {
				c.errorf(t, "%s: status %s, but R has figures", k, status)
			}
		case r == nil:
			c.errorf(t, "%s: not in R's table", k)
		default:
			c.rows++
			for _, name := range figureColumns {
				c.figure(t, k, name, row[name], r[name])
			}
		}
	}
	for _, k := range slices.Sorted(maps.Keys(c.r)) {
		if ours[k] == nil {
			c.errorf(t, "%s: R has it, the estimates have not", k)
		}
	}
}

func (c *comparison) figure(t *testing.T, key, name, ours, r string) {
	t.Helper()
	if ours == "" && r == "" {
		return
	}
	a, errA := strconv.ParseFloat(ours, 64)
	b, errB := strconv.ParseFloat(r, 64)
	if errA != nil || errB != nil {
		c.errorf(t, "%s: %s is %q, R has %q", key, name, ours, r)
		return
	}
	allowed := max(relative*max(math.Abs(a), math.Abs(b)), rounding)
	switch name {
	case "base", "df":
		allowed = 0
	case "p_value", "p_adjusted":
		allowed = relative * max(math.Abs(a), math.Abs(b))
	}
	if !(math.Abs(a-b) <= allowed) {
		c.errorf(t, "%s: %s is %.17g, R has %.17g", key, name, a, b)
		return
	}
	c.figures[name]++
}

// errorf reports a disagreement; of a flood of them the first hundred.
func (c *comparison) errorf(t *testing.T, format string, args ...any) {
	t.Helper()
	if c.failed++; c.failed <= 100 {
		t.Errorf(format, args...)
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
