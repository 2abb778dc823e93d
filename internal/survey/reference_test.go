package survey

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

const referenceDir = "../../testdata/oracle/reference"

// referenceCase is a call of R's survey package and what it gave
// (testdata/oracle/reference/README.md).
type referenceCase struct {
	ID     string
	Data   string
	Design struct {
		Kind             string
		IDs, Strata, FPC []string
		Weights          string
		Nest             bool
		replicateDesign
	}
	Steps  []referenceStep
	Lonely string `json:"lonely_psu"`
	Domain bool   `json:"adjust_domain_lonely"`
	By     []string
	Stat   struct {
		Fn                   string
		Vars                 []string
		Num, Den, Var, Group string
		A, B                 any
		Coef                 []float64
		NaRm                 bool `json:"na_rm"`
		Deff                 bool
	}
	Expected json.RawMessage
}

type expectedRow struct {
	Estimate, SE, Variance, CV, Deff *float64
	Replace                          *float64 `json:"deff_replace"`
}

type expectedResult struct {
	Error               any
	Message             string
	DF, N, Estimate, SE *float64
	NonMissing          *float64 `json:"df_nonmissing"`
	NObs                *float64 `json:"n_obs"`
	SumWeights          *float64 `json:"sum_weights"`
	Rows                []expectedRow
	V                   [][]*float64 `json:"vcov"`
	JointV              [][]*float64 `json:"joint_vcov"`
	DeffWOR             any          `json:"deff_wor"` // a number, or R's word for none
	Variances           [][]*float64 `json:"variance_matrix"`
	SEs                 [][]*float64 `json:"se_matrix"`
	VarA                *float64     `json:"var_a"`
	VarB                *float64     `json:"var_b"`
	CovAB               *float64     `json:"cov_ab"`
	Groups              []struct {
		Group  map[string]any
		Result expectedResult
	}
	DomainV [][]*float64 `json:"domain_vcov"`
}

// frame is a CSV file with the order of its columns' levels.
type frame struct {
	columns map[string][]string
	levels  map[string][]string // of factors
	rows    int
}

