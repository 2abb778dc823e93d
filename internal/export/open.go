package export

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export/record"
)

// Open finds out what the file at path is and reads its headings. name is how
// messages call it. When a diagnostic is an error, the File is nil.
//
//gosec:disable G104 -- the file was only read, and the error that led here is reported
func Open(path, name string, opt Options) (*File, []diag.Diagnostic) {
	opt.Limits = opt.Limits.WithDefaults()
	file, size, magic, d := openFile(path, name)
	if d != nil {
		return nil, []diag.Diagnostic{*d}
	}
	f, problems := openContent(file, size, name, magic, opt)
	if slices.ContainsFunc(problems, func(d diag.Diagnostic) bool { return d.Severity == diag.Error && !(opt.Anyway && legible(d)) }) {
		file.Close()
		return nil, problems
	}
	return f, problems
}

// legible reports whether a file can be read in spite of an error: it is not to be
// used, but what it is can be told.
func legible(d diag.Diagnostic) bool {
	return slices.Contains([]string{"not-an-export", "header-only", "repeating-instruments", "unsplit-rows"}, d.Code)
}

// openFile opens a regular file and reads its first bytes.
//
//gosec:disable G104 G304 -- the file was only read, and the error that led here is reported; the user's own argument, or a name that study.Load has checked
func openFile(path, name string) (file *os.File, size int64, magic []byte, problem *diag.Diagnostic) {
	pos := diag.Pos{File: name}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, 0, nil, &diag.Diagnostic{Code: "missing-file", Pos: pos, Message: "there is no such file"}
	case err != nil:
		return nil, 0, nil, unreadable(pos, err)
	case info.IsDir():
		return nil, 0, nil, &diag.Diagnostic{Code: "is-directory", Pos: pos, Message: "this is a folder, an export file was expected",
			Hint: "name its files, with a pattern such as " + strings.TrimSuffix(name, "/") + "/*.csv"}
	case !info.Mode().IsRegular():
		return nil, 0, nil, &diag.Diagnostic{Code: "unreadable-file", Pos: pos, Message: "this is no regular file"}
	}
	file, err = os.Open(path)
	if err != nil {
		return nil, 0, nil, unreadable(pos, err)
	}
	magic = make([]byte, 8)
	n, err := file.ReadAt(magic, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		file.Close()
		return nil, 0, nil, unreadable(pos, err)
	}
	if n == 0 {
		file.Close()
		return nil, 0, nil, emptyFile(pos)
	}
	return file, info.Size(), magic[:n], nil
}

// unreadable leaves the path out: it may be absolute, and messages are not to
// depend on where a study lies.
func unreadable(pos diag.Pos, err error) *diag.Diagnostic {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return &diag.Diagnostic{Code: "unreadable-file", Pos: pos, Message: "cannot be read: " + err.Error()}
}

func emptyFile(pos diag.Pos) *diag.Diagnostic {
	return &diag.Diagnostic{Code: "empty-file", Pos: pos, Message: "there is nothing in it", Hint: "export it again"}
}

// openContent tells by the first bytes what the file is, whatever its name.
func openContent(file *os.File, size int64, name string, magic []byte, opt Options) (*File, []diag.Diagnostic) {
	switch {
	case bytes.HasPrefix(magic, []byte("PK\x03\x04")), bytes.HasPrefix(magic, []byte("PK\x05\x06")):
		return openWorkbook(file, size, name, opt)
	case bytes.HasPrefix(magic, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return nil, []diag.Diagnostic{compound(file, name)}
	case slices.Contains([]string{".xlsx", ".xlsm", ".xls"}, strings.ToLower(path.Ext(name))):
		return nil, []diag.Diagnostic{{
			Code: "not-a-workbook", Pos: diag.Pos{File: name}, Message: "this is no Excel workbook, whatever its name says",
			Hint: "if it is text, name it .csv; else export it again",
		}}
	}
	return openCSV(file, size, name, opt)
}

// layOut recognises the platform of a head and names its columns.
func layOut(f *File, h Head, opt Options) []diag.Diagnostic {
	if d := h.tooLong(opt.Limits.HeadingBytes); d != nil {
		return []diag.Diagnostic{*d}
	}
	c, problems := choose(h, opt.Platform)
	if c.Platform == nil {
		return problems
	}
	layout, more := c.Layout(c.head)
	if wide := c.head.widened(layout.HeaderRows); wide.Width() > len(layout.Columns) {
		layout, more = c.Layout(wide)
	}
	if l := notExport(h, c.score); l != nil {
		problems = append(problems, l.refusal(h, opt.Platform))
		if opt.Platform == "" {
			l.layOut(&layout)
		}
	}
	personalQuestions(layout.Columns)
	layout.fold(c.head)
	layout.Titles = c.titles
	layout.HeaderRows += c.titles
	f.Headings = c.head.Rows[:min(layout.HeaderRows-c.titles, len(c.head.Rows))]
	f.Layout, f.Reasons, f.begins = layout, c.reasons, h.after(layout.HeaderRows)
	problems = append(problems, more...)
	if len(f.Columns) > opt.Limits.Columns {
		problems = append(problems, diag.Diagnostic{Code: "too-large", Pos: h.pos(), Message: "there are more columns than can be read"})
	}
	return problems
}

// tooLong is the problem of a first row that cannot be headings: to look for words
// in so much text would take minutes.
func (h Head) tooLong(limit int) *diag.Diagnostic {
	if len(h.Rows) == 0 || !slices.ContainsFunc(h.Rows[0], func(cell string) bool { return len(cell) > limit }) {
		return nil
	}
	d := record.TooLarge(h.record(0), "a heading", int64(limit))
	d.Pos.File, d.Pos.Sheet = h.File, h.Sheet
	return &d
}

// headerOnly is the problem of a file that ends after its headings.
func headerOnly(h Head, headings int, whole bool) []diag.Diagnostic {
	if !whole || headings < len(h.Rows) {
		return nil
	}
	return []diag.Diagnostic{{Code: "header-only", Pos: h.pos(), Message: "there are headings and no responses", Hint: "export it again, with responses"}}
}
