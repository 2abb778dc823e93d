package survey_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/interval"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/survey"
)

func quantiles(t fataler, s *survey.Sample, x []float64) *survey.Quantiles {
	t.Helper()
	q, err := s.Quantiles(x)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func quantileAt(t fataler, q *survey.Quantiles, p float64, r survey.Rule) float64 {
	t.Helper()
	v, err := q.Estimate(p, r)
	if err != nil {
		t.Fatal(err)
	}
	return v.Or(math.NaN())
}

// equally is a sample of rows with the weights 1.
func equally(t fataler, rows int) *survey.Sample {
	t.Helper()
	s, err := survey.New(survey.Design{Rows: rows, Weights: slices.Repeat([]float64{1}, rows)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// textbook are quantiles of unweighted data, as Hyndman and Fan (1996) state them:
// interpolated between the order statistics about a position, n the sample size.
var textbook = map[survey.Rule]func(n, p float64) float64{
	survey.Rule4: func(n, p float64) float64 { return n * p },
	survey.Rule5: func(n, p float64) float64 { return n*p + 0.5 },
	survey.Rule6: func(n, p float64) float64 { return (n + 1) * p },
	survey.Rule7: func(n, p float64) float64 { return (n-1)*p + 1 },
	survey.Rule8: func(n, p float64) float64 { return (n+1.0/3)*p + 1.0/3 },
	survey.Rule9: func(n, p float64) float64 { return (n+0.25)*p + 0.375 },
}

// With equal weights the rules are the textbook's.
func TestQuantilesOfEqualWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-9, 9), 2, 20).Draw(t, "x")
		n := float64(len(x))
		p := rapid.Float64Range(1/n, 1).Draw(t, "p") // type 4 has no value below
		q, sorted := quantiles(t, equally(t, len(x)), x), slices.Sorted(slices.Values(x))
		for rule := survey.Rule4; rule <= survey.Rule9; rule++ {
			h := min(max(textbook[rule](n, p), 1), n)
			low := math.Floor(h)
			want := sorted[int(low)-1]
			if h > low {
				want += (h - low) * (sorted[int(low)] - want)
			}
			near(t, rule.String(), quantileAt(t, q, p, rule), want, 1)
		}
	})
}

// A row with a whole weight is as many rows: the discontinuous rules do not tell
// them apart.
func TestQuantilesOfRepeatedRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.SampledFrom([]float64{-1, 0, 1, 2, 3.5}), 1, 12).Draw(t, "x")
		w := rapid.SliceOfN(rapid.IntRange(1, 5), len(x), len(x)).Draw(t, "w")
		weights := make([]float64, len(x))
		var all []float64
		for k, v := range x {
			weights[k] = float64(w[k])
			all = append(all, slices.Repeat([]float64{v}, w[k])...)
		}
		slices.Sort(all)
		s, err := survey.New(survey.Design{Rows: len(x), Weights: weights})
		if err != nil {
			t.Skip(err)
		}
		q := quantiles(t, s, x)
		rank := rapid.IntRange(1, 2*len(all)).Draw(t, "twice the rank")
		p := float64(rank) / float64(2*len(all))
		at := (rank+1)/2 - 1
		near(t, "type 1", quantileAt(t, q, p, survey.RuleMath), all[at], 1)
		want := all[at]
		if first := slices.Index(x, all[0]); rank < 2*w[first] {
			return // R has the mean of the first two values there
		}
		if rank%2 == 0 {
			want = (all[at] + all[min(at+1, len(all)-1)]) / 2
		}
		near(t, "type 2", quantileAt(t, q, p, survey.RuleSchool), want, 1)
	})
}

// The order of the rows and the scale of the weights change nothing of quantiles
// and their limits, where no two values are the same.
func TestQuantilesOfOrderAndScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		for k := range d.rows {
			d.rows[k].y += float64(k) / 1e4
		}
		moved := d
		moved.rows = make([]row, len(d.rows))
		for k, from := range rapid.Permutation(upTo(len(d.rows))).Draw(t, "order") {
			moved.rows[k] = d.rows[from]
			moved.rows[k].w *= 8
		}
		p := rapid.Float64Range(0.01, 0.99).Draw(t, "p")
		rule := survey.Rule(rapid.IntRange(0, len(survey.RuleNames)-1).Draw(t, "rule"))
		if rule == survey.RuleShahVaish { // R has the weights as they are in it
			rule = survey.RuleMath
		}
		method := rapid.SampledFrom([]interval.Method{interval.Mean, interval.Beta, interval.XLogit, interval.Asin}).Draw(t, "method")
		a := woodruff(t, d, p, rule, method)
		b := woodruff(t, moved, p, rule, method)
		for i := range a {
			near(t, "number "+string(rune('0'+i)), b[i].Or(math.NaN()), a[i].Or(math.NaN()), 1)
		}
	})
}

