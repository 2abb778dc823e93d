package linked

import "slices"

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
	return h.shareOut(points, func(j float64) (one, worth float64) { return 1, 1 / j })
}

// points is what an item's points are at most where they add so much to scores.
func (h holders) points(score float64) float64 {
	return h.shareOut(score, func(j float64) (one, worth float64) { return 1 / j, j })
}

// shareOut gives an amount to those who answered most items first, each of whose 100
// points takes so much a point of it, and adds up what it is worth there.
func (h holders) shareOut(amount float64, there func(items float64) (one, worth float64)) float64 {
	out := 0.0
	for j := len(h); j > 0 && amount > 0; j-- {
		one, worth := there(float64(j))
		some := amount
		if j > 1 {
			some = min(amount, 100*h.just(j)*one)
		}
		out += some * worth
		amount -= some
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

// making is how a score is made of items in a domain, for all that is known of their
// sums.
type making struct {
	Construct
	d    int
	held holders
	all  []bound // per item
	cell int
	// tight is as if nobody without a score had answered.
	tight bool
}

// making looks at a construct; false where nobody has a score.
func (s *System) making(d, construct int, b map[int]bound, tight bool) (*making, bool) {
	m := &making{Construct: s.Constructs[construct], d: d, tight: tight}
	if m.Base < 0 || s.Truth[d][m.Base] == 0 || len(m.Items) == 0 {
		return nil, false
	}
	m.cell = s.Quantities[m.Base].Cell
	for _, i := range m.Items {
		m.all = append(m.all, b[s.Quantities[s.Items[i].Base].Cell])
	}
	m.held = s.holders(d, &m.Construct)
	return m, true
}

// boundConstruct: of k items, a score is a k-th of the answers' sum at least, and of
// what they lack at most. Whoever has no score may have answered all the same.
func (s *System) boundConstruct(d, construct int, b map[int]bound, tight bool) {
	m, ok := s.making(d, construct, b, tight)
	if !ok {
		return
	}
	has, lacks := s.scored(m, -1)
	points, lacking := s.gives(m, -1)
	whole := 100 * float64(s.Truth[d][m.Base])
	more, less := narrow(b, m.cell, max(has, whole-lacking), min(points, whole-lacks), m.all...)
	score := b[m.cell]
	score.made = score.made || (more || less) && slices.ContainsFunc(m.all, func(x bound) bool { return x.fixed })
	b[m.cell] = score
	for at, i := range m.Items {
		q := s.Items[i].Base
		most, lacks := s.leaves(m, score, at)
		least, lacking := s.wants(m, score, at)
		whole := 100 * float64(s.Truth[d][q])
		narrow(b, s.Quantities[q].Cell, max(least, whole-lacks), min(most, whole-lacking), append(m.all[:len(m.all):len(m.all)], score)...)
	}
}

// gives is what the answers to all items but one add to scores at most, and what they
// lack of 100 each: a score is the mean of Required answers or more, so that none adds
// more to it than its share of so many.
func (s *System) gives(m *making, but int) (points, lacks float64) {
	for at, i := range m.Items {
		if at != but {
			points += m.all[at].most / float64(m.Required)
			lacks += (100*float64(s.Truth[m.d][s.Items[i].Base]) - m.all[at].least) / float64(m.Required)
		}
	}
	return points, lacks
}

// wants is what a score wants of an item's answers beside those to the others: so much
// they make at least, and lack of 100 each.
func (s *System) wants(m *making, score bound, at int) (points, lacks float64) {
	points, lacks = s.gives(m, at)
	each := float64(m.Required)
	return each * (score.least - points), each * (100*float64(s.Truth[m.d][m.Base]) - score.most - lacks)
}

// leaves is what a score leaves of an item's answers beside those to the others: so
// much they make at most, and lack of 100 each.
func (s *System) leaves(m *making, score bound, at int) (takes, lacks float64) {
	others, lacking := s.scored(m, at)
	loose := s.loose(m, m.Items[at])
	return m.held.points(score.most-others) + loose, m.held.points(100*float64(s.Truth[m.d][m.Base])-score.least-lacking) + loose
}

// loose is what the answers to an item of those who have no score may add up to.
func (s *System) loose(m *making, item int) float64 {
	x := s.Truth[m.d]
	without := x[Respondents] - x[m.Base]
	switch b := x[s.Items[item].Base]; {
	case m.tight || m.Required == 1: // who answers has a score
		return 0
	case m.Required == len(m.Items):
		return 100 * float64(min(without, max(0, b-x[m.Base])))
	default:
		return 100 * float64(min(without, b))
	}
}

// scored is what the answers of those who have a score add to it at least, and what
// they lack of 100 each at least, over all items but one.
func (s *System) scored(m *making, but int) (has, lacks float64) {
	x := s.Truth[m.d]
	whole, wholeLack := 0.0, 0.0
	for at, i := range m.Items {
		if at == but {
			continue
		}
		loose := s.loose(m, i)
		least, lack := m.all[at].least, 100*float64(x[s.Items[i].Base])-m.all[at].most
		has, lacks = has+m.held.score(least-loose), lacks+m.held.score(lack-loose)
		whole, wholeLack = whole+least, wholeLack+lack
	}
	together := 100 * float64((m.Required-1)*(x[Respondents]-x[m.Base]))
	if m.tight {
		together = 0
	}
	k := float64(len(m.Items))
	return max(has, (whole-together)/k), max(lacks, (wholeLack-together)/k)
}
