package estimate

import (
	"sort"
	"strings"

	"github.com/caregap/caregap/internal/study"
)

// group is a domain with its name: everyone, or one category of a breakdown.
type group struct {
	breakdown, category string
	partition           int
	index               int32 // category within the partition, or -1 for everyone
	domain              domain
	rest                domain // of a single-variable breakdown's category
	single              bool
	organisations       int // 1 for the category of an organisation, else -1
	respondents         int
}

// makeGroups lists everyone and the categories of every breakdown, in the
// declared order; organisations by name.
func (e *waveEstimator) makeGroups() {
	everyone := group{partition: 0, index: -1, organisations: -1, domain: e.domainOf(0, func(int32) bool { return true })}
	e.groups = []group{everyone}
	for i, b := range e.study.Breakdowns {
		if !e.hasAll(b) {
			continue
		}
		for _, c := range e.categories(i) {
			g := group{breakdown: strings.Join(b, ":"), category: c.name, partition: i, index: c.index, single: len(b) == 1, organisations: -1}
			if e.byOrganisation(b) {
				g.organisations = 1
			}
			g.domain = e.domainOf(i, func(x int32) bool { return x == c.index })
			if g.single && g.organisations < 0 {
				g.rest = e.domainOf(i, func(x int32) bool { return x >= 0 && x != c.index })
			}
			e.groups = append(e.groups, g)
		}
	}
	for i := range e.groups {
		e.groups[i].respondents = e.groups[i].domain.respondents()
	}
}

// domainOf makes the domain of the categories of a partition for which keep holds.
func (e *waveEstimator) domainOf(partition int, keep func(category int32) bool) domain {
	out := domainOf(e.Moments.Partitions[partition], e.ordered[partition], keep)
	if e.raked == nil {
		return out
	}
	out.byRaking = e.Moments.Raked.Partitions[partition]
	for _, c := range e.raked[partition] {
		if keep(c.category) {
			out.raked = append(out.raked, c)
		}
	}
	return out
}

func (e *waveEstimator) hasAll(b study.Breakdown) bool {
	for _, v := range b {
		if !e.study.Asked(e.Survey.ID, e.Wave.Wave.ID, v) {
			return false
		}
	}
	return true
}

func (e *waveEstimator) byOrganisation(b study.Breakdown) bool {
	for _, id := range b {
		if v, _ := e.study.Framework.Variables.Get(id); v.Organisation {
			return true
		}
	}
	return false
}

type category struct {
	name  string
	index int32
}

// categories lists the categories of a breakdown, the last variable of a crossed
// one fastest, as the partition numbers them.
func (e *waveEstimator) categories(breakdown int) []category {
	out := []category{{"", 0}}
	strides := e.plan.Strides(breakdown)
	for i, v := range e.plan.Partitions[breakdown] {
		names := e.categoryNames(v)
		var next []category
		for _, c := range out {
			for _, n := range names {
				name := n.name
				if c.name != "" {
					name = c.name + ":" + n.name
				}
				next = append(next, category{name, c.index + strides[i]*n.index})
			}
		}
		out = next
	}
	return out
}

// place returns where a category stands in its partition: by its number, and by
// name where an organisation makes the number a matter of chance.
func (e *waveEstimator) place(partition int) func(category int32) int32 {
	for i, v := range e.plan.Partitions[partition] {
		if e.Names.Organisations[v] == nil {
			continue
		}
		stride := e.plan.Strides(partition)[i]
		byName := map[int32]int32{}
		for at, c := range e.categoryNames(v) {
			byName[c.index] = int32(at)
		}
		return func(category int32) int32 {
			if category < 0 {
				return category
			}
			return byName[category/stride]*stride + category%stride
		}
	}
	return func(category int32) int32 { return category }
}

func (e *waveEstimator) categoryNames(v int) []category {
	var out []category
	if names := e.Names.Organisations[v]; names != nil {
		for i := range names.Len() {
			out = append(out, category{names.Text(int32(i)), int32(i)})
		}
		sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
		return out
	}
	for i, c := range e.plan.Schema.Variables[v].Variable.Categories {
		out = append(out, category{c.ID, int32(i)})
	}
	return out
}
