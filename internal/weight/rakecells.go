package weight

import (
	"fmt"
	"math"
)

// RakeCell is everyone who has the same category of every margin variable.
type RakeCell struct {
	Codes []int32 // one a margin: the category's place in it; -1: missing
	D     Sums    // of the design's weights
}

// CellRaking is the result of RakeCells.
type CellRaking struct {
	G          []float64 // one a cell: a respondent's weight is G times that of the design
	Scale      float64   // the population over the sum of the design's weights; bounds are of G/Scale
	Iterations int
	AtLower    int // respondents whose weight a bound holds up
	AtUpper    int // and down
	Margins    []MarginCategory
	Weights    Description // of the weights after raking
}

// MarginCategory is one category of a margin before and after raking. Shares are
// fractions of the weights' sum.
type MarginCategory struct {
	Variable, Category    string // Category is "" for respondents who gave none
	Missing               bool
	Respondents           int
	Before, Target, After float64
}

// RakeCells finds the weights nearest to the design's, in the distance of raking,
// that add up to every margin; without bounds they are those at which iterative
// proportional fitting ends (Deville & Särndal 1992, 2; Deville, Särndal & Sautory
// 1993). Bounds are of the weight after over the weight before, once the latter add
// up to the population. Respondents without a category keep their share of the
// weights in that margin, and its categories share what is left.
//
// An error is a *Failure: categories of the population that nobody has, respondents
// of which the population has none, or margins that cannot be met, within the bounds
// or at all.
func RakeCells(cells []RakeCell, margins []Population, bounds Bounds) (*CellRaking, error) {
	k := newCellProblem(cells, margins, bounds)
	if err := failure(k.problems()); err != nil {
		return nil, err
	}
	s := newSolver(k.calibration(), k.d, k.dummies.columns)
	n := newNewton(s)
	steps, err := n.run()
	if err != nil || !k.met(n.g) {
		return nil, k.unmet(n.g, steps)
	}
	return k.result(n.g, steps), nil
}

// solverTotal is the population in which cells are raked: so large that every
// category counts many times the 1 in the solver's 1 + |total|.
const solverTotal = 1e9

// cellProblem is what RakeCells solves, scaled to solverTotal.
type cellProblem struct {
	cells   []RakeCell
	margins []Population
	bounds  Bounds
	dummies *dummies
	d       []float64 // design weights of the cells
	before  []float64 // weights by category, as dummies count them
	targets []float64
	counts  []int
	scale   float64 // from the design's weights to d
}

func newCellProblem(cells []RakeCell, margins []Population, bounds Bounds) *cellProblem {
	k := &cellProblem{cells: cells, margins: margins, bounds: bounds, dummies: newDummies(cells, margins), d: make([]float64, len(cells))}
	sample := 0.0
	for _, c := range cells {
		sample += c.D.Sum
	}
	k.scale = solverTotal / sample
	for i, c := range cells {
		k.d[i] = c.D.Sum * k.scale
	}
	k.before = k.dummies.totals(k.d)
	k.counts = make([]int, len(k.before))
	for i, c := range cells {
		for m := range margins {
			k.counts[k.dummies.column(m, cells[i].Codes[m])] += c.D.N
		}
	}
	k.target()
	return k
}

// target sets what each category shall come to.
func (k *cellProblem) target() {
	k.targets = make([]float64, len(k.before))
	for m, p := range k.margins {
		missing := k.dummies.column(m, -1)
		k.targets[missing] = k.before[missing]
		left := (solverTotal - k.before[missing]) / p.total()
		for c, total := range p.Totals {
			k.targets[k.dummies.column(m, int32(c))] = total * left
		}
	}
}

// problems are categories without a respondent, and those that no weight within
// the bounds can lift or lower to their population.
func (k *cellProblem) problems() []string {
	var problems []string
	for m, p := range k.margins {
		for c, total := range p.Totals {
			at := k.dummies.column(m, int32(c))
			if text := k.problem(at, total); text != "" {
				problems = append(problems, text)
			}
		}
	}
	return problems
}

