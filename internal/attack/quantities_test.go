package attack

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
)

// quantity is what adds up over respondents: how many gave an answer, or the sum
// of a score over some of them. value is one respondent's, from 0 to 1.
type quantity struct {
	name  string
	value func(r measuretest.Respondent) float64
	whole bool
	base  bool   // the base of some number
	of    string // the measure that it belongs to
}

// part is a quantity with a coefficient; a form is a sum of these.
type part struct {
	q int
	a float64
}

type form []part

// relation says that a form lies between bounds, whoever the respondents are.
type relation struct {
	form   form
	lo, hi float64
}

// catalogue is what a reader of the study files knows of one wave: the
// quantities, how they hang together, and which numbers are made of them.
type catalogue struct {
	study     *study.Study
	survey    *study.Survey
	wave      *study.Wave
	list      []quantity
	relations []relation
	items     map[string]*item
	scores    map[string]*score
	bases     map[string]int // of gaps, quadrants and choices
	sums      map[string]form
	counts    map[string]form // of shares, by measure and level
	highs     map[string]int  // by quadrant: the base of of_high
}

// everyone is the quantity that counts respondents.
const everyone = 0

// item is an item's quantities.
type item struct {
	answered int
	options  []int
	could    int // could have said unsure: the base of that share
	unsure   int
	points   []float64 // per option, of 1
}

// score is a construct's.
type score struct {
	items    []string
	known    int
	complete int // those who answered all items
	sum      form
}

func newCatalogue(s *study.Study, survey *study.Survey, wave *study.Wave, rules []string) *catalogue {
	c := &catalogue{study: s, survey: survey, wave: wave, items: map[string]*item{}, scores: map[string]*score{}, bases: map[string]int{}, sums: map[string]form{}, counts: map[string]form{}, highs: map[string]int{}}
	c.count("everyone", "", func(measuretest.Respondent) bool { return true })
	c.list[everyone].base = true
	for id := range s.Framework.Items.All() {
		if wave.Has(id) {
			c.item(id)
		}
	}
	for id := range s.Framework.Constructs.All() {
		if c.asked(id) {
			c.construct(id)
		}
	}
	for id, g := range s.Framework.Gaps.All() {
		if c.asked(id) {
			c.gap(id, g)
		}
	}
	c.quadrants()
	for i, e := range s.Framework.Choices {
		if wave.Has(e.ID) {
			c.choice(e.ID, e.Value, rules[i] == "ticked_any")
		}
	}
	return c
}

func (c *catalogue) asked(id string) bool { return c.study.Asked(c.survey.ID, c.wave.ID, id) }

func (c *catalogue) count(name, of string, in func(r measuretest.Respondent) bool) int {
	c.list = append(c.list, quantity{name: name, of: of, whole: true, value: func(r measuretest.Respondent) float64 {
		if in(r) {
			return 1
		}
		return 0
	}})
	return len(c.list) - 1
}

func (c *catalogue) sum(name, of string, value func(r measuretest.Respondent) float64) int {
	c.list = append(c.list, quantity{name: name, of: of, value: value})
	return len(c.list) - 1
}

func (c *catalogue) relate(lo, hi float64, f ...part) {
	c.relations = append(c.relations, relation{f, lo, hi})
}

// unbounded is more than any sum of respondents.
const unbounded = 1e7

// atMost says that one quantity is at most another.
func (c *catalogue) atMost(less, more int) {
	if less != more {
		c.relate(0, unbounded, part{more, 1}, part{less, -1})
	}
}

// equal says that a quantity is the sum of a form.
func (c *catalogue) equal(q int, f form) {
	c.relate(0, 0, append(slices.Clone(f), part{q, -1})...)
}

func (f form) plus(a float64, other form) form {
	out := slices.Clone(f)
	for _, p := range other {
		out = append(out, part{p.q, a * p.a})
	}
	return out
}

