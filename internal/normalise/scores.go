package normalise

import "math/big"

// scorer turns the item columns of a block into construct scores. It knows
// which items the wave asks, and so how many must be answered.
type scorer struct {
	schema   *Schema
	asked    [][]int // per construct: positions in ConstructColumn.Items that the wave asks
	required []int   // per construct: answered items it takes
}

// newScorer counts, per construct, the items asked. A score needs at least
// min_answered of them: the smallest whole number not below that share.
func newScorer(s *Schema, asks func(item int) bool) *scorer {
	out := &scorer{schema: s}
	for i := range s.Constructs {
		c := &s.Constructs[i]
		var asked []int
		for j, item := range c.Items {
			if asks(item) {
				asked = append(asked, j)
			}
		}
		need := new(big.Rat).Mul(c.Construct.MinAnswered.Rat(), big.NewRat(int64(len(asked)), 1))
		required := new(big.Int).Div(new(big.Int).Add(need.Num(), new(big.Int).Sub(need.Denom(), big.NewInt(1))), need.Denom())
		out.asked = append(out.asked, asked)
		out.required = append(out.required, max(1, int(required.Int64())))
	}
	return out
}

// score fills the block's score columns, item by item.
func (s *scorer) score(b *Block) {
	for i := range s.schema.Constructs {
		if len(s.asked[i]) == 0 {
			b.Scores[i] = nil
			continue
		}
		b.Scores[i] = s.construct(i, b)
	}
}

func (s *scorer) construct(i int, b *Block) []Score {
	c := &s.schema.Constructs[i]
	scores := b.Scores[i]
	if cap(scores) < b.Rows {
		scores = make([]Score, b.Rows)
	}
	scores = scores[:b.Rows]
	clear(scores)
	for _, j := range s.asked[i] {
		slots, points := b.Items[c.Items[j]], c.table(j)
		if slots == nil {
			continue // the column is missing, which has been said
		}
		for r, slot := range slots[:len(scores)] {
			p := points[slot]
			scores[r].Sum += p.Sum
			scores[r].Count += p.Count
		}
	}
	for r := range scores {
		if int(scores[r].Count) < s.required[i] {
			scores[r] = Score{}
		}
	}
	return scores
}

// table is what each slot adds to a score.
func (c *ConstructColumn) table(item int) *[256]Score {
	return &c.tables[item]
}

func (c *ConstructColumn) makeTables() {
	c.tables = make([][256]Score, len(c.Items))
	for j, points := range c.Points {
		for o, p := range points {
			c.tables[j][FirstOption+o] = Score{Sum: p, Count: 1}
		}
	}
}
