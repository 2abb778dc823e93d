package survey_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/survey"
)

func replicate(t fataler, s *survey.Sample, m survey.Replication) *survey.Sample {
	t.Helper()
	out, err := s.Replicate(m)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Property 5: the jackknife's variance of a total about the full sample's total is
// the linearised one with the same FPC of the first stage.
func TestJackknifeOfTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4).without(rapid.Bool().Draw(t, "with fpc"))
		st := total(d.y(), d.x())
		pairs, err := d.sample(t).Subset(d.domain()).CompareErrors(st)
		if err != nil {
			if d.allWhole() {
				return
			}
			t.Fatal(err)
		}
		for _, p := range pairs {
			near(t, "error", p.Jackknife.Or(-1), p.Linearised.Or(-1), 1e-3)
		}
		unstratified := d.design()
		unstratified.Stages[0].Strata, unstratified.Stages[0].FPC = nil, nil
		s, err := survey.New(unstratified)
		if err != nil {
			t.Fatal(err)
		}
		jk1 := estimate(t, replicate(t, s, survey.Replication{Kind: survey.JK1, MSE: true}), st)
		nearAll(t, jk1, estimate(t, s, st), 1)
	})
}

// allWhole reports that the population of every stratum is in the sample.
func (d drawn) allWhole() bool {
	for h, n := range d.fpc {
		psus := map[int32]bool{}
		for _, r := range d.rows {
			if int(r.h) == h {
				psus[r.psu] = true
			}
		}
		if float64(len(psus)) < n {
			return false
		}
	}
	return d.fpc != nil
}

// Property 6: so are balanced half-samples, and Fay's, with two PSUs a stratum.
func TestHalfSamplesOfTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 2).without(false)
		st := total(d.y(), d.x())
		m := survey.Replication{Kind: survey.BRR, MSE: rapid.Bool().Draw(t, "mse")}
		if rapid.Bool().Draw(t, "Fay") {
			m.Kind, m.Rho = survey.Fay, 0.3
		}
		s := d.sample(t)
		nearAll(t, estimate(t, replicate(t, s, m), st), estimate(t, s, st), 1)
	})
}

// The jackknife of smooth statistics is near the linearised error where no PSU
// weighs much: of 120 PSUs within 3 per cent.
func TestCompareErrors(t *testing.T) {
	d := wide(3, 40, 5)
	s := d.sample(t)
	for _, st := range []survey.Statistic{mean(d.y(), d.x()), survey.NewRatio(d.y(), d.x()), survey.NewCovariances(d.y(), d.x())} {
		pairs, err := s.Subset(d.domain()).CompareErrors(st)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range pairs {
			if ratio := p.Jackknife.Or(0) / p.Linearised.Or(1); math.Abs(ratio-1) > 0.03 {
				t.Errorf("%T, number %d: jackknife over linearised %v", st, i, ratio)
			}
		}
	}
}

// wide is a sample with many PSUs, made without chance.
func wide(strata, psus, rows int) drawn {
	random := rand.New(rand.NewPCG(1, 2))
	d := drawn{}
	for h := range strata {
		for i := range psus {
			level := random.NormFloat64()
			for range rows {
				d.rows = append(d.rows, row{h: int32(h), psu: int32(h*psus + i), w: 1 + random.Float64(),
					y: 3 + level + random.NormFloat64(), x: 5 + random.Float64(), in: random.IntN(4) > 0, group: int32(random.IntN(3))})
			}
		}
		d.fpc = append(d.fpc, float64(2*psus))
	}
	return d
}

// Property 11: a bootstrap of 4000 is within 4 per cent of the linearised error,
// with the FPC or without as its kind has it.
func TestBootstrapNearTaylor(t *testing.T) {
	whole := wide(4, 12, 4)
	for kind, d := range map[survey.ReplicateKind]drawn{
		survey.RaoWu: whole.without(false), survey.RaoWuFPC: whole, survey.Bootstrap: whole.without(false),
	} {
		s, st := d.sample(t), total(d.y(), d.x())
		linear := estimate(t, s, st)
		boot := estimate(t, replicate(t, s, survey.Replication{Kind: kind, Replicates: 4000, Seed: 11}), st)
		for i := range linear.Theta {
			if ratio := boot.SE(i).Or(0) / linear.SE(i).Or(1); math.Abs(ratio-1) > 0.04 {
				t.Errorf("%v, number %d: bootstrap over linearised %v", kind, i, ratio)
			}
		}
	}
}

// Replicates as multipliers, as columns and as columns to multiply with are the
// same ones: in every statistic, in domains and groups, and in their degrees of freedom.
func TestGivenAndMadeReplicates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 2).without(false)
		m := rapid.SampledFrom([]survey.Replication{
			{Kind: survey.JKn}, {Kind: survey.BRR, MSE: true}, {Kind: survey.Fay, Rho: 0.5}, {Kind: survey.RaoWuFPC, Replicates: 9, Seed: 5},
		}).Draw(t, "replication")
		made := replicate(t, d.sample(t), m)
		multipliers := rapid.Bool().Draw(t, "multipliers")
		given, err := survey.NewReplicated(made.Weights(), columnsOf(t, made, m, multipliers))
		if err != nil {
			t.Fatal(err)
		}
		in := d.domain()
		for _, st := range d.several() {
			nearAll(t, estimate(t, given, st), estimate(t, made, st), 1)
			nearAll(t, estimate(t, given.Subset(in), st), estimate(t, made.Subset(in), st), 1)
			a, err := given.EstimateGroups(st, d.groups())
			b, err2 := made.EstimateGroups(st, d.groups())
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			for i := range a.Groups {
				nearAll(t, a.Groups[i].Estimates, b.Groups[i].Estimates, 1)
			}
		}
	})
}

// columnsOf reads replicate weights off a sample with the weights as statistic.
func columnsOf(t fataler, s *survey.Sample, m survey.Replication, multipliers bool) survey.GivenReplicates {
	reps := s.Replicates()
	g := survey.GivenReplicates{Kind: survey.OtherReplicates, Scale: reps.Scale, RScales: reps.RScales, MSE: m.MSE, Multipliers: multipliers}
	_, err := s.AdjustEach(func(w []float64) ([]float64, error) {
		column := make([]float64, len(w))
		for k, v := range w {
			column[k] = v
			if multipliers {
				column[k] = v / s.Weights()[k]
			}
		}
		g.Columns = append(g.Columns, column)
		return column, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	g.Columns = g.Columns[1:] // the sample's own come first
	return g
}