func readFrame(t *testing.T, name string) *frame {
	t.Helper()
	file, err := os.Open(filepath.Join(referenceDir, name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	f := &frame{columns: map[string][]string{}, levels: map[string][]string{}, rows: len(records) - 1}
	for i, column := range records[0] {
		values := make([]string, f.rows)
		for k := range values {
			values[k] = records[k+1][i]
		}
		f.columns[column] = values
	}
	var schema map[string]struct {
		Columns []struct {
			Name   string
			Levels []string
		}
	}
	readJSON(t, "SCHEMA.json", &schema)
	for _, c := range schema[name+".csv"].Columns {
		if c.Levels != nil {
			f.levels[c.Name] = c.Levels
		}
	}
	return f
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(referenceDir, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func (f *frame) numbers(column string) []float64 {
	out := make([]float64, f.rows)
	for k, text := range f.columns[column] {
		out[k] = math.NaN()
		if text != "" {
			out[k], _ = strconv.ParseFloat(text, 64)
		}
	}
	return out
}

// codes numbers the values of a column in the order of its levels, else in that of
// the values.
func (f *frame) codes(column string) (codes []int32, names []string) {
	values := f.columns[column]
	names = f.levels[column]
	if names == nil {
		names = slices.DeleteFunc(slices.Clone(values), func(s string) bool { return s == "" })
		slices.SortFunc(names, compareText)
		names = slices.Compact(names)
	}
	codes = make([]int32, len(values))
	for k, v := range values {
		codes[k] = int32(slices.Index(names, v))
	}
	return codes, names
}

func compareText(a, b string) int {
	x, errA := strconv.ParseFloat(a, 64)
	y, errB := strconv.ParseFloat(b, 64)
	switch {
	case errA == nil && errB == nil && x < y, (errA != nil || errB != nil) && a < b:
		return -1
	case a == b:
		return 0
	}
	return 1
}

func (f *frame) column(name string) Column {
	if f.levels[name] != nil {
		codes, names := f.codes(name)
		return Categorical(codes, len(names))
	}
	return Numeric(f.numbers(name))
}

func (f *frame) stages(ids, strata, fpc []string) []Stage {
	out := make([]Stage, max(len(ids), len(strata), len(fpc), 1))
	for i := range out {
		if i < len(ids) {
			codes, names := f.codes(ids[i])
			out[i].Units, out[i].UnitName = codes, func(c int32) string { return names[c] }
		}
		if i < len(strata) {
			codes, names := f.codes(strata[i])
			out[i].Strata, out[i].StratumName = codes, func(c int32) string { return names[c] }
		}
		if i < len(fpc) {
			out[i].FPC = f.numbers(fpc[i])
		}
	}
	return out
}

var lonelyNames = map[string]Lonely{"": LonelyFail, "fail": LonelyFail, "certainty": LonelyCertainty, "remove": LonelyRemove, "adjust": LonelyAdjust, "average": LonelyAverage}

func (c *referenceCase) sample(t *testing.T, f *frame) (*Sample, error) {
	s, err := c.start(t, f)
	for i := 0; err == nil && i < len(c.Steps); i++ {
		s, err = c.Steps[i].apply(s, f, c)
	}
	return s, err
}

func (c *referenceCase) start(t *testing.T, f *frame) (*Sample, error) {
	if c.Design.Kind == "replicate" {
		return c.Design.replicated(t, f.numbers(c.Design.Weights))
	}
	d := Design{Rows: f.rows, Nest: c.Design.Nest, Lonely: lonelyNames[c.Lonely], DomainLonely: c.Domain,
		Stages: f.stages(c.Design.IDs, c.Design.Strata, c.Design.FPC)}
	if c.Design.Weights != "" {
		d.Weights = f.numbers(c.Design.Weights)
	}
	return New(d)
}

// comparison holds numbers against R's.
type comparison struct {
	*testing.T
	numbers int
}

func (c *comparison) close(what string, got float64, want *float64, tolerance, floor float64) {
	c.Helper()
	c.numbers++
	if want == nil {
		if !math.IsNaN(got) {
			c.Errorf("%s: got %v, want none", what, got)
		}
		return
	}
	if !(math.Abs(got-*want) <= tolerance*max(math.Abs(*want), floor)) {
		c.Errorf("%s: got %v, want %v", what, got, *want)
	}
}

func (c *comparison) equal(what string, got float64, want *float64) {
	c.Helper()
	if want != nil {
		c.close(what, got, want, 0, 0)
	}
}

func (c *comparison) matrix(what string, got [][]float64, want [][]*float64, tolerance float64) {
	c.Helper()
	if len(got) != len(want) {
		c.Errorf("%s: got %d rows, want %d", what, len(got), len(want))
		return
	}
	for i, row := range want {
		for j, w := range row {
			c.close(what, got[i][j], w, tolerance, math.Sqrt(max(0, got[i][i]*got[j][j])))
		}
	}
}

func value(v interface{ Or(float64) float64 }) float64 { return v.Or(math.NaN()) }

func (c *comparison) rows(e *Estimates, want expectedResult, naRm, deff bool) {
	c.equal("df", e.DF, want.DF)
	c.equal("df_nonmissing", e.DFObserved, want.NonMissing)
	if !naRm && e.Missing > 0 {
		for _, row := range want.Rows {
			if row.Estimate != nil {
				c.Errorf("R has an estimate %v in spite of missing values", *row.Estimate)
			}
		}
		return
	}
	c.equal("n_obs", float64(e.N), want.NObs)
	c.close("sum_weights", e.SumWeights, want.SumWeights, 1e-10, 0)
	for i, row := range want.Rows {
		c.close("estimate", e.Theta[i], row.Estimate, 1e-10, 1e-6)
		c.close("se", value(e.SE(i)), row.SE, 1e-8, 1e-12)
		c.close("variance", value(e.Variance(i)), row.Variance, 1e-8, 1e-20)
		c.close("cv", value(e.CV(i)), row.CV, 1e-8, 1e-12)
		if deff {
			c.close("deff", value(e.Deff(i)), row.Deff, 1e-8, 0)
			c.close("deff_replace", value(e.DeffReplace(i)), row.Replace, 1e-8, 0)
		}
	}
	c.matrix("vcov", e.V, want.V, 1e-8)
}

func (c *referenceCase) statistic(f *frame) Statistic {
	var columns []Column
	var numeric [][]float64
	for _, v := range c.Stat.Vars {
		columns, numeric = append(columns, f.column(v)), append(numeric, f.numbers(v))
	}
	switch c.Stat.Fn {
	case "mean", "contrast":
		return NewMean(columns...)
	case "total":
		return NewTotal(columns...)
	case "variance":
		return NewCovariances(numeric...)
	case "ratio":
		return NewRatio(f.numbers(c.Stat.Num), f.numbers(c.Stat.Den))
	case "domain_diff":
		return NewMean(Numeric(f.numbers(c.Stat.Var)))
	}
	return nil
}

func (c *comparison) result(rc *referenceCase, e *Estimates, want expectedResult) {
	switch rc.Stat.Fn {
	case "mean", "total":
		c.rows(e, want, rc.Stat.NaRm, rc.Stat.Deff)
	case "ratio":
		c.equal("df", e.DF, want.DF)
		c.close("estimate", e.Theta[0], want.Estimate, 1e-10, 0)
		c.close("se", value(e.SE(0)), want.SE, 1e-8, 0)
		var deff *float64
		if n, ok := want.DeffWOR.(float64); ok {
			deff = &n
		}
		if !rc.replicated() { // of which R is not asked
			c.close("deff", value(e.Deff(0)), deff, 1e-8, 0)
		}
	case "variance":
		p := len(rc.Stat.Vars)
		c.equal("n_obs", float64(e.N), want.NObs)
		for i := range e.Theta {
			c.close("variance", e.Theta[i], want.Variances[i/p][i%p], 1e-10, 0)
			c.close("se", value(e.SE(i)), want.SEs[i/p][i%p], 1e-8, 0)
		}
	case "contrast":
		d := e.Contrast(rc.Stat.Coef)
		c.equal("df", d.DF, want.DF)
		c.close("estimate", value(d.Estimate), want.Estimate, 1e-10, 0)
		c.close("se", value(d.SE()), want.SE, 1e-8, 0)
		c.matrix("joint_vcov", e.V, want.JointV, 1e-8)
	}
}

func (c *comparison) difference(rc *referenceCase, f *frame, s *Sample, want expectedResult) {
	inside := func(v any) []bool {
		in := make([]bool, f.rows)
		for k, text := range f.columns[rc.Stat.Group] {
			in[k] = text == textOf(v)
		}
		return in
	}
	st := rc.statistic(f)
	j, err := s.EstimateJoint(Part{st, inside(rc.Stat.A)}, Part{st, inside(rc.Stat.B)})
	if err != nil {
		c.Fatal(err)
	}
	d := j.Difference(0, 1)
	c.equal("df", d.DF, want.DF)
	c.close("estimate", value(d.Estimate), want.Estimate, 1e-10, 1e-6)
	c.close("se", value(d.SE()), want.SE, 1e-8, 0)
	if rc.replicated() {
		return // R has the variance of the difference alone
	}
	c.close("var_a", j.V[0][0], want.VarA, 1e-8, 0)
	c.close("var_b", j.V[1][1], want.VarB, 1e-8, 0)
	c.close("cov_ab", j.V[0][1], want.CovAB, 1e-8, math.Sqrt(j.V[0][0]*j.V[1][1]))
}

func textOf(v any) string {
	if n, ok := v.(float64); ok {
		return strconv.FormatFloat(n, 'g', -1, 64)
	}
	return v.(string)
}

func (c *comparison) groups(rc *referenceCase, f *frame, s *Sample, want expectedResult) {
	codes, names := make([]int32, f.rows), []string{""}
	for _, by := range rc.By {
		next, levels := f.codes(by)
		var crossed []string
		for _, a := range names {
			for _, b := range levels {
				crossed = append(crossed, a+"|"+b)
			}
		}
		for k := range codes {
			if codes[k] >= 0 && next[k] >= 0 {
				codes[k] = codes[k]*int32(len(levels)) + next[k]
			} else {
				codes[k] = -1
			}
		}
		names = crossed
	}
	g, err := s.EstimateGroups(rc.statistic(f), codes)
	if err != nil {
		c.Fatal(err)
	}
	if len(g.Groups) != len(want.Groups) {
		c.Fatalf("got %d groups, want %d", len(g.Groups), len(want.Groups))
	}
	for i, group := range want.Groups {
		name := ""
		for _, by := range rc.By {
			name += "|" + textOf(group.Group[by])
		}
		if names[g.Groups[i].Code] != name {
			c.Errorf("group %d is %s, want %s", i, names[g.Groups[i].Code], name)
		}
		c.result(rc, g.Groups[i].Estimates, group.Result)
	}
	if want.DomainV != nil {
		c.matrix("domain_vcov", g.V, want.DomainV, 1e-8)
	}
}

// TestEngineAgreesWithR holds the engine against R's survey 4.5: estimates to 1e-10,
// errors to 1e-8, degrees of freedom exactly.
func TestEngineAgreesWithR(t *testing.T) {
	for file, cases := range map[string]int{"means_totals_ratios.json": 98, "domains_differences.json": 76, "lonely_psu.json": 100} {
		var list struct{ Cases []*referenceCase }
		readJSON(t, file, &list)
		ran := 0
		for _, rc := range list.Cases {
			if slices.ContainsFunc(rc.Steps, func(s referenceStep) bool { return s.Op != "subset" }) {
				continue
			}
			ran++
			t.Run(rc.ID, func(t *testing.T) { runReference(t, rc) })
		}
		if ran != cases {
			t.Errorf("%s: ran %d cases, want %d", file, ran, cases)
		}
	}
}

func runReference(t *testing.T, rc *referenceCase) {
	c, f := &comparison{T: t}, readFrame(t, rc.Data)
	var want expectedResult
	if err := json.Unmarshal(rc.Expected, &want); err != nil {
		t.Fatal(err)
	}
	s, err := rc.sample(t, f)
	var e *Estimates
	switch st := rc.statistic(f); {
	case err != nil:
	case len(rc.By) > 0:
		c.groups(rc, f, s, want)
		return
	case rc.Stat.Fn == "domain_diff":
		c.difference(rc, f, s, want)
		return
	case rc.Stat.Fn == "degf":
		c.equal("df", s.DF(), want.DF)
		return
	default:
		e, err = s.Estimate(st)
	}
	if want.Error != nil {
		if err == nil {
			t.Errorf("no error, R: %s", want.Message)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	c.result(rc, e, want)
	if c.numbers == 0 {
		t.Error("nothing was compared")
	}
}
