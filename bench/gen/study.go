package gen

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Constructs are the three scores; each has ten of the items in turn.
var Constructs = []string{"will", "ability", "capacity"}

// PerConstruct is how many items each construct has.
const PerConstruct = Items / 3

// WriteStudy makes a study folder around an export, a CSV or a workbook, which it
// links to and does not copy.
func WriteStudy(dir, export string) error {
	for _, sub := range []string{"exports", "codebooks"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return err
		}
	}
	name := "large" + filepath.Ext(export)
	link := filepath.Join(dir, "exports", name)
	if err := os.Remove(link); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Link(export, link); err != nil {
		return err
	}
	for name, text := range map[string]string{
		"study.yaml":           fmt.Sprintf(studyFile, name),
		"framework.yaml":       framework(),
		"codebooks/large.yaml": codebook(),
	} {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

const studyFile = `version: 1
id: large
title: A large export
notice: Made-up data
framework: framework.yaml
surveys:
  - id: large
    title: Large
    codebook: codebooks/large.yaml
    waves:
      - {id: "2020", exports: [exports/%s]}
breakdowns: [region, staff_group]
`

func framework() string {
	var b strings.Builder
	fmt.Fprintf(&b, "version: 1\nscales:\n  agreement5: {options: [%s], positive: [Agree, Strongly agree]}\nconstructs:\n", strings.Join(Levels, ", "))
	for i, construct := range Constructs {
		var items []string
		for n := range PerConstruct {
			items = append(items, fmt.Sprintf("q%d", i*PerConstruct+n+1))
		}
		fmt.Fprintf(&b, "  %s: {title: %s, items: [%s]}\n", construct, construct, strings.Join(items, ", "))
	}
	b.WriteString("items:\n")
	for n := range Items {
		fmt.Fprintf(&b, "  q%d: {title: Question %d, scale: agreement5}\n", n+1, n+1)
	}
	b.WriteString("gaps:\n  ability_gap: {of: will, minus: ability}\n  capacity_gap: {of: will, minus: capacity}\n")
	b.WriteString("quadrants:\n  held_back: {high: will, low: capacity}\nvariables:\n")
	writeVariable(&b, "region", "Region", Regions)
	writeVariable(&b, "staff_group", "Staff group", Groups)
	return b.String()
}

func writeVariable(b *strings.Builder, id, title string, labels []string) {
	fmt.Fprintf(b, "  %s:\n    title: %s\n    categories:\n", id, title)
	for _, l := range labels {
		fmt.Fprintf(b, "      %s: %s\n", slug(l), l)
	}
}

func codebook() string {
	var b strings.Builder
	b.WriteString("version: 1\nid: ResponseId\ncompleted: EndDate\nitems:\n")
	for n := range Items {
		fmt.Fprintf(&b, "  q%d: {column: Q%d}\n", n+1, n+1)
	}
	b.WriteString("variables:\n")
	writeMap(&b, "region", "Region", Regions)
	writeMap(&b, "staff_group", "StaffGroup", Groups)
	b.WriteString("design: {weight: Weight, psu: Organisation}\n")
	return b.String()
}

func writeMap(b *strings.Builder, id, column string, labels []string) {
	fmt.Fprintf(b, "  %s:\n    column: %s\n    map:\n", id, column)
	for _, l := range labels {
		fmt.Fprintf(b, "      %s: %s\n", l, slug(l))
	}
}

func slug(label string) string { return strings.ReplaceAll(strings.ToLower(label), " ", "_") }
