package study

import (
	"slices"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/weight"
)

// maxRakingCells is how many combinations of categories margins may have.
const maxRakingCells = 1 << 20

// weights reads the population totals and checks them against the framework and
// the waves. The files name categories as framework.yaml does, whatever was
// merged since.
func (l *loader) weights(s *Study, file *StudyFile, at places, merged merges, declared []weight.Variable) error {
	var surveys []string
	for _, v := range s.Surveys {
		surveys = append(surveys, v.ID)
	}
	for _, e := range file.Weights {
		c := &weightsCheck{checker: checker{l.list, at}, s: s, p: to("weights", e.ID), merged: merged}
		w := Weights{Pos: at.value(c.p)}
		w.Bounds = c.bounds(e.Value.Bounds)
		v := s.Survey(e.ID)
		if v == nil {
			c.unknown(c.p, e.ID, surveys, "weights: there is no survey %q", short(e.ID))
			continue
		}
		populations, err := l.populations(&w, e.Value.Rake, at.value(c.p.to("rake")), declared)
		if err != nil {
			return err
		}
		w.Margins = c.margins(populations)
		c.all(v, w)
		s.Weights = append(s.Weights, Entry[Weights]{ID: e.ID, Value: w, Pos: e.Pos})
	}
	return nil
}

// populations reads a file of population totals; nothing where it is not sound.
func (l *loader) populations(w *Weights, written string, refer diag.Pos, declared []weight.Variable) ([]weight.Population, error) {
	name, ok := l.inside("", written, refer)
	if written == "" || !ok {
		return nil, nil
	}
	data, ok, err := l.folder.read(name, refer, l.list)
	if err != nil || !ok {
		return nil, err
	}
	if !slices.Contains(l.files, name) {
		l.files = append(l.files, name)
	}
	w.File = name
	own := &diag.List{}
	out := weight.ReadPopulations(name, data, declared, own)
	l.list.Merge(own)
	if own.HasErrors() {
		return nil, nil
	}
	return out, nil
}

// declared are the variables with their categories as framework.yaml has them.
func (f *Framework) declared() []weight.Variable {
	var out []weight.Variable
	for id, v := range f.Variables.All() {
		out = append(out, weight.Variable{ID: id, Categories: v.Categories.IDs()})
	}
	return out
}

// weightsCheck checks the weights of one survey.
type weightsCheck struct {
	checker
	s      *Study
	p      keyPath
	merged merges
}

// bounds are the least and the most that a weight is multiplied by.
func (c *weightsCheck) bounds(given []Decimal) weight.Bounds {
	p := c.p.to("bounds")
	if len(given) != 2 {
		if c.at.sound(p) {
			c.problem("out-of-range", p, "%sexpected two numbers, [lowest, highest], found %d", p.prefix(), len(given))
		}
		return weight.NoBounds()
	}
	b := weight.Bounds{Lower: given[0].Float(), Upper: given[1].Float()}
	c.within(p.to(0), b.Lower > 0 && b.Lower < 1, given[0], "more than 0 and less than 1")
	c.within(p.to(1), b.Upper > 1, given[1], "more than 1")
	return b
}

// margins adds the totals up by the categories that merging has left.
func (c *weightsCheck) margins(populations []weight.Population) []weight.Population {
	var out []weight.Population
	for _, p := range populations {
		v, _ := c.s.Framework.Variables.Get(p.ID)
		m := weight.Population{Variable: weight.Variable{ID: p.ID, Categories: v.Categories.IDs()}, Totals: make([]float64, len(v.Categories)), Pos: p.Pos}
		for i, id := range p.Categories {
			if at := v.Categories.Index(c.merged.now(p.ID, id)); at >= 0 {
				m.Totals[at] += p.Totals[i]
			}
		}
		out = append(out, m)
	}
	return out
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

// all checks margins that could be read against the waves.
func (c *weightsCheck) all(v *Survey, w Weights) {
	cells := 1
	for _, m := range w.Margins {
		cells = min(maxRakingCells+1, cells*(len(m.Totals)+1))
		for _, wave := range v.Waves {
			if wave.Codebook != nil && !wave.Has(m.ID) {
				c.list.Errorf("not-asked", m.Pos, "variable %q is not mapped for survey %q, wave %q, so that wave cannot be weighted by it", m.ID, v.ID, wave.ID)
			}
		}
	}
	if cells > maxRakingCells {
		c.list.Errorf("bad-weights", diag.Pos{File: w.File}, "the categories of its variables have more than %d combinations", maxRakingCells)
	}
	for _, wave := range v.Waves {
		if b := wave.Codebook; b != nil && len(b.Design.FPC) > 0 && len(b.Design.Weight) == 0 {
			c.list.Errorf("bad-weights", b.Design.Pos, "survey %q, wave %q: raking starts from the design's weights, and a design with fpc has none without weight", v.ID, wave.ID)
		}
	}
}
