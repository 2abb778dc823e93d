package measure

// Merge adds the moments of another piece of the same wave. The pieces may have
// met units and categories in any order.
func (m *Moments) Merge(o *Moments) {
	units := make([]int32, len(o.Units))
	for i, u := range o.Units {
		units[i] = m.mergeUnit(u)
	}
	for i, part := range m.Partitions {
		part.merge(o.Partitions[i], m.Plan, units)
	}
	if o.Raked != nil {
		m.mergeRaked(o.Raked, units)
	}
	for i, s := range o.Together {
		m.Together[i].merge(s)
	}
	m.Rows += o.Rows
	for _, c := range o.Conflicts {
		m.conflict(c)
	}
	m.Weights.Merge(o.Weights)
}

//gosec:disable G115 -- units are no more than respondents, who are counted in int32
func (m *Moments) mergeUnit(u Unit) int32 {
	key := u.PSU
	if m.RowsArePSUs {
		key = u.Stratum
	}
	m.unitOf = atLeast(m.unitOf, int(key)+1)
	if m.unitOf[key] == 0 {
		m.Units = append(m.Units, u)
		m.unitOf[key] = int32(len(m.Units))
		return int32(len(m.Units) - 1)
	}
	at := m.unitOf[key] - 1
	own := &m.Units[at]
	if own.Stratum != u.Stratum {
		m.conflict(Conflict{PSU: u.PSU, Stratum: own.Stratum, Other: u.Stratum})
	}
	if own.FPC != u.FPC {
		m.conflict(Conflict{FPC: true, PSU: u.PSU, Stratum: own.Stratum, Other: own.Stratum})
	}
	own.Rows += u.Rows
	return at
}

func (p *Partition) merge(o *Partition, plan *Plan, units []int32) {
	own := make([]int, len(o.Cells))
	at, categories := make([]int32, 1), make([]int32, 1)
	for i, c := range o.Cells {
		at[0], categories[0] = units[c.Unit], c.Category
		p.locate(at, categories)
		own[i] = int(p.cells[0])
	}
	p.Respondents = atLeast(p.Respondents, len(o.Respondents))
	for i, n := range o.Respondents {
		p.Respondents[i] += n
	}
	p.Joint = atLeast(p.Joint, len(o.Joint))
	for i, n := range o.Joint {
		p.Joint[i] += n
	}
	for j, c := range plan.Categoricals {
		p.Weight[j] = mergeCells(p.Weight[j], o.Weight[j], own, c.Slots)
		p.Weight2[j] = mergeCells(p.Weight2[j], o.Weight2[j], own, c.Slots)
		p.Count[j] = atLeast(p.Count[j], len(o.Count[j]))
		for i, n := range o.Count[j] {
			p.Count[j][i] += n
		}
	}
	for j := range plan.Numerics {
		for i := range o.Numerics[j] {
			p.Numerics[j] = atLeast(p.Numerics[j], own[i]+1)
			p.Numerics[j][own[i]].add(o.Numerics[j][i])
		}
	}
}

func mergeCells(to, from []float64, own []int, slots int) []float64 {
	for i := 0; i*slots < len(from); i++ {
		to = atLeast(to, (own[i]+1)*slots)
		for s := range slots {
			to[own[i]*slots+s] += from[i*slots+s]
		}
	}
	return to
}

func (s *Sums) add(o Sums) {
	s.N += o.N
	s.W += o.W
	s.WU += o.WU
	s.WUU += o.WUU
	s.W2 += o.W2
	s.W2U += o.W2U
	s.W2UU += o.W2UU
}
