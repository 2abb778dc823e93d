package example

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// Ledger says what was planted in one export: Rows = Respondents + the sum of
// SetAside. Blank records are no rows.
type Ledger struct {
	Survey      string     `json:"survey"`
	Wave        string     `json:"wave"`
	File        string     `json:"file"`
	Platform    string     `json:"platform"`
	Rows        int        `json:"rows"`
	Respondents int        `json:"respondents"`
	SetAside    []Reason   `json:"set_aside"`
	Rejected    []Rejected `json:"rejected"`
	Blank       int        `json:"blank_records"`
}

// Reason is how many rows are to be set aside for a reason.
type Reason struct {
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// Rejected is how many answers of a column's respondents nothing can read.
type Rejected struct {
	Column string `json:"column"`
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

func (w wave) ledger(records []record) Ledger {
	l := Ledger{Survey: w.survey, Wave: w.id, File: w.file, Platform: w.platform, SetAside: []Reason{}, Rejected: []Rejected{}}
	set := map[string]int{}
	for _, r := range records {
		if r.isBlank() {
			l.Blank++
			continue
		}
		l.Rows++
		set[r.reason]++
	}
	l.Respondents = set[counted]
	for _, reason := range reasons {
		if n := set[reason]; n > 0 {
			l.SetAside = append(l.SetAside, Reason{reason, n})
		}
	}
	if w.rejected.count > 0 {
		l.Rejected = append(l.Rejected, Rejected{strings.Join(strings.Fields(w.rejected.column), " "), "unknown label", w.rejected.count})
	}
	return l
}

func encodeLedgers(ledgers []Ledger) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(ledgers); err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	return b.Bytes(), nil
}
