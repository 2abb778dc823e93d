package page

import (
	"html/template"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// page is everything the template prints.
type page struct {
	Title, Subtitle      string
	NoticeLead, Notice   string // the notice's first words, in bold, and the rest
	NoticeSentence       string // the whole notice with a full stop
	Description, Release string
	Policy               string
	Style, PrintHead     template.CSS
	Script               template.JS

	Lead      []span // the finding's sentence
	Intervals string // the intervals of its numbers, where no figure shows them
	Asked     string
	Caution   string // what an open survey's intervals mean
	First     *figure
	Gaps      []gap
	GapsFrom  string
	Sections  []section // the first is the finding's own
	Contents  []link
}

type link struct {
	ID, Title string
	Below     []link
}

// span is a run of the finding's sentence; Class underlines a number.
type span struct {
	Text, Class string
	Strong      bool
}

// gap is one gap in points beside the finding.
type gap struct{ Title, Points, Text, Class string }

type section struct {
	ID, Title string
	Intro     []reports.Told
	Told      []reports.Told // a list after it
	Note      string         // on the intervals in both
	Figures   []figure
	Blocks    []block
	Below     []link // its blocks that the contents list
}

// block is a part of a section under a heading of its own.
type block struct {
	ID, Title string
	Extra     bool // only folded tables: printed if at all without this heading
	Listed    bool // the contents name it
	Text      []reports.Told
	Note      string         // on the intervals in it
	Told      []reports.Told // a list after it
	List      []string
	Codes     []code
	Figures   []figure
	Tables    []table
	Links     []fileLink
}

type code struct{ Code, Words string }

type fileLink struct{ Path, Words string }

type figure struct {
	ID, Title, Drawn, Alt string
	Number, Level         int
	Survey, By            string // the one survey and the breakdown it is of
	Under                 string // the block it stands in, "" for a section
	Notes                 []string
	Wide, Narrow          template.HTML
	Table                 *table // folded below; nil where another figure has it
	TableID, TableTitle   string // the table that holds the numbers, "" without
	TableNumber           int    // the figure under which it is printed
}

// In is the figure as part of a block.
func (f figure) In(block string) figure {
	f.Under = block
	return f
}

type table struct {
	ID, Title, Summary string
	Survey, By         string // the one survey and the breakdown it is of
	Class              string
	Folded             bool
	Quiet              bool   // its title is that of the heading above
	Bare               bool   // codes stand for all its numbers
	Long               string // how many rows, where they are too many for the page
	Drawn              bool   // made for the page from another table; it has no file
	Notes              []string
	Columns            []column
	Rows               [][]cell
	Sort               bool
}

type column struct {
	Title           string
	Numeric, Filter bool
	Unsorted        bool // its words have an order of their own, as days have
}

type cell struct {
	Text            string
	Numeric, Header bool
	Mark            string // of the language matrix: same, reworded, notasked
}

//gosec:disable G203 -- the script is a constant of this package
func build(r *disclose.Release, figures []reports.Figure, tables []reports.Table) (*page, error) {
	s := r.Study()
	h := reports.Finding(r)
	p := &page{
		Title: s.Title, Subtitle: subtitle(r), Release: r.ID(), Policy: policy(), Style: stylesheet(), Script: template.JS(script),
		Asked: "", Intervals: h.Intervals,
	}
	p.NoticeLead, p.Notice = splitNotice(s.Notice)
	p.PrintHead = printHead(p.Title, p.NoticeLead)
	if p.NoticeSentence = s.Notice; s.Notice != "" && !strings.HasSuffix(s.Notice, ".") {
		p.NoticeSentence += "."
	}
	p.Description = h.Sentence.String()
	for _, x := range h.Sentence {
		p.Lead = append(p.Lead, span{Text: x.Text, Strong: x.Strong, Class: role(r, x.Construct)})
	}
	if h.Survey != "" {
		w := reports.Wave{Survey: h.Survey, Wave: h.Wave}
		p.Asked, p.Caution = reports.Asked(r, w), reports.OpenNote(s, w)
		p.Gaps, p.GapsFrom = gaps(r, w), reports.SurveyWave(s, w.Survey, w.Wave)
	} else {
		p.Asked = everybodyAsked(r)
	}
	a := newArranger(r, figures, tables)
	if p.Sections = a.sections(); a.err != nil {
		return nil, a.err
	}
	p.First = firstFigure(&p.Sections[0])
	if p.First != nil {
		p.Intervals = ""
	}
	for _, x := range p.Sections {
		p.Contents = append(p.Contents, link{x.ID, x.Title, x.Below})
	}
	return p, nil
}

// firstFigure takes the finding's figure out of its section: it stands above
// the contents.
func firstFigure(s *section) *figure {
	if len(s.Figures) == 0 {
		return nil
	}
	first := s.Figures[0]
	s.Figures = s.Figures[1:]
	return &first
}
