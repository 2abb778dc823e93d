package publish

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/markdown"
	"github.com/caregap/caregap/internal/number"
)

// mostChanges is how many changes are told in words.
const mostChanges = 10

func (c *comparison) write() string {
	var b strings.Builder
	b.WriteString("# What changed\n\n")
	if c.old.ID != "" && c.now.ID != "" {
		fmt.Fprintf(&b, "Release %s replaces release %s.\n\n", markdown.Code(c.now.ID), markdown.Code(c.old.ID))
	}
	if len(c.tallies) == 0 {
		b.WriteString("No published number changed since the last release.\n")
	} else {
		c.writeSums(&b)
	}
	c.writeGrounds(&b)
	c.writeMeasures(&b)
	c.writeMoves(&b)
	return b.String()
}

// writeSums tells what became of the numbers of all measures together.
func (c *comparison) writeSums(b *strings.Builder) {
	var all tally
	for _, t := range c.tallies {
		all.add(t)
	}
	for _, x := range []struct {
		what, more string
		n          int
	}{
		{"Revised", "Their estimate, error, limits or base was another in the last release. They have the flag `r`.", all.revised},
		{"New", "", all.added},
		{"Gone", "", all.removed},
		{"No longer shown", "", all.hidden},
		{"Newly shown", "", all.shown},
		{"Redefined", "The measure rests on something else than before, so that old and new do not compare.", all.redefined},
		{"Without figures as before, for another reason", "", all.status},
		{"Otherwise changed", "Only figures that follow from others, flags or decimals changed.", all.other},
		{"As they were", "", c.same},
	} {
		if x.n > 0 {
			fmt.Fprintf(b, "- %s\n", strings.TrimSpace(x.what+": "+rowsOf(x.n)+". "+x.more))
		}
	}
}

// writeGrounds tells what differs of what the releases rest on.
func (c *comparison) writeGrounds(b *strings.Builder) {
	if c.old.ID == "" || c.now.ID == "" {
		return
	}
	b.WriteString("\n## What the releases rest on\n\n")
	said := slices.Concat(c.inputs(), c.settings())
	if c.old.Version != c.now.Version {
		said = append(said, "Program version: "+markdown.Code(c.now.Version)+", was "+markdown.Code(c.old.Version))
	}
	if len(said) == 0 {
		b.WriteString("Both rest on the same files and settings.\n")
		return
	}
	for _, s := range said {
		b.WriteString("- " + s + "\n")
	}
}

func (c *comparison) inputs() []string {
	hashes := map[string]string{}
	for _, in := range c.old.Inputs {
		hashes[in.Path] = in.SHA256
	}
	var out []string
	for _, in := range c.now.Inputs {
		hash, ok := hashes[in.Path]
		delete(hashes, in.Path)
		switch {
		case !ok:
			out = append(out, markdown.Code(in.Path)+" is new")
		case hash != in.SHA256:
			out = append(out, markdown.Code(in.Path)+" changed")
		}
	}
	for _, in := range c.old.Inputs {
		if _, left := hashes[in.Path]; left {
			out = append(out, markdown.Code(in.Path)+" is gone")
		}
	}
	return out
}

// settings are those that differ, in the order of the manifest.
func (c *comparison) settings() []string {
	old, now := settingsOf(c.old.Settings), settingsOf(c.now.Settings)
	var out []string
	for _, s := range now {
		i := slices.IndexFunc(old, func(x setting) bool { return x.name == s.name })
		was := "not set"
		if i >= 0 {
			was = markdown.Code(old[i].value)
		}
		if i < 0 || old[i].value != s.value {
			out = append(out, "Setting "+markdown.Code(s.name)+": "+markdown.Code(s.value)+", was "+was)
		}
	}
	for _, s := range old {
		if !slices.ContainsFunc(now, func(x setting) bool { return x.name == s.name }) {
			out = append(out, "Setting "+markdown.Code(s.name)+": not set, was "+markdown.Code(s.value))
		}
	}
	return out
}

type setting struct{ name, value string }

// settingsOf are the settings as JSON has them, in their order.
func settingsOf(s Settings) []setting {
	data, err := json.Marshal(s)
	if err != nil {
		panic("publish: " + err.Error()) // plain texts and numbers
	}
	var out []setting
	d := json.NewDecoder(bytes.NewReader(data))
	_, _ = d.Token() // the brace
	for d.More() {
		name, _ := d.Token()
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			panic("publish: " + err.Error())
		}
		out = append(out, setting{name.(string), string(value)})
	}
	return out
}

func (c *comparison) writeMeasures(b *strings.Builder) {
	if len(c.tallies) == 0 {
		return
	}
	b.WriteString("\n## By measure\n\n")
	b.WriteString(markdown.Row("measure", "id", "revised", "new", "gone", "no longer shown", "newly shown", "redefined", "otherwise"))
	b.WriteString(markdown.Row("---", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---:"))
	for _, t := range c.tallies {
		cells := []string{markdown.Text(c.names.of(t.measure, "")), markdown.Code(t.measure)}
		for _, n := range []int{t.revised, t.added, t.removed, t.hidden, t.shown, t.redefined, t.status + t.other} {
			cells = append(cells, strconv.Itoa(n))
		}
		b.WriteString(markdown.Row(cells...))
	}
}

// writeMoves tells the largest changes in words. Scores, points and percent all
// run over a hundred, so their changes compare; ties stay in file order.
func (c *comparison) writeMoves(b *strings.Builder) {
	if len(c.moves) == 0 {
		return
	}
	slices.SortStableFunc(c.moves, func(x, y move) int { return cmp.Compare(y.size(), x.size()) })
	b.WriteString("\n## The largest changes for everyone asked\n\n")
	for _, m := range c.moves[:min(len(c.moves), mostChanges)] {
		fmt.Fprintf(b, "- %s: %s, was %s (%s)\n", c.words(m.now), m.now.amount(), m.before.amount(), m.difference())
	}
	if more := len(c.moves) - mostChanges; more > 0 {
		fmt.Fprintf(b, "\nSmaller changes: %s.\n", rowsOf(more))
	}
}

// words name a row: what is measured, of whom.
func (c *comparison) words(f figure) string {
	what := c.names.of("statistic", f.statistic())
	if f.level() != "" {
		what = c.names.of(f.measure(), f.level())
	}
	return markdown.Line(c.names.of(f.measure(), "") + " (" + what + "), " + c.names.of(f.key[3], f.key[4]))
}

func (f figure) amount() string {
	switch f.unit {
	case "percent":
		return f.written + "%"
	case "points":
		return f.written + " points"
	}
	return f.written
}

func (m move) size() float64 { return math.Abs(m.now.estimate - m.before.estimate) }

// difference is printed with the places that the estimates have.
func (m move) difference() string {
	text := number.Fixed(m.now.estimate-m.before.estimate, decimals(m.now.written))
	if m.now.estimate > m.before.estimate {
		text = "+" + text
	}
	if m.now.unit == "percent" {
		return text + " points"
	}
	return text
}
