package pipeline

import (
	"context"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// Adjuster estimates a study and returns what corrects its rows' p-values when
// those that hidden tells are hidden, whatever the disclosure rules would hide.
func Adjuster(ctx context.Context, s *study.Study) (func(hidden func(estimate.Key) bool) map[estimate.Key]number.Value, error) {
	r, err := newRun(s, Options{})
	if err != nil {
		return nil, err
	}
	if err := r.load(ctx, ""); err != nil {
		return nil, err
	}
	t, err := r.estimate(ctx)
	if err != nil {
		return nil, err
	}
	return func(hidden func(estimate.Key) bool) map[estimate.Key]number.Value {
		out := map[estimate.Key]number.Value{}
		for i, p := range t.Adjust(func(row int) bool { return hidden(t.Rows[row].Key) }) {
			out[t.Rows[i].Key] = p
		}
		return out
	}, nil
}

// People numbers the people of a study's waves in the order in which they are met
// first: by survey and wave, and by respondent from 0. Who is not named is not in it.
func People(ctx context.Context, s *study.Study) (map[[2]string]map[int]int, error) {
	r, err := newRun(s, Options{})
	if err != nil {
		return nil, err
	}
	if err := r.load(ctx, ""); err != nil {
		return nil, err
	}
	out, numbers := map[[2]string]map[int]int{}, map[uint64]int{}
	for _, w := range r.waves {
		of := map[int]int{}
		out[[2]string{w.survey.ID, w.wave.ID}] = of
		w.kept.People(func(row int, person uint64, _ int32) {
			if _, met := numbers[person]; !met {
				numbers[person] = len(numbers) + 1
			}
			of[row] = numbers[person]
		})
	}
	return out, nil
}
