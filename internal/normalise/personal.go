package normalise

import (
	"fmt"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/personal"
)

// quotable reports whether an answer that nothing declares may stand in a
// message: at least five respondents gave it, it is short, and it does not look
// personal.
func (l *labelCount) quotable() bool { return personal.Quotable(l.text, l.count) }

// private is the answer as private/ shows it. Even there what looks personal, or
// is too long for an answer to a closed question, does not stand.
func (l *labelCount) private() string {
	if personal.Looks(l.text) {
		return "(not shown)"
	}
	return strings.Join(strings.Fields(l.text), " ")
}

// checkPersonal refuses columns of personal data where their texts would be kept:
// as organisations, PSUs or strata, which are stored and named in reports.
func (p *plan) checkPersonal(diags *diag.List) {
	check := func(field int, what string, pos diag.Pos) {
		if field < 0 || p.file.Column(field).Role != export.RolePersonal {
			return
		}
		diags.Add(diag.Diagnostic{Code: "personal-column", Pos: pos,
			Message: fmt.Sprintf("%s: column %q of %s holds personal data, which must not be stored or published", what, p.file.Column(field).Title(), p.file.Name),
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
			if personal.HasMail(names.Text(int32(id))) {
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
