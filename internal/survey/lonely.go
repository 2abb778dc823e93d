package survey

import "slices"

// plan is what the engine does with each stratum of each stage.
type plan []*stagePlan

// stagePlan has a factor for each stratum, 0 where it adds nothing.
type stagePlan struct {
	*stage
	factors []float64
	lonely  map[int32]*surroundings // strata centred at the mean of those around
	unknown bool                    // lonely strata were dropped and none is left
}

// surroundings are the strata of one unit of the stage above that have rows: their
// units are numbered from first to end-1, of which n count.
type surroundings struct {
	first, end int32
	n          float64
}

// plan says how a variance is put together for a sample that still has the rows
// that rows gives. They are asked for where they matter alone: with lonely strata
// that are not simply left out.
func (d *design) plan(rows func() []int32) (plan, error) {
	if !d.rowsMatter() {
		return d.ordinary(), nil
	}
	problems := &Problems{}
	out := make(plan, len(d.stages))
	for i, s := range d.stages {
		b := &planner{design: d, stage: s, present: newTallier(s).of(rows()).units, problems: problems}
		out[i] = b.plan()
	}
	return out, problems.err()
}

// rowsMatter is so with lonely strata that add something or are an error.
func (d *design) rowsMatter() bool {
	switch d.Lonely {
	case LonelyCertainty, LonelyRemove:
		return false
	case LonelyFail:
		return d.hasLonely()
	}
	return d.DomainLonely || d.hasLonely()
}

func (d *design) hasLonely() bool {
	return slices.ContainsFunc(d.stages, func(s *stage) bool {
		return slices.ContainsFunc(s.strata, func(h stratum) bool { return h.n == 1 && !h.takenWhole() })
	})
}

func (d *design) ordinary() plan {
	out := make(plan, len(d.stages))
	for i, s := range d.stages {
		out[i] = &stagePlan{stage: s, factors: make([]float64, len(s.strata))}
		for j := range s.strata {
			out[i].factors[j] = s.strata[j].factor()
		}
	}
	return out
}

// factor is that of an ordinary stratum.
func (h *stratum) factor() float64 {
	if h.n < 2 || h.takenWhole() {
		return 0
	}
	return h.multiplier * stratumFactor(int(h.n), h.f)
}

// planner plans a stage where there are lonely strata.
type planner struct {
	*design
	stage    *stage
	present  []int32 // units with rows
	problems *Problems
	out      *stagePlan
}

func (b *planner) plan() *stagePlan {
	b.out = &stagePlan{stage: b.stage, factors: make([]float64, len(b.stage.strata)), lonely: map[int32]*surroundings{}}
	strata := b.stage.spans(b.present, nil)
	parent := func(s span) int32 { return b.stage.strata[s.stratum].parent }
	for from := 0; from < len(strata); {
		to := from + 1
		for to < len(strata) && parent(strata[to]) == parent(strata[from]) {
			to++
		}
		b.together(strata[from:to])
		from = to
	}
	return b.out
}

// together plans the strata with rows within one unit of the stage above.
func (b *planner) together(strata []span) {
	first, last := b.stage.strata[strata[0].stratum], b.stage.strata[strata[len(strata)-1].stratum]
	around := &surroundings{first: first.first, end: last.first + last.n}
	lonely := 0
	for _, s := range strata {
		h := &b.stage.strata[s.stratum]
		around.n += float64(h.n)
		b.out.factors[s.stratum] = h.factor()
		if b.isLonely(h, s.to-s.from) && h.multiplier > 0 {
			b.alone(h, s.stratum, around)
			lonely++
		}
	}
	if b.Lonely == LonelyAverage && lonely > 0 {
		b.scaleUp(strata, lonely)
	}
}

// isLonely reports whether a stratum has one unit, or where DomainLonely is set
// one unit with rows.
func (b *planner) isLonely(h *stratum, present int32) bool {
	if h.takenWhole() {
		return false
	}
	return h.n == 1 || b.DomainLonely && present == 1 && (b.Lonely == LonelyAdjust || b.Lonely == LonelyAverage)
}

// alone applies the option to a lonely stratum.
func (b *planner) alone(h *stratum, at int32, around *surroundings) {
	switch b.Lonely {
	case LonelyFail:
		unit := "PSU"
		if b.stage.number > 1 {
			unit = "unit"
		}
		b.problems.add("%s has only one %s at stage %d; choose what becomes of lonely PSUs", h.called(b.stage.number), unit, b.stage.number)
	case LonelyAdjust:
		b.out.lonely[at] = around
		if h.n == 1 {
			b.out.factors[at] = h.multiplier * (1 - h.f)
		}
	case LonelyAverage:
		b.out.factors[at] = 0
	}
}

// scaleUp lets the others stand for the lonely strata; with lonely ones alone
// nothing is known.
func (b *planner) scaleUp(strata []span, lonely int) {
	if lonely == len(strata) {
		b.out.unknown = true
		return
	}
	for _, s := range strata {
		b.out.factors[s.stratum] *= float64(len(strata)) / float64(len(strata)-lonely)
	}
}
