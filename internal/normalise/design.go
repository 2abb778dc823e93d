package normalise

import (
	"bytes"
	"math"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/study"
)

// designAnswers reads a column of strata or PSUs: every text is one, but for what
// the codebook calls missing.
func designAnswers(names *Names, missing ...study.Map[string]) *answers {
	a := &answers{values: map[string]int32{}, any: names}
	for _, m := range missing {
		a.addMissing(m, missingCategory)
	}
	return a
}

// psuAnswers reads the column of PSUs, which may be that of an organisation.
func (p *plan) psuAnswers() *answers {
	book := p.wave.Codebook
	if p.psuVariable < 0 {
		return designAnswers(p.names.PSUs, book.Missing)
	}
	src, _ := book.Variables.Get(p.schema.Variables[p.variables[p.psuVariable].variable].ID)
	return designAnswers(p.names.PSUs, src.Missing, book.Missing)
}

// addDesign appends the respondent's weight, stratum, PSU and population size.
func (w *worker) addDesign(r *export.Row) {
	b, p := w.piece.Block, w.p
	if p.weight >= 0 {
		b.Weight = append(b.Weight, w.weight(r))
	}
	if p.stratum >= 0 {
		b.Stratum = append(b.Stratum, w.name(&w.strata, r, NoStratum))
	}
	if p.psu >= 0 {
		b.PSU = append(b.PSU, w.name(&w.psus, r, NoPSU))
	}
	if p.fpc >= 0 {
		n, ok := number(bytes.TrimSpace(r.Field(p.fpc)))
		if !ok || n <= 0 {
			w.piece.tally.count(p.fpc, BadFPC, w.record(r))
			n = math.Inf(1)
		}
		b.FPC = append(b.FPC, n)
	}
}

// name is the number of the cell's text. A cell without one is a problem that
// stops the run; until then it is the text "".
func (w *worker) name(c *cached, r *export.Row, problem string) int32 {
	v := c.find(r.Field(c.field))
	if v < 0 {
		w.piece.tally.count(c.field, problem, w.record(r))
		return c.answers.any.ID("")
	}
	return v
}

func (w *worker) weight(r *export.Row) float64 {
	cell := bytes.TrimSpace(r.Field(w.p.weight))
	f, ok := number(cell)
	problem := ""
	switch {
	case len(cell) == 0:
		problem = NoWeight
	case !ok:
		problem = BadWeight
	case f < 0:
		problem = NegativeWeight
	default:
		return f
	}
	w.piece.tally.count(w.p.weight, problem, w.record(r))
	return 0
}
