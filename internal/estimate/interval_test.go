package estimate

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/distribution"
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
		lo, hi := wilson(p, p*(1-p)/c.n, c.n, z)
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
		lo, hi := clopperPearson(p, n, 0.025)
		if bound := widthBound(p, n); hi-lo > bound {
			t.Errorf("the interval of %g at %g is %g wide, the bound %g", p, n, hi-lo, bound)
		}
	})
}
