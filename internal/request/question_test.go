package request

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/number"
)

func ask(t *testing.T, q Question, files ...string) ([]Row, []string) {
	t.Helper()
	f, _ := file(t, files...)
	if q.Level == 0 {
		q.Level = 0.95
	}
	rows, warnings, err := Ask(context.Background(), f, &q)
	if err != nil {
		t.Fatal(err)
	}
	return rows, warnings
}

func brief(r Row) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", r.Item.Kind, r.Item.Name())
	if r.Category != "" {
		fmt.Fprintf(&b, "=%s", r.Category)
	}
	for _, g := range r.Group {
		fmt.Fprintf(&b, " [%s=%s]", g.Column, g.Category)
	}
	if r.Difference != nil {
		fmt.Fprintf(&b, " %s: %s less %s", r.Difference.Column, r.Difference.To, r.Difference.From)
	}
	for _, v := range []number.Value{r.Estimate, r.SE, r.Lower, r.Upper, r.Effective, r.Deff, r.DF, r.P} {
		text := v.Fixed(3)
		if text == "" {
			text = "-"
		}
		b.WriteString(" " + text)
	}
	fmt.Fprintf(&b, " n=%d missing=%d %s", r.N, r.Missing, r.Note())
	return strings.TrimSpace(b.String())
}

func briefs(rows []Row) []string {
	var out []string
	for _, r := range rows {
		out = append(out, brief(r))
	}
	return out
}

