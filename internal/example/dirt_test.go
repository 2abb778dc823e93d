package example

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func file(t *testing.T, path string) []byte {
	t.Helper()
	for _, f := range made(t) {
		if f.Path != path {
			continue
		}
		if !strings.HasSuffix(path, ".xlsx") {
			return f.Data
		}
		parts, err := unpack(f.Data)
		if err != nil {
			t.Fatal(err)
		}
		return []byte(parts)
	}
	t.Fatalf("%s is not made", path)
	return nil
}

func TestExportsAreAsDirtyAsSaid(t *testing.T) {
	for _, c := range []struct {
		what, path, has string
	}{
		{"no-break space in a heading", "care/exports/rdforum-2020.csv", "has\u00a0approved"},
		{"no-break space in a label", "care/exports/rdforum-2020.csv", "Strongly\u00a0agree"},
		{"curly quotes in a label", "care/exports/rdforum-2020.csv", "I don’t know"},
		{"line break in a question", "care/exports/rdforum-2020.csv", "how far do you agree\nwith"},
		{"line break in a comment", "care/exports/rdforum-2020.csv", "last year.\nIt stopped"},
		{"doubled quotes", "care/exports/rdforum-2020.csv", `""not this year""`},
		{"N/A", "care/exports/rdforum-2020.csv", ",N/A,"},
		{"Unsure", "care/exports/rdforum-2020.csv", ",Unsure,"},
		{"e-mail address", "care/exports/rdforum-2020.csv", "@example.org"},
		{"IP address", "care/exports/rdforum-2020.csv", "192.0.2."},
		{"byte order mark", "care/exports/rdforum-2022.csv", "\ufeffRespondent ID"},
		{"carriage returns", "care/exports/rdforum-2022.csv", "\r\n"},
		{"a range of years turned into a day", "care/exports/rdforum-2022.csv", ",10-Jun,"},
		{"preview", "care/exports/rcp-2020.csv", ",Survey Preview,"},
		{"test", "care/exports/rcp-2020.csv", ",Survey Test,"},
		{"spam", "care/exports/rcp-2020.csv", ",Spam,"},
		{"seen and not answered", "care/exports/rcp-2020.csv", ",-99,"},
		{"third header row", "care/exports/rcp-2020.csv", `{""ImportId"":""QID6_1""}`},
		{"line break in a question", "care/exports/rcp-2023-final.xlsx", "working life.\n\nBy"},
		{"prefixed elements", "care/exports/crn-2020.xlsx", `<x:dimension ref="A1"/>`},
		{"a table", "care/exports/crn-2020.xlsx", `displayName="Table1" ref="A1:Z`},
		{"no-break space ending a heading", "care/exports/crn-2020.xlsx", "What would help?\u00a0\u00a0<"},
		{"semicolon after the last option", "care/exports/crn-2020.xlsx", ";Lack of confidence;<"},
		{"an option of one's own", "care/exports/crn-2020.xlsx", ";Nobody to ask;"},
		{"anonymous address", "care/exports/crn-2020.xlsx", ">anonymous<"},
		{"curly quote in Windows-1252", "care/exports/crn-2023.csv", "I\x92d like"},
		{"no-break space in Windows-1252", "care/exports/crn-2023.csv", "help?\xa0\xa0"},
	} {
		if !bytes.Contains(file(t, c.path), []byte(c.has)) {
			t.Errorf("%s: no %s, %q", c.path, c.what, c.has)
		}
	}
	if utf8.Valid(file(t, "care/exports/crn-2023.csv")) {
		t.Error("crn-2023.csv is valid UTF-8, want Windows-1252")
	}
}

// Nobody real may be met: addresses are of domains and ranges kept for examples.
func TestAddressesAreMadeUp(t *testing.T) {
	for _, f := range made(t) {
		data := f.Data
		if strings.HasSuffix(f.Path, ".xlsx") {
			data = file(t, f.Path)
		}
		for rest := data; ; {
			i := bytes.IndexByte(rest, '@')
			if i < 0 {
				break
			}
			rest = rest[i+1:]
			if !bytes.HasPrefix(rest, []byte("example.org")) {
				t.Errorf("%s holds an address outside example.org", f.Path)
				break
			}
		}
	}
}

// The completed time decides between duplicates, and not the order of rows.
func TestDuplicatesComeInBothOrders(t *testing.T) {
	before, after := 0, 0
	for _, w := range careWaves() {
		records := w.records()
		for i, r := range records {
			if r.reason != duplicate {
				continue
			}
			twin := slices.IndexFunc(records, func(o record) bool { return o.number == r.number && o.reason == counted })
			if !r.end.Before(records[twin].end) {
				t.Errorf("%s %s: a duplicate was not completed before its twin", w.survey, w.id)
			}
			if i < twin {
				before++
			} else {
				after++
			}
		}
	}
	if before == 0 || after == 0 {
		t.Errorf("%d duplicates stand before their twin and %d after, want some of both", before, after)
	}
}
