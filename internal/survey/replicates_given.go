package survey

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// GivenReplicates are replicate weights that came with a file (R's svrepdesign).
type GivenReplicates struct {
	Kind    ReplicateKind
	Columns [][]float64 // one a replicate, one value a row
	// Multipliers says that the columns multiply the weights (combined.weights =
	// FALSE); else they are weights in full.
	Multipliers bool
	Scale       float64   // 0: the kind's own
	RScales     []float64 // one a replicate, or one for all; nil: the kind's own
	Rho         float64   // Fay's, 0 <= rho < 1
	MSE         bool
}

// NewReplicated makes a sample of weights, one a row, and replicate weights. Its
// variances are those of the replicates: the design stays unknown. The errors are
// all that is wrong with what was given, joined.
func NewReplicated(weights []float64, g GivenReplicates) (*Sample, error) {
	rscales, scaleErr := g.rscales()
	scale, kindErr := g.scale()
	if err := errors.Join(g.checkWeights(weights), g.checkColumns(len(weights)), scaleErr, kindErr); err != nil {
		return nil, err
	}
	return &Sample{
		weights: slices.Clone(weights),
		reps:    &Replicates{Kind: g.Kind, Scale: scale, RScales: rscales, MSE: g.MSE, columns: g.full(weights)},
	}, nil
}

func (g GivenReplicates) checkWeights(weights []float64) error {
	for k, w := range weights {
		if notFinite(w) || w < 0 {
			return fmt.Errorf("row %d: weight %v: a weight is 0 or more", k+1, w)
		}
	}
	return nil
}

// checkColumns lets negative weights pass: published ones have them.
func (g GivenReplicates) checkColumns(rows int) error {
	if len(g.Columns) < 2 {
		return fmt.Errorf("%d columns of replicate weights: at least 2 are needed", len(g.Columns))
	}
	for r, c := range g.Columns {
		if len(c) != rows {
			return fmt.Errorf("replicate %d: %d weights for %d rows", r+1, len(c), rows)
		}
		if k := slices.IndexFunc(c, notFinite); k >= 0 {
			return fmt.Errorf("row %d: replicate %d: weight is missing or not a number", k+1, r+1)
		}
	}
	return nil
}

// scale is the kind's, unless it leaves it to the file.
func (g GivenReplicates) scale() (float64, error) {
	n := float64(len(g.Columns))
	switch g.Kind {
	case BRR:
		return g.fixed(1 / n)
	case Fay:
		if !(g.Rho >= 0 && g.Rho < 1) {
			return 0, fmt.Errorf("rho %v: Fay's rho is at least 0 and less than 1", g.Rho)
		}
		return g.fixed(1 / (n * (1 - g.Rho) * (1 - g.Rho)))
	case SuccessiveDifference:
		return g.fixed(4 / n)
	case JK2:
		return g.fixed(1)
	case JK1:
		return g.orElse((n - 1) / n)
	case Bootstrap:
		return g.orElse(1 / (n - 1))
	case JKn, OtherReplicates:
		return g.orElse(1)
	default:
		return 0, fmt.Errorf("replicate weights of type %v are made and not given; given ones are of type %v", g.Kind, Bootstrap)
	}
}

// fixed is the scale of kinds that leave no choice.
func (g GivenReplicates) fixed(scale float64) (float64, error) {
	if g.Scale != 0 && math.Abs(g.Scale-scale) > 1e-6*scale {
		return 0, fmt.Errorf("scale %v: %d replicates of type %v have scale %v; other scales go with type %v",
			g.Scale, len(g.Columns), g.Kind, scale, OtherReplicates)
	}
	return scale, nil
}

func (g GivenReplicates) orElse(scale float64) (float64, error) {
	if g.Scale == 0 {
		return scale, nil
	}
	if notFinite(g.Scale) || g.Scale < 0 {
		return 0, fmt.Errorf("scale %v: a scale is greater than 0", g.Scale)
	}
	return g.Scale, nil
}

// rscales are those given, or 1. The jackknife with strata has none of its own:
// multipliers tell them, n_h / (n_h - 1) being the largest of each (as in R).
func (g GivenReplicates) rscales() ([]float64, error) {
	all := make([]float64, len(g.Columns))
	switch {
	case len(g.RScales) == len(all) && len(all) > 0:
		copy(all, g.RScales)
	case len(g.RScales) == 1:
		fillWith(all, g.RScales[0])
	case len(g.RScales) > 0:
		return nil, fmt.Errorf("%d rscales for %d replicates", len(g.RScales), len(all))
	case g.Kind == JKn && !g.Multipliers:
		return nil, errors.New("replicate weights of type JKn need rscales, one a replicate: (n_h-1)/n_h of its stratum, times 1 - f_h")
	case g.Kind == JKn:
		for r, c := range g.Columns {
			all[r] = 1 / slices.Max(append(slices.Clone(c), math.SmallestNonzeroFloat64))
		}
	default:
		fillWith(all, 1)
	}
	if r := slices.IndexFunc(all, func(x float64) bool { return notFinite(x) || x < 0 }); r >= 0 {
		return nil, fmt.Errorf("replicate %d: rscale %v: it is 0 or more", r+1, all[r])
	}
	return all, g.checkOnes()
}

// checkOnes: the kinds that leave no choice of scale leave none of rscales.
func (g GivenReplicates) checkOnes() error {
	if g.Kind != SuccessiveDifference && g.Kind != JK2 {
		return nil
	}
	if slices.ContainsFunc(g.RScales, func(x float64) bool { return x != 1 }) {
		return fmt.Errorf("rscales: replicates of type %v have rscales 1; others go with type %v", g.Kind, OtherReplicates)
	}
	return nil
}

// full are the columns as weights.
func (g GivenReplicates) full(weights []float64) [][]float64 {
	if !g.Multipliers {
		return g.Columns
	}
	all := make([][]float64, len(g.Columns))
	for r, c := range g.Columns {
		all[r] = make([]float64, len(c))
		for k, f := range c {
			all[r][k] = weights[k] * f
		}
	}
	return all
}
