package audit

import (
	"slices"

	"github.com/caregap/caregap/internal/disclose/linked"
)

// caster makes up who makes a move: what of everything that is hidden wherever the
// move goes is taken away here and added there. What a profile leaves out stays as
// it is.
type caster struct {
	*linked.System
	w     *world
	joint *jointer
	shown []map[int]int // per domain, by cell: published rows
	f     *Finding
	dir   int
	sigma []linked.Signed

	open []bool // per quantity: hidden wherever the move goes
	room []int  // per quantity: the least that there is where the move takes away
	by   []int  // the profile in the making
}

const plenty = 1 << 30

// survey sees what may be altered.
func (c *caster) survey() {
	n := len(c.Quantities)
	c.open, c.room, c.by = make([]bool, n), make([]int, n), make([]int, n)
	for q := range n {
		c.open[q], c.room[q] = true, plenty
	}
	for _, s := range c.sigma {
		if c.Domains[s.Domain].Virtual {
			continue
		}
		x, known := c.w.at(s.Domain), c.Known[s.Domain]
		for q := range n {
			if c.Quantities[q].Local && s.Domain != linked.Everyone {
				continue
			}
			c.open[q] = c.open[q] && !known[q]
			if s.Sign*c.dir < 0 {
				c.room[q] = min(c.room[q], x[q])
			}
		}
	}
}

// steps is how many steps mending one profile may take at least; of more quantities more.
const steps = 120

// profiles yields who might make the move: for a count first those who answer
// otherwise, for a base first somebody who has all that may be altered.
func (c *caster) profiles(yield func([]change) bool) {
	if !c.open[c.f.Quantity] {
		return
	}
	m := newMender(c)
	if c.joint.counted[c.f.Quantity] {
		if c.people(m, yield) {
			c.all(func() bool { return !m.mend() || yield(c.profile()) })
		}
		return
	}
	mended := func() bool { return !m.mend() || yield(c.profile()) }
	least := func() bool {
		for _, start := range c.starts() {
			clear(c.by)
			for _, x := range start {
				c.by[x.quantity] += x.by
			}
			if !mended() {
				return false
			}
		}
		return true
	}
	if c.Quantities[c.f.Quantity].Base >= 0 && !least() {
		return
	}
	if c.whole(mended) && (c.Quantities[c.f.Quantity].Base >= 0 || least()) {
		c.all(mended)
	}
}

// all yields whoever there is in the smallest domain that the move takes from.
func (c *caster) all(yield func() bool) {
	smallest := -1
	for _, s := range c.sigma {
		if s.Sign*c.dir < 0 && !c.Domains[s.Domain].Virtual && (smallest < 0 || c.w.at(s.Domain)[linked.Respondents] < c.w.at(smallest)[linked.Respondents]) {
			smallest = s.Domain
		}
	}
	if smallest < 0 || c.w.at(smallest)[c.f.Quantity] == 0 {
		return
	}
	for q, n := range c.w.at(smallest) {
		c.by[q] = 0
		if c.open[q] {
			c.by[q] = n
		}
	}
	yield()
}

// may reports whether a quantity can be in the profile.
func (c *caster) may(q int) bool { return q >= 0 && c.open[q] && c.room[q] > 0 }

// whole yields somebody with all that is open, once for each way to be high or
// low on the constructs.
func (c *caster) whole(yield func() bool) bool {
	for mask := range 1 << min(len(c.Joint.Sides), 6) {
		clear(c.by)
		high := 0
		for i, side := range c.Joint.Sides {
			if side.Construct >= 0 && mask>>i&1 == 1 {
				high |= 1 << side.Construct
			}
		}
		if c.cast(high); c.by[c.f.Quantity] != 1 {
			continue
		}
		if !yield() {
			return false
		}
	}
	return true
}

func (c *caster) profile() []change {
	var out []change
	for q, by := range c.by {
		if by != 0 {
			out = append(out, change{q, by})
		}
	}
	return out
}

