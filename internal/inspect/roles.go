package inspect

import (
	"regexp"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/personal"
)

// words of headings that say what their columns hold.
var (
	asksIdentity = regexp.MustCompile(`(?i)\b(e-?mail|post ?code|zip ?code|phone|telephone|mobile|date of birth|d\.?o\.?b\.?|nhs number|national insurance|gmc (number|reference)|nmc pin|gmc|ip ?address|home address|latitude|longitude|passport|twitter|linkedin)\b`)
	asksName     = regexp.MustCompile(`(?i)\b(your|full|first|last|sur|family|given|contact|respondent'?s?|participant'?s?|manager'?s?|supervisor'?s?)[ _-]?names?\b|^names?\d*$|\bsurname\b|\binitials\b`)
	// namesPerson are headings that are nothing but the name of what tells a person,
	// however few there are.
	namesPerson = regexp.MustCompile(`(?i)^(?:(?:your|my|nhs|work|home|contact|staff|employee|the|personal|full|postal) )*(?:e-?mails?(?: address(?:es)?)?|log-?ins?(?: name)?|user ?names?|post ?codes?|addresse?s?|(?:phone|telephone|mobile)(?: (?:no|number))?|(?:payroll|assignment|employee|staff|personnel) (?:no|number|id))[.:?]?$`)
	namesID     = regexp.MustCompile(`(?i)^(respondent|participant|response|record|case|row|index|key|token|serial|row ?names?|reference|ref|identifier|no|nr)\.?$|\b(respondent|participant|response|record|case|row|serial|submission|unique|study|subject|survey|form)[ _.-]?(no|number|num|code|ref|key|reference|identifier)\b|(^|[^a-z])(id|uuid|guid|urn)([^a-z]|$)`)
	camelID     = regexp.MustCompile(`[a-z]ID$|[a-z]Id$`)
	namesTime   = regexp.MustCompile(`(?i)\b(submitted|submission|completed|completion|started|timestamp|time ?stamp|recorded|received|start (date|time)|end (date|time))\b|^(start|end)$`)
)

// roleOf corrects the role that a heading gave a column by what its cells hold.
func (b *builder) roleOf(c *Column, p *profile) {
	t := p.total()
	kind, n := most(t.personal)
	switch {
	case p.answered == 0:
	case 2*n >= p.answered:
		c.Role, c.personal = export.RolePersonal, string(kind)
	case (c.Role == export.RolePersonal || c.Role == export.RoleQuestion || c.Role == export.RoleOther) && b.birth(c, p, &t):
		c.Role, c.personal = export.RolePersonal, string(personal.Birth)
	case c.Role == export.RolePersonal:
		c.personal = "personal data, by its heading"
	case c.Role != export.RoleQuestion && c.Role != export.RoleOther:
	case headed(c, namesPerson) && (p.full || !allKnown(p.labels())):
		c.Role, c.personal = export.RolePersonal, "personal data, by its heading"
	case headed(c, asksName) && (p.full || !allKnown(p.labels())):
		c.Role, c.personal = export.RolePersonal, string(personal.Name)
	case headed(c, asksIdentity) && open(c, p):
		c.Role, c.personal = export.RolePersonal, "personal data, by its heading"
	case b.unique(c, p):
		c.Role = export.RoleID
		if c.Kind.Closed() && 2*t.of(isNumber) > p.answered {
			c.Kind = Number
		}
	case c.Kind == Date && namesTime.MatchString(c.Text) && 10*p.answered >= 9*b.people() && (t.years[1]-t.years[0] <= fieldwork || t.epochs != [2]int{}):
		c.Role = export.RoleTime
	}
}

// headed reports whether a name of the column, or its text, fits.
func headed(c *Column, form *regexp.Regexp) bool {
	return form.MatchString(c.Text) || form.MatchString(c.Code)
}

// fieldwork is how many years a survey is open at the most: dates that lie further
// apart are answers.
const fieldwork = 5

// open reports whether a column's answers are people's own.
func open(c *Column, p *profile) bool {
	return !c.Kind.Closed() && (c.Kind == Text || c.Kind == Date || 4*c.Distinct > p.answered)
}

// birth tells dates of birth: dates over a decade or more, before 2010, of which
// few are those of a clock that began to run.
func (b *builder) birth(c *Column, p *profile, t *counts) bool {
	return c.Kind == Date && t.of(isDate) > 0 && 10*t.early >= 9*t.of(isDate) && t.years[1]-t.years[0] >= 10 &&
		t.years[0] > 1900 && 2*(t.epochs[0]+t.epochs[1]) < p.answered
}

// unique tells the column that names responses: one that says so, has another text
// in every row, and no words.
func (b *builder) unique(c *Column, p *profile) bool {
	if p.answered < 2 || c.Distinct < p.answered && !(p.full && 100*c.Distinct >= 97*p.answered) || 10*p.answered < 9*b.people() || c.Kind == Date || b.hasID() {
		return false
	}
	first := c.Position == 1 && c.Code == "" && c.Kind == Number
	return first || len(c.Code) <= 40 && (namesID.MatchString(c.Code) || camelID.MatchString(c.Code))
}

// hasID reports whether the platform's layout has named one already.
func (b *builder) hasID() bool { return b.piece.look.id >= 0 }

// people is how many rows the profiles are of.
func (b *builder) people() int {
	if b.report.Respondents > 0 {
		return b.report.Respondents
	}
	return b.report.Rows
}

// most is the most frequent kind of personal data; ties go to the first by name.
func most(m map[personal.Kind]int) (personal.Kind, int) {
	best, n := personal.None, 0
	for kind, count := range m {
		if count > n || count == n && kind < best {
			best, n = kind, count
		}
	}
	return best, n
}
