package request

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/frame"
	"github.com/caregap/caregap/internal/survey"
)

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
	domains, err := m.domainsOf(m.By)
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
	found := occurring(s, domains.Codes)
	out := groupsResult{Groups: []groupResult{}}
	var estimates []survey.Group
	if m.Stat.Fn == "mean" && len(l.labels) == 1 && l.labels[0].level == nil && s.Replicates() == nil {
		e, err := s.EstimateGroups(l.Statistic, domains.Codes)
		if err != nil {
			return nil, err
		}
		estimates, out.V = e.Groups, matrix(e.V)
	} else if estimates, err = s.blocks(l.Statistic, domains.Codes, found); err != nil {
		return nil, err
	}
	for i, g := range found {
		out.Groups = append(out.Groups, m.groupOf(g, func() (any, error) {
			if estimates[i].Err != nil {
				return nil, estimates[i].Err
			}
			return l.result(estimates[i].Estimates, s.in(equal(domains.Codes, g.code))), nil
		}))
	}
	return out, nil
}

// mostGroups is how many groups there may be. More of them are ids, and their
// covariances fill the memory.
const mostGroups = 5000

// domainsOf are the combinations of categories of some columns.
func (m *maker) domainsOf(columns []string) (*frame.Categories, error) {
	c, err := m.cross(columns)
	if err == nil && len(c.Labels) > mostGroups {
		return nil, fmt.Errorf("%s: %d groups are too many, expected at most %d", strings.Join(columns, ", "), len(c.Labels), mostGroups)
	}
	return c, err
}

// blockNumbers is of how many numbers the covariance is made at once.
const blockNumbers = 512

// blocks estimates groups some at a time: what lies between those of different
// blocks is not made. Groups are all that have a row with a weight.
func (s *sample) blocks(st survey.Statistic, codes []int32, groups []group) ([]survey.Group, error) {
	var out []survey.Group
	most := max(1, blockNumbers/max(1, st.Len()))
	for len(groups) > most {
		e, err := s.EstimateGroups(st, within(codes, groups[0].code, groups[most].code))
		if err != nil {
			return nil, err
		}
		out, groups = append(out, e.Groups...), groups[most:]
	}
	if len(groups) == 0 {
		return out, nil
	}
	e, err := s.EstimateGroups(st, within(codes, groups[0].code, math.MaxInt32))
	if err != nil {
		return nil, err
	}
	return append(out, e.Groups...), nil
}

// within are the codes from first up to before end; others are none.
func within(codes []int32, first, end int32) []int32 {
	out := make([]int32, len(codes))
	for row, c := range codes {
		if c < first || c >= end {
			c = -1
		}
		out[row] = c
	}
	return out
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
