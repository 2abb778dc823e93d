package measure

import (
	"math"
	"slices"

	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/weight"
)

// Unit is what totals are formed in: a PSU, or a stratum of respondents.
type Unit struct {
	Stratum int32 // id of the wave's strata; 0 without strata
	PSU     int32 // id of the wave's PSUs; -1 where respondents are the PSUs
	Rows    int   // respondents in the file, those of weight 0 included
	FPC     float64
}

// Cell is a unit within a category of a partition; Category -1 holds those
// without one.
type Cell struct{ Unit, Category int32 }

// Sums are the moments of a numeric measure in one cell. With u the value less
// the plan's centre: the number of respondents with a weight above 0, and the
// sums of w, wu and wuu; where respondents are the PSUs those of ww, wwu, wwuu.
type Sums struct {
	N             uint32
	W, WU, WUU    float64
	W2, W2U, W2UU float64
}

// Moments are the sums of one wave.
type Moments struct {
	Plan        *Plan
	RowsArePSUs bool
	Units       []Unit
	Partitions  []*Partition
	Rows        int        // respondents, those of weight 0 included
	Conflicts   []Conflict // what is wrong with the design, if anything; the first few
	Weights     weight.Sums
	Raked       *Raked // nil where the weights are the design's, or none
	Together    []TogetherSums

	unitOf []int32 // by PSU or stratum id, plus 1
}

// Conflict is a PSU in two strata or, with FPC, a unit with two population sizes.
type Conflict struct {
	FPC            bool
	PSU            int32
	Stratum, Other int32
}

// Partition is the moments by the categories of one breakdown.
type Partition struct {
	Cells       []Cell
	Weight      [][]float64 // per categorical: cell*slots + slot
	Weight2     [][]float64 // the same of squared weights, where respondents are the PSUs
	Count       [][]uint32  // per categorical: (category+1)*slots + slot, weights above 0
	Numerics    [][]Sums    // per numeric: by cell
	Respondents []int       // by category+1, weights above 0
	Joint       []uint32    // (category+1)*joint states + state, weights above 0; see Sides
	table       [][]int32   // by unit, by category+1: cell plus 1
	cells       []int32     // scratch: cell of each row
	order       []int32     // scratch: rows by cell
	weights     []float64   // scratch: their weights
	runs        []run       // scratch: the rows of each cell in order
}

// NewMoments makes empty moments. rowsArePSUs says that respondents are the PSUs.
func (p *Plan) NewMoments(rowsArePSUs bool) *Moments {
	m := &Moments{Plan: p, RowsArePSUs: rowsArePSUs, Weights: weight.NewSums(), Together: make([]TogetherSums, len(p.Together))}
	for range p.Partitions {
		m.Partitions = append(m.Partitions, &Partition{
			Weight: make([][]float64, len(p.Categoricals)), Weight2: make([][]float64, len(p.Categoricals)),
			Count: make([][]uint32, len(p.Categoricals)), Numerics: make([][]Sums, len(p.Numerics)),
		})
	}
	return m
}

// Count notes a block's units as Add does and sums nothing up: it is all that a
// design is checked by.
func (m *Moments) Count(b *normalise.Block) {
	m.units(b, make([]int32, b.Rows))
	m.Rows += b.Rows
}

// Add sums a block up. Blocks must come in file order.
func (m *Moments) Add(b *normalise.Block, d *Prepared) {
	units := make([]int32, b.Rows)
	m.units(b, units)
	weights := b.Weight
	if weights == nil {
		weights = ones(b.Rows)
	}
	m.Weights.Add(weights)
	if b.Cells > 0 {
		m.addRaked(b, d, units, weights)
	}
	for i, part := range m.Partitions {
		part.locate(units, d.categories[i])
		part.countRespondents(weights, d.categories[i])
		part.countJoint(weights, d.categories[i], d.joint, m.Plan.jointStates)
		part.sort(weights)
		for j, c := range m.Plan.Categoricals {
			if c.EveryoneOnly && i > 0 {
				continue
			}
			if slots := d.slots(b, j, c); slots != nil {
				part.addCategorical(j, c.Slots, slots, m.RowsArePSUs)
			}
		}
		for j, n := range m.Plan.Numerics {
			if d.Numerics[j] != nil {
				part.addNumeric(j, n.Centre, d.Numerics[j], m.RowsArePSUs)
			}
		}
	}
	for i, s := range d.together {
		m.Together[i].merge(s)
	}
	m.Rows += b.Rows
}

func ones(n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = 1
	}
	return w
}

func (d *Prepared) slots(b *normalise.Block, j int, c Categorical) []uint8 {
	switch c.Kind {
	case Item:
		return b.Items[c.Index]
	case Option:
		return b.Options[c.Index]
	}
	return d.quadrants[j]
}

// units finds the unit of each row and makes new ones.
//
//gosec:disable G115 -- units and cells are no more than respondents, who are counted in int32
func (m *Moments) units(b *normalise.Block, out []int32) {
	for r := range out {
		stratum, psu := int32(0), int32(-1)
		if b.Stratum != nil {
			stratum = b.Stratum[r]
		}
		key := stratum
		if !m.RowsArePSUs {
			psu = b.PSU[r]
			key = psu
		}
		for int(key) >= len(m.unitOf) {
			m.unitOf = append(m.unitOf, 0)
		}
		if m.unitOf[key] == 0 {
			m.Units = append(m.Units, Unit{Stratum: stratum, PSU: psu, FPC: math.Inf(1)})
			m.unitOf[key] = int32(len(m.Units))
		}
		u := m.unitOf[key] - 1
		m.checkUnit(&m.Units[u], stratum, b, r)
		m.Units[u].Rows++
		out[r] = u
	}
}

