package export

import (
	"errors"
	"os"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export/xlsxfile"
)

// openWorkbook chooses a workbook's sheet and lays its columns out.
func openWorkbook(file *os.File, size int64, name string, opt Options) (*File, []diag.Diagnostic) {
	book, sheets, problems := openSheets(file, size, name, opt)
	if problems != nil {
		return nil, problems
	}
	chosen, problems := chooseSheet(name, sheets, opt)
	if problems != nil {
		return nil, problems
	}
	return openSheet(file, book, chosen, opt)
}

// openSheets reads the beginnings of a workbook's sheets.
func openSheets(file *os.File, size int64, name string, opt Options) (*xlsxfile.Book, []sheetHead, []diag.Diagnostic) {
	chunk := xlsxfile.ChunkBytes
	if testChunkBytes > 0 {
		chunk = testChunkBytes
	}
	book, err := xlsxfile.Open(file, size, xlsxfile.Options{
		UnpackedBytes: opt.Limits.UnpackedBytes, TextBytes: opt.Limits.TextBytes, Ratio: opt.Limits.Ratio,
		Columns: opt.Limits.Columns, CellBytes: min(opt.Limits.CellBytes, maxCell), ChunkBytes: chunk,
	})
	if err != nil {
		return nil, nil, contentOf(name, "", err)
	}
	sheets, problems := heads(book, name, opt)
	return book, sheets, problems
}

// contentOf turns an error of a workbook into diagnostics.
func contentOf(name, sheet string, err error) []diag.Diagnostic {
	var content *diag.Problems
	if errors.As(err, &content) {
		return within(name, sheet, content.Diagnostics)
	}
	return []diag.Diagnostic{*unreadable(diag.Pos{File: name, Sheet: sheet}, err)}
}

// openSheet lays out the chosen sheet.
func openSheet(file *os.File, book *xlsxfile.Book, s sheetHead, opt Options) (*File, []diag.Diagnostic) {
	f := &File{Name: s.head.File, Format: "xlsx", Sheet: s.Name, Sheets: len(book.Sheets)}
	problems := layOut(f, s.head, opt)
	if f.Layout.Platform == "" {
		return nil, problems
	}
	problems = append(problems, headerOnly(s.head, f.HeaderRows, s.Whole)...)
	r, err := book.Rows(s.Sheet)
	if err != nil {
		return nil, append(problems, contentOf(f.Name, f.Sheet, err)...)
	}
	r.Begin(s.Lead+f.begins, len(f.Columns))
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
