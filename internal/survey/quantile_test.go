package survey

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/interval"
)

type wantedQuantiles struct {
	DF        *float64
	Quantiles []struct {
		Rule         string `json:"qrule"`
		Kind         string `json:"interval_type"`
		P            float64
		Estimate, SE *float64
		CI           []*float64 `json:"ci95"`
		EdgeEstimate bool       `json:"knife_edge_estimate"`
		EdgeCI       bool       `json:"knife_edge_ci"`
	}
}

// TestQuantilesAgreeWithR holds quantiles, their errors and limits against R. Where
// a probability falls on a step within rounding either side may be right.
func TestQuantilesAgreeWithR(t *testing.T) {
	type question struct{ Var string }
	files := map[string]int{"quantiles.json": 11, "calibration.json": 20, "replicates.json": 12}
	compared := 0
	eachAnswer(t, "quantile", files, func(a *answer[question, wantedQuantiles]) {
		q, err := a.s.Quantiles(a.f.numbers(a.ask.Var))
		if err != nil {
			a.c.Fatal(err)
		}
		a.c.equal("df", q.DF, a.want.DF)
		for _, w := range a.want.Quantiles {
			rule, ok := ParseRule(w.Rule)
			if !ok {
				a.c.Fatalf("no rule %q", w.Rule)
			}
			if w.EdgeEstimate {
				continue
			}
			got, err := ask(q, w.P, rule, w.Kind)
			if err != nil {
				a.c.Fatal(err)
			}
			what := w.Rule + " " + w.Kind
			a.c.close(what, value(got.Estimate), w.Estimate, 1e-12, 0)
			if w.EdgeCI {
				continue
			}
			compared++
			a.c.close(what+" lower", value(got.Lower), w.CI[0], 1e-8, 1e-6)
			a.c.close(what+" upper", value(got.Upper), w.CI[1], 1e-8, 1e-6)
			a.c.close(what+" se", value(got.SE), w.SE, 1e-8, 1e-6)
		}
	})
	if compared < 1200 {
		t.Errorf("only %d quantiles with limits were compared", compared)
	}
}

func ask(q *Quantiles, p float64, rule Rule, kind string) (Quantile, error) {
	if kind == "quantile" {
		return q.Replicated(p, rule, 0.95)
	}
	m, _ := interval.Parse(kind)
	return q.Woodruff(p, rule, m, 0.95, interval.AsInR)
}

// Values that are equal stay in the order of the file, zeros of both signs too.
func TestAscending(t *testing.T) {
	minus := math.Copysign(0, -1)
	x := []float64{2, 0, minus, math.NaN(), -1, 0, minus, math.Inf(1), 2, math.Inf(-1), -1}
	if d := cmp.Diff([]int32{9, 4, 10, 1, 2, 5, 6, 0, 8, 7}, ascending(x)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func BenchmarkWoodruffMedian(b *testing.B) {
	const rows = 1_000_000
	d := Design{Rows: rows, Weights: make([]float64, rows), Stages: []Stage{{Units: make([]int32, rows), Strata: make([]int32, rows)}}}
	x := make([]float64, rows)
	for k := range rows {
		u := uint32(k) * 2654435761 >> 8
		d.Stages[0].Units[k], d.Stages[0].Strata[k] = int32(u%2000), int32(u%2000/100)
		d.Weights[k] = 1 + float64(u%7)
		x[k] = math.Round(float64(u%100_003) / 1000 * 12)
	}
	s, err := New(d)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		q, err := s.Quantiles(x)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := q.Woodruff(0.5, RuleMath, interval.Mean, 0.95, interval.AsInR); err != nil {
			b.Fatal(err)
		}
	}
}
