package interval

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/number"
)

// Published shares with their Wilson limits at 95%, of simple random samples as
// if: the effective size is the number of answers, and t is normal.
func TestWilsonLimitsOfPublishedShares(t *testing.T) {
	z := distribution.TQuantile(0.025, math.Inf(1))
	for _, c := range []struct {
		what     string
		count, n float64
		want     string
	}{
		{"active in research, RCP census 2023", 1234, 2992, "41.2% (39.5-43.0)"},
		{"time in the job plan as a barrier, RCP census 2023", 535, 1022, "52.3% (49.3-55.4)"},
		{"want to be more involved, RCP 2020", 648, 1137, "57.0% (54.1-59.8)"},
		{"lack of time as the biggest obstacle, RCP 2020", 603, 1137, "53.0% (50.1-55.9)"},
		{"take part to develop skills, SE Scotland", 144, 282, "51.1% (45.3-56.8)"},
	} {
		p := c.count / c.n
		lo, hi := Wilson(p, p*(1-p)/c.n, c.n, z)
		if got := fmt.Sprintf("%.1f%% (%.1f-%.1f)", 100*p, 100*lo, 100*hi); got != c.want {
			t.Errorf("%s: got %s, want %s", c.what, got, c.want)
		}
	}
}

// The bound that spares most shares an exact interval never cuts one short.
func TestWidthBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := math.Exp(rapid.Float64Range(math.Log(30), math.Log(1e6)).Draw(t, "log n"))
		p := rapid.Float64Range(0, 1).Draw(t, "p")
		lo, hi := ClopperPearson(p, n, 0.025)
		if bound := widthBound(p, n); hi-lo > bound {
			t.Errorf("the interval of %g at %g is %g wide, the bound %g", p, n, hi-lo, bound)
		}
	})
}

// share draws one that a sample of n answers can have.
func share(t *rapid.T) Share {
	n := float64(rapid.IntRange(2, 5000).Draw(t, "n"))
	df := float64(rapid.IntRange(1, int(n)-1).Draw(t, "df"))
	p := float64(rapid.IntRange(0, int(n)).Draw(t, "count")) / n
	deff := rapid.Float64Range(0.2, 5).Draw(t, "deff")
	return Share{
		P: p, V: deff * p * (1 - p) / n, DF: df, N: n,
		Rows: n + float64(rapid.IntRange(0, 50).Draw(t, "missing")), Dispersion: n / (n - 1),
	}
}

func drawMethod(t *rapid.T) Method {
	return Method(rapid.IntRange(0, len(Names)-1).Draw(t, "method"))
}

func drawReading(t *rapid.T) Reading {
	return Reading(rapid.IntRange(0, 1).Draw(t, "reading"))
}

// The limits of those who did not are the mirror image of the limits of those who
// did, for every method.
func TestComplementHasMirroredLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, m, reading := share(t), drawMethod(t), drawReading(t)
		level := rapid.SampledFrom([]float64{0.5, 0.9, 0.95, 0.99}).Draw(t, "level")
		other := s
		other.P = 1 - s.P
		got, mirrored := s.Limits(m, level, reading), other.Limits(m, level, reading)
		if got.Note != mirrored.Note {
			t.Fatalf("%s: %q of the share, %q of its complement", m, got.Note, mirrored.Note)
		}
		near(t, m.String()+" lower", got.Lower, flip(mirrored.Upper))
		near(t, m.String()+" upper", got.Upper, flip(mirrored.Lower))
	})
}

func flip(v number.Value) number.Value {
	f, ok := v.Get()
	if !ok {
		return v
	}
	return number.Of(1 - f)
}

func near(t *rapid.T, what string, got, want number.Value) {
	g, ok := got.Get()
	w, wanted := want.Get()
	if ok != wanted || math.Abs(g-w) > 1e-8 {
		t.Errorf("%s: %g (known %t), mirrored %g (known %t)", what, g, ok, w, wanted)
	}
}

// Published limits hold the share and stay within 0 and 1, and a wider level has
// wider ones.
func TestPublishedLimitsHoldTheShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, m := share(t), drawMethod(t)
		inner, outer := s.Limits(m, 0.9, Published), s.Limits(m, 0.95, Published)
		if !outer.Lower.Known() {
			return
		}
		ends := []float64{0, outer.Lower.Or(-1), inner.Lower.Or(-1), s.P, inner.Upper.Or(-1), outer.Upper.Or(-1), 1}
		for i := range ends[1:] {
			if ends[i] > ends[i+1]+1e-12 {
				t.Fatalf("%s: %g should not be above %g in %v", m, ends[i], ends[i+1], ends)
			}
		}
	})
}

// With independent answers counted one by one V is p(1-p)/(n-1), and Korn and
// Graubard's limits are Clopper and Pearson's of (n-1)p in n-1.
func TestKornGraubardOfASimpleSample(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := float64(rapid.IntRange(3, 2000).Draw(t, "n"))
		p := float64(rapid.IntRange(1, int(n)-1).Draw(t, "count")) / n
		s := Share{P: p, V: p * (1 - p) / (n - 1), DF: n - 1, N: n, Rows: n}
		lo, hi := ClopperPearson(p, n-1, 0.025)
		for _, m := range []Method{Beta, Truncated} {
			for _, reading := range []Reading{Published, AsInR} {
				l := s.Limits(m, 0.95, reading)
				near(t, "lower", l.Lower, number.Of(lo))
				near(t, "upper", l.Upper, number.Of(hi))
			}
		}
	})
}

// What is printed where an interval has nothing to stand on.
func TestLimitsWithoutInformation(t *testing.T) {
	nobody := Share{P: 0, DF: 15, N: 381, Rows: 381}
	everyone := nobody
	everyone.P = 1
	whole := Share{P: 0.25, DF: 15, N: 40, Rows: 40}
	onePSU := Share{P: 0.25, V: 0.01, N: 40, Rows: 40}
	for _, c := range []struct {
		what    string
		share   Share
		method  Method
		reading Reading
		want    string
	}{
		{"nobody", nobody, Wilsons, Published, "0.00000 0.01178 no variance information"},
		{"nobody", nobody, Truncated, Published, "0.00000 0.01131 no variance information"},
		{"nobody", nobody, Beta, Published, "0.00000 0.01131 no variance information"},
		{"nobody", nobody, Mean, Published, "- - no variance information"},
		{"everyone", everyone, Wilsons, Published, "0.98822 1.00000 no variance information"},
		{"nobody", nobody, Mean, AsInR, "0.00000 0.00000 "},
		{"nobody", nobody, Wilsons, AsInR, "- - no variance information"},
		{"whole population", whole, Asin, Published, "0.25000 0.25000 "},
		{"one PSU", onePSU, Wilsons, Published, "- - no degrees of freedom"},
		{"empty", Share{P: math.NaN(), DF: 3}, Wilsons, Published, "- - "},
		{"small and wide", Share{P: 0.1, V: 0.02, DF: 3, N: 9}, Mean, Published, "0.00000 0.55007 clipped to 0 and 1"},
	} {
		l := c.share.Limits(c.method, 0.95, c.reading)
		got := text(l.Lower) + " " + text(l.Upper) + " " + l.Note
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s, %s (-want +got):\n%s", c.what, c.method, d)
		}
	}
}

func text(v number.Value) string {
	if f, ok := v.Get(); ok {
		return fmt.Sprintf("%.5f", f)
	}
	return "-"
}
