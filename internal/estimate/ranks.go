package estimate

import (
	"slices"

	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/normalise"
)

// ranks are the distinct values of a measure in order, and each respondent's
// place among them, -1 without a value. Values come from few whole numbers - a
// slot, a score's sum and count, two scores' ranks - so that a table finds the
// place and nothing is hashed or sorted by respondent.
type ranks struct {
	values []float64
	rank   [][]int32 // per kept block, per row
}

func (e *waveEstimator) ranksOf(s *spec) ranks {
	if s.item >= 0 {
		return e.itemRanks(s.item)
	}
	n := e.plan.Numerics[s.index]
	if n.Kind == measure.Construct {
		r, _ := e.scoreRanks(n.Index)
		return r
	}
	return e.gapRanks(n.Index)
}

// coded ranks respondents by a code per row, below 0 for none, of which size
// are possible. It also returns a code of each value, for those made of it.
func (e *waveEstimator) coded(size int, value func(code int) float64, codes func(b *measure.KeptBlock, out []int32)) (ranks, []int32) {
	out := ranks{rank: make([][]int32, len(e.Kept.Blocks))}
	table := make([]int32, size) // first a mark, then the rank
	for i := range e.Kept.Blocks {
		b := &e.Kept.Blocks[i]
		out.rank[i] = make([]int32, b.Rows)
		codes(b, out.rank[i])
		for _, c := range out.rank[i] {
			if c >= 0 {
				table[c] = 1
			}
		}
	}
	byValue := map[float64][]int32{}
	for c, met := range table {
		if met != 0 {
			v := value(c)
			byValue[v] = append(byValue[v], int32(c))
		}
	}
	for v := range byValue {
		out.values = append(out.values, v)
	}
	slices.Sort(out.values)
	of := make([]int32, len(out.values))
	for i, v := range out.values {
		of[i] = byValue[v][0]
		for _, c := range byValue[v] {
			table[c] = int32(i)
		}
	}
	for _, column := range out.rank {
		for r, c := range column {
			if c >= 0 {
				column[r] = table[c]
			}
		}
	}
	return out, of
}

func (e *waveEstimator) itemRanks(item int) ranks {
	c := e.plan.Schema.Items[item]
	value := func(code int) float64 { return float64(c.Number(code)) }
	out, _ := e.coded(c.Options, value, func(b *measure.KeptBlock, out []int32) {
		for r := range out {
			out[r] = -1
			if slots := b.Items[item]; slots != nil && slots[r] >= normalise.FirstOption {
				out[r] = int32(slots[r]) - normalise.FirstOption
			}
		}
	})
	return out
}

// scoreRanks ranks a construct's scores, and gives a score of each value.
//
//gosec:disable G115 -- scores are at most uint16, their counts uint8
func (e *waveEstimator) scoreRanks(construct int) (ranks, []normalise.Score) {
	c := &e.plan.Schema.Constructs[construct]
	sums := len(c.Items)*c.Scale + 1
	score := func(code int) normalise.Score {
		return normalise.Score{Sum: uint16(code % sums), Count: uint8(code / sums)}
	}
	out, codes := e.coded(sums*(len(c.Items)+1), func(code int) float64 { return c.Value(score(code)) }, func(b *measure.KeptBlock, out []int32) {
		scores := b.Scores[construct]
		for r := range out {
			out[r] = -1
			if scores != nil && scores[r].Count > 0 {
				out[r] = int32(int(scores[r].Count)*sums + int(scores[r].Sum))
			}
		}
	})
	scores := make([]normalise.Score, len(codes))
	for i, code := range codes {
		scores[i] = score(int(code))
	}
	return out, scores
}

// gapRanks ranks a gap's values by the ranks of its two scores.
//
//gosec:disable G115 -- scores are at most uint16, their counts uint8
func (e *waveEstimator) gapRanks(gap int) ranks {
	g := e.plan.Schema.Gaps[gap]
	of, ofScores := e.scoreRanks(g.Of)
	minus, minusScores := e.scoreRanks(g.Minus)
	width := max(1, len(minus.values))
	value := func(code int) float64 {
		return e.plan.Schema.GapValue(g, ofScores[code/width], minusScores[code%width])
	}
	block := 0
	out, _ := e.coded(len(of.values)*width, value, func(_ *measure.KeptBlock, out []int32) {
		a, b := of.rank[block], minus.rank[block]
		for r := range out {
			out[r] = -1
			if a[r] >= 0 && b[r] >= 0 {
				out[r] = a[r]*int32(width) + b[r]
			}
		}
		block++
	})
	return out
}
