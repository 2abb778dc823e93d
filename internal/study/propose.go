package study

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/diag"
)

// Group counts the respondents of one wave by the categories of a variable, in
// the framework's order.
type Group struct {
	Survey, Wave, Variable string
	Respondents            []int
}

// proposal is a merge that would show what is hidden now.
type proposal struct {
	variable string
	small    []string // the categories that some wave has to hide for their size
	rule     MergeRule
	before   int // respondents in categories that are shown, over all waves
	after    int
}

// ProposeMerge looks for categories with fewer than min_base respondents in some
// wave, and for the fewest others that they would have to be put together with so
// that nothing of the breakdown has to be hidden. What it finds is one information
// with a merge for study.yaml to paste, the rules that are there included; nothing
// where no merge shows more. It names categories and waves, and no count.
func (s *Study) ProposeMerge(groups []Group) (diag.Diagnostic, bool) {
	var found []proposal
	for _, e := range s.Framework.Variables {
		if e.Value.Organisation || !s.brokenDownBy(e.ID) {
			continue
		}
		var waves []Group
		for _, g := range groups {
			if g.Variable == e.ID {
				waves = append(waves, g)
			}
		}
		if p, ok := s.propose(e.ID, e.Value.Categories, waves); ok {
			found = append(found, p)
		}
	}
	if len(found) == 0 {
		return diag.Diagnostic{}, false
	}
	var said []string
	for _, p := range found {
		said = append(said, fmt.Sprintf("%s: %s", p.variable, strings.Join(p.small, ", ")))
	}
	return diag.Diagnostic{Code: "small-groups", Severity: diag.Info, Pos: diag.Pos{File: "study.yaml"},
		Message: fmt.Sprintf("groups of fewer than %d respondents are hidden, with others that would give them away (%s); put together with others they would be shown", s.Disclosure.MinBase, strings.Join(said, "; ")),
		Hint:    s.mergeLine(found)}, true
}

func (s *Study) brokenDownBy(variable string) bool {
	return slices.ContainsFunc(s.Breakdowns, func(b Breakdown) bool { return slices.Contains(b, variable) })
}

// propose looks for the smallest set of categories to put together: those that are
// small, a category called other, and then the next by size until every wave holds.
func (s *Study) propose(variable string, categories Map[string], waves []Group) (proposal, bool) {
	order := bySize(len(categories), waves)
	p := proposal{variable: variable}
	var in []int
	for i, e := range categories {
		if small := s.smallIn(waves, []int{i}); small != "" {
			in = append(in, i)
			p.small = append(p.small, e.ID+" in "+small)
		}
	}
	if len(in) == 0 {
		return p, false
	}
	if other := categories.Index("other"); other >= 0 && !slices.Contains(in, other) {
		in = append(in, other)
	}
	for _, next := range order {
		if len(in) > 1 && s.smallIn(waves, in) == "" {
			break
		}
		if !slices.Contains(in, next) {
			in = append(in, next)
		}
	}
	if len(in) > len(categories)-1 || s.smallIn(waves, in) != "" {
		return p, false // one group is no breakdown
	}
	slices.Sort(in)
	for _, w := range waves {
		p.before += s.shown(w.Respondents)
		p.after += s.shown(merged(w.Respondents, in))
	}
	p.rule = ruleFor(categories, in)
	return p, p.after > p.before
}

// bySize orders categories by the fewest respondents that a wave which has any has
// of them.
func bySize(categories int, waves []Group) []int {
	least := make([]int, categories)
	order := make([]int, categories)
	for i := range order {
		order[i] = i
		for _, w := range waves {
			if n := w.Respondents[i]; n > 0 && (least[i] == 0 || n < least[i]) {
				least[i] = n
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(least[a], least[b]) })
	return order
}

// smallIn names the first wave that has somebody of the categories, but fewer than
// min_base; "" where there is none.
func (s *Study) smallIn(waves []Group, categories []int) string {
	for _, w := range waves {
		n := 0
		for _, c := range categories {
			n += w.Respondents[c]
		}
		if n > 0 && n < s.Disclosure.MinBase {
			return w.Survey + "/" + w.Wave
		}
	}
	return ""
}

// merged are the counts of a wave's groups once some are one.
func merged(counts []int, in []int) []int {
	out := []int{0}
	for i, n := range counts {
		if slices.Contains(in, i) {
			out[0] += n
			continue
		}
		out = append(out, n)
	}
	return out
}

// shown counts the respondents of a breakdown's groups that can be shown: those of
// the groups that are not small, less the smallest of these where what is hidden
// could be had by subtraction.
func (s *Study) shown(counts []int) int {
	sorted := slices.Sorted(slices.Values(counts))
	hidden, groups, all := 0, 0, 0
	for _, n := range sorted {
		all += n
		if n == 0 {
			continue
		}
		if n < s.Disclosure.MinBase || groups > 0 && (groups < 2 || hidden < s.Disclosure.MinBase) {
			hidden += n
			groups++
		}
	}
	return all - hidden
}

// ruleFor is the rule that puts categories into one. A category called other keeps
// its words.
func ruleFor(categories Map[string], in []int) MergeRule {
	r := MergeRule{Into: "other"}
	var titles []string
	for _, i := range in {
		r.Categories = append(r.Categories, categories[i].ID)
		titles = append(titles, categories[i].Value)
		if categories[i].ID == "other" {
			r.Title = categories[i].Value
		}
	}
	switch {
	case r.Title != "":
	case len(titles) == 2:
		r.Title = titles[0] + " or " + titles[1]
	default:
		r.Title = "Other groups"
	}
	return r
}

// mergeLine is study.yaml's merge with the rules that it has and those proposed.
func (s *Study) mergeLine(found []proposal) string {
	rules := slices.Clone(s.Merged)
	for _, p := range found {
		i := rules.Index(p.variable)
		if i < 0 {
			rules = append(rules, Entry[[]MergeRule]{ID: p.variable, Value: []MergeRule{p.rule}})
			continue
		}
		rules[i].Value = append(slices.Clone(rules[i].Value), p.rule)
	}
	var variables []string
	for _, e := range rules {
		var list []string
		for _, r := range e.Value {
			list = append(list, fmt.Sprintf("{into: %s, title: %s, categories: [%s]}", r.Into, strconv.Quote(r.Title), strings.Join(r.Categories, ", ")))
		}
		variables = append(variables, e.ID+": ["+strings.Join(list, ", ")+"]")
	}
	return "merge: {" + strings.Join(variables, ", ") + "}"
}
