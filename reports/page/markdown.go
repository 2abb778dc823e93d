package page

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/caregap/caregap/internal/markdown"
	"github.com/caregap/caregap/reports"
)

// inMarkdown writes the page's text and tables as GitHub Markdown. Figures are
// links to their pictures, with their titles and notes.
func inMarkdown(p *page) []byte {
	m := &mark{}
	m.line("# " + markdown.Text(p.Title))
	if p.NoticeLead != "" {
		m.line("**" + markdown.Text(p.NoticeLead) + "**" + markdown.Text(p.Notice))
	}
	m.line(markdown.Line(p.Subtitle))
	for i, s := range p.Sections {
		m.line("## " + markdown.Text(s.Title))
		if i == 0 {
			m.finding(p)
		}
		m.told(s.Intro)
		m.items(s.Told)
		m.note(s.Note)
		for _, f := range s.Figures {
			m.figure(f)
		}
		for _, b := range s.Blocks {
			m.block(b)
		}
	}
	m.line("---")
	m.line(markdown.Line("Made by caregap. " + p.NoticeSentence + " Release " + p.Release + "."))
	return m.Bytes()
}

type mark struct{ bytes.Buffer }

// line writes a paragraph, with an empty line before it.
//
//gosec:disable G104 -- a buffer in memory never returns an error
func (m *mark) line(s string) {
	if m.Len() > 0 {
		m.WriteByte('\n')
	}
	m.WriteString(s)
	m.WriteByte('\n')
}

func (m *mark) finding(p *page) {
	var lead strings.Builder
	for _, s := range p.Lead {
		if s.Strong {
			lead.WriteString("**" + markdown.Text(s.Text) + "**")
			continue
		}
		lead.WriteString(markdown.Text(s.Text))
	}
	m.line(lead.String())
	for _, s := range []string{p.Intervals, p.Asked} {
		if s != "" {
			m.line(markdown.Line(s))
		}
	}
	if p.First != nil {
		m.figure(*p.First)
	}
	if len(p.Gaps) > 0 {
		m.line("### The gaps, in points")
		m.line(markdown.Line(p.GapsFrom) + ", on a scale of 0 to 100. Each gap is from the same people’s answers.")
	}
	for _, g := range p.Gaps {
		m.line("**" + markdown.Text(g.Title) + ": " + markdown.Text(g.Points) + ".** " + markdown.Text(g.Text))
	}
	if p.Caution != "" {
		m.line(markdown.Line(p.Caution))
	}
}

func (m *mark) told(paragraphs []reports.Told) {
	for _, p := range paragraphs {
		if p.About != "" {
			m.line("**" + markdown.Text(p.About) + ".** " + markdown.Text(p.Text))
			continue
		}
		m.line(markdown.Line(p.Text))
	}
}

func (m *mark) items(list []reports.Told) {
	var lines []string
	for _, p := range list {
		lines = append(lines, "- **"+markdown.Text(p.About)+".** "+markdown.Text(p.Text))
	}
	if len(lines) > 0 {
		m.line(strings.Join(lines, "\n"))
	}
}

func (m *mark) note(note string) {
	if note != "" {
		m.line(markdown.Line(note))
	}
}

func (m *mark) figure(f figure) {
	m.line(fmt.Sprintf("%s Figure %d: %s", strings.Repeat("#", f.Level), f.Number, markdown.Text(f.Title)))
	m.line(markdown.Line(f.Drawn))
	m.line("![" + markdown.Text(f.Alt) + "](figures/" + f.ID + ".svg)")
	for _, note := range f.Notes {
		m.line(markdown.Line(note))
	}
	switch {
	case f.Table == nil && f.TableID != "":
		m.line(fmt.Sprintf("The numbers are in the table for figure %d.", f.TableNumber))
	case f.Table == nil:
	case f.Table.Long != "":
		m.line("The table has " + f.Table.Long + " rows, which are " + inFile(*f.Table) + " only.")
	default:
		m.table(*f.Table)
	}
}

// inFile leads to a table's file.
func inFile(t table) string { return "[in the file](tables/" + t.ID + ".csv)" }

func (m *mark) block(b block) {
	m.line("### " + markdown.Text(b.Title))
	m.told(b.Text)
	m.note(b.Note)
	m.items(b.Told)
	var list []string
	for _, x := range b.List {
		list = append(list, "- "+markdown.Line(x))
	}
	for _, x := range b.Codes {
		list = append(list, "- **"+markdown.Text(x.Code)+"** "+markdown.Text(x.Words))
	}
	for _, x := range b.Links {
		list = append(list, "- ["+markdown.Text(x.Words)+"]("+x.Path+")")
	}
	if len(list) > 0 {
		m.line(strings.Join(list, "\n"))
	}
	for _, f := range b.Figures {
		m.figure(f)
	}
	for _, t := range b.Tables {
		if t.Long != "" {
			m.line(markdown.Line(t.Title) + ": " + t.Long + " rows, which are " + inFile(t) + " only.")
			continue
		}
		m.table(t)
	}
}

//gosec:disable G104 -- a buffer in memory never returns an error
func (m *mark) table(t table) {
	m.line("**" + markdown.Text(t.Title) + ".** " + markdown.Text(t.Summary))
	var head, rule strings.Builder
	for _, c := range t.Columns {
		head.WriteString("| " + markdown.Text(c.Title) + " ")
		if c.Numeric {
			rule.WriteString("| ---: ")
			continue
		}
		rule.WriteString("| --- ")
	}
	m.line(head.String() + "|\n" + rule.String() + "|")
	for _, row := range t.Rows {
		for _, c := range row {
			m.WriteString("| " + markdown.Text(c.Text) + " ")
		}
		m.WriteString("|\n")
	}
	if !t.Drawn {
		m.line("[This table as CSV](tables/" + t.ID + ".csv)")
	}
	for _, note := range t.Notes {
		m.line(markdown.Line(note))
	}
}
