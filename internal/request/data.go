package request

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/frame"
	"github.com/caregap/caregap/internal/survey"
)

// Data is the columns that some requests need, with what they share.
type Data struct {
	file    *frame.File
	frame   *frame.Frame
	beside  map[string]*companion // files of replicate weights, by their name
	samples *cache[*sample]
	domains *cache[*frame.Categories]
}

// companion is a file of replicate weights.
type companion struct {
	file  *frame.File
	frame *frame.Frame
	err   error
}

// wants are the columns of a request, levels' as texts.
func (r *Request) wants() []frame.Want {
	var out []frame.Want
	r.columns(func(name string) {
		_, text := r.Levels[name]
		out = append(out, frame.Want{Name: name, Text: text})
	})
	return out
}

// columns tells which columns a request needs.
func (r *Request) columns(want func(name string)) {
	d := r.Design
	for _, c := range slices.Concat(d.IDs, d.Strata, d.FPC, []string{d.Weights}) {
		if c != "" {
			want(c)
		}
	}
	for _, s := range r.Steps {
		s.columns(want)
	}
	for _, c := range r.By {
		want(c)
	}
	r.Stat.columns(want)
}

// Load reads the columns that the requests need and the file has. Replicate weights
// in files of their own are looked for in folder. Those requests of which a column
// is not there fail when they are answered.
func Load(ctx context.Context, file *frame.File, folder string, requests []*Request) (*Data, error) {
	d := &Data{file: file, beside: map[string]*companion{}}
	var wants []frame.Want
	for _, r := range requests {
		for _, w := range r.wants() {
			if file.Unknown(w.Name) == nil {
				wants = append(wants, w)
			}
		}
		if g := r.Design.Replicates; g != nil && g.Data == "" {
			wants = append(wants, matching(file, g)...)
		}
	}
	var err error
	if d.frame, err = file.Read(ctx, wants); err != nil {
		return nil, err
	}
	d.samples = newCache[*sample](d.frame.Rows)
	d.domains = newCache[*frame.Categories](d.frame.Rows)
	return d, d.loadCompanions(ctx, folder, requests)
}

// matching are the columns of replicate weights in a file.
func matching(file *frame.File, g *GivenReplicates) []frame.Want {
	var out []frame.Want
	for _, c := range file.Columns {
		if g.Pattern.MatchString(c) {
			out = append(out, frame.Want{Name: c})
		}
	}
	return out
}

func (d *Data) loadCompanions(ctx context.Context, folder string, requests []*Request) error {
	wants := map[string][]frame.Want{}
	for _, r := range requests {
		g := r.Design.Replicates
		if g == nil || g.Data == "" {
			continue
		}
		c := d.beside[g.Data]
		if c == nil {
			c = &companion{}
			c.file, c.err = frame.Open(filepath.Join(folder, g.Data+".csv"), g.Data+".csv")
			d.beside[g.Data] = c
		}
		if c.err == nil {
			wants[g.Data] = append(wants[g.Data], matching(c.file, g)...)
		}
	}
	for name, c := range d.beside {
		if c.err != nil {
			continue
		}
		c.frame, c.err = c.file.Read(ctx, wants[name])
		if err := c.file.Close(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// maker makes the answer to one request.
type maker struct {
	*Data
	*Request
}

// checkColumns is the error of columns that are not there, all of them.
func (m *maker) checkColumns() error {
	var messages []string
	check := func(name string) {
		var problems *diag.Problems
		if errors.As(m.file.Unknown(name), &problems) {
			for _, p := range problems.Diagnostics {
				if text := message(p); !slices.Contains(messages, text) {
					messages = append(messages, text)
				}
			}
		}
	}
	m.columns(check)
	for _, name := range slices.Sorted(maps.Keys(m.Levels)) {
		check(name)
	}
	return joined(messages)
}

// message is a diagnostic without the file, of which there is one.
func message(d diag.Diagnostic) string {
	d.Pos.File = ""
	return d.String()
}

func joined(messages []string) error {
	if len(messages) == 0 {
		return nil
	}
	return &survey.Problems{Messages: messages}
}

func (m *maker) column(name string) *frame.Column {
	_, text := m.Levels[name]
	return m.frame.Column(frame.Want{Name: name, Text: text})
}

func (m *maker) numbers(name string) ([]float64, error) { return m.column(name).Numbers() }

func (m *maker) manyNumbers(names []string) ([][]float64, error) {
	out := make([][]float64, len(names))
	for i, name := range names {
		x, err := m.numbers(name)
		if err != nil {
			return nil, err
		}
		out[i] = x
	}
	return out, nil
}

func (m *maker) categories(name string) (*frame.Categories, error) {
	if levels, ok := m.Levels[name]; ok {
		return m.column(name).Levels(levels)
	}
	return m.column(name).Categories(), nil
}

// replicateColumns are the columns of replicate weights.
func (m *maker) replicateColumns() ([][]float64, error) {
	g := m.Design.Replicates
	file, data := m.file, m.frame
	if g.Data != "" {
		c := m.beside[g.Data]
		if c.err != nil {
			return nil, c.err
		}
		file, data = c.file, c.frame
	}
	var out [][]float64
	for _, w := range matching(file, g) {
		x, err := data.Column(w).Numbers()
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("design.repweights_pattern: no column of %s matches %q", file.Name, g.Pattern)
	}
	if data.Rows != m.frame.Rows {
		return nil, fmt.Errorf("%s has %d rows, the file has %d", file.Name, data.Rows, m.frame.Rows)
	}
	return out, nil
}
