package estimate

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// Wave is what one wave of a survey brings to the estimates.
type Wave struct {
	Survey   *study.Survey
	Wave     *study.Wave
	Moments  *measure.Moments
	Kept     *measure.Kept
	Names    *normalise.WaveNames
	BaseRule []string // per choice
	Raking   Raking   // nil where the weights are the design's, or none
}

// waveEstimator estimates one wave.
type waveEstimator struct {
	Wave
	study   *study.Study
	plan    *measure.Plan
	specs   []spec
	design  *design
	groups  []group
	ordered [][]cellAt
	raked   [][]rakedCell // by partition; nil without raked weights
	level   float64

	meanWeight float64 // of the wave's respondents

	definitions map[string]string
	points      [][]point  // per spec, per group: what differences and averages are made of
	rests       [][]point  // the same of the rest
	rows        [][]ranked // per spec
}

// ranked is a row with its place in the fixed order.
type ranked struct {
	row  Row
	rank [7]int
}

func newWaveEstimator(s *study.Study, w Wave, specs []spec, diags *diag.List) *waveEstimator {
	e := &waveEstimator{Wave: w, study: s, plan: w.Moments.Plan, specs: specs, level: s.Confidence, definitions: map[string]string{}, rows: make([][]ranked, len(specs))}
	for _, id := range s.Framework.Measures() {
		e.definitions[id] = s.Definition(id, w.Survey, w.Wave)
	}
	problem := e.reporter(diags)
	e.conflicts(problem)
	e.design = newDesign(w.Moments, w.Names, len(w.Wave.Codebook.Design.Weight) > 0, problem)
	for i, p := range w.Moments.Partitions {
		e.ordered = append(e.ordered, e.design.order(p, e.place(i)))
	}
	if w.Moments.Raked != nil {
		e.calibrate()
	}
	e.makeGroups()
	e.meanWeight = e.design.meanWeight(e.groups[0].domain, e.plan)
	return e
}

// calibrate prepares the residuals of a wave whose weights are raked.
func (e *waveEstimator) calibrate() {
	m := e.Moments.Raked
	e.design.calibration = newCalibration(e.design, m, e.Raking)
	for i := range m.Partitions {
		e.raked = append(e.raked, e.design.orderRaked(m, i, e.place(i)))
	}
}

// reporter puts problems of this wave's design on the list, at the codebook's
// design.
func (e *waveEstimator) reporter(diags *diag.List) reporter {
	where := fmt.Sprintf("survey %q, wave %q: ", e.Survey.ID, e.Wave.Wave.ID)
	return func(code, hint, format string, args ...any) {
		diags.Add(diag.Diagnostic{Code: code, Pos: e.Wave.Wave.Codebook.Design.Pos, Message: where + fmt.Sprintf(format, args...), Hint: hint})
	}
}

// conflicts turns what the moments met into words.
func (e *waveEstimator) conflicts(problem reporter) {
	said := map[int32]bool{} // strata
	for _, c := range e.Moments.Conflicts {
		if !c.FPC {
			problem("psu-in-two-strata", "", "PSU %s is in strata %s and %s, expected in one", shown(e.Names.PSUs.Text(c.PSU)), shown(e.Names.Strata.Text(c.Stratum)), shown(e.Names.Strata.Text(c.Other)))
			continue
		}
		if !said[c.Stratum] {
			said[c.Stratum] = true
			problem("fpc-not-constant", "", "design: fpc differs within %s", e.stratum(c.Stratum).called())
		}
	}
}

func (e *waveEstimator) stratum(id int32) stratum {
	if e.Names.Strata.Len() == 0 {
		return stratum{}
	}
	return stratum{name: e.Names.Strata.Text(id)}
}

func (e *waveEstimator) definition(measure string) string { return e.definitions[measure] }

func (e *waveEstimator) asked(measure string) bool {
	return e.study.Asked(e.Survey.ID, e.Wave.Wave.ID, measure)
}

// estimate makes the wave's own rows: every spec in every group, the measures
// side by side.
func (e *waveEstimator) estimate(ctx context.Context) error {
	e.points = make([][]point, len(e.specs))
	e.rests = make([][]point, len(e.specs))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for from := 0; from < len(e.specs); {
		to := from + 1
		for to < len(e.specs) && e.specs[to].measure == e.specs[from].measure {
			to++
		}
		first, last := from, to
		g.Go(func() error {
			return e.measure(ctx, first, last)
		})
		from = to
	}
	return g.Wait()
}

