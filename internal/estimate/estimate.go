// Package estimate turns moments into the numbers of a release.
//
//  1. specs lists every number of a study: measure, statistic, level.
//  2. For each wave, each spec is estimated for everyone and for each category:
//     a mean or share with its linearised values, summed per PSU.
//  3. One variance engine, design.variance, turns linearised values into a
//     variance (Taylor linearisation; Binder 1983). It knows nothing of what was
//     estimated, so that differences are had by subtracting linearised values.
//  4. Differences between waves, surveys, and a category and the rest follow, and
//     the average of surveys.
//  5. After protection, Adjust corrects p-values for looking at many.
//
// Sums run over units in the order of their names, so that the same respondents
// give the same bits.
package estimate

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/study"
)

// Estimate makes all rows of a study, in their fixed order, from its waves in
// the order of study.yaml. Designs from which no variance can be had go to diags.
func Estimate(ctx context.Context, s *study.Study, waves []Wave, diags *diag.List) (*Table, error) {
	if len(waves) == 0 {
		return &Table{}, nil
	}
	list := specs(waves[0].Moments.Plan)
	estimators := make([]*waveEstimator, len(waves))
	g, ctx := errgroup.WithContext(ctx)
	for i, w := range waves {
		g.Go(func() error {
			estimators[i] = newWaveEstimator(s, w, list, diags)
			if diags.HasErrors() {
				return ctx.Err()
			}
			return estimators[i].estimate(ctx)
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	if diags.HasErrors() {
		return &Table{}, nil
	}
	return assemble(s, estimators), nil
}

func assemble(s *study.Study, estimators []*waveEstimator) *Table {
	var latest []*waveEstimator
	for _, v := range s.Surveys {
		var own []*waveEstimator
		for _, e := range estimators {
			if e.Survey == v {
				own = append(own, e)
			}
		}
		if len(own) == 0 {
			continue
		}
		waveContrasts(own)
		latest = append(latest, own[len(own)-1])
	}
	shared := newOverlaps(s, latest)
	surveyContrasts(latest, shared)
	t := &Table{Rows: ordered(estimators, averages(latest, len(s.Surveys), shared)), omnibus: map[family]*categoryMeans{}}
	for _, e := range estimators {
		e.addOmnibus(t)
		t.Reliability = append(t.Reliability, e.reliabilities()...)
	}
	t.Heterogeneity = heterogeneities(s, latest, t.Rows)
	return t
}

// ordered puts all rows into their fixed order. Rows are large, so that places
// are sorted and each row is moved once.
func ordered(estimators []*waveEstimator, more []ranked) []Row {
	var places []*ranked
	add := func(rows []ranked) {
		for i := range rows {
			places = append(places, &rows[i])
		}
	}
	for _, e := range estimators {
		for _, rows := range e.rows {
			add(rows)
		}
	}
	add(more)
	slices.SortStableFunc(places, func(a, b *ranked) int { return slices.Compare(a.rank[:], b.rank[:]) })
	out := make([]Row, len(places))
	for i, r := range places {
		out[i] = r.row
	}
	return out
}

// Table is all rows of a run and what their joint tests need.
type Table struct {
	Rows          []Row
	Reliability   []Reliability   // by survey, wave; constructs before gaps
	Heterogeneity []Heterogeneity // in the order of Rows
	omnibus       map[family]*categoryMeans
}
