// Package audit attacks what is about to be published, knowing the truth, and says
// which hidden numbers are safe. It neither knows nor asks why a number was hidden.
//
//  1. needs lists what must stay unknown: the bases of cells under min_base, the counts of sensitive shares under min_count,
//     and the shares and means that rest on such bases.
//  2. determined solves the published equations exactly, block by block: what
//     follows from them is not safe, whatever else.
//  3. For what is left it looks for other worlds: tables of whole numbers, none
//     negative, that keep every published number, every sum and every relation,
//     and differ from the truth. Two worlds that differ by 5 in a number show that
//     its feasible interval is at least that wide. check proves a world by plain
//     arithmetic, however it was found.
//
// A number for which no such worlds are found is reported as not safe; that more
// looking might have found some costs a hidden number more, and never a leak.
package audit

import (
	"slices"

	"github.com/caregap/caregap/internal/disclose/linked"
)

// Width is how wide the feasible interval of a protected base or count must be.
const Width = 5

// Need is a number that must stay unknown.
type Need struct {
	Domain, Quantity int
	Width            int // of its feasible interval, at least
	Row              int // a row of the table that is hidden for it
}

// Finding is what became of a need: its feasible interval reaches from Lo to Hi at
// least.
type Finding struct {
	Need
	Lo, Hi     int
	Determined bool   // follows from the published equations
	Binding    []Site // published numbers that keep it from moving
	Together   []Site // published numbers that all have to go, for people to change at all

	price     int    // of Together, in rows
	low, high *world // in which the number is Lo and Hi; nil for the truth
}

// Site is a cell in a domain.
type Site = linked.Site

// Safe reports whether the interval is as wide as it must be.
func (f *Finding) Safe() bool { return !f.Determined && f.Hi-f.Lo >= f.Width }

// Audit looks at every need of a system.
func Audit(s *linked.System) []Finding {
	p := newProber(s, needs(s))
	return p.run()
}

// Again looks again at what was not safe, once more is hidden: a world that held
// then mostly holds now. Verify tells.
func Again(s *linked.System, before []Finding) []Finding {
	known := map[[2]int]*Finding{}
	for i := range before {
		known[[2]int{before[i].Domain, before[i].Quantity}] = &before[i]
	}
	p := newProber(s, needs(s))
	for i := range p.findings {
		f := &p.findings[i]
		if old := known[[2]int{f.Domain, f.Quantity}]; old != nil {
			f.Lo, f.Hi, f.low, f.high = old.Lo, old.Hi, old.low, old.high
		}
	}
	return p.run()
}

// Verify proves once more, by arithmetic alone, that every finding is safe for what
// is published now. It returns the place of the first that is not, or -1.
// Numbers that excused names, by domain and quantity, need no proof.
func Verify(s *linked.System, findings []Finding, excused map[[2]int]bool) int {
	at := map[[2]int]int{}
	for i, f := range findings {
		at[[2]int{f.Domain, f.Quantity}] = i + 1
	}
	for i, n := range needs(s) {
		if excused[[2]int{n.Domain, n.Quantity}] {
			continue
		}
		j := at[[2]int{n.Domain, n.Quantity}] - 1
		if j < 0 {
			return i
		}
		f := findings[j]
		if !f.Safe() || f.Width < n.Width || f.end(s, f.low) != f.Lo || f.end(s, f.high) != f.Hi {
			return j
		}
	}
	return -1
}

// end is the number in a world that holds, or -1 where the world does not.
func (f *Finding) end(s *linked.System, w *world) int {
	if w == nil {
		return s.Truth[f.Domain][f.Quantity]
	}
	if w.s != s || !w.check() {
		return -1
	}
	return w.at(f.Domain)[f.Quantity]
}

func (p *prober) run() []Finding {
	for i := range p.findings {
		p.probe(&p.findings[i])
	}
	for _, i := range determined(p.System, p.findings) {
		p.findings[i].Determined = true
	}
	return p.findings
}

// needs lists what must stay unknown, each number once.
func needs(s *linked.System) []Need {
	n := &needer{System: s, at: map[[2]int]int{}}
	for i := range s.Rows {
		r := &s.Rows[i]
		base := s.Truth[r.Domain][r.Base]
		// A base of nobody protects nobody, unless it is itself a count.
		if r.Hidden && (base > 0 || s.Cells[r.Cell].Part != "" && s.Truth[r.Domain][s.Quantities[r.Count].Base] > 0) {
			n.row(r, base)
		}
	}
	return n.out
}

type needer struct {
	*linked.System
	out []Need
	at  map[[2]int]int
}

func (n *needer) add(r *linked.Row, quantity, width int) {
	k := [2]int{r.Domain, quantity}
	at, ok := n.at[k]
	if !ok {
		at = len(n.out)
		n.at[k] = at
		n.out = append(n.out, Need{Domain: r.Domain, Quantity: quantity, Row: r.Index})
	}
	n.out[at].Width = max(n.out[at].Width, width)
}

func (n *needer) row(r *linked.Row, base int) {
	d := n.Study.Disclosure
	width := Width
	if base < d.MinBase {
		n.add(r, r.Base, Width)
		// Who is in a quadrant may be known: of how many that are high is not.
		if r.Count >= 0 && n.Cells[r.Cell].Part == "" {
			some := n.Truth[r.Domain][r.Count]
			n.add(r, r.Count, min(1, some, base-some))
		}
		width = min(Width, base) // what the cell would leave open were its base known
	}
	if !linked.Sensitive(d, n.Cells[r.Cell].Measure, n.Domains[r.Domain].Breakdown) {
		return
	}
	counts := []int{r.Count, r.Rest}
	for i := range n.Items {
		if x := &n.Items[i]; x.Base == r.Base {
			counts = slices.Concat(counts, x.Answers, x.Rests)
		}
	}
	for _, q := range counts {
		if q >= 0 && n.Truth[r.Domain][q] < d.MinCount {
			n.add(r, q, width)
		}
	}
}

// newProber starts with intervals that hold the truth alone.
func newProber(s *linked.System, needs []Need) *prober {
	p := &prober{System: s, joint: newJointer(s), shown: make([]map[int]int, len(s.Domains)), frozen: -1, byDomain: make([][]int, len(s.Domains))}
	for i := range p.shown {
		p.shown[i] = map[int]int{}
	}
	for i := range s.Rows {
		if r := &s.Rows[i]; !r.Hidden {
			p.shown[r.Domain][r.Cell]++
		}
	}
	for i, n := range needs {
		truth := s.Truth[n.Domain][n.Quantity]
		p.findings = append(p.findings, Finding{Need: n, Lo: truth, Hi: truth})
		p.byDomain[n.Domain] = append(p.byDomain[n.Domain], i)
	}
	return p
}

// learn widens the intervals by what a proven world shows.
func (p *prober) learn(w *world) {
	for _, d := range w.touched {
		for _, i := range p.byDomain[d] {
			f := &p.findings[i]
			v := w.at(d)[f.Quantity]
			if v < f.Lo {
				f.Lo, f.low = v, w
			}
			if v > f.Hi {
				f.Hi, f.high = v, w
			}
		}
	}
}

// bind notes the published numbers that a broken relation holds.
func (f *Finding) bind(s *linked.System, d int, r linked.Relation) {
	for _, t := range r.Terms {
		cell := s.Quantities[t.Quantity].Cell
		if cell >= 0 && s.Known[d][t.Quantity] {
			f.bound(Site{Domain: d, Cell: cell})
		}
	}
}

func (f *Finding) bound(by Site) {
	if !slices.Contains(f.Binding, by) {
		f.Binding = append(f.Binding, by)
	}
}