func ones(qs []int) form {
	var out form
	for _, q := range qs {
		out = append(out, part{q, 1})
	}
	return out
}

func (c *catalogue) item(id string) {
	at := c.study.Framework.Items.Index(id)
	def, scale, _ := c.study.Framework.ItemScale(id)
	x := &item{}
	c.items[id] = x
	x.answered = c.count(id+" answered", id, func(r measuretest.Respondent) bool { return r.Answers[at] >= 0 })
	x.could = c.count(id+" could be unsure", id, func(r measuretest.Respondent) bool {
		return r.Answers[at] >= 0 || slices.Contains([]normalise.Kind{normalise.Unsure, normalise.NotApplicable, normalise.SeenUnanswered, normalise.Refused}, normalise.Kind(measuretest.Missing-r.Answers[at]))
	})
	c.list[x.answered].base, c.list[x.could].base = true, true
	x.unsure = c.count(id+" unsure", id, func(r measuretest.Respondent) bool { return r.Answers[at] == measuretest.Missing-int(normalise.Unsure) })
	for o := range scale.Codes() {
		x.options = append(x.options, c.count(fmt.Sprint(id, "=", scale.Code(o)), id, func(r measuretest.Respondent) bool { return r.Answers[at] == o }))
		steps := o
		if def.Reversed {
			steps = scale.Codes() - 1 - o
		}
		x.points = append(x.points, float64(steps)/float64(scale.Codes()-1))
		c.counts[id+" "+strconv.Itoa(scale.Code(o))] = form{{x.options[o], 1}}
		c.sums[id] = append(c.sums[id], part{x.options[o], x.points[o]})
	}
	c.equal(x.answered, ones(x.options))
	c.relate(0, unbounded, part{x.could, 1}, part{x.answered, -1}, part{x.unsure, -1})
	c.atMost(x.could, everyone)
	nets := scale.Nets(def.Reversed)
	for o, q := range x.options {
		net := "neutral"
		if nets.Positive[o] {
			net = "positive"
		} else if nets.Negative[o] {
			net = "negative"
		}
		c.counts[id+" "+net] = append(c.counts[id+" "+net], part{q, 1})
	}
	c.counts[id+" unsure"] = form{{x.unsure, 1}}
}

// construct counts respondents by which of its items they answered, as a score is
// the mean of these. A construct of one item has that item's numbers.
func (c *catalogue) construct(id string) {
	def, _ := c.study.Framework.Constructs.Get(id)
	x := &score{items: c.study.ItemsAsked(id, c.survey, c.wave)}
	c.scores[id] = x
	if len(x.items) == 1 {
		only := c.items[x.items[0]]
		x.known, x.sum = only.answered, c.sums[x.items[0]]
		c.sums[id] = x.sum
		return
	}
	need := 0
	for need < len(x.items) && (need == 0 || big.NewRat(int64(need), int64(len(x.items))).Cmp(def.MinAnswered.Rat()) < 0) {
		need++
	}
	x.known = c.count(id+" scored", id, func(r measuretest.Respondent) bool { return bits(c.answered(x.items, r)) >= need })
	c.list[x.known].base = true
	byItem := make([]form, len(x.items))
	sums := make([]form, len(x.items))
	var all, known form
	for pattern := 1; pattern < 1<<len(x.items); pattern++ {
		n := c.count(fmt.Sprint(id, " pattern ", pattern), id, func(r measuretest.Respondent) bool { return c.answered(x.items, r) == pattern })
		all, x.complete = append(all, part{n, 1}), n
		if bits(pattern) >= need {
			known = append(known, part{n, 1})
		}
		for j, it := range x.items {
			if pattern>>j&1 == 0 {
				continue
			}
			byItem[j] = append(byItem[j], part{n, 1})
			s := c.sum(fmt.Sprint(id, " pattern ", pattern, " sum of ", it), id, func(r measuretest.Respondent) float64 {
				if c.answered(x.items, r) != pattern {
					return 0
				}
				return c.points(it, r)
			})
			c.atMost(s, n)
			sums[j] = append(sums[j], part{s, 1})
			if bits(pattern) >= need {
				x.sum = append(x.sum, part{s, 1 / float64(bits(pattern))})
			}
		}
	}
	c.equal(x.known, known)
	c.relate(0, unbounded, append(form{{everyone, 1}}, form(nil).plus(-1, all)...)...)
	for j, it := range x.items {
		c.equal(c.items[it].answered, byItem[j])
		c.relate(0, 0, sums[j].plus(-1, c.sums[it])...)
	}
	c.sums[id] = x.sum
}

