package estimate_test

import (
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
)

// refCase is a case of testdata/oracle/reference.
type refCase struct {
	ID, Data string
	Design   struct {
		IDs, Strata, FPC []string
		Weights          string
		Nest             bool
	}
	Steps []struct{ Op, Col string }
	By    []string
	Stat  struct {
		Fn, Var, Group, A, B string
		Vars                 []string
		Coef                 []float64
		NARm                 bool `json:"na_rm"`
	}
	Expected refResult
}

type refResult struct {
	Groups []struct {
		Group  map[string]string
		Result refResult
	}
	Rows         []refRow
	Estimate, SE *float64
	CI           []*float64 `json:"ci95_t"`
	DF           *float64   `json:"df"`
	DFNonmissing *float64   `json:"df_nonmissing"`
	Degenerate   bool
	Intervals    []struct {
		Method string
		Level  float64
		CI     []*float64
	}
}

type refRow struct {
	Variable, Level string
	Estimate, SE    *float64
	CI              []*float64 `json:"ci95_t"`
	Deff            *float64   `json:"deff_replace"`
	ZeroVariance    bool       `json:"zero_variance"`
}

// covered reports whether a case asks for what the report estimates.
func (c refCase) covered(f frame) bool {
	for _, s := range c.Steps {
		if s.Op != "subset" {
			return false
		}
	}
	oneStage := len(c.Design.IDs) < 2 || len(c.Design.FPC) == 0
	if !oneStage || len(c.Design.FPC) > 1 || c.Design.Nest {
		return false
	}
	switch c.Stat.Fn {
	case "mean":
		// R gives nothing where somebody is missing and nobody was to be left out.
		return !slices.ContainsFunc(c.Stat.Vars, func(v string) bool { return !f.numeric(v) || !c.Stat.NARm && f.misses(v) })
	case "contrast":
		return slices.Equal(c.Stat.Coef, []float64{1, -1})
	case "domain_diff", "ciprop":
		return true
	}
	return false
}

// frame is a data set by column; an empty field is missing.
type frame map[string][]string

func readFrame(t *testing.T, name string) frame {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "testdata", "oracle", "reference", name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := frame{}
	for i, name := range rows[0] {
		for _, r := range rows[1:] {
			out[name] = append(out[name], r[i])
		}
	}
	return out
}

func (f frame) numeric(name string) bool {
	return !slices.ContainsFunc(f[name], func(v string) bool {
		_, err := strconv.ParseFloat(v, 64)
		return err != nil && v != ""
	})
}

func (f frame) misses(name string) bool { return slices.Contains(f[name], "") }

func (f frame) numbers(name string) []float64 {
	out := make([]float64, len(f[name]))
	for i, v := range f[name] {
		out[i] = math.NaN()
		if x, err := strconv.ParseFloat(v, 64); err == nil {
			out[i] = x
		}
	}
	return out
}

// y is the variable that a case estimates the mean of; a row that misses any of
// the case's variables misses it.
func (c refCase) y(f frame, variable string) []float64 {
	var out []float64
	switch {
	case c.Stat.Fn == "contrast":
		out = f.numbers(c.Stat.Vars[0])
		for i, b := range f.numbers(c.Stat.Vars[1]) {
			out[i] -= b
		}
	default:
		out = f.numbers(variable)
	}
	for _, v := range c.Stat.Vars {
		for i, x := range f.numbers(v) {
			if x != x {
				out[i] = math.NaN()
			}
		}
	}
	return out
}

// groups puts each row into a group by the values of some variables, and none
// outside the case's subset.
func (c refCase) groups(f frame, by ...string) []string {
	n := 0
	for _, column := range f {
		n = len(column)
	}
	out := make([]string, n)
	for i := range out {
		values := []string{"in"}
		for _, v := range by {
			values = append(values, f[v][i])
			if f[v][i] == "" {
				values[0] = ""
			}
		}
		for _, s := range c.Steps {
			if f[s.Col][i] != "1" {
				values[0] = ""
			}
		}
		if values[0] != "" {
			out[i] = strings.Join(values, " ")
		}
	}
	return out
}

