// Package page writes the report that people read: index.html, one file that
// needs no network and no JavaScript, and report.md, the same in Markdown.
//
//  1. The sections of the report are filled from the release: sentences from
//     package reports, figures as they were drawn, tables as they were made.
//  2. A figure stands where its table belongs, with the table folded below it;
//     a table that no figure shows stands on its own in its section.
//  3. The template turns that into HTML. Everything that comes from the study -
//     titles, labels, file names - is escaped there; the only markup taken as it
//     is are the figures' drawings, and those are checked to be drawings only.
//
// Ids are the same from run to run: the sections', #fig-<figure>, #tab-<table>.
package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"
	"unicode"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
	"github.com/caregap/caregap/reports/chart"
)

//go:embed page.css
var style string

//go:embed page.js
var script string

//go:embed page.html.tmpl
var markup string

var pageTemplate = template.Must(template.New("page").Parse(markup))

// Write makes index.html and report.md from a release, its figures and tables.
func Write(r *disclose.Release, figures []reports.Figure, tables []reports.Table) ([]reports.File, error) {
	p, err := build(r, figures, tables)
	if err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	var html bytes.Buffer
	if err := pageTemplate.Execute(&html, p); err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	return []reports.File{
		{Name: "index.html", Data: html.Bytes()},
		{Name: "report.md", Data: inMarkdown(p)},
	}, nil
}

// policy allows the page its own script and style and nothing else. The script
// is named by its hash, so that no text could ever become another.
func policy() string {
	sum := sha256.Sum256([]byte(script))
	return "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; img-src data:; base-uri 'none'; form-action 'none'"
}

// printHead is the rule for printed pages: title and notice in the head, page
// of pages in the foot. html/template would take a colon in a style's text for
// the scheme of an address, so the texts are escaped here.
//
//gosec:disable G203 -- constants, and texts that cssText has escaped
func printHead(title, notice string) template.CSS {
	return template.CSS(`@page { size: A4; margin: 17mm 25.5mm 15mm; @top-left { content: "` + cssText(title) + `"; font: 8pt Arial, sans-serif } @top-right { content: "` +
		cssText(strings.TrimRight(notice, ".:")) + `"; font: bold 8pt Arial, sans-serif } @bottom-right { content: counter(page) " of " counter(pages); font: 8pt Arial, sans-serif } }`)
}

// cssText writes all but letters, digits and spaces as CSS escapes.
func cssText(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == ' ' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, `\%x `, r)
	}
	return b.String()
}

//gosec:disable G203 -- constants, and texts that cssText has escaped
func stylesheet() template.CSS { return template.CSS(style + chart.Style()) }
