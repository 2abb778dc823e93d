package attack

// truth are the values that a system's variables really have.
func (a *attacker) truth(w *world) []float64 {
	x := make([]float64, len(a.s.lo))
	for i, f := range a.fronts {
		people := w.waves[i].sample.Respondents
		total := 0.0
		for _, r := range people {
			total += r.Weight * max(r.Factor, 0)
		}
		raked := w.waves[i].sample.Raked != nil
		if !raked {
			total = 0
			for _, r := range people {
				total += r.Weight
			}
		}
		for _, r := range people {
			weight := r.Weight
			if raked {
				weight *= r.Factor
			}
			var values []float64
			for _, q := range f.catalogue.list {
				values = append(values, q.value(r))
			}
			for d, dom := range f.domains.list {
				if !dom.holds(a.study, r) {
					continue
				}
				for q, v := range values {
					x[f.counts[d][q]] += v
					if f.weights != nil {
						x[f.weights[d][q]] += v * weight / total
					}
				}
			}
		}
	}
	return x
}
