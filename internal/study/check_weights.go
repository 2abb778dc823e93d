package study

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/caregap/caregap/internal/diag"
)

// maxRakingCells is how many combinations of categories margins may have.
const maxRakingCells = 1 << 20

// weights reads the population totals and checks them against the framework,
// whose categories have been merged by now, and against the waves.
func (l *loader) weights(s *Study, file *StudyFile, at places, merged merges) error {
	var surveys []string
	for _, v := range s.Surveys {
		surveys = append(surveys, v.ID)
	}
	for _, e := range file.Weights {
		c := &weightsCheck{checker: checker{l.list, at}, s: s, p: to("weights", e.ID), merged: merged}
		v := s.Survey(e.ID)
		if v == nil {
			c.unknown(c.p, e.ID, surveys, "weights: there is no survey %q", short(e.ID))
			continue
		}
		w := Weights{Pos: e.Pos}
		w.Lower, w.Upper = c.bounds(e.Value.Bounds)
		name, ok := l.inside("", e.Value.Rake, at.value(c.p.to("rake")))
		if e.Value.Rake == "" || !ok {
			continue
		}
		data, ok, err := l.folder.read(name, at.value(c.p.to("rake")), l.list)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if !slices.Contains(l.files, name) {
			l.files = append(l.files, name)
		}
		w.File, w.Margins = name, c.margins(readMargins(name, data, l.list))
		c.all(v, w)
		s.Weights = append(s.Weights, Entry[Weights]{ID: e.ID, Value: w, Pos: e.Pos})
	}
	return nil
}

// weightsCheck checks the weights of one survey.
type weightsCheck struct {
	checker
	s      *Study
	p      keyPath
	merged merges
}

// bounds are the least and the most that a weight is multiplied by; without any
// they are 0 and infinite.
func (c *weightsCheck) bounds(given []Decimal) (lower, upper float64) {
	p := c.p.to("bounds")
	if !c.at.given(p) {
		return 0, math.Inf(1)
	}
	if len(given) != 2 {
		if c.at.sound(p) {
			c.problem("out-of-range", p, "%sexpected two numbers, [lowest, highest], found %d", p.prefix(), len(given))
		}
		return 0, math.Inf(1)
	}
	lower, upper = given[0].Float(), given[1].Float()
	c.within(p.to(0), lower > 0 && lower < 1, given[0], "more than 0 and less than 1")
	c.within(p.to(1), upper > 1, given[1], "more than 1")
	return lower, upper
}

// margins puts the totals of each variable into the order of its categories.
func (c *weightsCheck) margins(totals []total) []Margin {
	var out []Margin
	first := map[[2]string]diag.Pos{}
	for _, t := range totals {
		v, ok := c.s.Framework.Variables.Get(t.variable)
		if !ok {
			ids := c.s.Framework.Variables.IDs()
			c.list.Add(diag.Diagnostic{Code: "unknown-id", Pos: t.pos, Message: fmt.Sprintf("there is no variable %q", short(t.variable)), Hint: nearestHint(t.variable, ids)})
			continue
		}
		if v.Organisation {
			c.list.Errorf("bad-margins", t.pos, "variable %q is an organisation, expected one with categories", t.variable)
			continue
		}
		i := slices.IndexFunc(out, func(m Margin) bool { return m.Variable == t.variable })
		if i < 0 {
			i = len(out)
			out = append(out, newMargin(t, v))
		}
		if before, twice := first[[2]string{t.variable, t.category}]; twice {
			c.list.Errorf("duplicate-id", t.pos, "%s %q is there twice, first on line %d", t.variable, short(t.category), before.Line)
			continue
		}
		first[[2]string{t.variable, t.category}] = t.pos
		at := v.Categories.Index(c.merged.now(t.variable, t.category))
		if at < 0 {
			c.list.Add(diag.Diagnostic{Code: "unknown-id", Pos: t.pos, Message: fmt.Sprintf("variable %q has no category %q", t.variable, short(t.category)), Hint: nearestHint(t.category, v.Categories.IDs())})
			continue
		}
		out[i].add(at, t)
	}
	return out
}

func newMargin(t total, v Variable) Margin {
	return Margin{Variable: t.variable, Population: make([]float64, len(v.Categories)), Pos: make([]diag.Pos, len(v.Categories))}
}

// add adds to a category; one that others were merged into has several lines.
func (m *Margin) add(category int, t total) {
	m.Population[category] += t.population
	if m.Pos[category] == (diag.Pos{}) {
		m.Pos[category] = t.pos
	}
}

// now is what the merge rules made of a category.
func (m merges) now(variable, category string) string {
	for _, v := range m {
		if v.variable != variable {
			continue
		}
		for _, r := range v.rules {
			if slices.Contains(r.Categories, category) {
				category = r.Into
			}
		}
	}
	return category
}

// all checks margins that could be read, as a whole and against the waves.
func (c *weightsCheck) all(v *Survey, w Weights) {
	file := diag.Pos{File: w.File}
	if len(w.Margins) == 0 {
		if !c.list.HasErrors() {
			c.list.Errorf("bad-margins", file, "the file has no population totals")
		}
		return
	}
	c.complete(w)
	c.totals(w)
	for _, m := range w.Margins {
		for _, wave := range v.Waves {
			if wave.Codebook != nil && !wave.Has(m.Variable) {
				c.list.Errorf("not-asked", file, "variable %q is not mapped for survey %q, wave %q, so it cannot be weighted by it", m.Variable, v.ID, wave.ID)
			}
		}
	}
	for _, wave := range v.Waves {
		if b := wave.Codebook; b != nil && len(b.Design.FPC) > 0 && len(b.Design.Weight) == 0 {
			c.list.Errorf("bad-weights", b.Design.Pos, "survey %q, wave %q: raking starts from the design's weights, and a design with fpc has none without weight", v.ID, wave.ID)
		}
	}
}

// complete reports categories without a total, and more of them than can be crossed.
func (c *weightsCheck) complete(w Weights) {
	cells := 1
	for _, m := range w.Margins {
		v, _ := c.s.Framework.Variables.Get(m.Variable)
		for i, e := range v.Categories {
			if m.Pos[i] == (diag.Pos{}) {
				c.list.Add(diag.Diagnostic{Code: "bad-margins", Pos: diag.Pos{File: w.File},
					Message: fmt.Sprintf("category %q of variable %q has no population", e.ID, m.Variable), Hint: "give it, or merge the category with another in study.yaml"})
			}
		}
		cells = min(maxRakingCells+1, cells*(len(v.Categories)+1))
	}
	if cells > maxRakingCells {
		c.list.Errorf("bad-margins", diag.Pos{File: w.File}, "the categories of its variables have more than %d combinations", maxRakingCells)
	}
}

// totals compares the margins' sums: they are of one population.
func (c *weightsCheck) totals(w Weights) {
	first := w.Margins[0]
	for _, m := range w.Margins {
		a, b := first.Total(), m.Total()
		switch {
		case b == 0:
			c.list.Errorf("bad-margins", diag.Pos{File: w.File}, "the populations of %q add up to 0", m.Variable)
		case math.Abs(a-b) > 1e-6*max(a, b):
			c.list.Errorf("bad-margins", diag.Pos{File: w.File}, "the populations of %q add up to %s, those of %q to %s; expected the same", first.Variable, plainly(a), m.Variable, plainly(b))
		}
	}
}

func plainly(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
