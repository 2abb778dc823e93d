// Package inspect finds out what an export is: whose, how its rows are to be
// counted, and what each column holds.
//
//  1. export.Open recognises the platform and names the columns.
//  2. Workers read the chunks side by side and profile every column: how many cells
//     answer, the forms they have, a bounded table of their texts. Profiles are
//     merged in file order, so that the report is the same on any number of cores.
//  3. From the profiles follow each column's kind and role, and the questions that
//     are spread over several columns.
//  4. Checks look for what hand-editing and spreadsheets do to exports. They are
//     told as problems, with rows and columns.
//
// A Report knows more than may be said. What is printed goes through Record:
// answers of closed questions only, and of them only those that at least five
// respondents gave and that look like no person's own, or that are words of the
// platform.
package inspect

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
)

// Options say how to look at a file. Zero values are found out.
type Options struct {
	Platform string
	Sheet    string
	Jobs     int // goroutines; 0 is one

	batch int // chunks that a goroutine takes at once; tests make it small
}

// Inspect says what the file at path is; name is how the report calls it. There is
// one report for a file, or one for each sheet of a workbook of which several could
// be the export. What is wrong with the file is among the problems of its report;
// the error is that of an interrupt.
func Inspect(ctx context.Context, path, name string, opt Options) ([]*Report, error) {
	f, problems := export.Open(path, name, export.Options{Platform: opt.Platform, Sheet: opt.Sheet, Anyway: true})
	problems = atTheCommandLine(problems)
	if f == nil {
		if coded(problems, "ambiguous-sheet") {
			return eachSheet(ctx, path, name, opt, problems)
		}
		return []*Report{{File: name, Sheet: opt.Sheet, Problems: problems}}, nil
	}
	defer f.Close()
	if opt.Sheet != "" && f.Format == "csv" {
		problems = append(problems, diag.Diagnostic{Code: "no-sheets", Severity: diag.Warning, Pos: diag.Pos{File: name},
			Message: fmt.Sprintf("a text file has no sheets: --sheet %q is not looked for", opt.Sheet)})
	}
	p, err := read(ctx, f, opt)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		r := describe(f)
		r.Problems = append(problems, diag.Diagnostic{Code: "unreadable-file", Pos: diag.Pos{File: name, Sheet: f.Sheet}, Message: "cannot be read: " + err.Error()})
		return []*Report{r}, nil
	}
	p.problems = append(append(problems, p.problems...), f.Uneven()...)
	return []*Report{build(f, p)}, nil
}

func coded(problems []diag.Diagnostic, code string) bool {
	return slices.ContainsFunc(problems, func(d diag.Diagnostic) bool { return d.Code == code })
}

// mostSheets is how many sheets of one workbook are reported on: for each the
// workbook's texts are read again.
const mostSheets = 20

// eachSheet reports on all sheets that could be the export, up to mostSheets. That
// one of them has to be chosen is a problem of each.
func eachSheet(ctx context.Context, path, name string, opt Options, problems []diag.Diagnostic) ([]*Report, error) {
	var out []*Report
	sheets := export.Sheets(path)
	if len(sheets) > mostSheets {
		problems = append(problems, diag.Diagnostic{Code: "sheets-left-out", Severity: diag.Warning, Pos: diag.Pos{File: name},
			Message: fmt.Sprintf("only the first %d of %d sheets that could be the export are looked at", mostSheets, len(sheets)), Hint: "name another one with --sheet"})
		sheets = sheets[:mostSheets]
	}
	for _, sheet := range sheets {
		opt.Sheet = sheet
		reports, err := Inspect(ctx, path, name, opt)
		if err != nil {
			return nil, err
		}
		reports[0].Problems = append(slices.Clone(problems), reports[0].Problems...)
		out = append(out, reports[0])
	}
	return out, nil
}

// atTheCommandLine words problems for those who have no codebook yet.
func atTheCommandLine(problems []diag.Diagnostic) []diag.Diagnostic {
	for i := range problems {
		d := &problems[i]
		switch d.Code {
		case "ambiguous-sheet":
			d.Hint = "name one with --sheet, and in the codebook with sheet:"
		case "platform-mismatch", "not-an-export":
			d.Message = strings.NewReplacer("the codebook says", "--platform says").Replace(d.Message)
		}
	}
	return problems
}
