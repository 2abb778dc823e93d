package record

import (
	"fmt"

	"github.com/caregap/caregap/internal/diag"
)

func andMore(n int) string { return fmt.Sprintf(" (and %d more like this nearby)", n) }

// Ragged is the problem of a record, from 0, whose number of fields is not the
// header's.
func Ragged(number, found, expected int) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "ragged-row",
		Pos:     diag.Pos{Row: number + 1},
		Message: fmt.Sprintf("%d fields found, %d expected as in the header", found, expected),
		Hint:    "an unquoted separator or line break in an answer does this; export the file again rather than mend it by hand",
	}
}

// UnterminatedQuote is the problem of a quoted field that the file ends in.
func UnterminatedQuote(number int) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "unterminated-quote",
		Pos:     diag.Pos{Row: number + 1},
		Message: "a quoted field that begins in this row is never closed",
		Hint:    "the file may have been cut short; export it again",
	}
}

// StrayQuote is the problem of a quotation mark where the format has none.
func StrayQuote(number, field int) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "stray-quote",
		Pos:     diag.Pos{Row: number + 1},
		Message: fmt.Sprintf("quotation mark in or after field %d that neither encloses the field nor is doubled", field+1),
		Hint:    "export the file again, or write the mark twice and the field in quotation marks",
	}
}

// NUL is the problem of a zero byte in text.
func NUL(number int) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "nul-byte",
		Pos:     diag.Pos{Row: number + 1},
		Message: "NUL byte in text",
		Hint:    "the file is damaged or no text file; export it again",
	}
}

// TooLarge is the problem of a cell or record beyond the limits.
func TooLarge(number int, what string, limit int64) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "too-large",
		Pos:     diag.Pos{Row: number + 1},
		Message: fmt.Sprintf("%s is larger than %s", what, size(limit)),
		Hint:    "a quotation mark that is never closed does this; export the file again",
	}
}

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%d GiB", n>>30)
	case n >= 1<<20:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

// TooMany is the problem of a record with more fields than the limit.
func TooMany(number, limit int) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "too-large",
		Pos:     diag.Pos{Row: number + 1},
		Message: fmt.Sprintf("more than %d columns", limit),
	}
}

// Damaged is the problem of rows of a sheet that cannot be read.
func Damaged(number int) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "damaged-workbook",
		Pos:     diag.Pos{Row: number + 1},
		Message: "the sheet cannot be read from about here on",
		Hint:    "open the workbook in Excel and save it again as Excel Workbook (.xlsx)",
	}
}

// BeyondHeadings is the problem of a sheet's row with text right of its headings.
func BeyondHeadings(number, found, expected int) diag.Diagnostic {
	return diag.Diagnostic{
		Code:     "stray-cells",
		Severity: diag.Warning,
		Pos:      diag.Pos{Row: number + 1},
		Message:  fmt.Sprintf("%d columns found, %d expected as in the header; what stands beyond is left out", found, expected),
		Hint:     "give the last columns headings, or clear them",
	}
}
