package study

import (
	"slices"

	"github.com/caregap/caregap/internal/fold"
)

// merges are the merge rules that hold, by variable. Each is applied to what the
// ones before it left.
type merges []variableMerge

type variableMerge struct {
	variable string
	rules    []MergeRule
}

// into are the ids that a variable's rules make, which codebooks may map to.
func (m merges) into(variable string) []string {
	var out []string
	for _, v := range m {
		if v.variable != variable {
			continue
		}
		for _, r := range v.rules {
			out = append(out, r.Into)
		}
	}
	return out
}

// merge checks the merge rules against the framework.
func (l *loader) merge(s *Study, file *StudyFile, at places) merges {
	c := checker{l.list, at}
	var out merges
	for _, e := range file.Merge {
		p := to("merge", e.ID)
		v, ok := s.Framework.Variables.Get(e.ID)
		switch {
		case !ok:
			c.unknown(p, e.ID, s.Framework.Variables.IDs(), "merge: there is no variable %q", short(e.ID))
		case v.Organisation:
			c.problem("bad-merge", p, "merge: variable %q is an organisation and has no categories", e.ID)
		default:
			out = append(out, variableMerge{e.ID, c.rules(p, v.Categories, e.Value)})
		}
	}
	return out
}

// rules checks the rules of one variable in order.
func (c checker) rules(p keyPath, categories Map[string], rules []MergeRule) []MergeRule {
	for i, r := range rules {
		at := p.to(i)
		c.id(c.at.value(at.to("into")), "category", r.Into)
		c.among(at.to("categories"), r.Categories, categories.IDs(), "merge", "category")
		c.twice(at.to("categories"), r.Categories, "merge")
		if categories.Index(r.Into) >= 0 && !slices.Contains(r.Categories, r.Into) {
			c.problem("duplicate-id", at.to("into"), "merge: %q is a category already; name it in categories too", r.Into)
		}
		for _, id := range r.Categories {
			title, _ := categories.Get(id)
			rules[i].Titles = append(rules[i].Titles, title)
		}
		categories = mergeCategories(categories, r)
	}
	return rules
}

// mergeCategories puts r.Into at the place of the first category it replaces.
func mergeCategories(categories Map[string], r MergeRule) Map[string] {
	var out Map[string]
	placed := false
	for _, e := range categories {
		switch {
		case !slices.Contains(r.Categories, e.ID):
			out = append(out, e)
		case !placed:
			out = append(out, Entry[string]{ID: r.Into, Value: r.Title, Pos: e.Pos})
			placed = true
		}
	}
	return out
}

// apply changes the variables and the codebooks' maps as the rules say.
func (m merges) apply(s *Study, l *loader) {
	for _, v := range m {
		i := s.Framework.Variables.Index(v.variable)
		categories := s.Framework.Variables[i].Value.Categories
		for _, r := range v.rules {
			for _, name := range l.books() {
				r.applyTo(l.codebooks[name].book, v.variable, categories)
			}
			categories = mergeCategories(categories, r)
		}
		s.Framework.Variables[i].Value.Categories = categories
	}
}

// applyTo turns what a codebook maps to the old categories to the new one. The
// old labels and ids are added to its map, as an export that needs no map has
// them as they are.
func (r MergeRule) applyTo(b *Codebook, variable string, old Map[string]) {
	i := b.Variables.Index(variable)
	if i < 0 {
		return
	}
	v := &b.Variables[i].Value
	out := make(Map[string], 0, len(v.Map)+2*len(r.Categories))
	known := map[string]bool{}
	for _, e := range v.Map {
		if slices.Contains(r.Categories, e.Value) {
			e.Value = r.Into
		}
		known[fold.String(e.ID)] = true
		out = append(out, e)
	}
	for _, id := range r.Categories {
		label, _ := old.Get(id)
		for _, key := range []string{label, id} {
			if folded := fold.String(key); folded != "" && !known[folded] {
				known[folded] = true
				out = append(out, Entry[string]{ID: key, Value: r.Into, Pos: r.Pos})
			}
		}
	}
	v.Map = out
}