// cast fills the profile; high tells by bits who is high on which construct.
func (c *caster) cast(high int) {
	if c.may(linked.Respondents) {
		c.by[linked.Respondents] = 1
	}
	headline := map[int]bool{}
	for k, x := range c.Constructs {
		if x.Headline >= 0 && len(c.Quadrants) > 0 {
			headline[x.Headline] = high>>k&1 == 1
		}
	}
	for i := range c.Items {
		isHigh, decides := headline[i]
		c.item(&c.Items[i], decides, isHigh)
	}
	for _, x := range c.Constructs {
		if c.may(x.Base) {
			c.by[x.Base] = 1
		}
	}
	for _, g := range c.Gaps {
		if c.may(g.Base) && c.holds(c.Constructs[g.Of].Base) && c.holds(c.Constructs[g.Minus].Base) {
			c.by[g.Base] = 1
		}
	}
	for i := range c.Quadrants {
		c.quadrant(&c.Quadrants[i], high)
	}
	c.choices()
	c.others()
}

// holds reports whether the person has a quantity, or may have: it is not open.
func (c *caster) holds(q int) bool { return q < 0 || c.by[q] == 1 || !c.open[q] }

// item answers a question: as the number that is looked at wants it, else as most
// people do.
func (c *caster) item(x *linked.Item, decides, high bool) {
	if c.f.Quantity == x.Unsure {
		if c.may(x.Asked) && c.may(x.Unsure) {
			c.by[x.Asked], c.by[x.Unsure] = 1, 1
		}
		return
	}
	if !c.may(x.Base) {
		return
	}
	best := -1
	for i, q := range x.Answers {
		if !c.may(q) || !c.may(x.Nets[x.Net[i]]) || decides && (x.Net[i] == linked.Positive) != high {
			continue
		}
		wanted := q == c.f.Quantity || x.Nets[x.Net[i]] == c.f.Quantity
		if best < 0 || wanted || c.room[q] > c.room[x.Answers[best]] && !c.wants(x, best) {
			best = i
		}
	}
	if best < 0 && len(x.Answers) > 0 {
		return
	}
	c.by[x.Base] = 1
	if best >= 0 {
		c.by[x.Answers[best]] = 1
		c.by[x.Nets[x.Net[best]]] = 1
	}
	if c.may(x.Asked) {
		c.by[x.Asked] = 1
	}
}

func (c *caster) wants(x *linked.Item, i int) bool {
	return x.Answers[i] == c.f.Quantity || x.Nets[x.Net[i]] == c.f.Quantity
}

// quadrant places the person in a quadrant.
func (c *caster) quadrant(x *linked.Quadrant, high int) {
	for _, k := range slices.Concat(x.Highs, x.Lows) {
		if k < 0 {
			return
		}
		side := c.Constructs[k].Base
		if h := c.Constructs[k].Headline; h >= 0 {
			side = c.Items[h].Base
		}
		if !c.holds(side) {
			return
		}
	}
	if !c.may(x.Base) {
		return
	}
	c.by[x.Base] = 1
	in := true
	for _, k := range x.Highs {
		in = in && high>>k&1 == 1
	}
	for _, k := range x.Lows {
		in = in && high>>k&1 == 0
	}
	if len(x.Highs) > 0 && high>>x.Highs[0]&1 == 1 && c.may(x.High) {
		c.by[x.High] = 1
	}
	if in && c.may(x.In) {
		c.by[x.In] = 1
		if c.may(x.Strict) && (x.Strict == c.f.Quantity || 2*c.room[x.Strict] > c.room[x.In]) {
			c.by[x.Strict] = 1
		}
	}
}

// choices ticks what is looked at, and else what most have ticked.
func (c *caster) choices() {
	for _, x := range c.Choices {
		for i, q := range x.Ticked {
			if !c.may(x.Bases[i]) {
				continue
			}
			c.by[x.Bases[i]] = 1
			if c.may(q) && (q == c.f.Quantity || 2*c.room[q] > c.room[x.Bases[i]]) {
				c.by[q] = 1
			}
		}
	}
}

// others adds what no question accounts for: other thresholds of a quadrant.
func (c *caster) others() {
	q := c.f.Quantity
	if !c.Quantities[q].Local || !c.may(q) {
		return
	}
	clear(c.by)
	c.by[q] = 1
	if base := c.Quantities[q].Base; base >= 0 && c.Quantities[base].Local && c.may(base) {
		c.by[base] = 1
	}
}