func woodruff(t fataler, d drawn, p float64, r survey.Rule, m interval.Method) [4]number.Value {
	t.Helper()
	q, err := quantiles(t, d.sample(t), d.y()).Woodruff(p, r, m, 0.9, interval.Published)
	if err != nil {
		t.Fatal(err)
	}
	return [4]number.Value{q.Estimate, q.SE, q.Lower, q.Upper}
}

// Equal values stand in the order of the file, whatever bytes they are of, and
// zeros are equal whatever their sign.
func TestQuantilesOfAllKindsOfNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.OneOf(rapid.Float64Range(-1e300, 1e300), rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, -1, 5e-324})), 1, 30).Draw(t, "x")
		if len(x) == 1 {
			return
		}
		q := quantiles(t, equally(t, len(x)), x)
		for k, want := range slices.Sorted(slices.Values(x)) {
			if got := quantileAt(t, q, (float64(k)+0.5)/float64(len(x)), survey.RuleMath); got != want {
				t.Fatalf("value %d is %v, want %v", k, got, want)
			}
		}
	})
}

// Shares of the weight that are a probability but for rounding are that probability.
func TestQuantilesOnAStep(t *testing.T) {
	x := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	s, err := survey.New(survey.Design{Rows: 10, Weights: slices.Repeat([]float64{0.1}, 10)})
	if err != nil {
		t.Fatal(err)
	}
	q := quantiles(t, s, x)
	for k := 1; k < 10; k++ {
		p, want := float64(k)/10, float64(k)
		if got := quantileAt(t, q, p, survey.RuleMath); got != want {
			t.Errorf("type 1 at %v is %v, want %v", p, got, want)
		}
		if got := quantileAt(t, q, p, survey.RuleSchool); got != want+0.5 {
			t.Errorf("type 2 at %v is %v, want %v", p, got, want+0.5)
		}
	}
}

// Rows without a value take their PSUs out of the degrees of freedom of limits.
func TestQuantilesOfSomeRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		s := d.sample(t)
		y := d.column(func(r row) float64 {
			if !r.in {
				return math.NaN()
			}
			return r.y
		})
		q, e := quantiles(t, s, y), estimate(t, s, mean(y))
		near(t, "n", float64(q.N), float64(e.N), 0)
		near(t, "missing", float64(q.Missing), float64(e.Missing), 0)
		near(t, "df", q.DF, e.DF, 0)
		near(t, "df of those observed", q.DFObserved, e.DFObserved, 0)
		if e.N == 0 {
			return
		}
		of := func(q *survey.Quantiles) float64 {
			v, err := q.Woodruff(0.5, survey.RuleMath, interval.Mean, 0.95, interval.AsInR)
			if err != nil {
				t.Fatal(err)
			}
			return v.SE.Or(-1)
		}
		near(t, "se", of(q), of(quantiles(t, s.Subset(d.domain()), d.y())), 0)
	})
}

// Without rows, and with one PSU, what cannot be had is nothing.
func TestQuantilesWithoutInformation(t *testing.T) {
	nan := math.NaN()
	s := equally(t, 4)
	for _, c := range []struct {
		what string
		x    []float64
		want string
	}{
		{"no values", []float64{nan, nan, nan, nan}, "    "},
		{"one value", []float64{nan, 7, nan, nan}, "7    " + interval.NoDF},
		{"a constant", []float64{7, 7, 7, 7}, "7 0 7 7 "},
		{"an infinity", []float64{1, 2, math.Inf(1), 3}, "row 3 has an infinite value"},
	} {
		q, err := s.Quantiles(c.x)
		if err != nil {
			if err.Error() != c.want {
				t.Errorf("%s: error %v, want %s", c.what, err, c.want)
			}
			continue
		}
		v, err := q.Woodruff(0.5, survey.RuleMath, interval.Mean, 0.95, interval.Published)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Estimate.Full() + " " + v.SE.Full() + " " + v.Lower.Full() + " " + v.Upper.Full() + " " + v.Note; got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
		if _, err := q.Replicated(0.5, survey.RuleMath, 0.95); err == nil {
			t.Errorf("%s: no error without replicates", c.what)
		}
		for _, p := range []float64{-0.1, 1.1, nan} {
			if _, err := q.Estimate(p, survey.RuleMath); err == nil {
				t.Errorf("%s: no error at %v", c.what, p)
			}
		}
	}
}