// Where R prints something that nobody should read, a row says why it has nothing.
func TestDegenerate(t *testing.T) {
	const data = "psu,g,y,all,none,zero,const,w\n1,a,1,1,0,0,5,1\n1,a,3,1,0,0,5,1\n2,b,4,1,0,0,5,1\n3,b,8,1,0,0,5,1\n4,b,,1,0,0,5,1\n5,,2,1,0,0,5,0\n"
	q := Question{Design: Design{IDs: []string{"psu"}, Weights: "w"}, By: []string{"g"}, Items: []Item{
		{Kind: Mean, Columns: []string{"y"}}, {Kind: Share, Columns: []string{"all"}}, {Kind: Share, Columns: []string{"none"}},
		{Kind: Mean, Columns: []string{"const"}}, {Kind: Ratio, Columns: []string{"y", "zero"}}, {Kind: Quantile, Columns: []string{"y"}, Quantile: 0.5},
	}}
	rows, _ := ask(t, q, "s.csv", data)
	want := []string{
		"mean y [g=a] 2.000 - - - - - 0.000 - n=2 missing=0 one PSU",
		"mean y [g=b] 6.000 1.581 -14.090 26.090 3.200 0.625 1.000 - n=2 missing=1",
		"share all [g=a] 1.000 - - - - - 0.000 - n=2 missing=0 one PSU",
		"share all [g=b] 1.000 0.000 0.139 1.000 3.000 - 2.000 - n=3 missing=0 no variance information",
		"share none [g=a] 0.000 - - - - - 0.000 - n=2 missing=0 one PSU",
		"share none [g=b] 0.000 0.000 0.000 0.861 3.000 - 2.000 - n=3 missing=0 no variance information",
		"mean const [g=a] 5.000 - - - - - 0.000 - n=2 missing=0 one PSU",
		"mean const [g=b] 5.000 0.000 5.000 5.000 3.000 - 2.000 - n=3 missing=0 no variance: PSUs do not differ, or everybody was asked",
		"ratio y/zero [g=a] - - - - - - 0.000 - n=2 missing=0 the denominator adds up to 0",
		"ratio y/zero [g=b] - - - - - - 1.000 - n=2 missing=1 the denominator adds up to 0",
		"quantile y [g=a] 1.000 - - - - - 0.000 - n=2 missing=0 one PSU",
	}
	if d := cmp.Diff(want, briefs(rows)[:len(want)]); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// A domain that nobody belongs to is answered with nothing, and rows without a
// group are counted.
func TestNobodyAndNoGroup(t *testing.T) {
	q := Question{Items: []Item{{Kind: Mean, Columns: []string{"y"}}}, Where: []Where{{"g", "a"}, {"h", "2"}}}
	rows, _ := ask(t, q, "s.csv", "g,h,y\na,1,1\na,1,2\nb,2,3\nb,2,5\n")
	if got := brief(rows[0]); got != "mean y - - - - - - - - n=0 missing=0 nobody" {
		t.Error(got)
	}
	q = Question{Items: []Item{{Kind: Mean, Columns: []string{"y"}}}, By: []string{"g"}}
	rows, warnings := ask(t, q, "s.csv", "g,y\na,1\na,2\n,3\n,5\n")
	if len(rows) != 1 || !strings.Contains(strings.Join(warnings, "\n"), "2 rows have no value in a column of --by and belong to no group") {
		t.Error(briefs(rows), warnings)
	}
}

// A gap is the mean of the differences of those who answered both; a difference
// has the variance of both ends and what they have in common.
func TestGapAndDifference(t *testing.T) {
	f, dir := file(t, "survey.csv", survey20)
	q := Question{Design: Design{IDs: []string{"trust"}, Strata: []string{"region"}, Weights: "w"}, Level: 0.95,
		Items:       []Item{{Kind: Gap, Columns: []string{"will", "capacity"}}, {Kind: Mean, Columns: []string{"score"}}},
		Differences: []Difference{{"role", "nurse", "doctor"}}}
	rows, _, err := Ask(context.Background(), f, &q)
	if err != nil {
		t.Fatal(err)
	}
	got := lines(t, f, dir,
		`{`+clustered+`, "stat": {"fn": "contrast", "vars": ["will", "capacity"], "coef": [1, -1], "na_rm": true}}`,
		`{`+clustered+`, "stat": {"fn": "domain_diff", "var": "score", "group": "role", "a": "nurse", "b": "doctor"}}`)
	for i, row := range []Row{rows[0], rows[3]} {
		want := fmt.Sprintf(`"estimate":%s,"se":`, shorten(row.Estimate))
		if !strings.Contains(got[i], want[:len(want)-len(`,"se":`)]) {
			t.Errorf("%s is not in %s", want, got[i])
		}
	}
	if !rows[0].P.Known() || !rows[3].P.Known() || rows[1].P.Known() || len(rows) != 4 {
		t.Errorf("p of gaps and differences alone: %v", briefs(rows))
	}
}

// shorten is a number without the digits that rounding may change.
func shorten(v number.Value) string { return v.Full()[:min(len(v.Full()), 12)] }

// Raking to a file of margins is calibration with the distance of raking: weights
// and errors are those that a request gets for it.
func TestRakeToIsCalibration(t *testing.T) {
	f, dir := file(t, "survey.csv", survey20,
		"margins.csv", "variable,category,population\nregion,N,30\nregion,S,50\nagrees,0,32\nagrees,1,48\n",
		"cells.csv", "region,agrees,population\nN,0,10\nN,1,20\nS,0,22\nS,1,28\n")
	rake, err := RakeTo(context.Background(), dir+"/margins.csv", "margins.csv")
	if err != nil {
		t.Fatal(err)
	}
	cells, err := PoststratifyTo(context.Background(), dir+"/cells.csv", "cells.csv")
	if err != nil {
		t.Fatal(err)
	}
	calibrate := `"steps": [{"op": "calibrate", "calfun": "raking", "terms": [{"kind": "intercept", "total": 80}, {"kind": "level", "var": "region", "level": "S", "total": 50}, {"kind": "numeric", "var": "agrees", "total": 48}]}]`
	poststratify := `"steps": [{"op": "poststratify", "vars": ["region", "agrees"], "population": [{"region": "N", "agrees": 0, "Freq": 10}, {"region": "N", "agrees": 1, "Freq": 20}, {"region": "S", "agrees": "0", "Freq": 22}, {"region": "S", "agrees": 1, "Freq": 28}]}]`
	for i, steps := range []string{calibrate, poststratify} {
		q := Question{Design: Design{IDs: []string{"trust"}, Strata: []string{"region"}, Weights: "w"}, Level: 0.95,
			Weights: []Step{[]Step{rake, cells}[i]}, Items: []Item{{Kind: Mean, Columns: []string{"will"}}}}
		rows, _, err := Ask(context.Background(), f, &q)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := Parse([]byte(`{` + clustered + `, ` + steps + `, "stat": {"fn": "mean", "vars": ["will"]}}`))
		if err != nil {
			t.Fatal(err)
		}
		data, err := Load(context.Background(), f, dir, []*Request{parsed})
		if err != nil {
			t.Fatal(err)
		}
		answer, err := data.Answer(parsed)
		if err != nil {
			t.Fatal(err)
		}
		want := answer.(*linearResult).Rows[0]
		if math.Abs(rows[0].Estimate.Or(0)-float64(want.Estimate)) > 1e-9 || math.Abs(rows[0].SE.Or(0)-float64(want.SE)) > 1e-9 || want.SE < 0.1 {
			t.Errorf("%s: got %v (%v), want %v (%v)", steps, rows[0].Estimate, rows[0].SE, want.Estimate, want.SE)
		}
	}
}

// Messages name strata and categories, but no address of a column that was named
// by mistake.
func TestNoAddressInMessages(t *testing.T) {
	f, dir := file(t, "s.csv", "mail,other,p,y\na@b.uk,1,1,1\na@b.uk,2,2,2\nc@d.uk,1,3,4\n",
		"margins.csv", "variable,category,population\nmail,a@b.uk,3\n", "cells.csv", "mail,population\nx,3\n")
	rake, err := RakeTo(context.Background(), dir+"/margins.csv", "margins.csv")
	if err != nil {
		t.Fatal(err)
	}
	cells, err := PoststratifyTo(context.Background(), dir+"/cells.csv", "cells.csv")
	if err != nil {
		t.Fatal(err)
	}
	for what, q := range map[string]Question{
		"s.csv: stratum mail \"(not shown)\" has only one PSU at stage 1":                          {Design: Design{IDs: []string{"p"}, Strata: []string{"mail"}}},
		"s.csv: stage 1: unit mail \"(not shown)\" is in stratum other \"1\" and in stratum other": {Design: Design{IDs: []string{"mail"}, Strata: []string{"other"}}},
		"has no row for its category \"(not shown)\"":                                              {Weights: []Step{rake}},
		"mail \"(not shown)\" has 2 rows in the sample and no population":                          {Weights: []Step{cells}},
	} {
		q.Level, q.Items = 0.95, []Item{{Kind: Mean, Columns: []string{"y"}}}
		_, _, err := Ask(context.Background(), f, &q)
		var problems *diag.Problems
		if !errors.As(err, &problems) {
			t.Fatalf("%s: %v", what, err)
		}
		if all := fmt.Sprint(problems.Diagnostics); !strings.Contains(all, what) || strings.Contains(all, "@") {
			t.Errorf("got %s, want %s", all, what)
		}
	}
}

// A message names a category that many have, and never one person's answer.
func TestNearestCategory(t *testing.T) {
	for rows, want := range map[int]string{4: "", 5: `nearest: "North"`} {
		f, _ := file(t, "s.csv", "region,y\n"+strings.Repeat("North,1\n", rows)+"Sue Norths,2\n")
		_, _, err := Ask(context.Background(), f, &Question{Level: 0.95, Items: []Item{{Kind: Mean, Columns: []string{"y"}}}, Where: []Where{{"region", "Norths"}}})
		if got := err.(*diag.Problems).Diagnostics[0].Hint; got != want {
			t.Errorf("%d rows: %q, want %q", rows, got, want)
		}
	}
}

func TestAskProblems(t *testing.T) {
	f, dir := file(t, "survey.csv", survey20, "margins.csv", "variable,category,population\nregion,N,30\nregion,West,50\n", "odd.csv", "a,b\n1,2\n")
	margins, err := RakeTo(context.Background(), dir+"/margins.csv", "margins.csv")
	if err != nil {
		t.Fatal(err)
	}
	mean := []Item{{Kind: Mean, Columns: []string{"score"}}}
	ids := "id,y\n"
	for i := range mostGroups + 1 {
		ids += fmt.Sprintf("%d,1\n", i)
	}
	many, _ := file(t, "ids.csv", ids)
	if _, _, err := Ask(context.Background(), many, &Question{Level: 0.95, By: []string{"id"}, Items: []Item{{Kind: Mean, Columns: []string{"y"}}}}); err == nil || err.Error() != "ids.csv: id: 5001 groups are too many, expected at most 5000" {
		t.Error(err)
	}
	for _, c := range []struct {
		q    Question
		want string
	}{
		{Question{Items: []Item{{Kind: Mean, Columns: []string{"role"}}}}, `survey.csv, row 2, column "role": a text of 5 characters stands where a number is expected, as in 7 rows; --share role gives the share of each of its categories`},
		{Question{Items: mean, Where: []Where{{"region", "Nn"}}}, `survey.csv, column "region": no row has "Nn"`},
		{Question{Items: mean, Differences: []Difference{{"role", "nurse", "docter"}}}, `survey.csv, column "role": no row has "docter"`},
		{Question{Items: mean, Weights: []Step{margins}}, "margins.csv:2:1: region has no row for its category \"S\": a category without population\nmargins.csv:3:8: \"West\" is not a category of region"},
		{Question{Items: mean, Design: Design{Strata: []string{"id"}}}, `survey.csv: `},
	} {
		c.q.Level = 0.95
		_, _, err := Ask(context.Background(), f, &c.q)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
	if _, err := RakeTo(context.Background(), dir+"/odd.csv", "odd.csv"); err == nil || !strings.Contains(err.Error(), `there is no column "category"`) {
		t.Error(err)
	}
	if _, err := PoststratifyTo(context.Background(), dir+"/odd.csv", "odd.csv"); err == nil || !strings.Contains(err.Error(), `no column "population"`) {
		t.Error(err)
	}
}
