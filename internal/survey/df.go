package survey

// DF are the degrees of freedom of the sample: its PSUs less its strata, both
// counted where they have a row with a weight (R's degf of a subset), or the rank
// of the replicate weights less 1.
func (s *Sample) DF() float64 {
	if s.reps != nil {
		return s.replicateDF(nil)
	}
	return s.design.df(s.taking())
}

// DFOf are those of the rows for which in is true, one value a row of the file.
func (s *Sample) DFOf(in []bool) float64 {
	if s.reps != nil {
		return s.replicateDF(in)
	}
	var rows []int32
	for _, k := range s.taking() {
		if in[k] {
			rows = append(rows, k)
		}
	}
	return s.design.df(rows)
}

// dfOfRows are those of a list of rows that have weights.
func (s *Sample) dfOfRows(rows []int32) float64 {
	if s.reps == nil {
		return s.design.df(rows)
	}
	in := make([]bool, len(s.weights))
	for _, k := range rows {
		in[k] = true
	}
	return s.replicateDF(in)
}

func (d *design) df(rows []int32) float64 { return newTallier(d.stages[0]).df(rows) }

// df are the units of rows less the strata in which they lie.
func (t *tallier) df(rows []int32) float64 {
	units := t.of(rows).units
	return float64(len(units) - len(t.spans(units, nil)))
}
