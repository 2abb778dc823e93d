package survey

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// What R's svrVar gives of the same numbers: the centre leaves out replicates of
// rscale 0, and a replicate without an estimate leaves with its rscale.
func TestReplicateCovariance(t *testing.T) {
	nan := math.NaN()
	each := [][]float64{{1, 10}, {3, 14}, {100, 100}, {5, 6}}
	for name, c := range map[string]struct {
		mse       bool
		each      [][]float64
		want      [][]float64
		undefined int
	}{
		"about their mean":        {false, each, [][]float64{{6, -8}, {-8, 24}}, 0},
		"about the full sample's": {true, each, [][]float64{{10, -4}, {-4, 24}}, 0},
		"one undefined":           {true, [][]float64{{1, 10}, {nan, 14}, {2, math.Inf(1)}, {5, 6}}, [][]float64{{9.5, -7}, {-7, 6}}, 2},
		"none left":               {false, [][]float64{{nan, 1}, {nan, 1}, {nan, 1}, {nan, 1}}, [][]float64{{nan, nan}, {nan, nan}}, 4},
	} {
		r := &Replicates{Scale: 0.5, RScales: []float64{1, 1, 0, 2}, MSE: c.mse}
		v, undefined := r.covariance([]float64{2, 8}, c.each)
		if diff := cmp.Diff(c.want, v, cmpopts.EquateApprox(1e-14, 0), cmpopts.EquateNaNs()); diff != "" || undefined != c.undefined {
			t.Errorf("%s: %d undefined, %s", name, undefined, diff)
		}
	}
}