// problem is that of one category of a population; "" without one.
func (k *cellProblem) problem(at int, population float64) string {
	name, n := k.dummies.names[at], k.counts[at]
	switch g := k.targets[at] / k.before[at]; {
	case n == 0 && population == 0:
		return ""
	case n == 0:
		return fmt.Sprintf("%s has a population of %v and no respondent", name, population)
	case population == 0:
		return fmt.Sprintf("%s has a population of 0, which leaves no weight to %s", name, respondents(n))
	case k.bounds.outside(g):
		return fmt.Sprintf("%s needs %.4g times its respondents' weights (%s), outside the bounds %s", name, g, respondents(n), k.bounds)
	}
	return ""
}

func respondents(n int) string {
	if n == 1 {
		return "1 respondent"
	}
	return fmt.Sprintf("%d respondents", n)
}

func (k *cellProblem) calibration() Calibration {
	return Calibration{Columns: k.dummies.columns, Names: k.dummies.names, Totals: k.targets, Distance: Exp, Bounds: k.bounds}
}

// worst is the category whose weights are farthest from its target, and by how
// much, relatively.
func (k *cellProblem) worst(g []float64) (at int, off float64) {
	for i, total := range k.after(g) {
		if k.targets[i] == 0 {
			continue
		}
		if e := math.Abs(total-k.targets[i]) / k.targets[i]; !(e <= off) {
			at, off = i, e
		}
	}
	return at, off
}

func (k *cellProblem) after(g []float64) []float64 {
	w := make([]float64, len(g))
	for i := range g {
		w[i] = k.d[i] * g[i]
	}
	return k.dummies.totals(w)
}

func (k *cellProblem) met(g []float64) bool {
	_, off := k.worst(g)
	return off < marginTolerance
}

func (k *cellProblem) unmet(g []float64, steps int) error {
	at, _ := k.worst(g)
	within := ""
	if !k.bounds.none() {
		within = fmt.Sprintf(" within the bounds %s", k.bounds)
	}
	return failuref("no weights meet all margins%s: after %d steps %s (%s) is %.4g%% and should be %.4g%%",
		within, steps, k.dummies.names[at], respondents(k.counts[at]), 100*k.after(g)[at]/solverTotal, 100*k.targets[at]/solverTotal)
}

// result scales what was solved to the population.
func (k *cellProblem) result(g []float64, steps int) *CellRaking {
	scale := k.margins[0].total() / (solverTotal / k.scale)
	r := &CellRaking{G: make([]float64, len(g)), Scale: scale, Iterations: steps}
	weights := NewSums()
	for i, c := range k.cells {
		r.G[i] = g[i] * scale
		weights.Merge(c.D.times(r.G[i]))
		switch g[i] {
		case k.bounds.Lower:
			r.AtLower += c.D.N
		case k.bounds.Upper:
			r.AtUpper += c.D.N
		}
	}
	r.Weights, r.Margins = weights.Describe(), k.report(g)
	return r
}

// report is each margin's categories that there are, then missing where somebody is.
func (k *cellProblem) report(g []float64) []MarginCategory {
	after := k.after(g)
	var out []MarginCategory
	add := func(p Population, category string, at int) {
		out = append(out, MarginCategory{Variable: p.ID, Category: category, Missing: category == "", Respondents: k.counts[at],
			Before: k.before[at] / solverTotal, Target: k.targets[at] / solverTotal, After: after[at] / solverTotal})
	}
	for m, p := range k.margins {
		for c, category := range p.Categories {
			if at := k.dummies.column(m, int32(c)); k.counts[at] > 0 {
				add(p, category, at)
			}
		}
		if missing := k.dummies.column(m, -1); k.counts[missing] > 0 {
			add(p, "", missing)
		}
	}
	return out
}
