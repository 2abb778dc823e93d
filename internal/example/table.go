package example

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// column is one column of an export: its cells in the header rows, and what it
// holds of a record.
type column struct {
	head  []string
	value func(record) cell
}

// cell is a text, or in workbooks a number or a time.
type cell struct {
	text   string
	number bool
	when   time.Time
}

func (c cell) isEmpty() bool { return c.text == "" && c.when.IsZero() }

// text, number and at make cells. A text that is empty leaves its cell empty.
func text(s string) cell { return cell{text: s} }

func number(n int) cell { return cell{text: strconv.Itoa(n), number: true} }

func at(t time.Time) cell { return cell{when: t} }

// says makes a column of texts.
func says(head []string, value func(record) string) column {
	return column{head, func(r record) cell { return text(value(r)) }}
}

// table lays records out, header rows first. A blank record is a row of empty cells.
func table(columns []column, records []record) [][]cell {
	var rows [][]cell
	for h := range columns[0].head {
		row := make([]cell, len(columns))
		for i, c := range columns {
			row[i] = text(c.head[h])
		}
		rows = append(rows, row)
	}
	for _, r := range records {
		row := make([]cell, len(columns))
		if !r.isBlank() {
			for i, c := range columns {
				row[i] = c.value(r)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// csvText writes rows as RFC 4180 has it: records end in eol, line breaks inside
// fields stay single line feeds, fields are quoted where they must be.
func csvText(rows [][]cell, eol string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, c := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			if strings.ContainsAny(c.text, ",\"\r\n") {
				b.WriteString(`"` + strings.ReplaceAll(c.text, `"`, `""`) + `"`)
				continue
			}
			b.WriteString(c.text)
		}
		b.WriteString(eol)
	}
	return b.String()
}

// bits lists which options a set holds.
func bits(set uint, options []string) []string {
	var ticked []string
	for i, o := range options {
		if set>>i&1 == 1 {
			ticked = append(ticked, o)
		}
	}
	return ticked
}

// roughen does to a label what pasting from a word processor does: in a few of
// the rows a no-break space, in a few others a space at the end.
func roughen(label string, r record, column int) string {
	switch (r.number*7 + column*13) % 61 {
	case 3:
		return strings.Replace(label, " ", "\u00a0", 1)
	case 11:
		if label != "" {
			return label + " "
		}
	}
	return label
}

// address is a made-up IP address of a range that documentation may use.
func address(r record) string { return fmt.Sprintf("192.0.2.%d", 1+r.number*37%254) }

// unless is s, or nothing where skip says so.
func unless(skip bool, s string) string {
	if skip {
		return ""
	}
	return s
}
