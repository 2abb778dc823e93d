package estimate_test

import (
	"math"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/estimate"
)

// checkWeightedBase holds a row's weighted base: the sum of its weights over the
// mean weight of all respondents who have any. Differences and averages have none.
func (w *world) checkWeightedBase(t *rapid.T, r estimate.Row) {
	want := math.NaN()
	if r.Contrast == "" && r.Survey != estimate.Average {
		all, n, own := 0.0, 0.0, 0.0
		for _, p := range w.file(r, r.Survey, r.Wave, false) {
			if p.weight > 0 {
				all, n = all+p.weight, n+1
			}
			if p.in() {
				own += p.weight
			}
		}
		want = own / (all / n)
	}
	same(t, r, "weighted base", r.WeightedBase, want, 1)
}
