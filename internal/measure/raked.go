package measure

import "github.com/caregap/caregap/internal/normalise"

// Raked is what the residuals of a wave with raked weights rest on (Deville and
// Särndal 1992): the same sums as in Moments, but by raking cell too. In a cell
// the final weight is the design's times one number, so that both can be had of
// one sum.
//
// The coefficients of the regression on the margins need the sums over the whole
// wave. Only where respondents are the PSUs do squares need them by stratum.
type Raked struct {
	Cells int // raking cells
	// Partitions hold, per breakdown, Weight and Numerics - of squares where
	// respondents are the PSUs - by unit, or of unit 0 alone where PSUs are units.
	// The Category of their cells is RakedCategory's.
	Partitions []*Partition
	W, W2      [][]float64 // sums of w and of ww, by unit, by raking cell

	scratch, single []int32
}

// Category is the place of a raking cell within a category of a breakdown, which
// may be -1.
//
//gosec:disable G115 -- cells are fewer than 2^20, see study.maxRakingCells
func (r *Raked) Category(category, cell int32) int32 { return (category+1)*int32(r.Cells) + cell }

// Split is what Category was given.
//
//gosec:disable G115 -- cells are fewer than 2^20, see study.maxRakingCells
func (r *Raked) Split(place int32) (category, cell int32) {
	return place/int32(r.Cells) - 1, place % int32(r.Cells)
}

func (m *Moments) newRaked(cells int) *Raked {
	r := &Raked{Cells: cells}
	for range m.Plan.Partitions {
		r.Partitions = append(r.Partitions, &Partition{
			Weight: make([][]float64, len(m.Plan.Categoricals)), Weight2: make([][]float64, len(m.Plan.Categoricals)),
			Count: make([][]uint32, len(m.Plan.Categoricals)), Numerics: make([][]Sums, len(m.Plan.Numerics)),
		})
	}
	return r
}

// addRaked sums a block up by raking cell.
func (m *Moments) addRaked(b *normalise.Block, d *Prepared, units []int32, weights []float64) {
	if m.Raked == nil {
		m.Raked = m.newRaked(b.Cells)
	}
	r := m.Raked
	r.addUnits(units, b.Cell, weights, len(m.Units))
	if !m.RowsArePSUs {
		r.single = grow(r.single, len(units))
		units = r.single
	}
	r.scratch = grow(r.scratch, b.Rows)
	for i, part := range r.Partitions {
		for row, c := range d.categories[i] {
			r.scratch[row] = r.Category(c, b.Cell[row])
		}
		part.locate(units, r.scratch)
		part.sort(weights)
		m.addMeasures(part, i, b, d)
	}
}

func (r *Raked) addUnits(units, cells []int32, weights []float64, n int) {
	for len(r.W) < n {
		r.W, r.W2 = append(r.W, make([]float64, r.Cells)), append(r.W2, make([]float64, r.Cells))
	}
	for row, u := range units {
		w := weights[row]
		r.W[u][cells[row]] += w
		r.W2[u][cells[row]] += w * w
	}
}

func (m *Moments) addMeasures(part *Partition, partition int, b *normalise.Block, d *Prepared) {
	for j, c := range m.Plan.Categoricals {
		if c.EveryoneOnly && partition > 0 {
			continue
		}
		slots := d.slots(b, j, c)
		if slots == nil {
			continue
		}
		part.addWeights(j, c.Slots, slots)
		if m.RowsArePSUs {
			part.addSquares(j, c.Slots, slots)
		}
	}
	for j, n := range m.Plan.Numerics {
		if d.Numerics[j] != nil {
			part.addNumeric(j, n.Centre, d.Numerics[j], m.RowsArePSUs)
		}
	}
}

// addWeights is addCategorical without counts, which no residual needs.
func (p *Partition) addWeights(j, slots int, column []uint8) {
	p.Weight[j] = atLeast(p.Weight[j], len(p.Cells)*slots)
	for _, run := range p.runs {
		sums := p.Weight[j][int(run.cell)*slots:][:slots]
		weights := p.weights[run.from:run.to]
		for i, r := range p.order[run.from:run.to] {
			sums[column[r]] += weights[i]
		}
	}
}

// mergeRaked adds another piece's sums; units are the places of its units here.
// Both pieces number raking cells alike.
func (m *Moments) mergeRaked(o *Raked, units []int32) {
	if m.Raked == nil {
		m.Raked = m.newRaked(o.Cells)
	}
	r := m.Raked
	for len(r.W) < len(m.Units) {
		r.W, r.W2 = append(r.W, make([]float64, r.Cells)), append(r.W2, make([]float64, r.Cells))
	}
	for i := range o.W {
		for c := range o.W[i] {
			r.W[units[i]][c] += o.W[i][c]
			r.W2[units[i]][c] += o.W2[i][c]
		}
	}
	if !m.RowsArePSUs {
		units = []int32{0}
	}
	for i, part := range r.Partitions {
		part.merge(o.Partitions[i], m.Plan, units)
	}
}
