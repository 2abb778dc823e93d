package survey

import "slices"

// Group is a domain with its estimates, as Subset and Estimate would give them.
type Group struct {
	Code      int32
	Estimates *Estimates // nil with Err
	Err       error      // a *Problems: a stratum with one PSU that the group has rows in
}

// GroupEstimates are the same statistic of domains that share no row.
type GroupEstimates struct {
	Groups []Group // those that have a row with a weight, by code
	// V is the covariance of all numbers in the whole sample: number i of the
	// group at place g is number g*Len+i. Nil with Err.
	V         [][]float64
	Err       error // a *Problems
	Ungrouped int   // rows with a weight that belong to no group
}

// EstimateGroups gives the statistic of each group, and what their estimates have
// in common: groups that share PSUs or strata are correlated. codes has a number
// from 0 for each row, -1 for none. The error is one of the statistic's.
func (s *Sample) EstimateGroups(st Statistic, codes []int32) (*GroupEstimates, error) {
	lists := rowsByCode(s.rows(), codes)
	out := &GroupEstimates{Ungrouped: s.N()}
	var parts []*part
	for code, rows := range lists {
		if len(weighted(rows, s.weights)) == 0 {
			continue
		}
		p, err := s.part(st, rows)
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
		out.Groups = append(out.Groups, Group{Code: int32(code), Estimates: s.estimates(p)})
		out.Ungrouped -= len(p.given)
	}
	if s.reps != nil {
		s.replicateGroups(st, parts, out)
	} else {
		s.lineariseGroups(st, parts, out)
	}
	return out, nil
}

// rowsByCode lists the rows of each code from 0 on.
func rowsByCode(rows, codes []int32) [][]int32 {
	var counts []int
	for _, k := range rows {
		if c := codes[k]; c >= 0 {
			for int(c) >= len(counts) {
				counts = append(counts, 0)
			}
			counts[c]++
		}
	}
	lists := make([][]int32, len(counts))
	for c, n := range counts {
		lists[c] = make([]int32, 0, n)
	}
	for _, k := range rows {
		if c := codes[k]; c >= 0 {
			lists[c] = append(lists[c], k)
		}
	}
	return lists
}

// lineariseGroups: the rows that the sample has make out what is lonely for the
// covariance, and the rows of a group for its own, unless weights were adjusted.
func (s *Sample) lineariseGroups(st Statistic, parts []*part, out *GroupEstimates) {
	l := s.linearised(parts)
	apart := !s.Adjusted()
	p, err := s.design.plan(s.rows)
	if out.Err = err; err == nil {
		out.V = l.covariance(p, apart)
	}
	ownPlan := apart && s.design.rowsMatter()
	for g := range out.Groups {
		group := &out.Groups[g]
		switch {
		case ownPlan:
			group.ownVariance(s, l.one(g), parts[g])
		case err != nil:
			group.Err = err
		default:
			group.Estimates.V = diagonalBlock(out.V, g*st.Len(), st.Len())
		}
		group.finish(st)
	}
	out.markUnknown(st.Len())
}

func (g *Group) ownVariance(s *Sample, l *linearisation, p *part) {
	plan, err := s.design.plan(func() []int32 { return p.kept })
	if g.Err = err; err == nil {
		g.Estimates.V = l.covariance(plan, false)
	}
}

func (g *Group) finish(st Statistic) {
	if g.Err != nil {
		g.Estimates = nil
		return
	}
	g.Estimates.finished(st)
}

// markUnknown takes over into V what no group has an estimate of.
func (e *GroupEstimates) markUnknown(numbers int) {
	for g, group := range e.Groups {
		if e.V == nil || group.Estimates == nil {
			continue
		}
		for i, theta := range group.Estimates.Theta {
			if notFinite(theta) {
				(&Estimates{V: e.V}).overwrite(g*numbers+i, theta)
			}
		}
	}
}

func diagonalBlock(v [][]float64, from, n int) [][]float64 {
	out := make([][]float64, n)
	for i := range out {
		out[i] = slices.Clone(v[from+i][from : from+n])
	}
	return out
}

// replicateGroups recomputes all groups with each replicate.
func (s *Sample) replicateGroups(st Statistic, parts []*part, out *GroupEstimates) {
	var theta []float64
	for _, p := range parts {
		theta = append(theta, p.theta...)
	}
	each := s.replicateEstimates(parts...)
	out.V, _ = s.reps.covariance(theta, each)
	for g := range out.Groups {
		e, from := out.Groups[g].Estimates, g*st.Len()
		own := make([][]float64, len(each))
		for r, t := range each {
			own[r] = t[from : from+st.Len()]
		}
		e.V, e.Undefined = s.reps.covariance(e.Theta, own)
		e.finished(st)
	}
	out.markUnknown(st.Len())
}
