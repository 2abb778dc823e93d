package export

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export/xlsxfile"
	"github.com/caregap/caregap/internal/fold"
)

// openWorkbook chooses a workbook's sheet and lays its columns out.
func openWorkbook(file *os.File, size int64, name string, opt Options) (*File, []diag.Diagnostic) {
	chunk := xlsxfile.ChunkBytes
	if testChunkBytes > 0 {
		chunk = testChunkBytes
	}
	book, err := xlsxfile.Open(file, size, xlsxfile.Options{
		UnpackedBytes: opt.Limits.UnpackedBytes, Ratio: opt.Limits.Ratio,
		Columns: opt.Limits.Columns, CellBytes: min(opt.Limits.CellBytes, maxCell), ChunkBytes: chunk,
	})
	if err != nil {
		return nil, contentOf(name, "", err)
	}
	sheets, problems := heads(book, name, opt)
	if problems != nil {
		return nil, problems
	}
	chosen, problems := chooseSheet(name, sheets, opt)
	if problems != nil {
		return nil, problems
	}
	return openSheet(file, book, chosen, opt)
}

// contentOf turns an error of a workbook into diagnostics.
func contentOf(name, sheet string, err error) []diag.Diagnostic {
	var content *diag.Problems
	if errors.As(err, &content) {
		return within(name, sheet, content.Diagnostics)
	}
	return []diag.Diagnostic{*unreadable(diag.Pos{File: name, Sheet: sheet}, err)}
}

// sheetHead is a sheet that may be the export.
type sheetHead struct {
	xlsxfile.Sheet
	xlsxfile.Head
	head  Head
	score int
}

// heads reads the beginnings of all sheets, or of the declared one. Sheets
// without any text are left out.
func heads(book *xlsxfile.Book, name string, opt Options) ([]sheetHead, []diag.Diagnostic) {
	var out []sheetHead
	for _, s := range book.Sheets {
		if opt.Sheet != "" && fold.String(s.Name) != fold.String(opt.Sheet) {
			continue
		}
		h, err := book.Head(s)
		if err != nil {
			return nil, contentOf(name, s.Name, err)
		}
		if len(h.Rows) == 0 {
			continue
		}
		head := Head{File: name, Format: "xlsx", Sheet: s.Name, Rows: h.Rows}
		_, score, _, _ := choose(head, "")
		out = append(out, sheetHead{s, h, head, score})
	}
	if opt.Sheet != "" && len(out) == 0 {
		return nil, []diag.Diagnostic{missingSheet(book, name, opt.Sheet)}
	}
	return out, nil
}

func missingSheet(book *xlsxfile.Book, name, sheet string) diag.Diagnostic {
	var names []string
	for _, s := range book.Sheets {
		if fold.String(s.Name) == fold.String(sheet) {
			return diag.Diagnostic{Code: "empty-file", Pos: diag.Pos{File: name, Sheet: s.Name}, Message: "there is nothing in this sheet"}
		}
		names = append(names, fmt.Sprintf("%q", s.Name))
	}
	return diag.Diagnostic{
		Code: "missing-sheet", Pos: diag.Pos{File: name}, Message: fmt.Sprintf("there is no sheet %q", sheet),
		Hint: "its sheets: " + strings.Join(names, ", "),
	}
}

// chooseSheet takes the one sheet that a platform wrote, the visible ones first,
// else the only visible one; and never the first of several because it is first.
func chooseSheet(name string, sheets []sheetHead, opt Options) (sheetHead, []diag.Diagnostic) {
	var visible, known, hidden []sheetHead
	for _, s := range sheets {
		switch {
		case s.Hidden && s.score > anything:
			hidden = append(hidden, s)
		case !s.Hidden && s.score > anything:
			known = append(known, s)
		}
		if !s.Hidden {
			visible = append(visible, s)
		}
	}
	if opt.Sheet != "" {
		return sheets[0], nil
	}
	for _, set := range [][]sheetHead{known, visible, hidden} {
		if len(set) == 1 {
			return set[0], nil
		}
		if len(set) > 1 {
			return sheetHead{}, []diag.Diagnostic{ambiguousSheet(name, set)}
		}
	}
	return sheetHead{}, []diag.Diagnostic{*emptyFile(diag.Pos{File: name})}
}

func ambiguousSheet(name string, sheets []sheetHead) diag.Diagnostic {
	var names []string
	for _, s := range sheets {
		names = append(names, fmt.Sprintf("%q", s.Name))
	}
	return diag.Diagnostic{
		Code: "ambiguous-sheet", Pos: diag.Pos{File: name},
		Message: "several sheets could be the export: " + strings.Join(names, ", "),
		Hint:    "name one in the codebook with sheet:",
	}
}

// openSheet lays out the chosen sheet. Rows of headings may be wider than the
// first, over whose last columns a platform leaves blanks.
func openSheet(file *os.File, book *xlsxfile.Book, s sheetHead, opt Options) (*File, []diag.Diagnostic) {
	f := &File{Name: s.head.File, Format: "xlsx", Sheet: s.Name}
	h := s.head
	problems := layOut(f, h, opt)
	for row := 1; row < f.HeaderRows && row < len(h.Rows); row++ {
		if extra := len(h.Rows[row]) - len(h.Rows[0]); extra > 0 {
			h.Rows[0] = append(h.Rows[0], make([]string, extra)...)
			problems = layOut(f, h, opt)
		}
	}
	if f.Layout.HeaderRows == 0 {
		return nil, problems
	}
	problems = append(problems, headerOnly(h, f.HeaderRows, s.Whole)...)
	r, err := book.Rows(s.Sheet)
	if err != nil {
		return nil, append(problems, contentOf(f.Name, f.Sheet, err)...)
	}
	r.Begin(s.Lead+f.HeaderRows, len(f.Columns))
	f.source = xlsxSource{r, file, f}
	return f, problems
}

type xlsxSource struct {
	*xlsxfile.Reader
	file *os.File
	of   *File
}

func (s xlsxSource) next() (body, error) {
	c, err := s.Next()
	var content *diag.Problems
	if errors.As(err, &content) {
		return nil, &diag.Problems{Diagnostics: within(s.of.Name, s.of.Sheet, content.Diagnostics)}
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

func (s xlsxSource) close() error { return errors.Join(s.Close(), s.file.Close()) }
