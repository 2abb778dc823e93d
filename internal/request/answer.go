package request

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"slices"

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
			result, err := any(nil), wrong[i]
			if err == nil {
				result, err = data.Answer(r)
			}
			out[i] = Answer{ID: r.ID, Result: result}
			if err != nil {
				out[i].Result, out[i].Error = nil, problemText(err)
			}
			return ctx.Err()
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
	case "weights":
		return m.weights(s)
	case "degf":
		return m.degf(s)
	}
	panic("request: no statistic " + m.Stat.Fn)
}

// groupsResult is the answer to a request with by. V is the covariance of the
// groups' means, where each has one.
type groupsResult struct {
	Groups []groupResult `json:"groups"`
	V      [][]figure    `json:"domain_vcov,omitempty"`
}

type groupResult struct {
	Group  pairs `json:"group"`
	Result any   `json:"result"`
}

type groupError struct {
	Error string `json:"error"`
}

// groups makes the statistic of each combination of categories that a row with a
// weight has.
func (m *maker) groups(s *sample) (any, error) {
	domains, err := m.cross(m.By)
	if err != nil {
		return nil, err
	}
	if m.Stat.Fn == "mean" || m.Stat.Fn == "total" {
		return m.linearGroups(s, domains)
	}
	out := groupsResult{Groups: []groupResult{}}
	for _, g := range occurring(s, domains.Codes) {
		out.Groups = append(out.Groups, m.groupOf(g, func() (any, error) { return m.statistic(s.in(equal(domains.Codes, g.code))) }))
	}
	return out, nil
}

func (m *maker) groupOf(g group, result func() (any, error)) groupResult {
	out := groupResult{Group: m.named(g.row)}
	var err error
	if out.Result, err = result(); err != nil {
		out.Result = groupError{problemText(err)}
	}
	return out
}

// linearGroups makes means and totals of all groups at once.
func (m *maker) linearGroups(s *sample, domains *frame.Categories) (any, error) {
	l, err := m.linear()
	if err != nil {
		return nil, err
	}
	e, err := s.EstimateGroups(l.Statistic, domains.Codes)
	if err != nil {
		return nil, err
	}
	out := groupsResult{Groups: []groupResult{}}
	for i, g := range occurring(s, domains.Codes) {
		out.Groups = append(out.Groups, m.groupOf(g, func() (any, error) {
			if e.Groups[i].Err != nil {
				return nil, e.Groups[i].Err
			}
			return l.result(e.Groups[i].Estimates, s.in(equal(domains.Codes, g.code))), nil
		}))
	}
	if m.Stat.Fn == "mean" && len(l.labels) == 1 && l.labels[0].level == nil && s.Replicates() == nil && e.V != nil {
		out.V = matrix(e.V)
	}
	return out, nil
}

// group is a domain by its code, with one of its rows.
type group struct {
	code int32
	row  int
}

// occurring are the codes that rows with a weight have, in order.
func occurring(s *sample, codes []int32) []group {
	first := map[int32]int{}
	var out []group
	for row, w := range s.Weights() {
		if c := codes[row]; w != 0 && c >= 0 {
			if _, ok := first[c]; !ok {
				first[c] = row
				out = append(out, group{c, row})
			}
		}
	}
	slices.SortFunc(out, func(a, b group) int { return int(a.code - b.code) })
	return out
}

// named are the categories that a row has in the columns of by.
func (m *maker) named(row int) pairs {
	var out pairs
	for _, name := range m.By {
		c, err := m.categories(name)
		if err != nil {
			panic("request: " + err.Error()) // the row's code was made of them
		}
		out = append(out, pair{name, c.Labels[c.Codes[row]]})
	}
	return out
}
