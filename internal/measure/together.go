package measure

import (
	"slices"

	"github.com/caregap/caregap/internal/normalise"
)

// Together is what goes into one score and how its parts go together: the items
// of a construct, or the two sides of a gap. Reliability rests on it.
type Together struct {
	Kind  Kind // Construct or Gap
	Index int
}

// TogetherSums are the moments of such parts, of everyone who has all of those
// that the wave asks for.
type TogetherSums struct {
	Items []int // of a construct: places of the items in the construct; of a gap 0 and 1
	N     int   // respondents with a weight above 0
	// Strata has the sums by id of the wave's strata where the FPC is to give the
	// weights, which are 1 until then; else it has one element.
	Strata []Products
}

// Products are sums over respondents, u being a part's score in percent of the
// maximum less the centre 50: of w, of w u_j, and of w u_j u_l, the last with K
// numbers a row of which those with l <= j count.
type Products struct {
	W   float64
	WU  []float64
	WUU []float64
}

const togetherCentre = 50

// addTogether lists constructs of two items or more, and gaps.
func (p *Plan) addTogether() {
	for i, c := range p.Schema.Constructs {
		if len(c.Items) > 1 {
			p.Together = append(p.Together, Together{Construct, i})
		}
	}
	for i := range p.Schema.Gaps {
		p.Together = append(p.Together, Together{Gap, i})
	}
	p.itemScores = make([][256]float64, len(p.Schema.Items))
	for i, c := range p.Schema.Items {
		for slot := range p.itemScores[i] {
			p.itemScores[i][slot] = noScore
		}
		for o := range c.Options {
			p.itemScores[i][normalise.FirstOption+o] = c.PercentOfMaximum(o) - togetherCentre
		}
	}
}

// noScore is far from any score, and adds up to what no sum of scores is.
const noScore = 1e6

// prepareTogether sums a block up by itself, so that blocks are worked on side by
// side; Add joins them in their order.
func (p *Plan) prepareTogether(b *normalise.Block, to *Prepared) {
	if to.together == nil {
		to.together = make([]TogetherSums, len(p.Together))
	}
	for i, t := range p.Together {
		s := &to.together[i]
		if t.Kind == Gap {
			p.addSides(s, p.Schema.Gaps[t.Index], b, to)
			continue
		}
		p.addItems(s, p.Schema.Constructs[t.Index], b)
	}
}

// reset makes the sums those of nobody, of so many parts.
func (s *TogetherSums) reset(items []int) {
	s.Items, s.N = items, 0
	for i := range s.Strata {
		s.Strata[i].reset(len(items))
	}
}

func (p *Products) reset(k int) {
	p.W, p.WU, p.WUU = 0, grow(p.WU, k), grow(p.WUU, k*k)
	clear(p.WU)
	clear(p.WUU)
}

// stratum makes the sums of a stratum, if need be.
func (s *TogetherSums) stratum(id int32) *Products {
	for int(id) >= len(s.Strata) {
		s.Strata = append(s.Strata, Products{})
		s.Strata[len(s.Strata)-1].reset(len(s.Items))
	}
	return &s.Strata[id]
}

func (p *Plan) addItems(s *TogetherSums, c normalise.ConstructColumn, b *normalise.Block) {
	items := s.Items[:0]
	var columns [][]uint8
	var scores []*[256]float64
	for j, item := range c.Items {
		if b.Items[item] != nil {
			items, columns, scores = append(items, j), append(columns, b.Items[item]), append(scores, &p.itemScores[item])
		}
	}
	s.reset(items)
	u := make([]float64, len(items))
	for r := range b.Rows {
		whole := 0.0
		for j, column := range columns {
			u[j] = scores[j][column[r]]
			whole += u[j]
		}
		if whole < noScore/2 {
			s.add(b, r, u)
		}
	}
}

// addSides takes the two scores of a gap, prepared already as numbers.
func (p *Plan) addSides(s *TogetherSums, g normalise.GapColumn, b *normalise.Block, to *Prepared) {
	s.reset(append(s.Items[:0], 0, 1))
	of, minus := p.numericOf(g.Of, to), p.numericOf(g.Minus, to)
	if of == nil || minus == nil {
		return
	}
	u := make([]float64, 2)
	for r := range b.Rows {
		u[0], u[1] = of[r]-togetherCentre, minus[r]-togetherCentre
		if u[0] == u[0] && u[1] == u[1] {
			s.add(b, r, u)
		}
	}
}

func (p *Plan) numericOf(construct int, d *Prepared) []float64 {
	return d.Numerics[slices.IndexFunc(p.Numerics, func(n Numeric) bool { return n.Kind == Construct && n.Index == construct })]
}

// add adds respondent r of a block.
func (s *TogetherSums) add(b *normalise.Block, r int, u []float64) {
	w, stratum := 1.0, int32(0)
	switch {
	case b.Weight != nil:
		w = b.Weight[r]
	case b.FPC != nil && b.Stratum != nil:
		stratum = b.Stratum[r]
	}
	if w > 0 {
		s.N++
		s.stratum(stratum).add(w, u)
	}
}

func (p *Products) add(w float64, u []float64) {
	p.W += w
	k := len(u)
	for j, x := range u {
		wu := w * x
		p.WU[j] += wu
		row := p.WUU[j*k:][:j+1]
		for l := range row {
			row[l] += wu * u[l]
		}
	}
}

// merge adds the sums of another piece of the same wave.
func (s *TogetherSums) merge(o TogetherSums) {
	switch {
	case o.Items == nil: // nothing has been added to it
		return
	case s.Items == nil:
		s.Items = slices.Clone(o.Items)
	}
	if !slices.Equal(s.Items, o.Items) {
		panic("measure: pieces of a wave ask for different items")
	}
	s.N += o.N
	for id, from := range o.Strata {
		s.stratum(int32(id)).Add(1, from)
	}
}

// Add adds other sums, times factor.
func (p *Products) Add(factor float64, o Products) {
	p.W += factor * o.W
	for i, x := range o.WU {
		p.WU[i] += factor * x
	}
	for i, x := range o.WUU {
		p.WUU[i] += factor * x
	}
}
