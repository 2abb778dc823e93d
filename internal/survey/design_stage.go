package survey

import (
	"slices"
	"strconv"
)

// build puts the stages together. Stages below one without FPC add exactly
// nothing and are left out.
func (b *builder) build() *design {
	d := &design{Lonely: b.Lonely, DomainLonely: b.DomainLonely, stratified: b.Stages[0].Strata != nil}
	var all []*stage
	var above *stage
	for i := range b.Stages {
		above = b.stage(i, above)
		all = append(all, above)
	}
	if all[0].units == 1 {
		b.problems.add("the design has only one PSU")
	}
	b.fromFPC(all)
	for _, s := range all {
		if slices.ContainsFunc(s.strata, func(h stratum) bool { return h.multiplier > 0 }) {
			d.stages = append(d.stages, s)
		}
	}
	return d
}

// stage numbers the units of a stage in the order of (unit above, stratum, id).
//
//gosec:disable G115 -- units are no more than rows, which are counted in int32
func (b *builder) stage(i int, above *stage) *stage {
	given := b.Stages[i]
	s := &stage{number: i + 1, unit: make([]int32, b.Rows), rows: given.Units == nil}
	if s.rows {
		s.stratum = make([]int32, b.Rows)
	}
	var parent []int32
	if above != nil {
		parent = above.unit
	}
	order := sortRows(b.Rows, given.Units, given.Strata, parent)
	last := int32(-1)
	for _, k := range order {
		newStratum := last < 0 || differ(parent, k, last) || differ(given.Strata, k, last)
		if newStratum {
			s.strata = append(s.strata, b.newStratum(given, above, k, int32(s.units)))
		}
		h := &s.strata[len(s.strata)-1]
		if newStratum || s.rows || differ(given.Units, k, last) {
			s.units++
			h.n++
		}
		s.unit[k] = int32(s.units - 1)
		if s.rows {
			s.stratum[k] = int32(len(s.strata) - 1)
		}
		last = k
	}
	b.fractions(given, s, order)
	b.checkNested(i, given, parent)
	return s
}

func differ(codes []int32, a, b int32) bool { return codes != nil && codes[a] != codes[b] }

// newStratum is the stratum of row k, which comes after n units.
func (b *builder) newStratum(given Stage, above *stage, k, n int32) stratum {
	h := stratum{first: n, multiplier: 1}
	if given.Strata != nil {
		h.name = named(given.StratumName, given.Strata[k])
	}
	if above != nil {
		h.parent = above.unit[k]
		up := above.stratumOf(h.parent)
		h.multiplier = up.multiplier * up.f
		h.parentNamed = b.unitName(above.number-1, k)
	}
	return h
}

func named(name func(int32) string, code int32) string {
	if name == nil {
		return strconv.Itoa(int(code))
	}
	return name(code)
}

func (b *builder) unitName(stage int, k int32) string {
	s := b.Stages[stage]
	return named(s.UnitName, s.Units[k])
}

// stratumOf finds the stratum in which a unit lies.
func (s *stage) stratumOf(unit int32) *stratum {
	i, found := slices.BinarySearchFunc(s.strata, unit, func(h stratum, u int32) int { return int(h.first - u) })
	if !found {
		i--
	}
	return &s.strata[i]
}

// called is what messages call a stratum.
func (h *stratum) called(stage int) string {
	text := "the sample"
	if h.name != "" {
		text = "stratum " + h.name
	}
	if stage == 1 {
		return text
	}
	if h.name == "" {
		return "unit " + h.parentNamed
	}
	return text + " of unit " + h.parentNamed
}

// fractions sets the sampling fractions from the FPC, which must be constant
// within a stratum and leave no stratum more units than its population has.
func (b *builder) fractions(given Stage, s *stage, order []int32) {
	if given.FPC == nil {
		return
	}
	at := 0
	for i := range s.strata {
		h := &s.strata[i]
		value, same := given.FPC[order[at]], true
		for ; at < len(order) && s.unit[order[at]] < h.first+h.n; at++ {
			same = same && given.FPC[order[at]] == value
		}
		switch {
		case !same:
			b.problems.add("stage %d: fpc: %s has more than one value", s.number, h.called(s.number))
		case !b.counts:
			h.f = value
		case value < float64(h.n):
			b.problems.add("stage %d: fpc: %s has %d units in the sample but a population of %v", s.number, h.called(s.number), h.n, value)
		default:
			h.f = float64(h.n) / value
		}
	}
}

// checkNested finds units that lie in two strata, unless ids are given within strata.
func (b *builder) checkNested(i int, given Stage, parent []int32) {
	if b.Nest || given.Units == nil || given.Strata == nil {
		return
	}
	order := sortRows(b.Rows, given.Strata, given.Units, parent)
	said := int32(-1)
	for j := 1; j < len(order); j++ {
		k, last := order[j], order[j-1]
		if differ(given.Units, k, last) || differ(parent, k, last) || !differ(given.Strata, k, last) || said == given.Units[k] {
			continue
		}
		said = given.Units[k]
		b.problems.add("stage %d: unit %s is in stratum %s and in stratum %s; if ids are given within strata, say so (nest)", i+1,
			b.unitName(i, k), named(given.StratumName, given.Strata[last]), named(given.StratumName, given.Strata[k]))
	}
}

// fromFPC makes weights where none are given: 1 over the product of the sampling
// fractions.
func (b *builder) fromFPC(all []*stage) {
	if b.Weights != nil || len(b.problems.Messages) > 0 {
		return
	}
	b.Weights = make([]float64, b.Rows)
	for k := range b.Weights {
		b.Weights[k] = 1
	}
	if b.Stages[0].FPC == nil {
		b.warnings = append(b.warnings, "no weights and no FPC are given: every row has weight 1")
		return
	}
	for i, s := range all {
		if b.Stages[i].FPC == nil {
			return
		}
		b.expand(s)
	}
}

// expand multiplies weights by N/n of a stage.
func (b *builder) expand(s *stage) {
	factor := make([]float64, s.units)
	for i := range s.strata {
		h := &s.strata[i]
		if h.f == 0 {
			b.problems.add("stage %d: fpc: %s has an infinite population, from which no weights can be had", s.number, h.called(s.number))
		}
		for u := h.first; u < h.first+h.n; u++ {
			factor[u] = 1 / h.f
		}
	}
	for k, u := range s.unit {
		b.Weights[k] *= factor[u]
	}
}

// sortRows gives the rows in the order of the keys, the last of which counts
// most; nil ones count for nothing. Rows of equal keys stay in their order.
func sortRows(rows int, keys ...[]int32) []int32 {
	order := make([]int32, rows)
	for k := range order {
		order[k] = int32(k)
	}
	for _, key := range keys {
		if key != nil {
			order = countingSort(order, key)
		}
	}
	return order
}

func countingSort(order, key []int32) []int32 {
	starts := make([]int32, int(slices.Max(key))+2)
	for _, code := range key {
		starts[code+1]++
	}
	for i := 1; i < len(starts); i++ {
		starts[i] += starts[i-1]
	}
	out := make([]int32, len(order))
	for _, k := range order {
		out[starts[key[k]]] = k
		starts[key[k]]++
	}
	return out
}
