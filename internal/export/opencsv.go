package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export/csvfile"
	"github.com/caregap/caregap/internal/export/record"
)

// maxCell keeps places in a chunk, which is twice a cell at the most, in 32 bits.
const maxCell = 1 << 30

// openCSV reads the head of a text file and lays its columns out.
func openCSV(file *os.File, size int64, name string, opt Options) (*File, []diag.Diagnostic) {
	pos := diag.Pos{File: name}
	if d := notATable(file, name); d != nil {
		return nil, []diag.Diagnostic{*d}
	}
	chunk := csvfile.ChunkBytes
	if testChunkBytes > 0 {
		chunk = testChunkBytes
	}
	r, err := csvfile.Open(file, size, csvfile.Options{
		CellBytes: min(opt.Limits.CellBytes, maxCell), Columns: opt.Limits.Columns, ChunkBytes: chunk,
	})
	var content *diag.Problems
	switch {
	case errors.Is(err, csvfile.ErrEmpty):
		return nil, []diag.Diagnostic{*emptyFile(pos)}
	case errors.As(err, &content):
		return nil, within(name, "", content.Diagnostics)
	case err != nil:
		return nil, []diag.Diagnostic{*unreadable(pos, err)}
	}
	f := &File{
		Name: name, Format: "csv", Encoding: string(r.Text.Encoding), BOM: r.Text.BOM, Delimiter: string(rune(r.Delimiter)),
		source: csvSource{r, file, name},
	}
	h := Head{File: name, Format: f.Format, beside: sync.OnceValue(func() []Companion { return beside(file.Name()) })}.saying(r.Head.Rows)
	problems := layOut(f, h, opt)
	if f.Layout.Platform == "" {
		return nil, problems
	}
	if n := r.Text.Repaired; n > 0 {
		problems = append(problems, mixed(pos, n))
	}
	problems = append(problems, raggedHeadings(f, h, r.Head.Lead)...)
	problems = append(problems, headerOnly(h, f.HeaderRows, r.Head.Whole)...)
	problems = append(problems, unsplit(h)...)
	r.Begin(f.begins, len(f.Columns))
	if f.short = newShortRows(h, f.HeaderRows, f.Columns); f.short.witness >= 0 {
		r.Least(1)
	} else {
		r.Least(f.short.least)
	}
	return f, problems
}

// unsplit is the problem of rows that stand in one cell each, separators included,
// as they do where a spreadsheet opened a file without splitting it.
func unsplit(h Head) []diag.Diagnostic {
	if len(h.Rows) < 2 || h.Width() != 1 {
		return nil
	}
	for _, separator := range []string{",", ";", "\t"} {
		n := outside(h.Rows[0][0], separator)
		if n < 2 || slices.ContainsFunc(h.Rows, func(row []string) bool { return len(row) != 1 || outside(row[0], separator) != n }) {
			continue
		}
		return []diag.Diagnostic{{
			Code: "unsplit-rows", Pos: h.pos(), Message: "each row stands in one cell, with its separators",
			Hint: "export it again, or in a spreadsheet split the column at its separators (Data > Text to Columns)",
		}}
	}
	return nil
}

// outside counts a separator outside quotation marks.
func outside(text, separator string) int {
	n := 0
	for i, part := range strings.Split(text, `"`) {
		if i%2 == 0 {
			n += strings.Count(part, separator)
		}
	}
	return n
}

// lastNamed is the number of columns up to the last that has a name.
func lastNamed(columns []Column) int {
	n := len(columns)
	for n > 0 && columns[n-1].Code == "" && columns[n-1].Text == "" {
		n--
	}
	return n
}

func mixed(pos diag.Pos, n int) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "mixed-encoding", Severity: diag.Warning, Pos: pos,
		Message: fmt.Sprintf("UTF-8 text, but for %d of its bytes; they are read as Windows-1252", n),
	}
}

// raggedHeadings finds rows of headings that are not as wide as the first; lead is
// the number of blank records above.
func raggedHeadings(f *File, h Head, lead int) []diag.Diagnostic {
	var problems record.Problems
	for row := f.Titles + 1; row < min(f.HeaderRows, len(h.Rows)); row++ {
		if n := len(h.Rows[row]); n < len(f.Columns) {
			problems.Add(record.Ragged(lead+h.record(row), n, len(f.Columns)))
		}
	}
	return within(f.Name, "", problems.List())
}

// within puts diagnostics into a file and sheet.
func within(name, sheet string, list []diag.Diagnostic) []diag.Diagnostic {
	for i := range list {
		list[i].Pos.File, list[i].Pos.Sheet = name, sheet
	}
	return list
}

type csvSource struct {
	*csvfile.Reader
	file *os.File
	name string
}

func (s csvSource) next() (body, error) {
	c, err := s.Next()
	var p *fs.PathError
	if errors.As(err, &p) {
		return nil, fmt.Errorf("%s: %w", s.name, p.Err)
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

func (s csvSource) close() error { return s.file.Close() }

// testChunkBytes makes chunks small in tests of this package.
var testChunkBytes int
