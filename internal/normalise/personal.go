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

// checkTexts refuses organisations, PSUs and strata that are surely personal data,
// and warns of those that may be: in an open question people write what they like,
// and all of it is kept in private/.
func (p *pass) checkTexts(diags *diag.List) {
	book := p.Wave.Codebook
	for i, v := range p.Schema.Variables {
		src, _ := book.Variables.Get(v.ID)
		p.checkNames(p.names.Organisations[i], fmt.Sprintf("variable %q", v.ID), src.Pos, diags)
	}
	if len(book.Design.PSU) > 0 {
		p.checkNames(p.names.PSUs, "design: psu", book.Design.Pos, diags)
	}
	p.checkNames(p.names.Strata, "design: stratum", book.Design.Pos, diags)
}

func (p *pass) checkNames(names *Names, what string, pos diag.Pos, diags *diag.List) {
	if names == nil {
		return
	}
	sure, perhaps := 0, 0
	for id := range names.Len() {
		switch text := names.Text(int32(id)); {
		case personal.Surely(text):
			sure++
		case personal.Of(text) != personal.None:
			perhaps++
		}
	}
	what = fmt.Sprintf("survey %q, wave %q: %s", p.Survey.ID, p.Wave.ID, what)
	if sure > 0 {
		diags.Add(diag.Diagnostic{Code: "personal-column", Pos: pos,
			Message: fmt.Sprintf("%s: %s that may be an e-mail address, a telephone number or the like; personal data must not be stored or published", what, plural(sure, "value")),
			Hint:    "only id and person may name such a column; they are hashed at once"})
	}
	if perhaps > 0 {
		diags.Add(diag.Diagnostic{Code: "personal-column", Severity: diag.Warning, Pos: pos,
			Message: fmt.Sprintf("%s: %s that may be the name of a person, a postcode or a telephone number; such texts are kept in private/", what, plural(perhaps, "value")),
			Hint:    "if they are, blank them in the export"})
	}
}
