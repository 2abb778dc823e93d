package survey

import "slices"

// Part is a statistic of the rows for which In is true, one value a row of the
// file; nil for all of a sample.
type Part struct {
	Statistic Statistic
	In        []bool
}

// Joint gives the numbers of several statistics, each of its own rows, one after
// the other with the covariance of all: domains' means and their difference, or
// will over those who answered it less can over those who answered that. N,
// SumWeights and the degrees of freedom are those of all rows of any part together;
// the parts' own are in Parts.
type Joint struct {
	Estimates
	Parts []*Estimates
}

// EstimateJoint estimates parts together. As in R's svyglm of a whole design the
// sample makes out which strata have rows, not the parts.
func (s *Sample) EstimateJoint(parts ...Part) (*Joint, error) {
	out := &Joint{Estimates: Estimates{rounding: s.rounding()}}
	given := make([]*part, len(parts))
	rows := s.rows()
	for i, p := range parts {
		within := rows
		if p.In != nil {
			within = insideOf(rows, p.In)
		}
		var err error
		if given[i], err = s.part(p.Statistic, within); err != nil {
			return nil, err
		}
		out.Parts = append(out.Parts, s.estimates(given[i]))
		out.Theta = append(out.Theta, given[i].theta...)
	}
	s.union(given, &out.Estimates)
	if s.reps != nil {
		out.V, out.Undefined = s.reps.covariance(out.Theta, s.replicateEstimates(given...))
	} else {
		plan, err := s.design.plan(s.rows)
		if err != nil {
			return nil, err
		}
		out.V = s.linearised(given).covariance(plan, false)
	}
	out.simple = nil
	out.finishParts(given)
	return out, nil
}

// finishParts goes by the scale of each part, and gives it its own.
func (j *Joint) finishParts(parts []*part) {
	var floors []float64
	for i, p := range parts {
		for range p.theta {
			floors = append(floors, floorOf(p.st, j.Parts[i].SumWeights))
		}
	}
	j.finish(func(i int) float64 { return floors[i] })
	from := 0
	for _, p := range j.Parts {
		n := len(p.Theta)
		p.Theta, p.V = slices.Clone(j.Theta[from:from+n]), diagonalBlock(j.V, from, n)
		from += n
	}
}

func insideOf(rows []int32, in []bool) []int32 {
	out := make([]int32, 0, len(rows))
	for _, k := range rows {
		if in[k] {
			out = append(out, k)
		}
	}
	return out
}

// union counts the rows of any part once.
func (s *Sample) union(parts []*part, e *Estimates) {
	given, observed := make([]bool, len(s.weights)), make([]bool, len(s.weights))
	for _, p := range parts {
		for _, k := range p.given {
			given[k] = true
		}
		for _, k := range p.rows {
			observed[k] = true
		}
	}
	e.DF, e.DFObserved = s.DFOf(given), s.DFOf(observed)
	for k, w := range s.weights {
		switch {
		case observed[k]:
			e.N++
			e.SumWeights += w
		case given[k]:
			e.Missing++
		}
	}
	e.nobs = e.N
}
