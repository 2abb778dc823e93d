package attack

import (
	"fmt"
	"slices"

	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/study"
)

// sides of a construct that a respondent may stand on.
const (
	unknown = iota
	mild    // low, but not on the negative answers
	strict  // low on the negative answers of the headline, or by score
	high
)

// quadrants counts respondents by the side that they stand on of every construct
// that a quadrant names, as all quadrants are sums of these.
func (c *catalogue) quadrants() {
	var axes []string
	for id, q := range c.study.Framework.Quadrants.All() {
		if !c.asked(id) {
			continue
		}
		for _, side := range slices.Concat(q.High, q.Low) {
			if !slices.Contains(axes, side) {
				axes = append(axes, side)
			}
		}
	}
	if len(axes) == 0 {
		return
	}
	states := c.states(axes)
	for k, axis := range axes {
		c.axis(axis, func(keep func(side int) bool) form {
			var out form
			for q, s := range states {
				if keep(s[k]) {
					out = append(out, part{q, 1})
				}
			}
			return sorted(out)
		})
	}
	for id, q := range c.study.Framework.Quadrants.All() {
		if c.asked(id) {
			c.quadrant(id, q, axes, states)
		}
	}
}

// sorted puts a form made from a map into order.
func sorted(f form) form {
	slices.SortFunc(f, func(a, b part) int { return a.q - b.q })
	return f
}

// states makes a quantity of each combination of sides that there may be.
func (c *catalogue) states(axes []string) map[int][]int {
	combinations := [][]int{{}}
	for _, axis := range axes {
		var next [][]int
		for _, s := range combinations {
			for side := range high + 1 {
				if c.possible(axis, side) {
					next = append(next, append(slices.Clone(s), side))
				}
			}
		}
		combinations = next
	}
	out := map[int][]int{}
	var all form
	for _, s := range combinations {
		q := c.count(fmt.Sprint("sides ", axes, " ", s), "sides", func(r measuretest.Respondent) bool {
			for k, axis := range axes {
				if c.side(axis, r, -1) != s[k] {
					return false
				}
			}
			return true
		})
		out[q] = s
		all = append(all, part{q, 1})
	}
	c.equal(everyone, all)
	return out
}

func (c *catalogue) possible(axis string, side int) bool {
	def, _ := c.study.Framework.Constructs.Get(axis)
	if def.Headline == "" || side == unknown {
		return side != mild
	}
	return len(c.counts[def.Headline+" "+netOf[side]]) > 0
}

var netOf = map[int]string{mild: "neutral", strict: "negative", high: "positive"}

// side is where a respondent stands, by the construct's own threshold or, from 0 up,
// by another.
func (c *catalogue) side(axis string, r measuretest.Respondent, threshold float64) int {
	def, _ := c.study.Framework.Constructs.Get(axis)
	if def.Headline != "" {
		for side, net := range netOf {
			for _, p := range c.counts[def.Headline+" "+net] {
				if c.list[p.q].value(r) == 1 {
					return side
				}
			}
		}
		return unknown
	}
	if threshold < 0 {
		threshold = def.Positive.Float()
	}
	v := c.valueOf(axis, r)
	switch {
	case v != v:
		return unknown
	case 100*v >= threshold-1e-9:
		return high
	}
	return strict
}

// axis ties the sides of a construct to its headline's answers or to its score.
func (c *catalogue) axis(axis string, where func(keep func(side int) bool) form) {
	def, _ := c.study.Framework.Constructs.Get(axis)
	if def.Headline != "" {
		for _, side := range []int{mild, strict, high} {
			if f := c.counts[def.Headline+" "+netOf[side]]; len(f) > 0 {
				c.relate(0, 0, where(func(s int) bool { return s == side }).plus(-1, f)...)
			}
		}
		return
	}
	x, from := c.scores[axis], def.Positive.Float()/100
	c.equal(x.known, where(func(s int) bool { return s != unknown }))
	highs, lows := where(func(s int) bool { return s == high }), where(func(s int) bool { return s == strict })
	c.relate(0, unbounded, x.sum.plus(-from, highs)...)
	c.relate(0, unbounded, highs.plus(from, lows).plus(-1, x.sum)...)
}

func (c *catalogue) quadrant(id string, def study.Quadrant, axes []string, states map[int][]int) {
	var base, in, ofHigh, strictly form
	for q, s := range states {
		known, inside, exact := true, true, true
		for _, side := range def.High {
			at := s[slices.Index(axes, side)]
			known, inside = known && at != unknown, inside && at == high
		}
		for _, side := range def.Low {
			at := s[slices.Index(axes, side)]
			known, inside, exact = known && at != unknown, inside && at != high, exact && at == strict
		}
		if !known {
			continue
		}
		base = append(base, part{q, 1})
		if inside {
			in = append(in, part{q, 1})
		}
		if inside && exact {
			strictly = append(strictly, part{q, 1})
		}
		if len(def.High) > 0 && s[slices.Index(axes, def.High[0])] == high {
			ofHigh = append(ofHigh, part{q, 1})
		}
	}
	c.bases[id] = c.baseOf(id+" base", id, sorted(base))
	c.counts[id+" "], c.counts[id+" of_high"], c.counts[id+" strict"] = sorted(in), sorted(in), sorted(strictly)
	if len(def.High) > 0 {
		c.highs[id] = c.baseOf(id+" high", id, sorted(ofHigh))
	}
	c.thresholds(id, def)
}

// baseOf makes a quantity of a form.
func (c *catalogue) baseOf(name, of string, f form) int {
	q := c.count(name, of, func(r measuretest.Respondent) bool {
		for _, p := range f {
			if c.list[p.q].value(r) == 1 {
				return true
			}
		}
		return false
	})
	c.list[q].base = true
	c.equal(q, f)
	return q
}

// thresholds are the shares at other thresholds. Where scores decide on high sides
// alone, or on low ones alone, they go one way.
func (c *catalogue) thresholds(id string, def study.Quadrant) {
	scored := func(ids study.Names) (n int) {
		for _, side := range ids {
			if x, _ := c.study.Framework.Constructs.Get(side); x.Headline == "" {
				n++
			}
		}
		return n
	}
	highs, lows := scored(def.High), scored(def.Low)
	before := -1
	for _, at := range measure.Thresholds {
		q := c.count(fmt.Sprint(id, " at ", at), id, func(r measuretest.Respondent) bool {
			for _, side := range def.High {
				if c.side(side, r, float64(at)) != high {
					return false
				}
			}
			for _, side := range def.Low {
				if s := c.side(side, r, float64(at)); s == high || s == unknown {
					return false
				}
			}
			return c.list[c.bases[id]].value(r) == 1
		})
		c.atMost(q, c.bases[id])
		c.counts[fmt.Sprint(id, " at_", at)] = form{{q, 1}}
		if before >= 0 && highs > 0 && lows == 0 {
			c.atMost(q, before)
		}
		if before >= 0 && lows > 0 && highs == 0 {
			c.atMost(before, q)
		}
		before = q
	}
}
