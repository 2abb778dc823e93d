package weight

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/caregap/caregap/internal/diag"
)

// Variable is a variable of the framework with its categories in their order.
// One without categories takes any value.
type Variable struct {
	ID         string
	Categories []string
}

// Population is what is known of one variable in the population: a margin.
type Population struct {
	Variable
	Totals []float64 // one a category
	Pos    diag.Pos  // the first row that names the variable
}

// total is the population's size.
func (p Population) total() float64 { return sum(p.Totals) }

// populationColumns are the columns of a file of population totals.
var populationColumns = []string{"variable", "category", "population"}

// ReadPopulations reads a file of population totals - CSV with a header and the
// columns variable, category and population - against the framework's variables.
// The margins come in the order of the file. All that is wrong goes on the list;
// what is returned then is not complete.
func ReadPopulations(file string, data []byte, variables []Variable, list *diag.List) []Population {
	r := &populationReader{file: file, variables: variables, list: &diag.List{}}
	defer func() { list.Merge(r.list) }()
	records, ok := r.records(data)
	if !ok {
		return nil
	}
	for _, rec := range records {
		r.row(rec)
	}
	r.incomplete()
	r.disagree()
	return r.margins
}

type populationReader struct {
	file      string
	variables []Variable
	list      *diag.List
	margins   []Population
	rows      map[[2]string]diag.Pos // where a category of a variable stands
}

func (r *populationReader) problem(code string, at diag.Pos, hint, format string, args ...any) {
	r.list.Add(diag.Diagnostic{Code: code, Pos: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// row takes one row to its margin.
func (r *populationReader) row(rec record) {
	id, category := rec.fields[0], rec.fields[1]
	v, ok := r.variable(id, rec.at[0])
	if !ok {
		return
	}
	c := slices.Index(v.Categories, category)
	if c < 0 {
		r.problem("unknown-category", rec.at[1], diag.NearestHint(category, v.Categories), "%q is not a category of %s", category, id)
		return
	}
	key := [2]string{id, category}
	if first, twice := r.rows[key]; twice {
		r.problem("duplicate-row", rec.at[0], "", "%s %q stands in line %d already", id, category, first.Line)
		return
	}
	if r.rows == nil {
		r.rows = map[[2]string]diag.Pos{}
	}
	r.rows[key] = rec.at[0]
	m := slices.IndexFunc(r.margins, func(p Population) bool { return p.ID == id })
	if m < 0 {
		m = len(r.margins)
		r.margins = append(r.margins, Population{Variable: v, Totals: make([]float64, len(v.Categories)), Pos: rec.at[0]})
	}
	r.margins[m].Totals[c] = r.number(rec)
}

func (r *populationReader) variable(id string, at diag.Pos) (Variable, bool) {
	var known []string
	for _, v := range r.variables {
		if v.ID != id {
			known = append(known, v.ID)
			continue
		}
		if len(v.Categories) == 0 {
			r.problem("no-categories", at, "", "%s has no categories; weights cannot be raked to it", id)
			return v, false
		}
		return v, true
	}
	r.problem("unknown-variable", at, diag.NearestHint(id, known), "the framework has no variable %q", id)
	return Variable{}, false
}

// number is a population: a finite number of at least 0; 0 is for a category that
// a survey cannot have, as the framework has it for others. NaN stands for one that
// is not.
func (r *populationReader) number(rec record) float64 {
	text := rec.fields[2]
	n, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || math.IsNaN(n) || math.IsInf(n, 0):
		r.problem("bad-population", rec.at[2], "write it in digits, without commas or spaces", "population %q is not a number", text)
	case n < 0:
		r.problem("bad-population", rec.at[2], "", "population %s is negative", text)
	default:
		return n
	}
	return math.NaN()
}

// incomplete reports categories that a margin leaves out.
func (r *populationReader) incomplete() {
	if len(r.margins) == 0 && !r.list.HasErrors() {
		r.problem("empty-file", diag.Pos{File: r.file, Line: 1}, "", "the file has no population")
	}
	for _, m := range r.margins {
		for _, c := range m.Categories {
			if _, ok := r.rows[[2]string{m.ID, c}]; !ok {
				r.problem("category-without-population", m.Pos, "", "%s has no row for its category %q: a category without population", m.ID, c)
			}
		}
	}
}

// disagree reports margins that do not describe one population. Margins with other
// problems have no total to compare.
func (r *populationReader) disagree() {
	if r.list.HasErrors() {
		return
	}
	for _, m := range r.margins {
		if m.total() == 0 {
			r.problem("bad-population", m.Pos, "", "the population of %s adds up to 0", m.ID)
			return
		}
	}
	for _, m := range r.margins[1:] {
		first := r.margins[0]
		a, b := first.total(), m.total()
		if math.Abs(a-b) > totalsTolerance*max(a, b) {
			r.problem("margins-disagree", m.Pos, "both must describe the same population",
				"the population of %s adds up to %v, that of %s to %v", first.ID, a, m.ID, b)
		}
	}
}
