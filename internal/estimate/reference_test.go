package estimate_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/number"
)

// checker compares figures and counts them.
type checker struct {
	t        *testing.T
	compared int
}

// near holds a figure to R's. Zero is what R gives as rounding, and where R has
// nothing there is nothing.
func (k *checker) near(what string, got number.Value, want *float64, scale, tolerance float64) {
	k.t.Helper()
	k.compared++
	g, ok := got.Get()
	if ok != (want != nil) || ok && math.Abs(g/scale-*want) > tolerance*max(1e-3, math.Abs(*want)) {
		w := "nothing"
		if want != nil {
			w = strconv.FormatFloat(*want, 'g', -1, 64)
		}
		k.t.Errorf("%s: %v (known %t), R has %s", what, g/scale, ok, w)
	}
}

func (k *checker) mean(row estimate.Row, want refRow, df *float64) {
	k.t.Helper()
	k.near("estimate", row.Estimate, want.Estimate, 1, 1e-10)
	se, limits := want.SE, want.CI
	if df != nil && *df <= 0 {
		se, df = nil, nil // R prints an error of 0, which is not known to be one
	}
	k.near("se", row.SE, se, 1, 1e-8)
	k.near("df", row.DF, df, 1, 0)
	k.near("lower", row.Lower, limits[0], 1, 1e-8)
	k.near("upper", row.Upper, limits[1], 1, 1e-8)
	if !want.ZeroVariance {
		k.near("deff", row.Deff, want.Deff, 1, 1e-8)
	}
}

func TestReferenceCases(t *testing.T) {
	run, figures, left := 0, 0, map[string]int{}
	for _, name := range []string{"means_totals_ratios", "domains_differences", "proportion_intervals"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "oracle", "reference", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var all struct{ Cases []refCase }
		if err := json.Unmarshal(data, &all); err != nil {
			t.Fatal(err)
		}
		for _, c := range all.Cases {
			if !slices.Contains([]string{"apistrat", "apisrs", "apiclus1", "apiclus2", "likert_a"}, c.Data) {
				left["other data"]++
				continue
			}
			f := readFrame(t, c.Data)
			if !c.covered(f) {
				left[c.Stat.Fn]++
				continue
			}
			run++
			t.Run(c.ID, func(t *testing.T) {
				k := &checker{t: t}
				c.check(k, f)
				figures += k.compared
			})
		}
	}
	t.Logf("%d cases, %d figures; not covered: %v", run, figures, left)
	if run < 100 || figures < 800 {
		t.Errorf("only %d cases and %d figures", run, figures)
	}
}

func (c refCase) check(k *checker, f frame) {
	k.t.Helper()
	switch {
	case c.Stat.Fn == "domain_diff":
		groups := c.groups(f, c.Stat.Group)
		for i, g := range groups {
			if g != "in "+c.Stat.A && g != "in "+c.Stat.B {
				groups[i] = ""
			}
		}
		row := rowOf(k.t, c.estimates(k.t, f, f.numbers(c.Stat.Var), groups, 0.95), "y", "difference", "", "in "+c.Stat.B)
		k.mean(row, refRow{Estimate: c.Expected.Estimate, SE: c.Expected.SE, CI: c.Expected.CI, ZeroVariance: true}, c.Expected.DF)
	case len(c.By) == 0:
		c.checkGroup(k, f, c.groups(f), "in", c.Expected)
	default:
		groups := c.groups(f, c.By...)
		for _, g := range c.Expected.Groups {
			values := []string{"in"}
			for _, v := range c.By {
				values = append(values, g.Group[v])
			}
			c.checkGroup(k, f, groups, strings.Join(values, " "), g.Result)
		}
	}
}

func (c refCase) checkGroup(k *checker, f frame, groups []string, group string, want refResult) {
	k.t.Helper()
	switch c.Stat.Fn {
	case "mean":
		for _, r := range want.Rows {
			if *want.DF != *want.DFNonmissing && *want.DFNonmissing > 0 {
				// R takes the degrees of freedom of the design as given for its
				// limits, the report those of who answered.
				half := tOf(0.95, *want.DFNonmissing) * *r.SE
				lo, hi := *r.Estimate-half, *r.Estimate+half
				r.CI = []*float64{&lo, &hi}
			}
			k.mean(rowOf(k.t, c.estimates(k.t, f, c.y(f, r.Variable), groups, 0.95), "y", "mean", "", group), r, want.DFNonmissing)
		}
	case "contrast":
		row := rowOf(k.t, c.estimates(k.t, f, c.y(f, ""), groups, 0.95), "y", "mean", "", group)
		df, limits := want.DF, want.CI
		k.mean(row, refRow{Estimate: want.Estimate, SE: want.SE, CI: limits, ZeroVariance: true}, df)
	case "ciprop":
		for _, x := range want.Intervals {
			if x.Method != "wilson" || want.Degenerate {
				continue // where nobody or everybody is in it, R has no limits and we have
			}
			row := rowOf(k.t, c.estimates(k.t, f, f.numbers(c.Stat.Var), groups, x.Level), "answer", "share", "positive", group)
			k.near("share", row.Estimate, want.Estimate, 100, 1e-10)
			k.near("se", row.SE, want.SE, 100, 1e-8)
			k.near("wilson lower", row.Lower, x.CI[0], 100, 1e-8)
			k.near("wilson upper", row.Upper, x.CI[1], 100, 1e-8)
		}
	}
}

func rowOf(t *testing.T, rows []estimate.Row, measure, statistic, level, group string) estimate.Row {
	t.Helper()
	for _, r := range rows {
		if r.Measure == measure && r.Statistic == statistic && r.Level == level && r.Category == group {
			return r
		}
	}
	t.Fatalf("no row of %s %s %s for %q", measure, statistic, level, group)
	return estimate.Row{}
}
