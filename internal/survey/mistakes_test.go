//go:build slow

package survey_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// mistake is one that programs for surveys have made, as edits of this one. The
// tests named must fail with it; docs/mistakes.md lists them.
type mistake struct {
	name  string
	edits []edit
	tests []string
}

// edit replaces a text that must be in a file once, below internal.
type edit struct{ file, from, to string }

var mistakes = []mistake{
	{"PSUs without a member of the domain are dropped", []edit{
		{"survey/engine_totals.go", "return total(x) / float64(p.strata[stratum].n)", "return total(x) / float64(len(x))"},
		{"survey/engine.go", "n, centres := int(p.strata[b.spans[s].stratum].n), b.centres(s)", "n, centres := int(b.spans[s].to-b.spans[s].from), b.centres(s)"},
	}, []string{"TestEngineAgreesWithR", "TestEngineAgainstNaive", "TestRowsOfWeightZero", "TestReference", "TestSecondReference"}},
	{"n for n-1", []edit{
		{"survey/engine.go", "return (1 - f) * float64(n) / float64(n-1)", "return (1 - f)"},
	}, []string{"TestSimpleRandomSample", "TestJackknifeOfTotal", "TestBootstrapNearTaylor", "TestReference", "TestSecondReference"}},
	{"no centring within the stratum", []edit{
		{"survey/engine_totals.go", "return total(x) / float64(p.strata[stratum].n)", "return 0"},
	}, []string{"TestEngineAgreesWithR", "TestHalfSamplesOfTotal", "TestReference", "TestSecondReference"}},
	{"a mean taken for a total over a known sum", []edit{
		{"survey/mean.go", "z[j] = (y - mean) / sum", "z[j] = y / sum; _ = mean"},
	}, []string{"TestComplements", "TestEngineAgreesWithR", "TestReference", "TestSecondReference"}},
	{"the domain is cut out before the design is made", []edit{
		{"survey/lonely.go", "return h.multiplier * stratumFactor(int(h.n), h.f)", "return h.multiplier"},
		{"survey/engine_totals.go", "return total(x) / float64(p.strata[stratum].n)", "return total(x) / float64(len(x))"},
		{"survey/engine.go", "n, centres := int(p.strata[b.spans[s].stratum].n), b.centres(s)", "n, centres := int(b.spans[s].to-b.spans[s].from), b.centres(s)\n\t\tif factor > 0 && n > 1 {\n\t\t\tfactor *= stratumFactor(n, p.strata[b.spans[s].stratum].f)\n\t\t}"},
	}, []string{"TestEngineAgreesWithR", "TestAvailableCases", "TestReference", "TestSecondReference"}},
	{"the covariance of two domains is ignored", []edit{
		{"survey/contrast.go", "if cj != 0 {", "if cj != 0 && i == j {"},
	}, []string{"TestGapIsAContrast", "TestTwoSamplesAgreeWithR", "TestReference", "TestSecondReference"}},
	{"units of the second stage are known by their label alone", []edit{
		{"survey/design_stage.go", "newStratum := last < 0 || differ(parent, k, last) || differ(given.Strata, k, last)", "newStratum := last < 0 || differ(given.Strata, k, last)"},
		{"survey/design_stage.go", "order := sortRows(b.Rows, given.Units, given.Strata, parent)\n\tlast", "order := sortRows(b.Rows, given.Units, given.Strata)\n\tlast"},
	}, []string{"TestOrderAndNamesChangeNothing", "TestStrataAddUp", "TestReference", "TestSecondReference"}},
	{"the FPC is ignored", []edit{
		{"survey/engine.go", "return (1 - f) * float64(n) / float64(n-1)", "return float64(n) / float64(n-1)"},
	}, []string{"TestEngineAgreesWithR", "TestJackknifeOfTotalWithFPC", "TestReference", "TestSecondReference"}},
	{"the second stage adds nothing", []edit{
		{"survey/design_stage.go", "h.multiplier = up.multiplier * up.f", "h.multiplier = 0 * up.f"},
	}, []string{"TestEngineAgainstNaive", "TestEngineAgreesWithR", "TestReference", "TestSecondReference"}},
	{"variances take no notice of calibration", []edit{
		{"survey/engine_estimate.go", "r.Residual(all)", "_ = r"},
	}, []string{"TestAdjustedEngineAgreesWithR", "TestReference", "TestSecondReference"}},
	{"normal limits instead of t", []edit{
		{"survey/ttest.go", "distribution.TQuantile((1-level)/2, df) * se", "distribution.NormalQuantile((1-level)/2) * se"},
	}, []string{"TestOneSampleAgreesWithR", "TestReference", "TestSecondReference"}},
	{"each variable has its own rows", []edit{
		{"survey/column.go", "if rows, err = column.observed(rows, out); err != nil {", "if rows, err = c.of[len(c.of)-1].observed(rows, out); column.levels < 0 || err != nil {"},
	}, []string{"TestGapIsAContrast", "TestAlphaAgreesWithR", "TestReference", "TestSecondReference"}},
	{"the jackknife has one scale for all strata", []edit{
		{"survey/jackknife.go", "(1-h.fraction)*(n-1)/n)", "float64(first.psus-1)/float64(first.psus)*(1-h.fraction+0*n))"},
	}, []string{"TestJackknifeOfTotal", "TestReplicatesAgreeWithR", "TestReference", "TestSecondReference"}},
	{"a stratum with one PSU silently adds nothing", []edit{
		{"survey/lonely.go", "case LonelyFail:\n\t\treturn d.hasLonely()", "case LonelyFail:\n\t\treturn false"},
	}, []string{"TestLonelyProblemsNameThemAll", "TestEngineAgreesWithR", "TestReference", "TestSecondReference"}},
	{"quantiles without weights", []edit{
		{"survey/quantile_order.go", "total.add(v)\n", "v = 1\n\t\t\ttotal.add(v)\n"},
	}, []string{"TestQuantilesOfRepeatedRows", "TestQuantilesAgreeWithR", "TestReference", "TestSecondReference"}},
	{"a domain has the degrees of freedom of the design", []edit{
		{"survey/df.go", "func (d *design) df(rows []int32) float64 { return newTallier(d.stages[0]).df(rows) }", "func (d *design) df(_ []int32) float64 {\n\treturn float64(d.stages[0].units - len(d.stages[0].strata))\n}"},
	}, []string{"TestEngineAgreesWithR", "TestRowsOfWeightZero", "TestReference", "TestSecondReference"}},
}

