package draft

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/inspect"
)

// Export is an inspected export, with the layout by which the loader will name its
// columns.
type Export struct {
	Path   string // on disk
	Report *inspect.Report
	Layout export.Layout
}

// Read inspects the export at path; name is what messages and codebooks call it. A
// file that cannot be loaded is a *diag.Problems.
func Read(ctx context.Context, path, name string, opt inspect.Options) (Export, error) {
	reports, err := inspect.Inspect(ctx, path, name, opt)
	if err != nil {
		return Export{}, err
	}
	e := Export{Path: path, Report: reports[0]}
	if p := refusing(e.Report.Problems); p != nil || len(reports) > 1 {
		return e, p
	}
	f, problems := export.Open(path, name, export.Options{Platform: opt.Platform, Sheet: opt.Sheet})
	if f == nil {
		return e, &diag.Problems{Diagnostics: problems}
	}
	e.Layout = f.Layout
	if len(e.Report.Columns) != len(e.Layout.Columns) {
		return e, errors.Join(fmt.Errorf("%s changed while it was read", name), f.Close())
	}
	return e, f.Close()
}

// refused are the problems for which the loader refuses a file.
var refused = []string{
	"missing-file", "is-directory", "unreadable-file", "empty-file", "header-only", "not-a-workbook", "damaged-workbook", "legacy-xls", "encrypted-workbook", "missing-sheet",
	"ambiguous-sheet", "too-large", "ragged-row", "stray-quote", "unterminated-quote", "nul-byte", "not-an-export", "unknown-platform", "repeating-instruments",
}

// refusing are those problems, nil where there are none.
func refusing(found []diag.Diagnostic) error {
	var out []diag.Diagnostic
	for _, d := range found {
		if d.Severity == diag.Error && slices.Contains(refused, d.Code) {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return &diag.Problems{Diagnostics: out}
}

// Explains reports whether the file at path is read with one of the exports: a key
// or a dictionary that lies beside it.
func Explains(path string, exports []Export) bool {
	for _, e := range exports {
		for _, b := range e.Layout.Beside {
			if filepath.Clean(path) == filepath.Join(filepath.Dir(e.Path), filepath.Base(b)) {
				return true
			}
		}
	}
	return false
}
