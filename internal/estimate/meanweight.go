package estimate

import "github.com/caregap/caregap/internal/measure"

// meanWeight is the mean weight of everyone in a wave. The sums of any question
// that was asked give it, as each respondent has one slot of it, if only that of
// no answer. It is 1 where nothing was asked.
func (d *design) meanWeight(everyone domain, plan *measure.Plan) float64 {
	for j, weight := range everyone.part.Weight {
		total, n := 0.0, 0
		for _, c := range everyone.cells {
			for _, w := range at(weight, c.cell, plan.Categoricals[j].Slots) {
				total += w * d.units[c.unit].factor
			}
		}
		for _, count := range everyone.part.Count[j] {
			n += int(count)
		}
		if n > 0 && total > 0 {
			return total / float64(n)
		}
	}
	return 1
}
