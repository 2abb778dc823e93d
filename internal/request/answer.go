package request

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/frame"
)

// Answer is the line that answers a request.
type Answer struct {
	ID     json.RawMessage `json:"id"`
	Result any             `json:"result,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// Run answers lines of requests from a file, in their order and on any number of
// cores alike. Files of replicate weights are looked for in folder. An error is
// one of reading; a request that cannot be answered says so in its Answer.
func Run(ctx context.Context, file *frame.File, folder string, lines [][]byte) ([]Answer, error) {
	requests := make([]*Request, len(lines))
	wrong := make([]error, len(lines))
	var right []*Request
	for i, line := range lines {
		if requests[i], wrong[i] = Parse(line); wrong[i] == nil {
			right = append(right, requests[i])
		}
	}
	data, err := Load(ctx, file, folder, right)
	if err != nil {
		return nil, err
	}
	out := make([]Answer, len(lines))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, r := range requests {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			result, err := any(nil), wrong[i]
			if err == nil {
				result, err = data.Answer(r)
			}
			out[i] = Answer{ID: r.ID, Result: result}
			if err != nil {
				out[i].Result, out[i].Error = nil, problemText(err)
			}
			return nil
		})
	}
	return out, group.Wait()
}

// problemText is an error without the file's name, of which there is one.
func problemText(err error) string {
	var problems *diag.Problems
	if !errors.As(err, &problems) {
		return err.Error()
	}
	var out []string
	for _, d := range problems.Diagnostics {
		out = append(out, message(d))
	}
	return joined(out).Error()
}

// Answer answers one request. It may be called by any number of goroutines.
func (d *Data) Answer(r *Request) (any, error) {
	m := &maker{d, r}
	if err := m.checkColumns(); err != nil {
		return nil, err
	}
	s, err := m.sample()
	if err != nil {
		return nil, err
	}
	if len(r.By) > 0 {
		return m.groups(s)
	}
	return m.statistic(s)
}

// statistic makes the statistic of a sample.
func (m *maker) statistic(s *sample) (any, error) {
	switch m.Stat.Fn {
	case "mean", "total":
		l, err := m.linear()
		if err != nil {
			return nil, err
		}
		return l.of(s)
	case "variance":
		return m.variance(s)
	case "ratio":
		return m.ratio(s)
	case "ciprop":
		return m.ciprop(s)
	case "quantile":
		return m.quantile(s)
	case "contrast":
		return m.contrast(s)
	case "domain_diff":
		return m.difference(s)
	case "ttest1":
		return m.ttest1(s)
	case "ttest2":
		return m.ttest2(s)
	case "chisq":
		return m.chisq(s)
	case "cronbach":
		return m.cronbach(s)
	case "alpha":
		return m.alpha(s)
	case "pool":
		return m.pool(s)
	case "weights":
		return m.weights(s)
	case "degf":
		return m.degf(s)
	}
	panic("request: no statistic " + m.Stat.Fn)
}
