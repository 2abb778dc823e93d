package estimate

// linear makes linearised values of one estimate, respondent by respondent: factor
// times w z or, where the weights are raked, w e.
type linear struct {
	rows       *linkedRows
	everyone   bool
	category   int32
	categories []int32
	slots      []uint8
	bySlot     []slotValue // in the estimate; y is z
	values     []float64
	mean       float64
	factor     float64 // of values
	scale      float64 // of residuals
	fitted     []float64
}

func newLinear(r *linkedRows, sp *spec, t term) linear {
	l := linear{rows: r, everyone: t.g.index < 0, category: t.g.index, categories: r.Category(t.g.partition),
		mean: t.p.theta, factor: t.factor / t.p.total, scale: t.factor, fitted: t.p.inf.fitted}
	if sp.numeric {
		l.values = r.Values(sp.index)
		return l
	}
	l.slots = r.Slots(sp.index)
	l.bySlot = make([]slotValue, len(sp.values))
	for s, v := range sp.values {
		l.bySlot[s] = slotValue{v.in, l.factor * (v.y - l.mean)}
	}
	return l
}

// value is a member's, and whether they are in the domain.
func (l *linear) value(row int32) (x float64, in bool) {
	w := l.rows.weight[row]
	if l.fitted != nil {
		x = -l.scale * l.fitted[l.rows.Cell[row]]
	}
	if !l.everyone && l.categories[row] != l.category || w == 0 {
		return w * x, false
	}
	if l.values == nil {
		v := l.bySlot[l.slots[row]]
		if v.in {
			x += v.y
		}
		return w * x, v.in
	}
	if y := l.values[row]; y == y {
		return w * (x + l.factor*(y-l.mean)), true
	}
	return w * x, false
}
