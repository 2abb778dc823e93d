package normalise

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
)

// personal matches e-mail addresses, web and IP addresses, telephone and other
// long numbers, dates such as those of birth, and British postcodes.
var personal = regexp.MustCompile(`(?i)@|://|www\.|\d+\.\d+\.\d+\.\d+|(\d[ -]?){6,}|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b`)

// mail matches an e-mail address.
var mail = regexp.MustCompile(`[^@\s]@[^@\s]+\.`)

const (
	quotableCount  = 5  // respondents who gave an answer
	quotableLength = 60 // characters
)

// looksPersonal reports whether a text may be somebody's own.
func looksPersonal(text string) bool {
	return len([]rune(text)) > quotableLength || personal.MatchString(text)
}

// quotable reports whether an answer that nothing declares may stand in a
// message: at least five respondents gave it, it is short, and it does not look
// personal.
func (l *labelCount) quotable() bool { return l.count >= quotableCount && !looksPersonal(l.text) }

// private is the answer as private/ shows it. Even there what looks personal, or
// is too long for an answer to a closed question, does not stand.
func (l *labelCount) private() string {
	if looksPersonal(l.text) {
		return "(not shown)"
	}
	return strings.Join(strings.Fields(l.text), " ")
}

// checkPersonal refuses columns of personal data where their texts would be kept:
// as organisations, PSUs or strata, which are stored and named in reports.
func (p *plan) checkPersonal(diags *diag.List) {
	check := func(field int, what string, pos diag.Pos) {
		if field < 0 || p.file.Columns[field].Role != export.RolePersonal {
			return
		}
		diags.Add(diag.Diagnostic{Code: "personal-column", Pos: pos,
			Message: fmt.Sprintf("%s: column %q of %s holds personal data, which must not be stored or published", what, p.file.Columns[field].Title(), p.file.Name),
			Hint:    "only id and person may name it; they are hashed at once"})
	}
	book := p.wave.Codebook
	for _, v := range p.variables {
		if c := p.schema.Variables[v.variable]; c.Variable.Organisation {
			src, _ := book.Variables.Get(c.ID)
			check(v.field, fmt.Sprintf("variable %q", c.ID), src.Pos)
		}
	}
	if p.psuVariable < 0 {
		check(p.psu, "design: psu", book.Design.Pos)
	}
	check(p.stratum, "design: stratum", book.Design.Pos)
}

// checkMail refuses organisations, PSUs and strata that are e-mail addresses.
func (p *pass) checkMail(diags *diag.List) {
	check := func(names *Names, what string, pos diag.Pos) {
		if names == nil {
			return
		}
		found := 0
		for id := range names.Len() {
			if mail.MatchString(names.Text(int32(id))) {
				found++
			}
		}
		if found > 0 {
			diags.Add(diag.Diagnostic{Code: "personal-column", Pos: pos,
				Message: fmt.Sprintf("survey %q, wave %q: %s: %s that may be an e-mail address; personal data must not be stored or published", p.Survey.ID, p.Wave.ID, what, plural(found, "value")),
				Hint:    "only id and person may name such a column; they are hashed at once"})
		}
	}
	book := p.Wave.Codebook
	for i, v := range p.Schema.Variables {
		src, _ := book.Variables.Get(v.ID)
		check(p.names.Organisations[i], fmt.Sprintf("variable %q", v.ID), src.Pos)
	}
	if len(book.Design.PSU) > 0 {
		check(p.names.PSUs, "design: psu", book.Design.Pos)
	}
	check(p.names.Strata, "design: stratum", book.Design.Pos)
}
