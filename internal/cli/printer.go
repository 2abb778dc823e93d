package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/caregap/caregap/internal/diag"
)

// printer is the one place that writes what people and programs read.
type printer struct {
	out, err io.Writer
	json     bool
	quiet    bool
	colour   bool // on err
}

func (a *app) printer() *printer {
	return &printer{
		out: a.stdout, err: a.stderr, json: a.common.json, quiet: a.common.quiet,
		colour: !a.common.noColor && colours(a.stderr),
	}
}

// record writes one JSON line. Records are made of texts and numbers, which
// always have a JSON form; a failing writer is remembered by the app's sink.
func (p *printer) record(v any) {
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)
}

// say writes a line for people, unless they want none.
func (p *printer) say(line string) {
	if !p.quiet && !p.json {
		fmt.Fprintln(p.out, printable(line))
	}
}

// problemRecord is a diagnostic as a JSON line; row and column are an export's,
// line and col a study file's.
type problemRecord struct {
	Kind     string        `json:"kind"`
	Code     string        `json:"code"`
	Severity diag.Severity `json:"severity"`
	diag.Pos
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// problems prints an error: each diagnostic of a *diag.Problems, else one.
func (p *printer) problems(err error) { p.diagnostics(diagnostics(err)) }

// diagnostics go to standard output as JSON, else to standard error as words.
// With quiet only errors are printed.
func (p *printer) diagnostics(found []diag.Diagnostic) {
	for _, d := range found {
		switch {
		case p.json:
			p.record(problemRecord{"problem", d.Code, d.Severity, d.Pos, d.Message, d.Hint})
		case p.quiet && d.Severity != diag.Error:
		default:
			fmt.Fprintln(p.err, p.paint(d))
		}
	}
}

// paint prints a diagnostic with its place in red, or in yellow for a warning.
func (p *printer) paint(d diag.Diagnostic) string {
	place := d.Pos.String()
	if place == "" {
		place = "caregap"
	}
	d.Pos = diag.Pos{}
	rest := ": " + printable(d.String())
	if !p.colour {
		return printable(place) + rest
	}
	colour := "31"
	if d.Severity != diag.Error {
		colour = "33"
	}
	return "\x1b[" + colour + "m" + printable(place) + "\x1b[0m" + rest
}

// printable takes out what would steer a terminal: a file's or label's name may
// hold anything.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, s)
}

// fill breaks a text into lines of at most width characters, at spaces.
func fill(text string, width int) string {
	var b strings.Builder
	used := 0
	for word := range strings.FieldsSeq(text) {
		n := len([]rune(word))
		switch {
		case used == 0:
		case used+1+n > width:
			b.WriteByte('\n')
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	return b.String()
}
