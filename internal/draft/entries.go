package draft

import (
	"fmt"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/inspect"
	"github.com/caregap/caregap/internal/study"
)

// questions are those that were matched, in the framework's order.
func (at found) questions(f *study.Framework) []*question {
	var out []*question
	for _, id := range f.Items.IDs() {
		if m, ok := at.items[id]; ok {
			out = append(out, m.q)
		}
	}
	for _, id := range f.Choices.IDs() {
		if m, ok := at.choices[id]; ok {
			out = append(out, m.q)
		}
	}
	for _, id := range f.Variables.IDs() {
		if m, ok := at.variables[id]; ok {
			out = append(out, m.q)
		}
	}
	return out
}

func (b *book) items() {
	var blocks []block
	var absent []string
	for _, e := range b.f.Items {
		m, ok := b.at.items[e.ID]
		if !ok {
			absent = append(absent, e.ID)
			continue
		}
		sc, _ := b.f.Scales.Get(e.Value.Scale)
		blocks = append(blocks, b.entry(e.ID, m, "labels:", itemLabels(sc, m.q)))
	}
	blocks = append(blocks, b.candidates(inspect.Scale)...)
	if len(blocks) == 0 && len(b.f.Items) == 0 {
		b.sampleItem()
		return
	}
	b.section("items:", blocks, b.absent(absent, "item")...)
}

// sampleItem shows how an item is mapped, where neither the framework nor the export
// has one.
func (b *book) sampleItem() {
	b.gap()
	b.say(0, "An item of the framework, and the heading of its column in the export:")
	b.lines = append(b.lines, line{text: "items:", off: true}, line{indent: 2, text: "want_more: {column: \"...\"}", off: true})
}

func (b *book) choices() {
	var blocks []block
	var absent []string
	for _, e := range b.f.Choices {
		m, ok := b.at.choices[e.ID]
		if !ok {
			absent = append(absent, e.ID)
			continue
		}
		blocks = append(blocks, b.entry(e.ID, m, "map:", mapped(e.Value.Options, m.q)))
	}
	blocks = append(blocks, b.candidates(inspect.Multiple)...)
	b.section("choices:", blocks, b.absent(absent, "choice")...)
}

func (b *book) variables() {
	var blocks []block
	var absent []string
	for _, e := range b.f.Variables {
		m, ok := b.at.variables[e.ID]
		if !ok {
			absent = append(absent, e.ID)
			continue
		}
		var labels []line
		if !e.Value.Organisation {
			labels = mapped(e.Value.Categories, m.q)
		}
		blocks = append(blocks, b.entry(e.ID, m, "map:", labels))
	}
	blocks = append(blocks, b.candidates(inspect.Single)...)
	b.section("variables:", blocks, b.absent(absent, "variable")...)
}

// absent says what was not found, where that can be a surprise: a framework made from
// several exports has the questions of all.
func (b *book) absent(ids []string, kind string) []string {
	if len(ids) == 0 || !b.loud {
		return nil
	}
	return []string{fmt.Sprintf("No column was found for the %ss %s.", kind, strings.Join(ids, ", "))}
}

// entry is where the export has an item, a choice or a variable. One that is less
// alike than enough does not count.
func (b *book) entry(id string, m match, heading string, labels []line) block {
	note := fmt.Sprintf("%.2f", m.score)
	if m.q.name != m.q.wording {
		note += ": " + cut(m.q.wording, 70)
	}
	out := b.source(id, m.q, note, heading, labels)
	out.off = m.score < enough
	return out
}

// source is an entry of a codebook: on one line where it only says where.
func (b *book) source(id string, q *question, note, heading string, labels []line) block {
	where, others := whereIs(q), b.unshown(q)
	if len(labels) == 0 && others == nil {
		return one(fmt.Sprintf("%s: {%s}", scalar(id), strings.Join(where, ", ")), note)
	}
	lines := []line{{indent: 2, text: scalar(id) + ":", note: note}}
	for _, w := range where {
		lines = append(lines, line{indent: 4, text: w})
	}
	if len(labels) > 0 {
		idle := !slices.ContainsFunc(labels, func(l line) bool { return !l.off && !strings.HasPrefix(l.text, "#") })
		lines = append(append(lines, line{indent: 4, text: heading, off: idle}), labels...)
	}
	return block{lines: append(lines, others...)}
}

