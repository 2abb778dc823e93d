package request

import (
	"fmt"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/frame"
	"github.com/caregap/caregap/internal/personal"
)

// printable refuses a column whose categories would be printed and are rather what
// people wrote: names, addresses, remarks. Nobody needs an estimate by these, and no
// command prints a respondent's answer.
func (a *asker) printable(c *frame.Categories) error {
	counts := make([]int, len(c.Labels))
	for _, code := range c.Codes {
		if code >= 0 {
			counts[code]++
		}
	}
	own := 0
	for code, n := range counts {
		if personal.Own(c.Labels[code], n) {
			own++
		}
	}
	if own == 0 {
		return nil
	}
	return &diag.Problems{Diagnostics: []diag.Diagnostic{{
		Code: "personal-column", Pos: diag.Pos{File: a.file.Name, Column: c.Name},
		Message: fmt.Sprintf("%d of %d categories may be names, addresses or words of respondents, which are not printed", own, len(counts)),
		Hint:    "name a column of categories, or blank such cells",
	}}}
}
