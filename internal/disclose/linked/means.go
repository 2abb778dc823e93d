package linked

// holders say of a construct how many respondents can have answered so many of its
// items at least: one entry an item.
type holders []float64

// holders counts from the bases of the items: who has a score answered Required of
// them, and what is left over goes further the fewer there are to have it.
func (s *System) holders(d int, c *Construct) holders {
	x, out := s.Truth[d], make(holders, len(c.Items))
	base, answers, fewest := float64(x[c.Base]), 0.0, float64(x[c.Base])
	for _, i := range c.Items {
		n := float64(x[s.Items[i].Base])
		answers, fewest = answers+n, min(fewest, n)
	}
	for j := range out {
		out[j] = base
		if more := j + 1 - c.Required; more > 0 {
			out[j] = max(0, min(base, (answers-float64(c.Required)*base)/float64(more)))
		}
	}
	out[len(out)-1] = min(out[len(out)-1], fewest)
	return out
}

// score is what an item's points add to scores at least: a k-th of them where all k
// items were answered, and more where fewer were.
func (h holders) score(points float64) float64 {
	out := 0.0
	for j := len(h); j > 0 && points > 0; j-- {
		some := points
		if j > 1 {
			some = min(points, 100*h.just(j))
		}
		out += some / float64(j)
		points -= some
	}
	return out
}

// points is what an item's points are at most where they add so much to scores.
func (h holders) points(score float64) float64 {
	out := 0.0
	for j := len(h); j > 0 && score > 0; j-- {
		some := score
		if j > 1 {
			some = min(score, 100*h.just(j)/float64(j))
		}
		out += some * float64(j)
		score -= some
	}
	return out
}

// just is how many answered j items and are not counted with those who answered more.
func (h holders) just(j int) float64 {
	if j == len(h) {
		return h[j-1]
	}
	return max(0, h[j-1]-h[j])
}

// boundConstruct: of k items, a score is a k-th of the answers' sum at least, and of
// what they lack at most. Whoever has no score may have answered all the same.
func (s *System) boundConstruct(d, construct int, b map[int]bound, tight bool) {
	c, x := s.Constructs[construct], s.Truth[d]
	if c.Base < 0 || x[c.Base] == 0 || len(c.Items) == 0 {
		return
	}
	base := float64(x[c.Base])
	var all []bound
	for _, i := range c.Items {
		all = append(all, b[s.Quantities[s.Items[i].Base].Cell])
	}
	held := s.holders(d, &c)
	if tight {
		c.Required = 1 // who answers has a score
	}
	has, lacks := s.scored(d, &c, held, all, -1)
	cell := s.Quantities[c.Base].Cell
	narrow(b, cell, has, 100*base-lacks, all...)
	score := b[cell]
	for at, i := range c.Items {
		q := s.Items[i].Base
		others, lacking := s.scored(d, &c, held, all, at)
		loose := s.loose(d, &c, i)
		takes, lacks := held.points(score.most-others)+loose, held.points(100*base-score.least-lacking)+loose
		own := s.Quantities[q].Cell
		narrow(b, own, 100*float64(x[q])-lacks, takes, append(all[:len(all):len(all)], score)...)
		if y := b[own]; score.fixed {
			y.takes, y.lacks = takes, lacks
			b[own] = y
		}
	}
}

// loose is what the answers to an item of those who have no score may add up to.
func (s *System) loose(d int, c *Construct, item int) float64 {
	x := s.Truth[d]
	without := x[Respondents] - x[c.Base]
	switch b := x[s.Items[item].Base]; c.Required {
	case 1:
		return 0
	case len(c.Items):
		return 100 * float64(min(without, max(0, b-x[c.Base])))
	default:
		return 100 * float64(min(without, b))
	}
}

// scored is what the answers of those who have a score add to it at least, and what
// they lack of 100 each at least, over all items but one.
func (s *System) scored(d int, c *Construct, held holders, sums []bound, but int) (has, lacks float64) {
	x := s.Truth[d]
	whole, wholeLack := 0.0, 0.0
	for at, i := range c.Items {
		if at == but {
			continue
		}
		loose := s.loose(d, c, i)
		least, lack := sums[at].least, 100*float64(x[s.Items[i].Base])-sums[at].most
		has, lacks = has+held.score(least-loose), lacks+held.score(lack-loose)
		whole, wholeLack = whole+least, wholeLack+lack
	}
	together := 100 * float64((c.Required-1)*(x[Respondents]-x[c.Base]))
	k := float64(len(c.Items))
	return max(has, (whole-together)/k), max(lacks, (wholeLack-together)/k)
}
