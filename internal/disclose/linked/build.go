package linked

import (
	"slices"
	"strconv"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/study"
)

// Build makes the systems of a table, in its order. Nothing is known in them until
// Publish.
func Build(s *study.Study, rows []estimate.Row) []*System {
	type wave struct{ survey, wave string }
	index := map[wave]int{}
	var places [][]int
	for i := range rows {
		r := &rows[i]
		if r.Contrast != "" || r.Survey == estimate.Average || FewOrganisations(r) {
			continue
		}
		k := wave{r.Survey, r.Wave}
		at, ok := index[k]
		if !ok {
			at = len(places)
			index[k] = at
			places = append(places, nil)
		}
		places[at] = append(places[at], i)
	}
	out := make([]*System, len(places))
	for i, p := range places {
		b := &builder{rows: rows, places: p, System: &System{Survey: rows[p[0]].Survey, Wave: rows[p[0]].Wave, Study: s, Lattice: newLattice(), cells: map[Cell]int{}}}
		out[i] = b.build()
	}
	return out
}

// MinOrganisations is how many organisations a category of an organisation
// breakdown must hold.
const MinOrganisations = 3

// FewOrganisations reports a row about too few organisations. Nothing of such a row
// is ever shown, nor of those beside it, so that they join nothing.
func FewOrganisations(r *estimate.Row) bool {
	return r.Organisations >= 0 && r.Organisations < MinOrganisations
}

type builder struct {
	*System
	rows      []estimate.Row
	places    []int
	byRow     map[quantityKey]int
	oneBase   map[string]bool // choices whose options have one base
	sensitive map[string]bool // items whose options count
	scored    map[string]bool // constructs whose score decides on a side of a quadrant
}

type quantityKey struct {
	cell Cell
	what string
}

func (b *builder) build() *System {
	b.byRow = map[quantityKey]int{}
	b.add(quantityKey{what: "respondents"}, -1, false)
	b.findBases()
	b.findScored()
	for _, i := range b.places {
		b.place(i)
	}
	b.close()
	b.relate()
	b.fill()
	b.rests()
	b.index()
	b.findSums()
	b.dropBroken()
	b.With = make([][]int, len(b.Quantities))
	for i, r := range b.Relations {
		if r.Derived {
			continue
		}
		for _, t := range r.Terms {
			b.With[t.Quantity] = append(b.With[t.Quantity], i)
		}
	}
	return b.System
}

func (b *builder) add(k quantityKey, base int, local bool) int {
	if at, ok := b.byRow[k]; ok {
		return at
	}
	cell := -1
	if k.cell.Measure != "" {
		cell = b.cell(k.cell)
	}
	b.byRow[k] = len(b.Quantities)
	b.Quantities = append(b.Quantities, Quantity{Cell: cell, What: k.what, Local: local, Base: base})
	return len(b.Quantities) - 1
}

func (b *builder) cell(c Cell) int {
	at, ok := b.cells[c]
	if !ok {
		at = len(b.Cells)
		b.cells[c] = at
		b.Cells = append(b.Cells, c)
	}
	return at
}

// quantity is a quantity that has been added, or -1.
func (b *builder) quantity(c Cell, what string) int {
	if at, ok := b.byRow[quantityKey{c, what}]; ok {
		return at
	}
	return -1
}

// findBases tells which choices have one base for all their options, and which
// items' single options are to be protected.
func (b *builder) findBases() {
	type at struct{ measure, breakdown, category string }
	bases := map[at]int{}
	b.oneBase, b.sensitive = map[string]bool{}, map[string]bool{}
	d := b.Study.Disclosure
	for _, i := range b.places {
		r := &b.rows[i]
		switch b.Study.Framework.KindOf(r.Measure) {
		case study.KindChoice:
			k := at{r.Measure, r.Breakdown, r.Category}
			n, seen := bases[k]
			if one, ok := b.oneBase[r.Measure]; !ok || one {
				b.oneBase[r.Measure] = !seen || n == r.Base
			}
			bases[k] = r.Base
		case study.KindItem:
			b.sensitive[r.Measure] = b.sensitive[r.Measure] || r.Options != nil && (d.SensitiveAll || slices.Contains(d.Sensitive, r.Measure) || b.sensitiveBreakdown(r.Breakdown))
		}
	}
}

