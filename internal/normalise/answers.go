package normalise

import (
	"bytes"
	"maps"
	"regexp"
	"strings"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/study"
)

// unknownAnswer is the value of a cell that nothing declares.
const unknownAnswer int32 = -100

// outOfRange is the value of a number outside its scale.
const outOfRange int32 = -101

// blank is the value of an empty cell until it is known what blanks mean here.
const blank int32 = -102

// twoAnswers is the value of a question with columns for its answers of which two
// are ticked.
const twoAnswers int32 = -103

// answers is what the cells of one column may say: folded text to value. It is
// shared by all goroutines and never changes.
type answers struct {
	values   map[string]int32
	declared []string // the labels as written, for suggestions
	min, max int      // of a numeric scale
	numeric  bool
	any      *Names // organisations: every text is a value
	invalid  bool   // unknown: invalid
}

func (a *answers) set(label string, value int32) {
	a.values[fold.String(label)] = value
	a.declared = append(a.declared, label)
}

// value reads one cell the slow way.
func (a *answers) value(cell []byte) int32 {
	text := fold.String(string(cell))
	if v, ok := a.values[text]; ok {
		return v
	}
	if text == "" {
		return blank
	}
	if bytes.Equal(cell, export.TwoTicks) {
		return twoAnswers
	}
	if a.any != nil {
		return a.any.ID(strings.Join(strings.Fields(string(cell)), " "))
	}
	if a.numeric {
		return a.number(text)
	}
	return unknownAnswer
}

//gosec:disable G115 -- codes of a declared scale or variable are small
func (a *answers) number(text string) int32 {
	n, ok := number([]byte(text))
	if !ok {
		return unknownAnswer
	}
	if i := int(n); float64(i) == n && i >= a.min && i <= a.max {
		return int32(FirstOption + i - a.min)
	}
	return outOfRange
}

// explained declares codes by the labels that a file beside the export has for
// them, or such labels by their codes. What the codebook declares itself it does
// not touch. On a numeric scale the number that a label begins with counts, not
// the code: platforms count the options of 0 to 10 from 1.
func (a *answers) explained(values []export.Value) *answers {
	if a.any != nil {
		return a
	}
	declared, codes := maps.Clone(a.values), map[string]bool{}
	for _, v := range values {
		codes[fold.String(v.Code)] = true
	}
	for _, v := range values {
		code, label := fold.String(v.Code), fold.String(v.Label)
		byCode, isCode := declared[code]
		byLabel, isLabel := declared[label]
		if number := leadingNumber.FindString(label); !isLabel && a.numeric && number != "" {
			byLabel, isLabel = a.number(number), true
		}
		switch {
		case isLabel && !isCode && code != "":
			a.values[code] = byLabel
		case isCode && !isLabel && !codes[label] && label != "":
			a.values[label] = byCode
		}
	}
	return a
}

// leadingNumber is what a label of a numeric scale begins with.
var leadingNumber = regexp.MustCompile(`^-?\d+`)

// addMissing declares the values that a codebook calls missing; a later call does
// not override an earlier one.
func (a *answers) addMissing(rules study.Map[string], value func(Kind) int32) {
	for _, r := range rules {
		kind, ok := ParseKind(r.Value)
		if !ok {
			continue // study.Load has said so
		}
		if _, taken := a.values[fold.String(r.ID)]; !taken {
			a.set(r.ID, value(kind))
		}
	}
}

func slotOf(k Kind) int32 { return int32(k) }

// itemAnswers are the answers of an item's column: what the codebook calls
// missing, its labels, the scale's own labels or numbers, the unscored ones.
func itemAnswers(c ItemColumn, src study.ItemSource, book *study.Codebook) *answers {
	a := &answers{values: map[string]int32{}, invalid: unknownIsInvalid(src.Unknown, book)}
	onScale := map[string]int32{}
	for i, label := range c.Scale.Options {
		onScale[fold.String(label)] = int32(FirstOption + i)
	}
	for _, label := range c.Scale.Unscored {
		onScale[fold.String(label)] = slotOf(kindOfLabel(label))
	}
	if c.Scale.Min != nil {
		a.numeric, a.min, a.max = true, *c.Scale.Min, *c.Scale.Max
	}
	a.addMissing(src.Missing, slotOf)
	a.addMissing(book.Missing, slotOf)
	for _, l := range src.Labels {
		target, ok := onScale[fold.String(l.Value)]
		if !ok && a.numeric {
			target = a.number(fold.String(l.Value))
		}
		if _, taken := a.values[fold.String(l.ID)]; !taken {
			a.set(l.ID, target)
		}
	}
	for _, labels := range []study.Names{c.Scale.Options, c.Scale.Unscored} {
		for _, label := range labels {
			if _, taken := a.values[fold.String(label)]; !taken {
				a.set(label, onScale[fold.String(label)])
			}
		}
	}
	return a
}

// variableAnswers are the answers of a variable's column.
//
//gosec:disable G115 -- codes of a declared scale or variable are small
func variableAnswers(v VariableColumn, src study.VariableSource, book *study.Codebook, names *Names) *answers {
	a := &answers{values: map[string]int32{}, invalid: unknownIsInvalid(src.Unknown, book)}
	a.addMissing(src.Missing, missingCategory)
	a.addMissing(book.Missing, missingCategory)
	if v.Variable.Organisation {
		a.any = names
		return a
	}
	add := func(label string, category string) {
		if _, taken := a.values[fold.String(label)]; !taken {
			a.set(label, int32(v.Variable.Categories.Index(category)))
		}
	}
	for _, m := range src.Map {
		add(m.ID, m.Value)
	}
	for id, label := range v.Variable.Categories.All() {
		add(label, id)
		add(id, id)
	}
	return a
}

func unknownIsInvalid(entry string, book *study.Codebook) bool {
	if entry == "" {
		entry = book.Unknown
	}
	return entry == "invalid"
}
