package inspect

import (
	"slices"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
)

// kindOf tells a column's kind from its cells. What joins the ticked options of one
// that holds several is returned with it.
func (b *builder) kindOf(i int, p *profile) (Kind, *joined) {
	c := b.file.Columns[i]
	t := p.total()
	n := p.answered
	switch {
	case n == 0:
		return Empty, nil
	case c.Open && ticksOnly(c, p):
		return Multiple, nil
	case c.Open:
		return Text, nil
	case 5*(t.of(isDate)+t.of(isClock)) >= 4*n, c.Role == export.RoleTime && 2*t.of(isDate) >= n:
		return Date, nil
	case len(t.personal) > 0 && 2*sum(t.personal) >= n:
		return Text, nil
	case b.loneOption(c, p):
		return Multiple, nil
	}
	if kind, ok := b.keyed(c, p); ok {
		return kind, nil
	}
	if kind, ok := numeric(p, &t, c.Role); ok {
		if kind == Number && b.joinsCodes(p) != nil {
			return Multiple, b.joinsCodes(p)
		}
		return kind, nil
	}
	if c.Role == export.RoleID || c.Role == export.RolePersonal || c.Role == export.RoleTime {
		return Text, nil
	}
	if c.Role == export.RoleStatus && !p.full && len(p.order) <= 8 {
		return Single, nil
	}
	if b.typed(c, p) {
		return Text, nil
	}
	if j := b.ticksOf(p, manyTicks.MatchString(c.Text)); j != nil {
		return Multiple, j
	}
	return inWords(p), nil
}

// ticksOnly reports whether an open text's column holds nothing but ticks: its
// words stand elsewhere, or nowhere.
func ticksOnly(c export.Column, p *profile) bool {
	for _, f := range p.order {
		key := fold.String(f.text)
		if _, tick := tickWords[key]; !tick && key != fold.String(c.Option) && key != fold.String(c.Text) {
			return false
		}
	}
	return !p.full
}

// keyed is the kind of a column whose codes a key beside the file explains.
func (b *builder) keyed(c export.Column, p *profile) (Kind, bool) {
	if len(c.Values) == 0 || p.full {
		return "", false
	}
	known := map[string]bool{}
	var words []string
	for _, v := range c.Values {
		known[fold.String(v.Code)], known[fold.String(v.Label)] = true, true
		words = append(words, v.Label)
	}
	declared := 0
	for _, f := range p.order {
		if known[fold.String(f.text)] {
			declared += f.count
		}
	}
	if 5*declared < 4*p.answered {
		return "", false
	}
	if len(words) > 2 && (scaleOptions(words) || points(words)) {
		return Scale, true
	}
	return Single, true
}

// points reports whether all words of a key are numbers: a scale without labels.
func points(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return integer(w)&isSmall == 0 || !wholeNumber(w) })
}

// numeric is the kind of a column of numbers: a scale where they are whole, from 0
// to 11, and more than the codes of two options, beside codes and words for no
// answer; one of two codes; or a number. Numbers that are not from 0 to 11 but few and frequent are
// codes too.
func numeric(p *profile, t *counts, role export.Role) (Kind, bool) {
	numbers := t.of(isNumber)
	question := role == export.RoleQuestion || role == export.RoleOther
	if p.full {
		return Number, 5*numbers >= 4*p.answered
	}
	small, sizes, others, without, largest := 0, 0, 0, 0, 0
	for _, l := range p.labels() {
		digits, words := point(l.key)
		switch {
		case l.shape&isSmall != 0, digits != "" && integer(digits)&isSmall != 0 && scaleWord(words):
			small += l.count
			sizes++
			largest = max(largest, number(digits))
		case l.shape&isCode != 0, noAnswer(l.key):
			without += l.count
		case l.shape&isNumber != 0:
			others++
		}
	}
	whole := t.of(isSmall) > 0 || small > 0
	switch {
	case whole && question && others == 0 && 5*(small+without) >= 4*p.answered && (small > 4 || 4*small > p.answered):
		if sizes > 2 || sizes == 2 && largest > 2 {
			return Scale, true
		}
		return Single, numbers > 0 || sizes > 1
	case 5*(numbers+without) < 4*p.answered || numbers == 0:
		return "", false
	case question && t.of(isInteger) == numbers && sizes+others <= 10 && p.answered >= 20 && p.answered >= 5*(sizes+others):
		return Single, true
	case role == export.RoleStatus && whole && sizes+others <= 3:
		return Single, true
	}
	return Number, true
}

// ticksOf finds the separator by which cells join ticked options. Where the question
// asks for several, a cell that has it is enough.
func (b *builder) ticksOf(p *profile, asked bool) *joined {
	for _, loose := range p.joined {
		j := newJoined(loose.separator)
		j.merge(loose)
		for _, f := range p.order {
			j.add(f.text, f.count)
		}
		if j.ticks(p.seen.count()) || asked && j.several > 0 && !j.dead && 2*j.beyond <= j.pieces {
			return j
		}
	}
	return nil
}

// joinsCodes is ticksOf for the codes of ticked options, such as 1,3,4, which look
// like numbers with a decimal comma where there are two of them.
func (b *builder) joinsCodes(p *profile) *joined {
	if b.file.Platform != "qualtrics" {
		return nil
	}
	if j := b.ticksOf(p, false); j != nil && j.ascending() {
		return j
	}
	return nil
}

// inWords is the kind of a column of words.
func inWords(p *profile) Kind {
	if p.full {
		return Text
	}
	labels := p.labels()
	if !closed(labels) && !mostlyScale(labels) {
		return Text
	}
	if mostlyScale(labels) {
		return Scale
	}
	return Single
}

// mostlyScale reports whether most answers, and most of those that come back, are
// labels of a scale.
func mostlyScale(labels []label) bool {
	n, mass, words, plain, ends := 0, 0, 0, 0, false
	for _, l := range labels {
		if noAnswer(l.key) {
			continue
		}
		n += l.count
		switch {
		case l.key == "yes", l.key == "no", l.key == "true", l.key == "false":
			mass += l.count
			plain++
		case scaleWord(l.key), degree(l.key):
			mass += l.count
			words++
			ends = ends || polarity(l.key) != 0
		}
	}
	return words > 0 && (words+plain > 1 || ends && n > 4) && 10*mass >= 7*n && (words > 1 || plain < 2)
}

func sum[K comparable](m map[K]int) int {
	n := 0
	for _, v := range m {
		n += v
	}
	return n
}
