package draft

import (
	"fmt"
	"strings"

	"github.com/caregap/caregap/internal/study"
)

// writeFramework writes the framework that was guessed.
func (g *guess) writeFramework() string {
	p := &page{}
	p.say(0, "A draft: what the exports ask, in their own words. Give every title the study's words, so that it holds for all surveys.")
	p.put(0, "version: 1", "")
	if len(g.f.Items) == 0 {
		p.sample()
	} else {
		g.writeScales(p)
		g.writeConstructs(p)
		g.writeItems(p)
		g.writeGaps(p)
	}
	g.writeChoices(p)
	g.writeVariables(p)
	return p.String()
}

// sample stands where no question on a scale was found: what a framework needs.
func (p *page) sample() {
	p.gap()
	p.say(0, "No question on a scale was found. A framework needs at least one scale, one construct and one item, and the codebook the item's column:")
	for _, l := range []string{
		"scales:", "  agreement5: {options: [Strongly disagree, Disagree, Neither agree nor disagree, Agree, Strongly agree], positive: [Agree, Strongly agree]}",
		"constructs:", "  will: {title: Will, items: [want_more]}", "items:", "  want_more: {title: Wants to do more research, scale: agreement5}",
	} {
		text := strings.TrimLeft(l, " ")
		p.lines = append(p.lines, line{indent: len(l) - len(text), text: text, off: true})
	}
}

func one(text, note string) block { return block{lines: []line{{indent: 2, text: text, note: note}}} }

func (g *guess) writeScales(p *page) {
	var blocks []block
	for _, s := range g.scales {
		v, _ := g.f.Scales.Get(s.id)
		used := count(s.questions, "question") + "; from the answers: "
		if s.numeric {
			blocks = append(blocks, one(fmt.Sprintf("%s: {min: %d, max: %d, positive: %s}", scalar(s.id), s.low, s.high, numbers(v.Positive)), used+"does it end there, and is the highest the best?"))
			continue
		}
		used += "is anything missing?"
		blocks = append(blocks, block{lines: []line{
			{indent: 2, text: scalar(s.id) + ":", note: used},
			{indent: 4, text: "options: " + list(v.Options), note: "from the lowest"},
			{indent: 4, text: "positive: " + list(v.Positive)},
		}})
	}
	p.section("scales:", blocks)
}

// numbers writes numbers as a list on one line.
func numbers(all []string) string { return "[" + strings.Join(all, ", ") + "]" }

func (g *guess) writeConstructs(p *page) {
	var blocks []block
	for _, e := range g.f.Constructs {
		lines := []line{{indent: 2, text: scalar(e.ID) + ":"}, {indent: 4, text: "title: " + scalar(e.Value.Title)}, {indent: 4, text: "items:"}}
		for _, item := range e.Value.Items {
			v, _ := g.f.Items.Get(item)
			lines = append(lines, line{indent: 6, text: "- " + scalar(item), note: cut(v.Title, 90)})
		}
		blocks = append(blocks, block{lines: lines})
	}
	p.section("constructs:", blocks, "Guessed from words. Every item belongs to one construct: move its line under will, ability or capacity, and take out those that are none of them here, below and in the codebooks. A construct may have a headline, the item whose answer decides who is high.")
}

func (g *guess) writeItems(p *page) {
	var blocks []block
	for _, e := range g.f.Items {
		blocks = append(blocks, one(fmt.Sprintf("%s: {title: %s, scale: %s}", scalar(e.ID), scalar(e.Value.Title), scalar(e.Value.Scale)), g.notes[e.ID]))
	}
	p.section("items:", blocks)
}

// writeGaps writes the gaps and the quadrant, those whose sides were not found as
// lines that do not count yet.
func (g *guess) writeGaps(p *page) {
	var gaps []block
	for _, s := range []string{"ability", "capacity"} {
		b := one(fmt.Sprintf("%s_gap: {of: will, minus: %s}", s, s), "")
		b.off = g.f.Gaps.Index(s+"_gap") < 0
		gaps = append(gaps, b)
	}
	p.section("gaps:", gaps)
	held := one(`held_back: {title: "Willing, without the capacity", high: will, low: capacity}`, "")
	held.off = len(g.f.Quadrants) == 0
	p.section("quadrants:", []block{held})
}

func (g *guess) writeChoices(p *page) {
	var blocks []block
	for _, e := range g.f.Choices {
		lines := []line{{indent: 2, text: scalar(e.ID) + ":"}, {indent: 4, text: "title: " + scalar(e.Value.Title)}, {indent: 4, text: "options:"}}
		blocks = append(blocks, block{lines: append(lines, labelled(e.Value.Options)...)})
	}
	p.section("choices:", blocks)
}

func (g *guess) writeVariables(p *page) {
	var blocks []block
	for _, e := range g.f.Variables {
		lines := []line{{indent: 2, text: scalar(e.ID) + ":", note: g.notes[e.ID]}, {indent: 4, text: "title: " + scalar(e.Value.Title)}, {indent: 4, text: "categories:"}}
		blocks = append(blocks, block{lines: append(lines, labelled(e.Value.Categories)...)})
	}
	p.section("variables:", blocks)
}

func labelled(m study.Map[string]) []line {
	var out []line
	for _, e := range m {
		out = append(out, line{indent: 6, text: scalar(e.ID) + ": " + scalar(e.Value)})
	}
	return out
}
