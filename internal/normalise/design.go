package normalise

import (
	"math"
	"strconv"

	"github.com/caregap/caregap/internal/export"
)

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
		n, err := strconv.ParseFloat(string(r.Field(p.fpc)), 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) || n <= 0 {
			w.piece.tally.count(p.fpc, BadFPC, w.record(r))
			n = math.Inf(1)
		}
		b.FPC = append(b.FPC, n)
	}
}

func (w *worker) name(c *cached, r *export.Row, problem string) int32 {
	v := c.find(r.Field(c.field))
	if v < 0 {
		w.piece.tally.count(c.field, problem, w.record(r))
		return 0
	}
	return v
}

func (w *worker) weight(r *export.Row) float64 {
	cell := r.Field(w.p.weight)
	problem := ""
	f, err := strconv.ParseFloat(string(cell), 64)
	switch {
	case len(cell) == 0:
		problem = NoWeight
	case err != nil || math.IsNaN(f) || math.IsInf(f, 0):
		problem = BadWeight
	case f < 0:
		problem = NegativeWeight
	default:
		return f
	}
	w.piece.tally.count(w.p.weight, problem, w.record(r))
	return 0
}
