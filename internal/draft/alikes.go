package draft

import (
	"fmt"
	"slices"
	"strings"
)

// alikes notes which items may be one: what two exports ask on one scale in nearly
// the same words. Whether it is one question is not for a program to say.
func (g *guess) alikes() {
	var titles []string
	for _, e := range g.f.Items {
		titles = append(titles, e.Value.Title)
	}
	w := weigh(titles)
	for i, e := range g.f.Items {
		best, most := "", enough
		for _, o := range g.f.Items[:i] {
			if s := w.alike(e.Value.Title, o.Value.Title); s > most && o.Value.Scale == e.Value.Scale && !g.together(e.ID, o.ID) {
				best, most = o.ID, s
			}
		}
		if best != "" {
			g.notes[e.ID] = strings.TrimPrefix(g.notes[e.ID]+fmt.Sprintf("; %.2f like %s: one item?", min(most, 0.99), best), "; ")
		}
	}
}

// together reports whether one export asks both items.
func (g *guess) together(a, b string) bool {
	return slices.ContainsFunc(g.found, func(f found) bool {
		_, one := f.items[a]
		_, two := f.items[b]
		return one && two
	})
}
