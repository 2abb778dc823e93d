package estimate

import "github.com/caregap/caregap/internal/number"

// slotResiduals makes residuals of the linearised values of slotMean; total is
// the domain's weight.
func (d *design) slotResiduals(e *point, dom domain, j int, values slotValues, total float64) {
	f := d.newFit()
	slots := len(values)
	for _, c := range dom.raked {
		w, w2 := at(dom.byRaking.Weight[j], c.cell, slots), at(dom.byRaking.Weight2[j], c.cell, slots)
		if w == nil {
			continue
		}
		for s, v := range values {
			if !v.in || w[s] == 0 {
				continue
			}
			z, squares := (v.y-e.theta)/total, 0.0
			if w2 != nil {
				squares = w2[s]
			}
			f.add(c.unit, c.raking, w[s]*z, squares*z)
			f.addDesign(c.raking, w[s], w[s]*v.y)
		}
	}
	f.finish(e, 0)
}

// numericResiduals does so for numericMean.
func (d *design) numericResiduals(e *point, dom domain, j int, centre, total float64) {
	f := d.newFit()
	sums := dom.byRaking.Numerics[j]
	mean := e.theta - centre
	for _, c := range dom.raked {
		if int(c.cell) >= len(sums) || sums[c.cell].N == 0 {
			continue
		}
		s := sums[c.cell]
		f.add(c.unit, c.raking, (s.WU-mean*s.W)/total, (s.W2U-mean*s.W2)/total)
		f.addDesign(c.raking, s.W, s.WU)
	}
	f.finish(e, centre)
}

func (f *fit) finish(e *point, centre float64) {
	e.unraked = number.Of(centre + f.design/f.total)
	f.residual(&e.inf)
}

// scaled is a share in percent, as rows have it.
func scaled(v number.Value, share bool) number.Value {
	f, ok := v.Get()
	if !ok || !share {
		return v
	}
	return number.Of(100 * f)
}
