package export

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export/xlsxfile"
	"github.com/caregap/caregap/internal/fold"
)

// sheetHead is a sheet that may be the export.
type sheetHead struct {
	xlsxfile.Sheet
	xlsxfile.Head
	head Head
	rank int
}

// The ranks of sheets: what they may be.
const (
	rankOther   = iota // a summary, a codebook, a pivot table: no export
	rankText           // a column or two, such as notes, or headings only
	rankTable          // any other table
	rankHeaders        // a platform's headings without a response
	rankExport         // a platform's headings, and responses
)

// asideName matches the names of sheets that stand beside the data.
var asideName = regexp.MustCompile(`(?i)^(cover|contents|table of contents|index|title( page)?|notes?|read ?me|about|introduction|information|guidance|definitions|glossary|metadata|key|legend|lookups?|lists?|codes|codebook|data dictionary|change ?log|charts?|dashboard)$`)

// rankOf says what a sheet may be.
func rankOf(h Head, whole bool) int {
	c, _ := choose(h, "")
	l, _ := c.Layout(c.head)
	responses := !whole || c.titles+l.HeaderRows < len(h.Rows)
	switch {
	case notExport(h, c.score) != nil:
		return rankOther
	case c.score > anything && responses:
		return rankExport
	case c.score > anything:
		return rankHeaders
	case !responses || widest(h, 0) < 3 || asideName.MatchString(h.Sheet):
		return rankText
	}
	return rankTable
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
		head := Head{File: name, Format: "xlsx", Sheet: s.Name}.saying(h.Rows)
		rank := rankOther
		if head.tooLong(opt.Limits.HeadingBytes) == nil {
			rank = rankOf(head, h.Whole)
		}
		out = append(out, sheetHead{s, h, head, rank})
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

// preference is what sheets are looked through for, in this order.
var preference = []struct {
	rank   int
	hidden bool
}{
	{rankExport, false}, {rankExport, true}, {rankTable, false}, {rankHeaders, false}, {rankOther, false},
	{rankTable, true}, {rankText, false}, {rankHeaders, true}, {rankOther, true}, {rankText, true},
}

// chooseSheet takes the one sheet that a platform wrote, else the only table,
// those to be seen before those that are hidden; and never the first of several
// because it is first, but for what is refused anyway.
func chooseSheet(name string, sheets []sheetHead, opt Options) (sheetHead, []diag.Diagnostic) {
	if opt.Sheet != "" {
		return sheets[0], nil
	}
	switch set := preferred(sheets); {
	case len(set) == 0:
		return sheetHead{}, []diag.Diagnostic{*emptyFile(diag.Pos{File: name})}
	case len(set) > 1 && set[0].rank != rankOther:
		return sheetHead{}, []diag.Diagnostic{ambiguousSheet(name, set)}
	default:
		return set[0], nil
	}
}

// preferred are the sheets that are most likely the export.
func preferred(sheets []sheetHead) []sheetHead {
	for _, p := range preference {
		var set []sheetHead
		for _, s := range sheets {
			if s.rank == p.rank && s.Hidden == p.hidden {
				set = append(set, s)
			}
		}
		if len(set) > 0 {
			return set
		}
	}
	return nil
}

// Sheets names the sheets of a workbook that may be the export: one, or those among
// which Open wants one to be named. It is nil where there is nothing to choose from.
func Sheets(path string) []string {
	file, size, magic, d := openFile(path, path)
	if d != nil {
		return nil
	}
	defer file.Close()
	if !bytes.HasPrefix(magic, []byte("PK")) {
		return nil
	}
	_, sheets, problems := openSheets(file, size, path, Options{Limits: Limits{}.WithDefaults()})
	if problems != nil {
		return nil
	}
	var names []string
	for _, s := range preferred(sheets) {
		names = append(names, s.Name)
	}
	return names
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
