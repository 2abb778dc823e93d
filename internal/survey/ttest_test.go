package survey

import "testing"

type wantedTest struct {
	Estimate, SE, T *float64
	DF              *float64   `json:"df_design"`
	P               *float64   `json:"p_df_design"`
	CI              []*float64 `json:"ci95_df_design"`
	PPlus1          *float64   `json:"p_df_plus1"`
	DFSvyttest      *float64   `json:"df_svyttest"`
}

func (w *wantedTest) check(c *comparison, got TTest) {
	c.close("estimate", value(got.Estimate), w.Estimate, 1e-10, 1e-6)
	c.close("se", value(got.SE), w.SE, 1e-8, 0)
	c.close("t", value(got.T), w.T, 1e-8, 0)
}

// TestOneSampleAgreesWithR holds t tests of a mean against R's, by the degrees of
// freedom of the design.
func TestOneSampleAgreesWithR(t *testing.T) {
	type question struct{ Var string }
	eachAnswer(t, "ttest1", map[string]int{"tests.json": 7}, func(a *answer[question, wantedTest]) {
		e, err := a.s.Estimate(NewMean(Numeric(a.f.numbers(a.ask.Var))))
		if err != nil {
			a.c.Fatal(err)
		}
		got := e.Contrast([]float64{1}).Test(e.DF, 0.95)
		a.want.check(a.c, got)
		a.c.equal("df_design", value(got.DF), a.want.DF)
		a.c.close("p_df_design", value(got.P), a.want.P, 1e-6, 0)
		a.c.close("lower", value(got.Lower), a.want.CI[0], 1e-8, 0)
		a.c.close("upper", value(got.Upper), a.want.CI[1], 1e-8, 0)
	})
}

// TestTwoSamplesAgreeWithR holds t tests of two groups against R's, which takes one
// degree of freedom off those of the two groups together.
func TestTwoSamplesAgreeWithR(t *testing.T) {
	type question struct{ Var, Group string }
	eachAnswer(t, "ttest2", map[string]int{"tests.json": 12}, func(a *answer[question, wantedTest]) {
		codes, _ := a.f.codes(a.ask.Group)
		d, err := a.s.TwoSample(a.f.numbers(a.ask.Var), codes)
		if err != nil {
			a.c.Fatal(err)
		}
		got := d.Test(d.DFObserved, 0.95)
		a.want.check(a.c, got)
		a.c.close("df", value(got.DF)-1, a.want.DFSvyttest, 0, 0)
		a.c.close("p_df_plus1", value(got.P), a.want.PPlus1, 1e-6, 0)
	})
}

// The sign of a difference follows the higher code, there must be two codes, and a
// constant has limits but no t.
func TestTTestsOfSmallSamples(t *testing.T) {
	s, err := New(Design{Rows: 6, Weights: []float64{1, 1, 1, 1, 1, 1}})
	if err != nil {
		t.Fatal(err)
	}
	y := []float64{1, 2, 3, 5, 6, 7}
	d, err := s.TwoSample(y, []int32{0, 0, 0, 2, 2, 2})
	if err != nil {
		t.Fatal(err)
	}
	if got := value(d.Estimate); got != 4 {
		t.Errorf("the second group is %v above the first, want 4", got)
	}
	for _, codes := range [][]int32{{0, 0, 0, 0, 0, 0}, {0, 1, 2, 0, 1, 2}, {-1, -1, -1, -1, -1, -1}} {
		if _, err := s.TwoSample(y, codes); err == nil {
			t.Errorf("no error for groups %v", codes)
		}
	}
	e, err := s.Estimate(NewMean(Numeric([]float64{2, 2, 2, 2, 2, 2})))
	if err != nil {
		t.Fatal(err)
	}
	same := e.Contrast([]float64{1})
	got := same.Test(same.DFObserved, 0.95)
	if got.T.Known() || got.P.Known() || value(got.SE) != 0 || value(got.Lower) != 2 {
		t.Errorf("a constant has t %v, p %v, error %v, lower limit %v", got.T, got.P, got.SE, got.Lower)
	}
	if got := same.Test(0, 0.95); got.Lower.Known() || got.DF.Known() {
		t.Errorf("without degrees of freedom there are df %v and a lower limit %v", got.DF, got.Lower)
	}
}
