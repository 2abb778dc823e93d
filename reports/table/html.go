package table

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"github.com/caregap/caregap/internal/bidi"
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// pasteTable is a table as a page of its own: nothing but the table, its notes
// and its source, to be opened and copied into a document, a slide or a wiki.
//
// Those keep what is written on an element and drop style sheets, so every look
// is an attribute of the element it is of, and there are few of them. Word
// processors know cellpadding and valign and pass over the same in CSS.
var pasteTable = template.Must(template.New("table").Parse(`<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{.Title}}: {{.Study}}</title>
</head>
<body style="margin:1em;font-family:Arial,sans-serif;font-size:10pt">
<main>
<table cellpadding="4" style="border-collapse:collapse;font-family:Arial,sans-serif;font-size:10pt">
<caption style="text-align:left;padding-bottom:4pt"><b>{{.Title}}</b>{{with .Summary}}<br>{{.}}{{end}}</caption>
<thead>
<tr>{{range .Head}}<th scope="col" style="border-bottom:1pt solid #000;vertical-align:bottom;text-align:{{if .Right}}right{{else}}left{{end}}">{{.Text}}</th>{{end}}</tr>
</thead>
<tbody>
{{range .Rows}}<tr valign="top">{{range .}}{{if .Header}}<th scope="row" style="vertical-align:top;text-align:left;font-weight:normal">{{.Text}}</th>{{else}}<td style="vertical-align:top;text-align:{{if .Right}}right{{else}}left{{end}}">{{.Text}}</td>{{end}}{{end}}</tr>
{{end}}</tbody>
</table>
{{range .Notes}}<p style="margin:4pt 0 0;font-size:9pt">{{.}}</p>
{{end}}</main>
</body>
</html>
`))

type pasted struct {
	Title, Study, Summary string
	Head                  []pastedCell
	Rows                  [][]pastedCell
	Notes                 []string
}

type pastedCell struct {
	Text          string
	Right, Header bool
}

// tableHTML writes a table as people read it. A text that a spreadsheet would
// take for a formula is guarded here too, as tables are pasted into those.
func tableHTML(r *disclose.Release, t reports.Table) ([]byte, error) {
	p := pasted{Title: t.Title, Study: r.Study().Title, Summary: t.Summary}
	for _, c := range t.Columns {
		p.Head = append(p.Head, pastedCell{Text: Safe(c.Title), Right: c.Numeric})
	}
	header := t.RowHeader()
	for _, row := range t.Rows {
		cells := make([]pastedCell, len(row))
		for i, c := range row {
			text := bidi.Cell(c.Printed(t.Columns[i]))
			if !c.Number.Known() {
				text = Safe(text)
			}
			cells[i] = pastedCell{Text: text, Right: t.Columns[i].Numeric, Header: i == header}
		}
		p.Rows = append(p.Rows, cells)
	}
	p.Notes = append(append(p.Notes, t.Notes...), t.CodeNotes()...)
	if notice := r.Study().Notice; notice != "" {
		p.Notes = append(p.Notes, strings.TrimSuffix(notice, ".")+".")
	}
	p.Notes = append(p.Notes, reports.Source(r))
	var b bytes.Buffer
	if err := pasteTable.Execute(&b, p); err != nil {
		return nil, fmt.Errorf("table %s: %w", t.ID, err)
	}
	return b.Bytes(), nil
}
