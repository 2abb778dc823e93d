package audit

import (
	"slices"

	"github.com/caregap/caregap/internal/disclose/linked"
)

// starts are the least that makes what is looked at grow: of the rest of a share one
// more in the base, or one fewer in the share; of an answer one more in place of
// another.
func (c *caster) starts() [][]change {
	q := c.f.Quantity
	for _, x := range c.Rests {
		if x.Rest == q {
			return [][]change{{{x.Count, -1}}, {{x.Base, 1}}}
		}
	}
	var out [][]change
	for i := range c.Items {
		x := &c.Items[i]
		if c.Quantities[x.Base].Cell != c.Quantities[q].Cell {
			continue
		}
		if q == x.Unsure {
			out = append(out, c.unsure(x)...)
		} else {
			out = append(out, c.instead(x)...)
		}
	}
	return append(out, []change{{q, 1}})
}

// instead lists ways in which somebody gives one answer to a question in place of another.
func (c *caster) instead(x *linked.Item) [][]change {
	q := c.f.Quantity
	var out [][]change
	for i, a := range x.Answers {
		if q != a && q != x.Nets[x.Net[i]] {
			continue
		}
		for j, b := range x.Answers {
			if i != j && q != x.Nets[x.Net[j]] && c.open[a] && c.open[b] {
				out = append(out, slices.Concat(answering(x, i, 1), answering(x, j, -1)))
			}
		}
	}
	return out
}

// unsure lists ways in which somebody is unsure in place of an answer.
func (c *caster) unsure(x *linked.Item) [][]change {
	var out [][]change
	for i, a := range x.Answers {
		if c.open[a] && c.open[x.Base] {
			out = append(out, append(answering(x, i, -1), change{x.Unsure, 1}, change{x.Base, -1}))
		}
	}
	return out
}

// answering is so many more who give an answer: it and its net, which are one unless the
// question is sensitive.
func answering(x *linked.Item, answer, by int) []change {
	out := []change{{x.Answers[answer], by}}
	if net := x.Nets[x.Net[answer]]; net >= 0 && net != x.Answers[answer] {
		out = append(out, change{net, by})
	}
	return out
}
