package request

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/frame"
	"github.com/caregap/caregap/internal/personal"
	"github.com/caregap/caregap/internal/survey"
)

// Question asks for everyday estimates of one sample. They are what caregap
// publishes, not what R prints: rows without an answer are left out statistic by
// statistic and do not count for degrees of freedom, shares have Wilson's limits,
// and an error that one PSU would give is not given.
type Question struct {
	Design  Design
	Lonely  survey.Lonely
	Weights []Step  // adjustments of the weights of the whole sample
	Where   []Where // rows of which all are true
	By      []string
	Level   float64

	Items       []Item
	Differences []Difference
}

// Where says which rows take part: those that have a category in a column.
type Where struct{ Column, Category string }

// Item is one statistic.
type Item struct {
	Kind     Kind
	Columns  []string // two of a ratio and of a gap, else one
	Quantile float64  // of a quantile: its probability
}

// Kind is what an Item asks for.
type Kind string

// The kinds of items.
const (
	Mean     Kind = "mean"
	Share    Kind = "share" // of the rows with 1, or of each category
	Total    Kind = "total"
	Ratio    Kind = "ratio"
	Quantile Kind = "quantile"
	Gap      Kind = "gap" // the mean of the first column less the second, by row
)

// Difference asks for each item's difference between two categories: To less From.
type Difference struct{ Column, From, To string }

// Name is the item as it was asked for.
func (i Item) Name() string {
	switch i.Kind {
	case Ratio:
		return i.Columns[0] + "/" + i.Columns[1]
	case Gap:
		return i.Columns[0] + "-" + i.Columns[1]
	}
	return i.Columns[0]
}

// Columns are all that the question needs.
func (q *Question) Columns() []string {
	var out []string
	q.request().columns(func(name string) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	})
	return out
}

// request is the part of a question that a request has too, and all its columns.
func (q *Question) request() *Request {
	r := &Request{Design: q.Design, Lonely: q.Lonely, Steps: slices.Clone(q.Weights), By: q.By}
	for _, w := range q.Where {
		r.Steps = append(r.Steps, w)
	}
	for _, i := range q.Items {
		r.Stat.Vars = append(r.Stat.Vars, i.Columns...)
	}
	for _, d := range q.Differences {
		r.Stat.Vars = append(r.Stat.Vars, d.Column)
	}
	for i := range r.Steps {
		r.stepKeys = append(r.stepKeys, fmt.Sprint(i))
	}
	return r
}

func (w Where) columns(want func(string)) { want(w.Column) }

func (w Where) apply(m *maker, s *sample) (*sample, error) {
	c, err := m.categories(w.Column)
	if err != nil {
		return nil, err
	}
	code := c.Code(w.Category)
	if code < 0 {
		return nil, noCategory(m.file.Name, c, w.Category)
	}
	return s.in(equal(c.Codes, code)), nil
}

// noCategory is the problem of a category that no row has.
func noCategory(file string, c *frame.Categories, category string) error {
	return &diag.Problems{Diagnostics: []diag.Diagnostic{{
		Code: "unknown-category", Pos: diag.Pos{File: file, Column: c.Name},
		Message: fmt.Sprintf("no row has %q", category), Hint: diag.NearestHint(category, common(c)),
	}}}
}

// common are categories that a message may name, none of which is one person's own.
func common(c *frame.Categories) []string {
	counts := make([]int, len(c.Labels))
	for _, code := range c.Codes {
		if code >= 0 {
			counts[code]++
		}
	}
	var out []string
	for code, n := range counts {
		if personal.Quotable(c.Labels[code], n) {
			out = append(out, c.Labels[code])
		}
	}
	return out
}

// asker answers a question.
type asker struct {
	*maker
	*Question
	sample  *sample
	domains *frame.Categories // nil without By
	groups  []group
}

// Ask answers a question about a file: rows in the order of items, groups and
// categories, and then those of differences. Problems of the question or the file
// are *diag.Problems. Warnings tell of the sample.
func Ask(ctx context.Context, file *frame.File, q *Question) (rows []Row, warnings []string, err error) {
	r := q.request()
	data, err := Load(ctx, file, "", []*Request{r})
	if err != nil {
		return nil, nil, err
	}
	a := &asker{maker: &maker{data, r}, Question: q}
	if a.sample, err = a.maker.sample(); err != nil {
		return nil, nil, a.problem(err)
	}
	for _, name := range q.By {
		if err := a.printable(a.column(name).Categories()); err != nil {
			return nil, nil, err
		}
	}
	if len(q.By) > 0 {
		if a.domains, err = a.domainsOf(q.By); err != nil {
			return nil, nil, a.problem(err)
		}
		a.groups = occurring(a.sample, a.domains.Codes)
	}
	if rows, err = a.rows(ctx); err != nil {
		return nil, nil, a.problem(err)
	}
	return rows, a.warnings(), nil
}

// rows answers every item and every difference, side by side.
func (a *asker) rows(ctx context.Context) ([]Row, error) {
	var tasks []func() ([]Row, error)
	for _, item := range a.Items {
		tasks = append(tasks, func() ([]Row, error) { return a.item(item) })
	}
	for _, d := range a.Differences {
		for _, item := range a.Items {
			tasks = append(tasks, func() ([]Row, error) { return a.difference(item, d) })
		}
	}
	parts := make([][]Row, len(tasks))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, task := range tasks {
		group.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			parts[i], err = task()
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return slices.Concat(parts...), nil
}

// warnings are the design's, and of rows that belong to no group.
func (a *asker) warnings() []string {
	out := a.sample.Warnings()
	if a.domains == nil {
		return out
	}
	without := 0
	for row, w := range a.sample.Weights() {
		if w != 0 && a.domains.Codes[row] < 0 {
			without++
		}
	}
	if without > 0 {
		out = append(out, fmt.Sprintf("%d rows have no value in a column of --by and belong to no group", without))
	}
	if len(a.groups) == 0 {
		out = append(out, "no row takes part")
	}
	return out
}

// problem makes an error of the survey or of weights a problem of the file.
func (a *asker) problem(err error) error {
	var problems *diag.Problems
	if errors.As(err, &problems) || errors.Is(err, context.Canceled) {
		return err
	}
	out := &diag.Problems{}
	for _, text := range messages(err) {
		out.Diagnostics = append(out.Diagnostics, diag.Diagnostic{Code: "cannot-estimate", Pos: diag.Pos{File: a.file.Name}, Message: text})
	}
	return out
}
