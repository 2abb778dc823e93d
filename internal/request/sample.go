package request

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/frame"
	"github.com/caregap/caregap/internal/personal"
	"github.com/caregap/caregap/internal/survey"
)

// sample is a survey.Sample with the rows that R would still have.
type sample struct {
	*survey.Sample
	present []bool // nil: all
}

// in is the sample of some rows. Once weights were adjusted, R keeps the other
// rows with a weight of 0.
func (s *sample) in(rows []bool) *sample {
	out := &sample{s.Subset(rows), s.present}
	if s.Replicates() == nil && s.Adjusted() {
		return out
	}
	out.present = slices.Clone(rows)
	for row, p := range s.present {
		out.present[row] = out.present[row] && p
	}
	return out
}

// has reports whether the sample still has a row.
func (s *sample) has(row int) bool { return s.present == nil || s.present[row] }

// sample makes the request's design and takes its steps.
func (m *maker) sample() (*sample, error) { return m.after(len(m.Steps)) }

// after is the sample after some of the steps. Requests with the same design and
// first steps share it.
func (m *maker) after(steps int) (*sample, error) {
	key := m.key + strings.Join(m.stepKeys[:steps], "\n")
	return m.samples.get(key, func() (*sample, error) {
		if steps == 0 {
			return m.design()
		}
		before, err := m.after(steps - 1)
		if err != nil {
			return nil, err
		}
		s, err := m.Steps[steps-1].apply(m, before)
		var placed *diag.Problems
		if err != nil && !errors.As(err, &placed) {
			return nil, fmt.Errorf("steps[%d]: %w", steps-1, err)
		}
		return s, err
	})
}

func (m *maker) design() (*sample, error) {
	if m.Design.Replicates != nil {
		return m.replicated()
	}
	d := survey.Design{
		Rows: m.frame.Rows, Nest: m.Design.Nest, Lonely: m.Lonely, DomainLonely: m.DomainLonely,
		RowName: func(row int) string { return fmt.Sprintf("row %d", m.frame.Line(row)) },
	}
	var err error
	if m.Design.Weights != "" {
		if d.Weights, err = m.sizes(m.Design.Weights, "a weight"); err != nil {
			return nil, err
		}
	}
	for i := range max(len(m.Design.IDs), len(m.Design.Strata), len(m.Design.FPC)) {
		stage, err := m.stage(i)
		if err != nil {
			return nil, err
		}
		d.Stages = append(d.Stages, stage)
	}
	s, err := survey.New(d)
	if err != nil {
		return nil, err
	}
	return &sample{Sample: s}, nil
}

func (m *maker) stage(i int) (survey.Stage, error) {
	var s survey.Stage
	if i < len(m.Design.IDs) {
		units, err := m.categories(m.Design.IDs[i])
		if err != nil {
			return s, err
		}
		s.Units, s.UnitName = units.Codes, naming(units)
	}
	if i < len(m.Design.Strata) {
		strata, err := m.categories(m.Design.Strata[i])
		if err != nil {
			return s, err
		}
		s.Strata, s.StratumName = strata.Codes, naming(strata)
	}
	if i < len(m.Design.FPC) {
		var err error
		if s.FPC, err = m.sizes(m.Design.FPC[i], "a population size"); err != nil {
			return s, err
		}
	}
	return s, nil
}

// sizes are numbers that are never negative. A message does not hold the number: a
// column that was named by mistake may be one of answers.
func (m *maker) sizes(name, what string) ([]float64, error) {
	x, err := m.numbers(name)
	if err != nil {
		return nil, err
	}
	if row := slices.IndexFunc(x, func(v float64) bool { return v < 0 }); row >= 0 {
		return nil, fmt.Errorf("row %d, column %q: %s is not negative", m.frame.Line(row), name, what)
	}
	return x, nil
}

func naming(c *frame.Categories) func(int32) string {
	return func(code int32) string { return fmt.Sprintf("%s %q", c.Name, nameable(c.Labels[code])) }
}

// nameable is a category as a message may name it. Problems of a design must say
// which stratum or unit they are of, and so codes of any kind are named; a column of
// addresses or comments that was named by mistake is not told.
func nameable(label string) string {
	if personal.Own(label, personal.QuotableCount) || utf8.RuneCountInString(label) > personal.QuotableLength {
		return "(not shown)"
	}
	return label
}

func (m *maker) replicated() (*sample, error) {
	weights, err := m.sizes(m.Design.Weights, "a weight")
	if err != nil {
		return nil, err
	}
	given := m.Design.Replicates.Given
	if given.Columns, err = m.replicateColumns(); err != nil {
		return nil, err
	}
	s, err := survey.NewReplicated(weights, given)
	if err != nil {
		return nil, err
	}
	return &sample{Sample: s}, nil
}

// aggregates are the units of a stage as numbers: those of all stages down to it;
// nil where every row is its own.
func (m *maker) aggregates(stage int, path string) ([]int32, error) {
	if m.Design.Replicates == nil && len(m.Design.IDs) == 0 && stage == 1 {
		return nil, nil
	}
	if m.Design.Replicates != nil || stage > len(m.Design.IDs) {
		return nil, fmt.Errorf("%s.aggregate_stage: the design has %d stages with ids", path, len(m.Design.IDs))
	}
	columns := slices.Clone(m.Design.IDs[:stage])
	if m.Design.Nest {
		columns = append(columns, m.Design.Strata[:min(stage, len(m.Design.Strata))]...)
	}
	c, err := m.cross(columns)
	if err != nil {
		return nil, err
	}
	return c.Codes, nil
}

// cross are the combinations of columns' categories that rows have, in the order
// of the first column, then of the second and so on.
func (m *maker) cross(columns []string) (*frame.Categories, error) {
	if len(columns) == 1 {
		return m.categories(columns[0])
	}
	key, err := json.Marshal([]any{columns, m.Levels})
	if err != nil {
		return nil, err
	}
	return m.domains.get(string(key), func() (*frame.Categories, error) {
		all := make([]*frame.Categories, len(columns))
		for i, name := range columns {
			c, err := m.categories(name)
			if err != nil {
				return nil, err
			}
			all[i] = c
		}
		return crossed(m.frame.Rows, all), nil
	})
}

func crossed(rows int, all []*frame.Categories) *frame.Categories {
	codes := slices.Repeat([]int32{0}, rows)
	seen := 1
	for _, c := range all {
		place := map[int64]int32{}
		var keys []int64
		for row, code := range codes {
			if code < 0 || c.Codes[row] < 0 {
				codes[row] = -1
				continue
			}
			k := int64(code)*int64(len(c.Labels)) + int64(c.Codes[row])
			if _, ok := place[k]; !ok {
				place[k] = 0
				keys = append(keys, k)
			}
		}
		slices.Sort(keys)
		for i, k := range keys {
			place[k] = int32(i)
		}
		for row, code := range codes {
			if code >= 0 {
				codes[row] = place[int64(code)*int64(len(c.Labels))+int64(c.Codes[row])]
			}
		}
		seen = len(keys)
	}
	return &frame.Categories{Codes: codes, Labels: make([]string, seen)}
}
