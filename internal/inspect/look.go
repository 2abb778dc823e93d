package inspect

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/export"
)

// look is what the workers on one file share: what to look for in its rows.
type look struct {
	file       *export.File
	status     int // index of the platform's status column, or -1
	reasons    map[string]string
	completion *export.Completion
	id         int // index of the column that names respondents, or -1
	groups     []span
	separators []string
	headings   [][][]byte // what stands over each column, as cells might repeat it
	grouped    []bool     // by column: whether it is one of a group, and so may be an option
	seed       maphash.Seed
}

func newLook(f *export.File) *look {
	l := &look{file: f, status: -1, id: -1, groups: spans(f.Layout), separators: separators(f.Layout), seed: maphash.MakeSeed()}
	l.grouped = make([]bool, len(f.Columns))
	for _, g := range l.groups {
		for _, i := range g.columns {
			l.grouped[i] = true
		}
	}
	if f.Status != nil {
		l.status, l.reasons = f.Status.Column, f.Status.Reasons
	}
	if len(f.Completion) > 0 {
		l.completion = &f.Completion[0]
	}
	for i, c := range f.Columns {
		l.headings = append(l.headings, over(f, i))
		if c.Role == export.RoleID && l.id < 0 {
			l.id = i
		}
	}
	return l
}

// separators are those by which ticked options may be joined: the platform's, or
// where it joins none, what people join them by.
func separators(l export.Layout) []string {
	if l.Separator != "" {
		return []string{l.Separator}
	}
	return []string{";", "|", ", ", ","}
}

// over lists what stands over a column in the rows of headings, and its names.
func over(f *export.File, column int) [][]byte {
	c := f.Columns[column]
	names := []string{c.Code, c.Text}
	for _, row := range f.Headings {
		if column < len(row) {
			names = append(names, strings.TrimSpace(row[column]))
		}
	}
	slices.Sort(names)
	var out [][]byte
	for _, name := range slices.Compact(names) {
		if name != "" {
			out = append(out, []byte(name))
		}
	}
	return out
}

// repeats reports whether a cell is what stands over its column.
func (l *look) repeats(i int, cell []byte) bool {
	for _, name := range l.headings[i] {
		if bytes.Equal(cell, name) {
			return true
		}
	}
	return cell[0] == '{' && bytes.HasPrefix(cell, importID)
}

var importID = []byte(`{"ImportId":`)