// findScored tells which constructs' scores decide on sides of quadrants.
func (b *builder) findScored() {
	b.scored = map[string]bool{}
	for _, id := range measure.Sides(b.Study.Framework) {
		c, _ := b.Study.Framework.Constructs.Get(id)
		b.scored[id] = c.Headline == ""
	}
}

// place finds a row's domain, cell and quantities.
func (b *builder) place(i int) {
	r := &b.rows[i]
	if r.Status != "" && r.Status != "w" {
		return
	}
	row := Row{Index: i, Domain: b.Lattice.add(b.Study.Framework, r.Breakdown, r.Category), Cell: b.cell(CellOf(r.Key)), Count: -1, Status: r.Status, Organisations: r.Organisations}
	row.Base, row.Count = b.quantitiesOf(r)
	row.Rest = b.restOf(r, row)
	b.Rows = append(b.Rows, row)
}

// quantitiesOf are the base and the count of a row; the count is -1 where it is
// no share.
func (b *builder) quantitiesOf(r *estimate.Row) (base, count int) {
	cell := Cell{Measure: r.Measure}
	add := func(what string, base int, local bool) int { return b.add(quantityKey{cell, what}, base, local) }
	kind := b.Study.Framework.KindOf(r.Measure)
	switch {
	case r.Statistic != "share":
		base = add("base", -1, false)
		if b.scored[r.Measure] {
			add("high", base, false)
		}
		return base, -1
	case kind == study.KindItem && r.Level == "unsure":
		base = add("asked", -1, false)
		return base, add("unsure", base, false)
	case kind == study.KindQuadrant:
		return b.quadrantQuantities(r, cell)
	case kind == study.KindChoice && !b.oneBase[r.Measure]:
		base = add("base "+r.Level, -1, false)
	default:
		base = add("base", -1, false)
	}
	if kind == study.KindItem && !b.sensitive[r.Measure] && isCode(r.Level) {
		return base, -1 // a part of a net; nobody's secret
	}
	return base, add(r.Level, base, false)
}

// quadrantQuantities: those in a quadrant follow from the share of everyone and
// from that of those who are high; so both cells show them.
func (b *builder) quadrantQuantities(r *estimate.Row, cell Cell) (base, count int) {
	high := Cell{r.Measure, "of_high"}
	switch r.Level {
	case "", "of_high":
		base = b.add(quantityKey{cell, "base"}, -1, false)
		if r.Level == "of_high" {
			base = b.add(quantityKey{high, "base"}, -1, false)
		}
		return base, b.add(quantityKey{cell, "in"}, b.add(quantityKey{cell, "base"}, -1, false), false)
	case "strict":
		base = b.add(quantityKey{cell, "base"}, -1, false)
		return base, b.add(quantityKey{cell, "strict"}, base, false)
	default:
		base = b.add(quantityKey{cell, "base " + r.Level}, -1, true)
		return base, b.add(quantityKey{cell, r.Level}, base, true)
	}
}

// restOf counts those who are in the base of a sensitive share and not in it.
func (b *builder) restOf(r *estimate.Row, row Row) int {
	if row.Count < 0 || !Sensitive(b.Study.Disclosure, r.Measure, r.Breakdown) || IsAnswer(b.Study.Framework, r.Key) {
		return -1 // what is not one answer is had from the share unsure, everywhere
	}
	if q, ok := b.Study.Framework.Quadrants.Get(r.Measure); ok && r.Level == "of_high" && len(q.High) == 1 && len(q.Low) == 0 {
		return -1 // all that are high are in it
	}
	k := quantityKey{Cell{Measure: r.Measure}, "not " + r.Level}
	rest, met := b.byRow[k]
	if !met {
		rest = b.add(k, row.Base, b.Quantities[row.Count].Local)
		b.Rests = append(b.Rests, Rest{row.Base, row.Count, rest})
	}
	return rest
}

// IsAnswer reports whether a row is the share of one answer to an item.
func IsAnswer(f *study.Framework, k estimate.Key) bool {
	return k.Statistic == "share" && isCode(k.Level) && f.KindOf(k.Measure) == study.KindItem
}

func isCode(level string) bool {
	_, err := strconv.Atoi(level)
	return err == nil
}

func (b *builder) sensitiveBreakdown(breakdown string) bool {
	return SensitiveBreakdown(b.Study.Disclosure, breakdown)
}
