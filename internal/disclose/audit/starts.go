package audit

import "github.com/caregap/caregap/internal/disclose/linked"

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
		out = c.instead(out, &c.Items[i])
	}
	return append(out, []change{{q, 1}})
}

// instead adds ways in which somebody gives one answer to a question in place of
// another, or is unsure.
func (c *caster) instead(out [][]change, x *linked.Item) [][]change {
	q := c.f.Quantity
	if q == x.Unsure {
		return append(out, c.unsure(x)...)
	}
	for i, a := range x.Answers {
		for j, b := range x.Answers {
			one, other := x.Nets[x.Net[i]], x.Nets[x.Net[j]]
			if q != a && q != one || q == other || a == b || !c.open[a] || !c.open[b] {
				continue
			}
			way := []change{{a, 1}, {b, -1}}
			// The answers of a sensitive item are its options, else they are the nets.
			if len(x.Rests) > 0 && one != other && one >= 0 && other >= 0 {
				way = append(way, change{one, 1}, change{other, -1})
			}
			out = append(out, way)
		}
	}
	return out
}

// unsure lists ways in which somebody is unsure in place of an answer.
func (c *caster) unsure(x *linked.Item) [][]change {
	var out [][]change
	for i, a := range x.Answers {
		net := x.Nets[x.Net[i]]
		if !c.open[a] || !c.open[x.Base] {
			continue
		}
		way := []change{{x.Unsure, 1}, {x.Base, -1}, {a, -1}}
		if net != a && net >= 0 {
			way = append(way, change{net, -1})
		}
		out = append(out, way)
	}
	return out
}
