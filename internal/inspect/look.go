package inspect

import (
	"bytes"
	"hash/maphash"

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
	headings   [][]byte // names of the columns, as cells might repeat them
	texts      [][]byte // and texts
	seed       maphash.Seed
}

func newLook(f *export.File) *look {
	l := &look{file: f, status: -1, id: -1, groups: spans(f.Layout), separators: separators(f.Layout), seed: maphash.MakeSeed()}
	if f.Status != nil {
		l.status, l.reasons = f.Status.Column, f.Status.Reasons
	}
	if len(f.Completion) > 0 {
		l.completion = &f.Completion[0]
	}
	for i, c := range f.Columns {
		l.headings, l.texts = append(l.headings, []byte(c.Code)), append(l.texts, []byte(c.Text))
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

// repeats reports whether a cell is what stands over its column: its name, its text
// or the platform's id.
func (l *look) repeats(i int, cell []byte) bool {
	if bytes.Equal(cell, l.headings[i]) || cell[0] == '{' && bytes.HasPrefix(cell, importID) {
		return true
	}
	return len(cell) == len(l.texts[i]) && bytes.Equal(cell, l.texts[i])
}

var importID = []byte(`{"ImportId":`)
