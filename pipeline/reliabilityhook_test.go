package pipeline

import (
	"context"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/study"
)

// Reliabilities estimates a study and returns how reliable its scores are, before
// protection.
func Reliabilities(ctx context.Context, s *study.Study) ([]estimate.Reliability, error) {
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
	return t.Reliability, nil
}
