package survey

import (
	"encoding/json"
	"testing"

	"github.com/caregap/caregap/internal/interval"
)

// answer is a case with what its statistic asks and what R answered, in the forms
// of A and W.
type answer[A, W any] struct {
	c    *comparison
	f    *frame
	s    *Sample
	ask  A
	want W
}

// eachAnswer runs the cases of a statistic, and counts them. By-groups are
// subsets.
func eachAnswer[A, W any](t *testing.T, fn string, files map[string]int, check func(*answer[A, W])) {
	for file, cases := range files {
		var list struct{ Cases []json.RawMessage }
		readJSON(t, file, &list)
		ran := 0
		for _, raw := range list.Cases {
			var rc referenceCase
			into(t, raw, &rc)
			if rc.Stat.Fn != fn {
				continue
			}
			ran++
			t.Run(rc.ID, func(t *testing.T) {
				a := &answer[A, W]{c: &comparison{T: t}, f: readFrame(t, rc.Data)}
				var asked struct{ Stat A }
				into(t, raw, &asked)
				a.ask = asked.Stat
				s, err := rc.sample(t, a.f)
				if err != nil {
					t.Fatal(err)
				}
				a.s = s
				a.groups(&rc, check)
			})
		}
		if ran != cases {
			t.Errorf("%s: ran %d cases, want %d", file, ran, cases)
		}
	}
}

func into(t *testing.T, data []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
}

func (a *answer[A, W]) groups(rc *referenceCase, check func(*answer[A, W])) {
	if len(rc.By) == 0 {
		into(a.c.T, rc.Expected, &a.want)
		check(a)
		return
	}
	var list struct {
		Groups []struct {
			Group  map[string]any
			Result json.RawMessage
		}
	}
	into(a.c.T, rc.Expected, &list)
	for _, g := range list.Groups {
		in := make([]bool, a.f.rows)
		for k := range in {
			in[k] = true
			for _, by := range rc.By {
				in[k] = in[k] && a.f.columns[by][k] == textOf(g.Group[by])
			}
		}
		group := *a
		group.s = a.s.Subset(in)
		into(a.c.T, g.Result, &group.want)
		check(&group)
	}
}

type wantedShare struct {
	Estimate, SE, DF *float64
	N                *float64 `json:"n_obs"`
	Rows             *float64 `json:"n_rows_design"`
	Effective        *float64 `json:"n_eff"`
	Degenerate       bool
	Intervals        []struct {
		Method string
		Level  float64
		CI     []*float64
	}
}

// TestProportionsAgreeWithR holds shares and their limits against R. Limits of
// shares of 0 and 1 are no target: R prints rounding.
func TestProportionsAgreeWithR(t *testing.T) {
	type question struct{ Var string }
	files := map[string]int{"proportion_intervals.json": 26, "calibration.json": 20, "replicates.json": 8}
	eachAnswer(t, "ciprop", files, func(a *answer[question, wantedShare]) {
		p, err := a.s.Proportions(Numeric(a.f.numbers(a.ask.Var)))
		if err != nil {
			a.c.Fatal(err)
		}
		a.c.close("estimate", p.Theta[0], a.want.Estimate, 1e-10, 0)
		a.c.close("se", value(p.SE(0)), a.want.SE, 1e-8, 0)
		a.c.equal("df", p.DF, a.want.DF)
		a.c.equal("n_obs", float64(p.N), a.want.N)
		a.c.equal("n_rows_design", float64(a.s.DesignRows()), a.want.Rows)
		if a.want.Degenerate {
			return
		}
		a.c.close("n_eff", p.EffectiveSize(0), a.want.Effective, 1e-8, 0)
		for _, x := range a.want.Intervals {
			m, ok := interval.Parse(x.Method)
			if !ok {
				a.c.Fatalf("no method %q", x.Method)
			}
			l := p.Limits(0, m, x.Level, interval.AsInR)
			tolerance := map[interval.Method]float64{interval.Logit: 1e-6, interval.Likelihood: 1e-3}[m]
			a.c.close(x.Method+" lower", value(l.Lower), x.CI[0], max(tolerance, 1e-8), 0)
			a.c.close(x.Method+" upper", value(l.Upper), x.CI[1], max(tolerance, 1e-8), 0)
		}
	})
}