// measure makes the rows of one measure, which is the specs from first up to last.
func (e *waveEstimator) measure(ctx context.Context, first, last int) error {
	q := newQuantiler(e)
	for i := first; i < last; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		s := &e.specs[i]
		e.rows[i] = make([]ranked, 0, 2*len(e.groups))
		if !e.asked(s.measure) {
			e.notAsked(s)
			continue
		}
		if s.quantile > 0 {
			for g, quantile := range q.quantiles(s) {
				e.addQuantile(s, g, quantile)
			}
			continue
		}
		e.points[i] = make([]point, len(e.groups))
		e.rests[i] = make([]point, len(e.groups))
		for g := range e.groups {
			if g > 0 && s.everyoneOnly {
				break
			}
			e.addPoint(i, g)
		}
	}
	return nil
}

// point estimates one number in one domain, and whether it is reliable, which its
// own row and every difference made of it say.
func (e *waveEstimator) point(s *spec, d domain) point {
	p := point{}
	if s.numeric {
		p = e.design.numericMean(d, s.index, s.centre)
	} else {
		p = e.design.slotMean(d, s.index, s.values)
	}
	if p.n > 0 {
		p.reliable = p.isReliable(s.share)
	}
	return p
}

func (e *waveEstimator) addPoint(i, g int) {
	s, group := &e.specs[i], &e.groups[g]
	p := e.point(s, group.domain)
	e.points[i][g] = p
	if s.option && g > 0 && (!group.single || p.n < e.study.Disclosure.DistributionBase) {
		return
	}
	row := e.row(s, group)
	if s.joint {
		row.Joint = group.domain.joint(e.Moments.Plan.JointStates())
	}
	if p.n == 0 {
		row.Status = "w"
	} else {
		row.limits(p, s.share, e.level)
		row.WeightedBase = number.Of(p.total / e.meanWeight)
		if s.numeric {
			row.Squares = number.Of(float64(p.n)*p.theta*p.theta + float64(p.n-1)*p.s2)
		}
		if s.level == "unsure" {
			row.Options = group.domain.options(s)
		}
		row.Unraked = scaled(p.unraked, s.share)
		if s.gap {
			row.PValue = pValue(p)
		}
	}
	e.add(row, s, g, 0, 0)
	if s.contrast && group.single && group.organisations < 0 {
		e.rests[i][g] = e.point(s, group.rest)
		e.addRest(s, g, p, e.rests[i][g])
	}
}

// addRest adds a category's difference from everyone else who named a category.
func (e *waveEstimator) addRest(s *spec, g int, p, rest point) {
	if p.n == 0 || rest.n == 0 {
		return
	}
	group := &e.groups[g]
	row := e.row(s, group)
	row.difference("category", "rest")
	row.RestBase = rest.n
	d := point{theta: p.theta - rest.theta, n: p.n + rest.n, inf: e.design.minus(p.inf, rest.inf)}
	d.v = zeroIfTiny(e.design.variance(d.inf), d.theta)
	d.df = e.design.df(d.inf)
	row.contrast(d, s.share, e.level, p, rest)
	e.add(row, s, g, contrastCategory, 0)
}

func (e *waveEstimator) row(s *spec, g *group) Row {
	row := Row{Key: Key{Measure: s.measure, Statistic: s.statistic, Level: s.level, Survey: e.Survey.ID, Wave: e.Wave.Wave.ID, Breakdown: g.breakdown, Category: g.category},
		Unit: s.unit, Definition: e.definition(s.measure), Organisations: g.organisations, Respondents: g.respondents}
	if s.choice >= 0 {
		row.BaseRule = e.BaseRule[s.choice]
	}
	return row
}

func (e *waveEstimator) notAsked(s *spec) {
	row := e.row(s, &e.groups[0])
	row.Status, row.BaseRule = "x", ""
	e.add(row, s, 0, 0, 0)
}

// contrasts in the order of rows
const (
	contrastWave = 1 + iota
	contrastSurvey
	contrastCategory
)

func (e *waveEstimator) add(row Row, s *spec, g, contrast, versus int) {
	survey := slices.Index(e.study.Surveys, e.Survey)
	wave := slices.Index(e.Survey.Waves, e.Wave.Wave)
	e.rows[s.order] = append(e.rows[s.order], ranked{row, [7]int{s.order, survey, wave, e.groups[g].partitionRank(), g, contrast, versus}})
}

func (g *group) partitionRank() int {
	if g.breakdown == "" {
		return -1
	}
	return g.partition
}
