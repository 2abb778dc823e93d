package inspect

import (
	"github.com/caregap/caregap/internal/diag"
)

// Record is a report as one JSON object: what of it may be printed.
type Record struct {
	Kind        string          `json:"kind"` // export
	File        string          `json:"file"`
	Sheet       string          `json:"sheet"`
	Format      string          `json:"format"`
	Encoding    string          `json:"encoding"`
	BOM         bool            `json:"bom"`
	Delimiter   string          `json:"delimiter"`
	Platform    string          `json:"platform"`
	Variant     string          `json:"variant"`
	HeaderRows  int             `json:"header_rows"`
	Columns     int             `json:"columns"`
	Rows        int             `json:"rows"`
	SetAside    SetAside        `json:"set_aside"`
	Unfinished  int             `json:"unfinished"`
	Respondents int             `json:"respondents"`
	Column      []ColumnRecord  `json:"column"`
	Problems    []ProblemRecord `json:"problems"`
}

// ColumnRecord is a column in a Record. Answers is empty but for closed questions.
type ColumnRecord struct {
	Position int            `json:"position"`
	Name     string         `json:"name"`
	Text     string         `json:"text"`
	ID       string         `json:"id"`
	Role     string         `json:"role"`
	Kind     Kind           `json:"kind"`
	Answered int            `json:"answered"`
	Distinct int            `json:"distinct"`
	Answers  []AnswerRecord `json:"answers"`
	Others   *Others        `json:"others,omitempty"`
}

// AnswerRecord is an answer that may be shown, and how many gave it.
type AnswerRecord struct {
	Label string `json:"label"`
	Count int    `json:"count"`
}

// Others counts the answers of a closed question that are not shown, and how often
// they were given.
type Others struct {
	Answers int `json:"answers"`
	Count   int `json:"count"`
}

// ProblemRecord is a problem in a Record. Row and Column are null where it is not
// of one.
type ProblemRecord struct {
	Code     string        `json:"code"`
	Severity diag.Severity `json:"severity"`
	Row      *int          `json:"row"`
	Column   *string       `json:"column"`
	Message  string        `json:"message"`
	Hint     string        `json:"hint"`
}

// Record is what of a report may be printed.
func (r *Report) Record() Record {
	rec := Record{
		Kind: "export", File: r.File, Sheet: r.Sheet, Format: r.Format, Encoding: r.Encoding, BOM: r.BOM, Delimiter: r.Delimiter,
		Platform: r.Platform, Variant: r.Variant, HeaderRows: r.HeaderRows, Columns: len(r.Columns), Rows: r.Rows, SetAside: r.SetAside,
		Unfinished: r.Unfinished, Respondents: r.Respondents, Column: []ColumnRecord{}, Problems: []ProblemRecord{},
	}
	for i := range r.Columns {
		rec.Column = append(rec.Column, r.Columns[i].record())
	}
	for _, d := range r.Problems {
		rec.Problems = append(rec.Problems, problemRecord(d))
	}
	return rec
}

func (c *Column) record() ColumnRecord {
	rec := ColumnRecord{
		Position: c.Position, Name: c.Name(), Text: c.Said(c.Text), ID: c.Said(c.ID), Role: string(c.Role), Kind: c.Kind,
		Answered: c.Answered, Distinct: c.Distinct, Answers: []AnswerRecord{},
	}
	for _, a := range c.Answers {
		if a.Shown {
			rec.Answers = append(rec.Answers, AnswerRecord{a.Label, a.Count})
		}
	}
	if o := c.Others(); o.Answers > 0 {
		rec.Others = &o
	}
	return rec
}

// Others counts the answers that are not to be shown.
func (c *Column) Others() Others {
	var o Others
	for _, a := range c.Answers {
		if !a.Shown {
			o.Answers++
			o.Count += a.Count
		}
	}
	return o
}

func problemRecord(d diag.Diagnostic) ProblemRecord {
	p := ProblemRecord{Code: d.Code, Severity: d.Severity, Message: d.Message, Hint: d.Hint}
	if d.Pos.Row > 0 {
		p.Row = &d.Pos.Row
	}
	if d.Pos.Column != "" {
		p.Column = &d.Pos.Column
	}
	return p
}
