package linked

import (
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/study"
)

// SensitiveBreakdown reports whether a variable of a breakdown is sensitive.
func SensitiveBreakdown(d study.Disclosure, breakdown string) bool {
	if breakdown == "" || len(d.Sensitive) == 0 {
		return false
	}
	for _, v := range strings.Split(breakdown, ":") {
		if slices.Contains(d.Sensitive, v) {
			return true
		}
	}
	return false
}

// Sensitive reports whether a measure's shares in a breakdown are.
func Sensitive(d study.Disclosure, measure, breakdown string) bool {
	return d.SensitiveAll || slices.Contains(d.Sensitive, measure) || SensitiveBreakdown(d, breakdown)
}

// fill puts in the true numbers.
func (b *builder) fill() {
	b.Truth = table[int](b.System)
	for i := range b.Rows {
		row := &b.Rows[i]
		r := &b.rows[row.Index]
		x := b.Truth[row.Domain]
		x[Respondents] = max(x[Respondents], r.Respondents, r.Base)
		for k, q := range b.Joint.Quantities {
			if r.Joint != nil {
				x[q] = r.Joint[b.Joint.place(k)]
			}
		}
		if q := b.quantity(Cell{Measure: r.Measure}, "high"); q >= 0 {
			row.Options = append(row.Options, q)
		}
		if row.Status != "" {
			continue
		}
		x[row.Base] = r.Base
		if row.Count >= 0 {
			x[row.Count] = r.Count
		}
		if row.Rest >= 0 {
			x[row.Rest] = r.Base - r.Count
		}
		b.fillOptions(row, r, x)
	}
	b.fillHigh()
}

// fillOptions puts in who gave which answer of a sensitive item, and who did not.
func (b *builder) fillOptions(row *Row, r *estimate.Row, x []int) {
	all := 0
	for _, n := range r.Options {
		all += n
	}
	for o, n := range r.Options {
		code := b.code(r.Measure, o)
		if q := b.quantity(Cell{Measure: r.Measure}, code); q >= 0 {
			rest := b.quantity(Cell{Measure: r.Measure}, "not "+code)
			x[q], x[rest] = n, all-n
			row.Options = append(row.Options, q, rest)
		}
	}
}

// Publish notes what is known once the rows that are not hidden are published.
func (s *System) Publish(hidden func(row int) bool) {
	s.Known = table[bool](s)
	shown := table[bool](s)
	open := map[Site]bool{}               // with figures
	s.Known[Everyone][Respondents] = true // the ledger has them
	for i := range s.Rows {
		row := &s.Rows[i]
		row.Hidden = hidden(row.Index)
		if row.Hidden {
			continue
		}
		if row.Status == "" {
			open[Site{row.Domain, row.Cell}] = true
		}
		// That nobody answered is said openly, whatever else is hidden.
		for _, q := range append([]int{row.Base, row.Count, row.Rest}, row.Options...) {
			if q >= 0 {
				s.Known[row.Domain][q] = true
				shown[row.Domain][q] = shown[row.Domain][q] || row.Status == ""
			}
		}
	}
	s.leastRespondents()
	s.deduce(open, func(d, q int) { s.Known[d][q], shown[d][q] = true, true })
	for d := range s.Domains {
		if s.Counted != nil && s.Counted(d) {
			s.Known[d][Respondents], shown[d][Respondents] = true, true
		}
	}
	for _, m := range s.Margins {
		if m.Rest < 0 {
			continue
		}
		for q := range s.Quantities {
			s.Known[m.Rest][q] = s.Quantities[q].Local || slices.ContainsFunc(m.Parts, func(d int) bool { return shown[d][q] })
		}
	}
}

func table[T any](s *System) [][]T {
	out := make([][]T, len(s.Domains))
	for d := range out {
		out[d] = make([]T, len(s.Quantities))
	}
	return out
}

// leastRespondents: where some of a breakdown is shown, a category that nobody is
// in is called empty, so that one that is hidden is known to have somebody.
func (s *System) leastRespondents() {
	open := map[int]bool{} // breakdowns with a row that is not hidden
	for i := range s.Rows {
		if r := &s.Rows[i]; !r.Hidden {
			open[s.Domains[r.Domain].set] = true
		}
	}
	s.Least = make([]int, len(s.Domains))
	for d := range s.Domains {
		x := &s.Domains[d]
		if !x.Virtual && x.RestOf < 0 && open[x.set] && s.Truth[d][Respondents] > 0 {
			s.Least[d] = 1
		}
	}
}

// code is the level of an item's option.
func (b *builder) code(item string, option int) string {
	_, scale, _ := b.Study.Framework.ItemScale(item)
	if scale.Min != nil {
		return strconv.Itoa(*scale.Min + option)
	}
	return strconv.Itoa(option + 1)
}

// rests adds who is left over by a margin. Their number is taken as known as soon
// as one part of the margin is shown: the row that sets a category against the rest
// tells how many named any.
func (b *builder) rests() {
	b.sumVirtual()
	for m := range b.Margins {
		x := b.Margins[m]
		if b.left(x, Respondents) <= 0 {
			continue
		}
		b.addRest(m)
		truth := make([]int, len(b.Quantities))
		for q := range b.Quantities {
			if !b.Quantities[q].Local {
				truth[q] = max(0, b.left(x, q))
			}
		}
		b.Truth = append(b.Truth, truth)
	}
	b.leftOvers()
}

func (b *builder) left(x Margin, q int) int {
	n := b.Truth[x.Total][q]
	for _, d := range x.Parts {
		n -= b.Truth[d][q]
	}
	return n
}

// sumVirtual gives virtual domains the numbers of their parts: who has no category
// in what they are summed over is in no row.
func (b *builder) sumVirtual() {
	for m := range b.Margins {
		x := b.Margins[m]
		if !b.Domains[x.Total].Virtual {
			continue
		}
		for q := range b.Quantities {
			n := 0
			for _, d := range x.Parts {
				n += b.Truth[d][q]
			}
			b.Truth[x.Total][q] = max(b.Truth[x.Total][q], n)
		}
	}
}

// dropBroken leaves out relations that the truth itself does not keep: nobody can
// count on them.
func (b *builder) dropBroken() {
	b.Relations = slices.DeleteFunc(b.Relations, func(r Relation) bool {
		for d := range b.Domains {
			if !b.guessed(d) && !r.Holds(b.Truth[d]) {
				b.Broken++
				return true
			}
		}
		return false
	})
}

// guessed reports a domain whose numbers no row tells, not even by subtraction.
func (b *builder) guessed(d int) bool {
	x := &b.Domains[d]
	return x.Virtual || x.RestOf >= 0 && b.Domains[b.Margins[x.RestOf].Total].Virtual
}

// Holds reports whether a domain's quantities keep the relation.
func (r Relation) Holds(x []int) bool {
	sum := 0
	for _, t := range r.Terms {
		sum += t.Times * x[t.Quantity]
	}
	return sum == 0 || sum > 0 && !r.Equal
}
