// Package diag is how caregap speaks about problems in its users' files.
//
// A problem is a Diagnostic: what is wrong, where, and what would be right.
// Stages do not stop at the first one. They add to a List, which is sorted and
// printed once, as text for people or as JSON lines for programs. Go errors are
// kept for what stops the program itself.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Severity says whether a diagnostic stops the run.
type Severity int

// The severities, from the one that stops a run to the one that only informs.
const (
	Error Severity = iota
	Warning
	Info
)

// String returns the word that is printed: error, warning or info.
func (s Severity) String() string {
	return [...]string{"error", "warning", "info"}[s]
}

// MarshalText makes a severity a word in JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Pos is a place in a user's file. Study files have a line and a column of
// text (both from 1); exports have a row as a spreadsheet counts it (from 1,
// header rows included) and a named column. Zero values are unknown.
type Pos struct {
	File   string `json:"file,omitempty"`   // relative to the study folder, with slashes
	Line   int    `json:"line,omitempty"`   // text line of a study file
	Col    int    `json:"col,omitempty"`    // text column of a study file
	Sheet  string `json:"sheet,omitempty"`  // sheet of a workbook
	Row    int    `json:"row,omitempty"`    // record of an export
	Column string `json:"column,omitempty"` // column of an export, by its code
}

// String writes the position as editors understand it: file:line:col, or
// file, row 12, column "Q4" for an export.
func (p Pos) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
		if p.Col > 0 {
			fmt.Fprintf(&b, ":%d", p.Col)
		}
	}
	if p.Sheet != "" {
		fmt.Fprintf(&b, ", sheet %q", p.Sheet)
	}
	if p.Row > 0 {
		fmt.Fprintf(&b, ", row %d", p.Row)
	}
	if p.Column != "" {
		fmt.Fprintf(&b, ", column %q", p.Column)
	}
	return strings.TrimPrefix(b.String(), ", ")
}

// Diagnostic is one problem. Code is a stable, hyphenated name such as
// unknown-key; Message says what was found and what was expected; Hint, where
// there is one, says what to do. Neither ever holds a respondent's free text.
type Diagnostic struct {
	Code     string   `json:"code"`
	Severity Severity `json:"severity"`
	Pos      Pos      `json:"pos,omitzero"`
	Message  string   `json:"message"`
	Hint     string   `json:"hint,omitempty"`
}

// String is the one-line form: position: message; hint.
func (d Diagnostic) String() string {
	var b strings.Builder
	if p := d.Pos.String(); p != "" {
		b.WriteString(p)
		b.WriteString(": ")
	}
	if d.Severity != Error {
		b.WriteString(d.Severity.String())
		b.WriteString(": ")
	}
	b.WriteString(d.Message)
	if d.Hint != "" {
		b.WriteString("; ")
		b.WriteString(d.Hint)
	}
	return b.String()
}

// List collects diagnostics from any number of goroutines. The zero value is
// ready to use.
type List struct {
	mu    sync.Mutex
	items []Diagnostic
}

// Add puts diagnostics on the list.
func (l *List) Add(d ...Diagnostic) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.items = append(l.items, d...)
}

// Errorf adds an error. Use Add for one with a hint.
func (l *List) Errorf(code string, pos Pos, format string, args ...any) {
	l.Add(Diagnostic{Code: code, Pos: pos, Message: fmt.Sprintf(format, args...)})
}

// Warnf adds a warning.
func (l *List) Warnf(code string, pos Pos, format string, args ...any) {
	l.Add(Diagnostic{Code: code, Severity: Warning, Pos: pos, Message: fmt.Sprintf(format, args...)})
}

// Merge adds all of another list.
func (l *List) Merge(other *List) { l.Add(other.Sorted()...) }

// HasErrors reports whether any diagnostic stops the run.
func (l *List) HasErrors() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.ContainsFunc(l.items, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sorted returns the diagnostics by file, place, severity, code and message,
// each once, so that the order never depends on which goroutine was first.
func (l *List) Sorted() []Diagnostic {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := slices.Clone(l.items)
	slices.SortStableFunc(out, compare)
	return slices.Compact(out)
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.Pos.File, b.Pos.File),
		cmp.Compare(a.Pos.Line, b.Pos.Line),
		cmp.Compare(a.Pos.Col, b.Pos.Col),
		cmp.Compare(a.Pos.Row, b.Pos.Row),
		cmp.Compare(a.Pos.Column, b.Pos.Column),
		cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Message, b.Message),
	)
}

// Err returns nil when nothing on the list stops the run, else a *Problems.
func (l *List) Err() error {
	if !l.HasErrors() {
		return nil
	}
	return &Problems{Diagnostics: l.Sorted()}
}

// Problems is the error of a run that users' files have stopped. The program
// answers it with exit code 3.
type Problems struct{ Diagnostics []Diagnostic }

// Error lists the problems, one a line.
func (p *Problems) Error() string {
	lines := make([]string, len(p.Diagnostics))
	for i, d := range p.Diagnostics {
		lines[i] = d.String()
	}
	return strings.Join(lines, "\n")
}