// whereIs names a question's column, or its columns.
func whereIs(q *question) []string {
	switch {
	case q.pattern != "":
		return []string{"columns: " + scalar(q.pattern)}
	case q.ticks() && q.joint != "":
		return []string{"column: " + scalar(q.name), "separator: " + quoted(q.joint)}
	}
	return []string{"column: " + scalar(q.name)}
}

// unshown is the line for the answers that are not shown, if there are any.
func (b *book) unshown(q *question) []line {
	said := hidden(q.others)
	if said == "" {
		return nil
	}
	return []line{{indent: 4, text: "unknown: invalid", note: said, off: b.loud}}
}

// itemLabels says which labels of an export stand for which answers of a scale,
// where the words differ.
func itemLabels(sc study.Scale, q *question) []line {
	var out []line
	why := conflict(q.answers)
	for _, a := range q.answers {
		numbered := pointOf(a.Label).numbered
		if missingKind(a.Label) != "" || sc.IsUnscored(a.Label) || sc.Index(a.Label) >= 0 && !(why != "" && numbered) || a.Code != "" && a.Count == 0 {
			continue
		}
		out = append(out, labelLine(a, onScale(sc, a.Label, why)))
	}
	return out
}

// mapped says which labels stand for which categories or options, where the words
// differ.
func mapped(m study.Map[string], q *question) []line {
	answers := q.answers
	if q.pattern != "" {
		answers = nil
		for _, o := range q.options {
			answers = append(answers, inspect.Answer{Label: o})
		}
	}
	var out []line
	for _, a := range answers {
		if missingKind(a.Label) != "" && q.pattern == "" || declared(m, a.Label) || a.Code != "" && a.Count == 0 {
			continue
		}
		out = append(out, labelLine(a, among(m, a.Label)))
	}
	for _, w := range q.words {
		if id := idOf(m, w.option); id != "" && !declared(m, w.word) {
			out = append(out, line{indent: 6, text: scalar(w.word) + ": " + scalar(id), note: "what its column holds"})
		}
	}
	return out
}

// idOf is the id of the option that is labelled so, "" where none is.
func idOf(m study.Map[string], label string) string {
	for _, e := range m {
		if sameLabel(e.Value, label) {
			return e.ID
		}
	}
	return ""
}

// labelLine maps one label, or says that it cannot be told what it stands for.
func labelLine(a inspect.Answer, t target) line {
	who := ""
	if a.Count > 0 {
		who = "; " + count(a.Count, "respondent")
	}
	if t.to == "" {
		return line{indent: 6, text: "# " + remark(fmt.Sprintf("%q is like none of them: map it%s", a.Label, who))}
	}
	note := fmt.Sprintf("%.2f", t.score)
	if t.note != "" {
		note = t.note + who
	}
	return line{indent: 6, text: scalar(a.Label) + ": " + scalar(t.to), note: note, off: !t.sure}
}

// candidates are questions of a kind that nothing in the framework asks.
func (b *book) candidates(kind inspect.Kind) []block {
	var out []block
	for _, q := range b.at.rest {
		if q.kind != kind || q.name == "" && q.pattern == "" {
			continue
		}
		note := fmt.Sprintf("%s, %s", q.kind, count(len(optionsOf(q))+q.others.Answers, "answer"))
		if why := conflict(q.answers); why != "" {
			note += "; its numbers contradict each other: " + why
		}
		if q.name != q.wording {
			note += ": " + cut(q.wording, 70)
		}
		c := b.source(b.ids.of(q.wording, "q"), q, note, "", nil)
		c.off = true
		out = append(out, c)
	}
	return out
}
