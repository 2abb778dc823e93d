package pipeline_test

import (
	"bytes"
	"flag"
	"maps"
	"path/filepath"
	"testing"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/pipeline"
)

// make oracle sets this to write what R reads, and then runs R.
var dumpOracle = flag.Bool("oracle-dump", false, "write the example study's respondents and hidden rows to testdata/oracle/care, for R to read")

// figureColumns are what R computes of a row of estimates.csv. Corrected p-values
// are compared apart, since they rest on which rows are hidden.
var figureColumns = []string{"estimate", "se", "lower", "upper", "base", "effective_base", "deff", "df", "p_value"}

// atLeast guards against comparing nothing.
var atLeast = map[string]int{"estimate": 40000, "se": 40000, "lower": 40000, "upper": 40000, "base": 39000,
	"effective_base": 39000, "deff": 20000, "df": 40000, "p_value": 11000, "p_adjusted": 6000}

func oracle(name string) string { return filepath.Join("..", "testdata", "oracle", "care", name) }

// TestExampleAgreesWithR holds every row of the example study's private
// estimates against the values that testdata/oracle/care.R printed, and every row by
// the groups that its merge rules put together. There are no exclusions: what has
// figures has them in R too, and the other way round.
func TestExampleAgreesWithR(t *testing.T) {
	notWhileRacing(t)
	s := loadCare(t)
	private := runCare(t, s)
	respondents := unmergedRespondents(t)
	ours := tableOf(t, records(t, readFile(t, filepath.Join(private, "estimates.csv"))))
	if *dumpOracle {
		write(t, oracle("respondents.csv"), respondents)
		write(t, oracle("hidden.csv.gz"), pack(t, ours.hiddenCSV(t)))
		return
	}
	if !bytes.Equal(respondents, readFile(t, oracle("respondents.csv"))) {
		t.Fatal("the respondents are no longer those that R was given: make oracle")
	}
	c := newComparison(t)
	all := maps.Clone(ours)
	maps.Copy(all, apart(t))
	c.all(t, all)
	t.Logf("%d rows and %d figures agree with R", c.rows, c.total())
	for _, name := range figureColumns {
		c.enough(t, name)
	}
	adjust, err := pipeline.Adjuster(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("corrected p-values", func(t *testing.T) { adjustedAgree(t, c, adjust) })
	t.Run("corrected over what the release shows", func(t *testing.T) { releaseAdjusts(t, ours, adjust) })
}

type adjuster = func(hidden func(estimate.Key) bool) map[estimate.Key]number.Value

// adjustedAgree hides the rows that R took for hidden, which are those of the
// release when R was last run, and corrects the others' p-values.
func adjustedAgree(t *testing.T, c *comparison, adjust adjuster) {
	hidden := keysOf(unpack(t, oracle("hidden.csv.gz"))[1:])
	for k, p := range adjust(func(k estimate.Key) bool { return hidden[keyText(k)] }) {
		if r := c.r[keyText(k)]; r != nil || p.Known() {
			c.figure(t, keyText(k), "p_adjusted", p.Full(), r["p_adjusted"])
		}
	}
	c.enough(t, "p_adjusted")
}

// releaseAdjusts holds the release's p-values against a correction over exactly
// the rows that it does not hide.
func releaseAdjusts(t *testing.T, rows estimates, adjust adjuster) {
	hidden, n := rows.hidden(), 0
	for k, p := range adjust(func(k estimate.Key) bool { return hidden[keyText(k)] }) {
		if got := rows[keyText(k)]["p_adjusted"]; got != p.Full() {
			t.Errorf("%s: p_adjusted is %q, expected %q", keyText(k), got, p.Full())
		}
		if p.Known() {
			n++
		}
	}
	if n < atLeast["p_adjusted"] {
		t.Errorf("%d corrected p-values, expected at least %d", n, atLeast["p_adjusted"])
	}
}

// loadCare is the example study.
func loadCare(t *testing.T) *study.Study {
	t.Helper()
	return loadKeyed(t, filepath.Join("..", "testdata", "studies", "care"))
}

func loadKeyed(t *testing.T, folder string) *study.Study {
	t.Helper()
	key := filepath.Join(t.TempDir(), "key")
	write(t, key, bytes.Repeat([]byte("made-up "), 8))
	t.Setenv("CAREGAP_KEY_FILE", key)
	s, diags, err := study.Load(folder)
	if err != nil || diags.HasErrors() {
		t.Fatal(err, diags.Sorted())
	}
	return s
}

// runCare runs the example study and returns the release's private folder.
func runCare(t *testing.T, s *study.Study) string {
	t.Helper()
	result, err := pipeline.Run(t.Context(), s, pipeline.Options{Out: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(result.Release.Path, "private")
}
