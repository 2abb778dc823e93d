package normalise

import (
	"fmt"

	"github.com/caregap/caregap/internal/diag"
	figures "github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/internal/weight"
)

// rake makes the factors of a wave's raking cells from what the pass counted. The
// weights keep their sum: a category gets its part of the population of the sum
// over those who have one, and who has none keeps theirs. Where that cannot be
// done the factors are 1, and the problems say why.
func (r *raker) rake(p *pass) *Raking {
	out := r.cells()
	out.margins(r)
	if out.problems = out.mismatches(p, r.weights); len(out.problems) > 0 {
		return out
	}
	columns := out.indicators(p, r)
	bounds := weight.Bounds{Lower: r.weights.Lower, Upper: r.weights.Upper}
	made, err := columns.calibration(bounds).Adjust(out.sums)
	if err != nil {
		out.problems = append(out.problems, diag.Diagnostic{Code: "cannot-rake", Pos: r.weights.Pos,
			Message: fmt.Sprintf("survey %q, wave %q: %s: %v", p.Survey.ID, p.Wave.ID, r.weights.File, err),
			Hint:    "give wider bounds, or merge small categories"})
		return out
	}
	for cell, sum := range out.sums {
		if sum > 0 {
			out.factors[cell] = made.Weights[cell] / sum
		}
	}
	out.greg = newGREG(columns, made.Dropped, out.sums)
	out.after(r, bounds)
	return out
}

// cells numbers the combinations that somebody has.
func (r *raker) cells() *Raking {
	out := &Raking{cell: make([]int32, r.codes)}
	for code := range out.cell {
		out.cell[code] = -1
		if r.seen[code] {
			out.cell[code] = int32(len(out.code))
			out.code = append(out.code, code)
			out.sums, out.factors = append(out.sums, r.sums[code]), append(out.factors, 1)
			out.Respondents += r.counts[code]
		}
	}
	return out
}

// margins sums the cells up by category.
func (out *Raking) margins(r *raker) {
	total := 0.0
	for _, sum := range out.sums {
		total += sum
	}
	for i, m := range r.weights.Margins {
		margin := RakedMargin{Variable: m.Variable, Categories: make([]RakedCategory, len(m.Population))}
		for cell, code := range out.code {
			c := margin.of(r.categories(code)[i])
			c.Respondents += r.counts[code]
			c.Before += out.sums[cell]
		}
		named := total - margin.Missing.Before
		for j := range margin.Categories {
			margin.Categories[j].Target = named * m.Population[j] / m.Total()
		}
		margin.Missing.Target = margin.Missing.Before
		out.Margins = append(out.Margins, margin)
	}
}

// of is the margin's category, -1 being missing.
func (m *RakedMargin) of(category int) *RakedCategory {
	if category < 0 {
		return &m.Missing
	}
	return &m.Categories[category]
}

// mismatches are problems that no weights could mend: a category of the
// population that nobody is in, and one without a population that somebody is in.
func (out *Raking) mismatches(p *pass, w study.Weights) []diag.Diagnostic {
	var found []diag.Diagnostic
	for i, m := range out.Margins {
		variable, _ := p.Schema.Study.Framework.Variables.Get(m.Variable)
		for j, c := range m.Categories {
			where := fmt.Sprintf("survey %q, wave %q: ", p.Survey.ID, p.Wave.ID)
			id, population := variable.Categories[j].ID, w.Margins[i].Population[j]
			switch {
			case population > 0 && c.Before == 0:
				found = append(found, diag.Diagnostic{Code: "empty-category", Pos: w.Margins[i].Pos,
					Message: fmt.Sprintf("%snobody is in category %q of %q, which has a population of %s", where, id, m.Variable, people(population)),
					Hint:    "merge it with a like one in study.yaml"})
			case population == 0 && c.Before > 0:
				found = append(found, diag.Diagnostic{Code: "no-population", Pos: w.Margins[i].Pos,
					Message: fmt.Sprintf("%s%s in category %q of %q, which has no population", where, are(c.Respondents), id, m.Variable),
					Hint:    "give its population, or merge it with a like one in study.yaml"})
			}
		}
	}
	return found
}

func people(n float64) string {
	if n == float64(int(n)) {
		return figures.Count(int(n))
	}
	return figures.Of(n).Full()
}

func are(n int) string {
	if n == 1 {
		return "1 respondent is"
	}
	return figures.Count(n) + " respondents are"
}

// after sums the final weights up by category, and counts who is at a bound.
func (out *Raking) after(r *raker, bounds weight.Bounds) {
	for cell, code := range out.code {
		factor := out.factors[cell]
		for i, category := range r.categories(code) {
			out.Margins[i].of(category).After += out.sums[cell] * factor
		}
		// A factor is the bound's own number where the bound holds, up to rounding.
		if factor <= bounds.Lower*(1+1e-12) {
			out.AtLower += r.counts[code]
		}
		if factor >= bounds.Upper*(1-1e-12) {
			out.AtUpper += r.counts[code]
		}
	}
}
