package cli

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/number"
)

// ledgerRecord is the account of one file as a JSON line: every row is a
// respondent or set aside.
type ledgerRecord struct {
	Kind        string                    `json:"kind"`
	Survey      string                    `json:"survey"`
	Wave        string                    `json:"wave"`
	File        string                    `json:"file"`
	Sheet       string                    `json:"sheet,omitempty"` // of a workbook with several
	Rows        int                       `json:"rows"`
	Respondents int                       `json:"respondents"`
	SetAside    map[string]int            `json:"set_aside"` // by reason
	Rejected    []normalise.RejectedCount `json:"rejected"`
}

// account prints the ledgers: one line each, or a table for people.
func (p *printer) account(ledgers []normalise.Ledger) {
	if !p.json {
		p.table(ledgers)
		return
	}
	for _, l := range ledgers {
		rec := ledgerRecord{"ledger", l.Survey, l.Wave, l.File, l.Sheet, l.Rows, l.Respondents, map[string]int{}, l.Rejected}
		for _, r := range l.SetAside {
			rec.SetAside[r.Reason] += r.Count
		}
		if rec.Rejected == nil {
			rec.Rejected = []normalise.RejectedCount{}
		}
		p.record(rec)
	}
}

func (p *printer) table(ledgers []normalise.Ledger) {
	if len(ledgers) == 0 {
		return
	}
	rows := [][]string{{"survey", "wave", "file", "rows", "respondents", "set aside", "values not used", "why set aside"}}
	for _, l := range ledgers {
		aside, unused := 0, 0
		var why []string
		for _, r := range l.SetAside {
			aside += r.Count
			why = append(why, number.Count(r.Count)+" "+inWords(r.Reason))
		}
		for _, r := range l.Rejected {
			unused += r.Count
		}
		rows = append(rows, []string{
			l.Survey, l.Wave, fileAndSheet(l), number.Count(l.Rows), number.Count(l.Respondents),
			number.Count(aside), number.Count(unused), strings.Join(why, ", "),
		})
	}
	p.say("Every row accounted for")
	for _, line := range aligned(rows, 3, 6) {
		p.say(line)
	}
	p.say("")
}

// fileAndSheet names a file, and where a sheet was chosen among several which.
func fileAndSheet(l normalise.Ledger) string {
	if l.Sheet == "" {
		return l.File
	}
	return fmt.Sprintf("%s, sheet %q", l.File, l.Sheet)
}

// inWords is a reason for people. Of several rows with one id the last completed
// is a respondent, the others are set aside.
func inWords(reason string) string {
	if reason == normalise.Duplicate {
		return "duplicate (the last counts)"
	}
	return strings.ReplaceAll(reason, "_", " ")
}

// aligned sets the cells of rows in columns; those from first to last are numbers
// and are set right.
func aligned(rows [][]string, first, last int) []string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, c := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(c))
		}
	}
	out := make([]string, len(rows))
	for i, row := range rows {
		var b strings.Builder
		for j, c := range row {
			gap := strings.Repeat(" ", widths[j]-utf8.RuneCountInString(c))
			if j >= first && j <= last {
				c = gap + c
			} else {
				c += gap
			}
			b.WriteString("  " + c)
		}
		out[i] = strings.TrimRight(b.String(), " ")
	}
	return out
}
