package normalise

import (
	"fmt"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/study"
)

// plan says which field of a record means what, for one file. It is made once,
// shared by all goroutines, and never changes.
type plan struct {
	schema *Schema
	survey *study.Survey
	wave   *study.Wave
	file   *export.File
	names  *WaveNames

	items     []itemField
	choices   []choiceField
	variables []variableField

	id, person, completed     int // fields, or -1
	weight, stratum, psu, fpc int
	psuVariable               int // variable that is the PSU, or -1
	status                    *export.Status
	keep                      []keepRule
	completion                *export.Completion
	speed                     speedRule
	blankKind                 Kind // what a blank means in this file
	dates                     dateOrder
	dated                     []int // fields whose times matter
}

type itemField struct {
	field, item int
	answers     *answers
}

type variableField struct {
	field, variable int
	answers         *answers
}

// choiceField is a tick-all question: one joined field, or one per option.
type choiceField struct {
	choice    int // index into Schema.Choices
	field     int // the joined column, or -1
	separator string
	options   map[string]int  // folded label to option
	missing   map[string]Kind // folded values that the codebook calls missing
	declared  []string
	invalid   bool
	columns   []optionField
	unlisted  []optionField // open texts among the columns that no option stands for
}

type optionField struct {
	field, option int
	open          bool   // any text ticks it
	label         string // folded label of the option
	number        string // its place among the question's options, where the export writes that
}

type keepRule struct {
	field  int
	any    bool
	values map[string]bool
	reason string // unfinished or screened_out
	// personal says that the column holds personal data: no form of it is kept.
	personal bool
}

// WaveNames are the texts of one wave that no codebook lists.
type WaveNames struct {
	PSUs, Strata  *Names
	Organisations []*Names // per variable; nil where it is no organisation
}

// NewWaveNames makes the empty names of a wave.
func NewWaveNames(s *Schema) *WaveNames {
	w := &WaveNames{PSUs: NewNames(), Strata: NewNames(), Organisations: make([]*Names, len(s.Variables))}
	for i, v := range s.Variables {
		if v.Variable.Organisation {
			w.Organisations[i] = NewNames()
		}
	}
	return w
}

// newPlan finds every column that the codebook names. Problems go to diags.
func newPlan(s *Schema, survey *study.Survey, wave *study.Wave, f *export.File, names *WaveNames, diags *diag.List) *plan {
	book := wave.Codebook
	cols := newColumns(f, diags)
	p := &plan{schema: s, survey: survey, wave: wave, file: f, names: names, status: f.Status, psuVariable: -1, blankKind: SeenUnanswered}
	p.items = planItems(s, wave, cols)
	p.choices = planChoices(s, wave, f, cols)
	p.variables = planVariables(s, wave, cols, names)
	p.id = cols.optional(book.ID, "id", book.Pos)
	p.person = cols.optional(book.Person, "person", book.Pos)
	p.completed = cols.optional(book.Completed, "completed", book.Pos)
	p.planDesign(cols)
	p.planKeep(cols)
	p.planSpeed(cols)
	p.planDates()
	p.checkTwice(diags)
	p.checkPersonal(diags)
	return p
}

func planItems(s *Schema, wave *study.Wave, cols *columns) []itemField {
	var out []itemField
	for i, c := range s.Items {
		if !wave.Has(c.ID) {
			continue
		}
		src, _ := wave.Codebook.Items.Get(c.ID)
		if field := cols.find(src.Column, fmt.Sprintf("item %q", c.ID), src.Pos); field >= 0 {
			out = append(out, itemField{field, i, itemAnswers(c, src, wave.Codebook).explained(cols.file.Column(field).Values)})
		}
	}
	return out
}

func planVariables(s *Schema, wave *study.Wave, cols *columns, names *WaveNames) []variableField {
	var out []variableField
	for i, v := range s.Variables {
		if !wave.Has(v.ID) {
			continue
		}
		src, _ := wave.Codebook.Variables.Get(v.ID)
		if field := cols.find(src.Column, fmt.Sprintf("variable %q", v.ID), src.Pos); field >= 0 {
			out = append(out, variableField{field, i, variableAnswers(v, src, wave.Codebook, names.Organisations[i]).explained(cols.file.Column(field).Values)})
		}
	}
	return out
}

// planDesign finds the columns of the design. An organisation variable is the
// PSU wherever the codebook maps it, unless it says psu: none.
func (p *plan) planDesign(cols *columns) {
	d := p.wave.Codebook.Design
	p.weight = cols.optional(d.Weight, "design: weight", d.Pos)
	p.stratum = cols.optional(d.Stratum, "design: stratum", d.Pos)
	p.fpc = cols.optional(d.FPC, "design: fpc", d.Pos)
	p.psu = -1
	switch {
	case len(d.PSU) == 1 && d.PSU[0] == "none":
	case len(d.PSU) > 0:
		p.psu = cols.find(d.PSU, "design: psu", d.Pos)
	default:
		for i, v := range p.variables {
			if p.schema.Variables[v.variable].Variable.Organisation {
				p.psuVariable, p.psu = i, v.field
				return
			}
		}
	}
}

func (p *plan) planKeep(cols *columns) {
	completion := map[int]bool{}
	for i, c := range p.file.Completion {
		completion[c.Column] = true
		if i == 0 {
			p.completion = &p.file.Completion[0]
		}
	}
	for _, k := range p.wave.Codebook.Keep {
		field := cols.find(study.Names{k.ID}, fmt.Sprintf("keep %q", k.ID), k.Pos)
		if field < 0 {
			continue
		}
		rule := keepRule{field: field, values: map[string]bool{}, reason: ScreenedOut, personal: p.file.Column(field).Role == export.RolePersonal}
		if completion[field] {
			rule.reason = Unfinished
			p.completion = nil // the study has chosen
		}
		for _, v := range k.Value {
			if fold.String(v) == "answered" {
				rule.any = true
				continue
			}
			rule.values[fold.String(v)] = true
		}
		p.keep = append(p.keep, rule)
	}
}

// checkTwice says when two entries read one column.
func (p *plan) checkTwice(diags *diag.List) {
	owner := map[int]string{}
	claim := func(field int, what string, pos diag.Pos) {
		for _, column := range p.file.Read(field) {
			if other, taken := owner[column]; taken {
				diags.Errorf("column-named-twice", pos, "%s: column %q of %s is already read as %s", what, p.file.Column(field).Title(), p.file.Name, other)
				return
			}
			owner[column] = what
		}
	}
	book := p.wave.Codebook
	for _, f := range p.items {
		id := p.schema.Items[f.item].ID
		src, _ := book.Items.Get(id)
		claim(f.field, fmt.Sprintf("item %q", id), src.Pos)
	}
	for _, f := range p.variables {
		id := p.schema.Variables[f.variable].ID
		src, _ := book.Variables.Get(id)
		claim(f.field, fmt.Sprintf("variable %q", id), src.Pos)
	}
	for _, f := range p.choices {
		id := p.schema.Choices[f.choice].ID
		src, _ := book.Choices.Get(id)
		if f.field >= 0 {
			claim(f.field, fmt.Sprintf("choice %q", id), src.Pos)
		}
		for _, o := range f.columns {
			claim(o.field, fmt.Sprintf("choice %q", id), src.Pos)
		}
	}
}