// tested are packages with flags for their tests; drawn samples that fail are not kept.
var tested = [][]string{{"./internal/survey", "-rapid.nofailfile"}, {"./internal/weight", "-rapid.nofailfile"}, {"./internal/request"}}

// Every mistake must be seen by the tests that docs/mistakes.md says see it.
func TestMistakesAreSeen(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if failed := failing(t, root, mistake{}); len(failed) > 0 {
		t.Fatal("without a mistake there fail", failed)
	}
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			failed := failing(t, root, m)
			t.Log("there fail", strings.Join(failed, ", "))
			for _, name := range m.tests {
				if !slices.Contains(failed, name) {
					t.Errorf("%s does not see it", name)
				}
			}
		})
	}
}

var failedTest = regexp.MustCompile(`(?m)^--- FAIL: (\w+)`)

// failing runs the tests with a mistake laid over the source, and gives the names
// of those that fail.
func failing(t *testing.T, root string, m mistake) []string {
	t.Helper()
	var names []string
	laid := overlay(t, root, m)
	for _, p := range tested {
		command := exec.Command("go", append([]string{"test", "-count=1", "-overlay", laid}, p...)...)
		command.Dir = root
		out, err := command.CombinedOutput()
		found := failedTest.FindAllStringSubmatch(string(out), -1)
		if err != nil && len(found) == 0 {
			t.Fatalf("%v: %v\n%s", p, err, out)
		}
		for _, f := range found {
			names = append(names, f[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// overlay writes the changed files, and the list of them that go test -overlay
// reads; the source stays as it is.
func overlay(t *testing.T, root string, m mistake) string {
	t.Helper()
	folder := t.TempDir()
	texts, files := map[string]string{}, map[string]string{}
	for _, e := range m.edits {
		file := filepath.Join(root, "internal", filepath.FromSlash(e.file))
		if texts[file] == "" {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			texts[file] = string(data)
			files[file] = filepath.Join(folder, fmt.Sprintf("%d.go", len(files)))
		}
		if n := strings.Count(texts[file], e.from); n != 1 {
			t.Fatalf("%s has %d times %q", e.file, n, e.from)
		}
		texts[file] = strings.Replace(texts[file], e.from, e.to, 1)
	}
	for file, text := range texts {
		if err := os.WriteFile(files[file], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": files})
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(out, list, 0o600); err != nil {
		t.Fatal(err)
	}
	return out
}
