package request

import (
	"fmt"
	"math"
	"slices"

	"github.com/caregap/caregap/internal/frame"
	"github.com/caregap/caregap/internal/weight"
)

// adjusted is the sample with new weights, or with each of its replicates' too.
func (s *sample) adjusted(a weight.Adjuster) (*sample, error) {
	out := &sample{present: s.present}
	var err error
	if s.Replicates() != nil {
		out.Sample, err = s.AdjustEach(func(start []float64) ([]float64, error) {
			made, err := a.Adjust(start)
			if err != nil {
				return nil, err
			}
			return made.Weights, nil
		})
		return out, err
	}
	made, err := a.Adjust(s.Weights())
	if err != nil {
		return nil, err
	}
	out.Sample, err = s.Adjust(made.Weights, made.Residual)
	return out, err
}

func (p poststratify) apply(m *maker, s *sample) (*sample, error) {
	margin, err := p.margin(m)
	if err != nil {
		return nil, err
	}
	a, err := weight.NewPoststratification(m.frame.Rows, margin, p.partial)
	if err != nil {
		return nil, err
	}
	return s.adjusted(a)
}

// margin gives the population's categories the codes of the file's; those that the
// file lacks come after them.
func (p population) margin(m *maker) (weight.Margin, error) {
	out := weight.Margin{Population: make([]weight.Cell, len(p.cells))}
	for i, name := range p.columns {
		c, err := m.categories(name)
		if err != nil {
			return out, err
		}
		labels := slices.Clone(c.Labels)
		for row, cell := range p.cells {
			code := c.Code(cell.categories[i])
			if code < 0 {
				code = added(c, &labels, cell.categories[i])
			}
			out.Population[row].Codes = append(out.Population[row].Codes, code)
			out.Population[row].Total = cell.total
		}
		out.Factors = append(out.Factors, weight.Factor{Name: name, Codes: c.Codes, Label: func(code int32) string { return nameable(labels[code]) }})
	}
	return out, nil
}

// added is the code of a category that the file lacks.
//
//gosec:disable G115 -- labels are no more than rows, which are counted in int32
func added(c *frame.Categories, labels *[]string, label string) int32 {
	if at := slices.Index((*labels)[len(c.Labels):], label); at >= 0 {
		return int32(len(c.Labels) + at)
	}
	*labels = append(*labels, label)
	return int32(len(*labels) - 1)
}

// cycled rakes replicate weights as often as the sample's own, as R does.
type cycled struct {
	rows    int
	margins []weight.Margin
	options weight.RakeOptions
	again   *weight.Raking // of replicates
}

func (c *cycled) Adjust(start []float64) (*weight.Adjusted, error) {
	if c.again != nil {
		return c.again.Adjust(start)
	}
	first, err := weight.NewRaking(c.rows, c.margins, c.options)
	if err != nil {
		return nil, err
	}
	made, err := first.Adjust(start)
	if err != nil {
		return nil, err
	}
	options := c.options
	options.Cycles = made.Iterations
	c.again, err = weight.NewRaking(c.rows, c.margins, options)
	return made, err
}

func (r rake) apply(m *maker, s *sample) (*sample, error) {
	var margins []weight.Margin
	for _, p := range r.margins {
		margin, err := p.margin(m)
		if err != nil {
			return nil, err
		}
		margins = append(margins, margin)
	}
	return s.adjusted(&cycled{rows: m.frame.Rows, margins: margins, options: r.options})
}

func (c calibrate) apply(m *maker, s *sample) (*sample, error) {
	a := weight.Calibration{Distance: c.distance, Bounds: c.bounds}
	for _, t := range c.terms {
		x, err := t.values(m, s)
		if err != nil {
			return nil, err
		}
		a.Columns, a.Names, a.Totals = append(a.Columns, x), append(a.Names, t.name()), append(a.Totals, t.total)
	}
	if c.stage > 0 {
		units, err := m.aggregates(c.stage, c.path)
		if err != nil {
			return nil, err
		}
		a.Units = units
	}
	return s.adjusted(a)
}

// values is a calibration column. Rows outside the sample do not count; others
// must have a value.
func (t term) values(m *maker, s *sample) ([]float64, error) {
	if t.column == "" {
		return slices.Repeat([]float64{1}, m.frame.Rows), nil
	}
	var x []float64
	if t.byCode {
		c, err := m.categories(t.column)
		if err != nil {
			return nil, err
		}
		code := c.Code(t.level)
		if code < 0 {
			return nil, fmt.Errorf("%s has no category %q", t.column, t.level)
		}
		x = indicator(c.Codes, code)
	} else {
		numbers, err := m.numbers(t.column)
		if err != nil {
			return nil, err
		}
		x = slices.Clone(numbers)
	}
	for row, w := range s.Weights() {
		if !math.IsNaN(x[row]) {
			continue
		}
		if w != 0 {
			return nil, fmt.Errorf("%s is missing in row %d, which has a weight", t.column, m.frame.Line(row))
		}
		x[row] = 0
	}
	return x, nil
}

// indicator is 1 where a row has a code, 0 where it has another, NaN for missing.
func indicator(codes []int32, code int32) []float64 {
	x := make([]float64, len(codes))
	for row, c := range codes {
		switch {
		case c < 0:
			x[row] = math.NaN()
		case c == code:
			x[row] = 1
		}
	}
	return x
}

func (t trim) apply(_ *maker, s *sample) (*sample, error) { return s.adjusted(t.Trim) }

func (t subset) apply(m *maker, s *sample) (*sample, error) {
	x, err := m.numbers(t.column)
	if err != nil {
		return nil, err
	}
	in := make([]bool, len(x))
	for row, v := range x {
		in[row] = v == 1
	}
	return s.in(in), nil
}

func (r replicate) apply(_ *maker, s *sample) (*sample, error) {
	made, err := s.Replicate(r.Replication)
	if err != nil {
		return nil, err
	}
	return &sample{made, s.present}, nil
}
