package draft

import (
	"fmt"

	"github.com/caregap/caregap/internal/study"
)

// constructs puts each item on the side that its words say. Those that no word
// sorts stand apart, by scale.
func (g *guess) constructs() {
	items := map[string]study.Names{}
	for _, e := range g.f.Items {
		s := sideOf(e.Value.Title)
		items[s] = append(items[s], e.ID)
	}
	for _, s := range sides {
		all := items[s.id]
		if !g.exact(all) {
			scale := g.scaleOf(all[0])
			items[unsorted] = append(items[unsorted], g.onScale(all, scale, false)...)
			all = g.onScale(all, scale, true)
		}
		g.construct(s.id, s.title, all)
	}
	for _, s := range g.f.Scales {
		g.construct(unsorted+"_"+s.ID, "To be sorted", g.onScale(items[unsorted], s.ID, true))
	}
}

func (g *guess) scaleOf(item string) string {
	v, _ := g.f.Items.Get(item)
	return v.Scale
}

// onScale are the items that are, or are not, on a scale.
func (g *guess) onScale(items study.Names, scale string, on bool) study.Names {
	var out study.Names
	for _, i := range items {
		if (g.scaleOf(i) == scale) == on {
			out = append(out, i)
		}
	}
	return out
}

// exact reports whether the scores of items can be added up exactly: their scales
// may have too little in common.
func (g *guess) exact(items study.Names) bool {
	n := min(len(items), maxItems)
	return n == 0 || g.f.PointUnit(study.Construct{Items: items}) <= study.MaxPoints/n
}

// construct adds a construct, or as many as its items need.
func (g *guess) construct(id, title string, items study.Names) {
	for n := 1; len(items) > 0; n++ {
		part := items[:min(len(items), maxItems)]
		items = items[len(part):]
		e := study.Entry[study.Construct]{ID: id, Value: study.Construct{Title: title, Items: part}}
		if n > 1 {
			e.ID = fmt.Sprintf("%s_%d", id, n)
		}
		g.f.Constructs = append(g.f.Constructs, e)
	}
}

// gaps adds a gap and the quadrant where both sides were found.
func (g *guess) gaps() {
	has := func(id string) bool { return g.f.Constructs.Index(id) >= 0 }
	for _, side := range []string{"ability", "capacity"} {
		if has("will") && has(side) {
			g.f.Gaps = append(g.f.Gaps, study.Entry[study.Gap]{ID: side + "_gap", Value: study.Gap{Of: "will", Minus: side}})
		}
	}
	if has("will") && has("capacity") {
		q := study.Quadrant{Title: "Willing, without the capacity", High: study.Names{"will"}, Low: study.Names{"capacity"}}
		g.f.Quadrants = append(g.f.Quadrants, study.Entry[study.Quadrant]{ID: "held_back", Value: q})
	}
}