func bits(pattern int) int { return strings.Count(strconv.FormatInt(int64(pattern), 2), "1") }

// answered is the pattern of items that a respondent answered.
func (c *catalogue) answered(items []string, r measuretest.Respondent) int {
	pattern := 0
	for j, id := range items {
		if r.Answers[c.study.Framework.Items.Index(id)] >= 0 {
			pattern |= 1 << j
		}
	}
	return pattern
}

func (c *catalogue) points(item string, r measuretest.Respondent) float64 {
	return c.items[item].points[r.Answers[c.study.Framework.Items.Index(item)]]
}

// valueOf is a respondent's score of a construct, NaN without one.
func (c *catalogue) valueOf(construct string, r measuretest.Respondent) float64 {
	x := c.scores[construct]
	if c.list[x.known].value(r) == 0 {
		return math.NaN()
	}
	sum, n := 0.0, 0.0
	for _, it := range x.items {
		if r.Answers[c.study.Framework.Items.Index(it)] >= 0 {
			sum += c.points(it, r)
			n++
		}
	}
	return sum / n
}

// gap is of minus another, of those who have both.
func (c *catalogue) gap(id string, g study.Gap) {
	of, minus := c.scores[g.Of], c.scores[g.Minus]
	both := func(r measuretest.Respondent) bool {
		return c.list[of.known].value(r)*c.list[minus.known].value(r) == 1
	}
	n := c.count(id+" both", id, both)
	c.list[n].base = true
	c.bases[id] = n
	c.relate(0, unbounded, part{everyone, 1}, part{of.known, -1}, part{minus.known, -1}, part{n, 1})
	var sum form
	for i, x := range []*score{of, minus} {
		construct := []string{g.Of, g.Minus}[i]
		s := c.sum(id+" sum of "+construct, id, func(r measuretest.Respondent) float64 {
			if both(r) {
				return c.valueOf(construct, r)
			}
			return 0
		})
		c.atMost(s, n)
		c.atMost(n, x.known)
		c.relate(0, unbounded, x.sum.plus(-1, form{{s, 1}})...)
		c.relate(0, unbounded, form{{x.known, 1}, {n, -1}, {s, 1}}.plus(-1, x.sum)...)
		sum = append(sum, part{s, []float64{1, -1}[i]})
	}
	c.sums[id] = sum
}

func (c *catalogue) choice(id string, def study.Choice, tickedAny bool) {
	at := 0
	for _, e := range c.study.Framework.Choices {
		if e.ID == id {
			break
		}
		at += len(e.Value.Options)
	}
	n := c.count(id+" seen", id, func(r measuretest.Respondent) bool { return r.Ticks[at] >= 0 })
	c.list[n].base = true
	c.bases[id] = n
	c.atMost(n, everyone)
	var all form
	for o, e := range def.Options {
		q := c.count(id+" "+e.ID, id, func(r measuretest.Respondent) bool { return r.Ticks[at+o] == 1 })
		c.atMost(q, n)
		c.counts[id+" "+e.ID] = form{{q, 1}}
		all = append(all, part{q, 1})
	}
	if tickedAny {
		c.relate(0, unbounded, append(all, part{n, -1})...)
	}
}
