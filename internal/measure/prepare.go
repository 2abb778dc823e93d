package measure

import (
	"math/big"

	"github.com/caregap/caregap/internal/normalise"
)

// Prepared holds the derived columns of one block. It is reused.
type Prepared struct {
	Rows       int
	Numerics   [][]float64 // per Plan.Numerics; NaN where there is none; nil where the wave has none
	quadrants  [][]uint8   // per categorical of kind Quadrant or Threshold
	categories [][]int32   // per partition; -1 where a variable is missing
	states     [][]uint8   // scratch, per construct
	joint      []uint16    // per respondent: the states of all sides of quadrants
	together   []TogetherSums
}

// Prepare derives the columns of a block into to, which may be nil.
func (p *Plan) Prepare(b *normalise.Block, to *Prepared) *Prepared {
	if to == nil {
		to = &Prepared{Numerics: make([][]float64, len(p.Numerics)), quadrants: make([][]uint8, len(p.Categoricals)),
			categories: make([][]int32, len(p.Partitions)), states: make([][]uint8, len(p.Schema.Constructs))}
	}
	to.Rows = b.Rows
	p.prepareNumerics(b, to)
	p.prepareQuadrants(b, to)
	p.prepareTogether(b, to)
	for i := range p.Partitions {
		to.categories[i] = grow(to.categories[i], b.Rows)
		p.Category(i, b.Variables, to.categories[i])
	}
	return to
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

func (p *Plan) prepareNumerics(b *normalise.Block, to *Prepared) {
	s := p.Schema
	for i, m := range p.Numerics {
		if m.Kind == Construct {
			scores := b.Scores[m.Index]
			if scores == nil {
				to.Numerics[i] = nil
				continue
			}
			out := grow(to.Numerics[i], b.Rows)
			c := &s.Constructs[m.Index]
			for r, score := range scores {
				out[r] = c.Value(score)
			}
			to.Numerics[i] = out
			continue
		}
		g := s.Gaps[m.Index]
		of, minus := b.Scores[g.Of], b.Scores[g.Minus]
		if of == nil || minus == nil {
			to.Numerics[i] = nil
			continue
		}
		out := grow(to.Numerics[i], b.Rows)
		for r := range out {
			out[r] = s.GapValue(g, of[r], minus[r])
		}
		to.Numerics[i] = out
	}
}

func (p *Plan) prepareQuadrants(b *normalise.Block, to *Prepared) {
	at := -1      // threshold the states were made for; 0 is the constructs' own
	first := true // which is what quadrants come with before their thresholds
	for i, m := range p.Categoricals {
		if m.Kind != Quadrant && m.Kind != Threshold {
			continue
		}
		if m.At != at {
			at = m.At
			for c := range p.Schema.Constructs {
				threshold := p.Schema.Constructs[c].Positive
				if at > 0 {
					threshold = normalise.NewThreshold(big.NewRat(int64(at), 1))
				}
				to.states[c] = grow(to.states[c], b.Rows)
				p.states(c, threshold, b, to.states[c])
			}
			if first {
				p.prepareJoint(b.Rows, to)
				first = false
			}
		}
		to.quadrants[i] = grow(to.quadrants[i], b.Rows)
		p.quadrants[m.Index].classify(to.states, to.quadrants[i])
	}
}

// classify puts every respondent into one slot of the quadrant.
func (q quadrant) classify(states [][]uint8, out []uint8) {
	for r := range out {
		in, strict, known := true, true, true
		for _, s := range q.sides {
			switch state := states[s.construct][r]; {
			case state == unknown:
				known = false
			case s.low:
				in = in && state != high
				strict = strict && state == lowStrict
			default:
				in = in && state == high
			}
		}
		firstHigh := q.hasHigh && states[q.sides[0].construct][r] == high
		switch {
		case !known:
			out[r] = QuadrantUnknown
		case in && strict:
			out[r] = QuadrantStrict
		case in:
			out[r] = QuadrantIn
		case firstHigh:
			out[r] = QuadrantHigh
		default:
			out[r] = QuadrantOut
		}
	}
}

// Category computes the category of each respondent in a partition, -1 where a
// variable is missing.
func (p *Plan) Category(partition int, variables [][]int32, out []int32) {
	clear(out)
	for i, v := range p.Partitions[partition] {
		column, stride := variables[v], p.strides[partition][i]
		for r := range out {
			switch {
			case column == nil || column[r] < 0 || out[r] < 0:
				out[r] = -1
			default:
				out[r] += stride * column[r]
			}
		}
	}
}