// checkUnit keeps a PSU in one stratum and its population size constant.
func (m *Moments) checkUnit(u *Unit, stratum int32, b *normalise.Block, r int) {
	if u.Stratum != stratum {
		m.conflict(Conflict{PSU: u.PSU, Stratum: u.Stratum, Other: stratum})
	}
	if b.FPC == nil {
		return
	}
	switch {
	case u.Rows == 0:
		u.FPC = b.FPC[r]
	case u.FPC != b.FPC[r]:
		m.conflict(Conflict{FPC: true, PSU: u.PSU, Stratum: u.Stratum, Other: u.Stratum})
	}
}

func (m *Moments) conflict(c Conflict) {
	if len(m.Conflicts) < 20 && !slices.Contains(m.Conflicts, c) {
		m.Conflicts = append(m.Conflicts, c)
	}
}

// locate finds the cell of each row.
//
//gosec:disable G115 G602 -- units and cells are no more than respondents, who are counted in int32; both lists have one entry a row
func (p *Partition) locate(units, categories []int32) {
	p.cells = grow(p.cells, len(units))
	for r, u := range units {
		at := int(categories[r] + 1)
		for int(u) >= len(p.table) {
			p.table = append(p.table, nil)
		}
		for at >= len(p.table[u]) {
			p.table[u] = append(p.table[u], 0)
		}
		c := p.table[u][at]
		if c == 0 {
			p.Cells = append(p.Cells, Cell{u, categories[r]})
			c = int32(len(p.Cells))
			p.table[u][at] = c
		}
		p.cells[r] = c - 1
	}
}

// run is the rows of one cell among those in order.
type run struct{ cell, category, from, to int32 }

// sort puts the rows of each cell together, in file order within a cell: the sums
// of one cell then stay in the nearest cache, and are made in the same order.
func (p *Partition) sort(weights []float64) {
	starts := make([]int32, len(p.Cells)+1)
	for _, c := range p.cells {
		starts[c+1]++
	}
	p.runs = p.runs[:0]
	for c := range p.Cells {
		if n := starts[c+1]; n > 0 {
			p.runs = append(p.runs, run{int32(c), p.Cells[c].Category, starts[c], starts[c] + n})
		}
		starts[c+1] += starts[c]
	}
	p.order, p.weights = grow(p.order, len(p.cells)), grow(p.weights, len(p.cells))
	for r, c := range p.cells {
		at := starts[c]
		starts[c]++
		p.order[at], p.weights[at] = int32(r), weights[r]
	}
}

func (p *Partition) countRespondents(weights []float64, categories []int32) {
	for r, c := range categories {
		for int(c)+1 >= len(p.Respondents) {
			p.Respondents = append(p.Respondents, 0)
		}
		if weights[r] > 0 {
			p.Respondents[c+1]++
		}
	}
}

func (p *Partition) addCategorical(j, slots int, column []uint8, squares bool) {
	p.Weight[j] = atLeast(p.Weight[j], len(p.Cells)*slots)
	p.Count[j] = atLeast(p.Count[j], len(p.Respondents)*slots)
	for _, run := range p.runs {
		sums := p.Weight[j][int(run.cell)*slots:][:slots]
		counts := p.Count[j][int(run.category+1)*slots:][:slots]
		weights := p.weights[run.from:run.to]
		for i, r := range p.order[run.from:run.to] {
			slot, w := column[r], weights[i]
			sums[slot] += w
			if w > 0 {
				counts[slot]++
			}
		}
	}
	if squares {
		p.addSquares(j, slots, column)
	}
}

func (p *Partition) addSquares(j, slots int, column []uint8) {
	p.Weight2[j] = atLeast(p.Weight2[j], len(p.Cells)*slots)
	for _, run := range p.runs {
		sums := p.Weight2[j][int(run.cell)*slots:][:slots]
		weights := p.weights[run.from:run.to]
		for i, r := range p.order[run.from:run.to] {
			sums[column[r]] += weights[i] * weights[i]
		}
	}
}

func (p *Partition) addNumeric(j int, centre float64, column []float64, squares bool) {
	p.Numerics[j] = atLeast(p.Numerics[j], len(p.Cells))
	for _, run := range p.runs {
		s := p.Numerics[j][run.cell]
		weights := p.weights[run.from:run.to]
		for i, r := range p.order[run.from:run.to] {
			u, w := column[r]-centre, weights[i]
			if u != u || w == 0 {
				continue
			}
			s.N++
			s.W += w
			s.WU += w * u
			s.WUU += w * u * u
			if squares {
				s.W2 += w * w
				s.W2U += w * w * u
				s.W2UU += w * w * u * u
			}
		}
		p.Numerics[j][run.cell] = s
	}
}

// atLeast lengthens a slice with zeros.
func atLeast[T any](s []T, n int) []T {
	if n <= len(s) {
		return s
	}
	return append(s, make([]T, n-len(s))...)
}