// estimates runs a design through measure and estimate: rows of the mean of y,
// of the share of 1 among y where that is an indicator, and of differences, by group.
func (c refCase) estimates(t *testing.T, f frame, y []float64, groups []string, level float64) []estimate.Row {
	t.Helper()
	s, names := c.study(groups, level)
	plan := measure.NewPlan(normalise.NewSchema(s))
	wave := estimate.Wave{Survey: s.Surveys[0], Wave: s.Surveys[0].Waves[0], Names: normalise.NewWaveNames(plan.Schema), Moments: plan.NewMoments(len(c.Design.IDs) == 0), Kept: &measure.Kept{Plan: plan}}
	b := &normalise.Block{Rows: len(y), Items: [][]uint8{make([]uint8, len(y))}, Scores: make([][]normalise.Score, 1), Variables: [][]int32{make([]int32, len(y))}}
	for i := range y {
		b.Variables[0][i] = int32(slices.Index(names, groups[i]))
		b.Items[0][i] = uint8(normalise.NotShown)
		if y[i] == 0 || y[i] == 1 {
			b.Items[0][i] = normalise.FirstOption + uint8(y[i])
		}
		if len(c.Design.IDs) > 0 {
			b.PSU = append(b.PSU, wave.Names.PSUs.ID(f[c.Design.IDs[0]][i]))
		}
		if len(c.Design.Strata) > 0 {
			b.Stratum = append(b.Stratum, wave.Names.Strata.ID(f[c.Design.Strata[0]][i]))
		}
	}
	if c.Design.Weights != "" {
		b.Weight = f.numbers(c.Design.Weights)
	}
	if len(c.Design.FPC) > 0 {
		b.FPC = f.numbers(c.Design.FPC[0])
	}
	prepared := plan.Prepare(b, nil)
	prepared.Numerics[0] = y
	wave.Moments.Add(b, prepared)
	diags := &diag.List{}
	table, err := estimate.Estimate(context.Background(), s, []estimate.Wave{wave}, diags)
	if err != nil || diags.HasErrors() {
		t.Fatal(err, diags.Sorted())
	}
	return table.Rows
}

// study measures one score and one answer, by the groups that occur.
func (c refCase) study(groups []string, level float64) (*study.Study, []string) {
	names := slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(groups))), func(g string) bool { return g == "" })
	var categories study.Map[string]
	for _, g := range names {
		categories = append(categories, study.Entry[string]{ID: g, Value: g})
	}
	zero, one := 0, 1
	mean := study.Names{"mean"}
	s := &study.Study{
		Confidence: level, Breakdowns: []study.Breakdown{{"group"}}, Disclosure: study.Disclosure{DistributionBase: 1},
		Framework: &study.Framework{
			Scales:     study.Map[study.Scale]{{ID: "indicator", Value: study.Scale{Min: &zero, Max: &one, Positive: study.Names{"1"}}}},
			Items:      study.Map[study.Item]{{ID: "answer", Value: study.Item{Scale: "indicator", Statistics: mean}}},
			Constructs: study.Map[study.Construct]{{ID: "y", Value: study.Construct{Items: study.Names{"answer"}, Positive: "75", MinAnswered: "0.5", Statistics: mean}}},
			Variables:  study.Map[study.Variable]{{ID: "group", Value: study.Variable{Categories: categories}}},
		},
	}
	book := &study.Codebook{Items: study.Map[study.ItemSource]{{ID: "answer"}}, Variables: study.Map[study.VariableSource]{{ID: "group"}}}
	if c.Design.Weights != "" {
		book.Design.Weight = study.Names{c.Design.Weights}
	}
	s.Surveys = []*study.Survey{{ID: "s", Waves: []*study.Wave{{ID: "1", Codebook: book}}}}
	return s, names
}
