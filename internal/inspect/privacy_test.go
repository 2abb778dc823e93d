package inspect

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func said(t *testing.T, r *Report) string {
	t.Helper()
	text, err := json.Marshal(r.Record())
	if err != nil {
		t.Fatal(err)
	}
	return strings.ToLower(string(text))
}

// Whatever people write, and under whatever heading: what fewer than five wrote, and
// what looks personal, does not get out.
func TestNothingPersonalIsSaid(t *testing.T) {
	headings := []string{"Comments", "Q7", "Role", "Email", "View [Agree]", "View [Disagree]", "Postcode", "What stops you?", "Name", "", "jane.canary@example.org"}
	letters := []string{"k", "w", "z", "q", "j", "v"}
	word := rapid.Custom(func(t *rapid.T) string {
		return "zz" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(letters), 5, 5).Draw(t, "word"), "")
	})
	secret := rapid.OneOf(word,
		rapid.Custom(func(t *rapid.T) string { return word.Draw(t, "user") + "@example.org" }),
		rapid.Custom(func(t *rapid.T) string {
			return "Zzkwz ring 07700 900" + fmt.Sprint(rapid.IntRange(100, 999).Draw(t, "phone"))
		}),
		rapid.Custom(func(t *rapid.T) string { return word.Draw(t, "option") + ";" + word.Draw(t, "other") + ";" }),
	)
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(rt, "rows")
		width := rapid.IntRange(1, 6).Draw(rt, "columns")
		rows := [][]string{{"id"}}
		for range width {
			rows[0] = append(rows[0], rapid.SampledFrom(headings).Draw(rt, "heading"))
		}
		rows[0][width] = rapid.SampledFrom([]string{"Role", "Comments"}).Draw(rt, "last heading") // one heading alone is a title
		counts := make([]map[string]int, width)
		for i := range n {
			row := []string{fmt.Sprint("r", i)}
			for c := range width {
				cell := rapid.OneOf(secret, rapid.SampledFrom([]string{"", "Agree", "Disagree", "Yes", "No", "3"})).Draw(rt, "cell")
				row = append(row, cell)
				if counts[c] == nil {
					counts[c] = map[string]int{}
				}
				for _, part := range strings.Split(strings.ToLower(cell), ";") {
					counts[c][part]++
				}
			}
			rows = append(rows, row)
		}
		out := said(t, report(t, "made-up.csv", rows))
		for c := range width {
			for text, count := range counts[c] {
				hidden := strings.HasPrefix(text, "zz") && (total(counts, text) < 5 || strings.ContainsAny(text, "@0"))
				if hidden && strings.Contains(out, text) {
					rt.Fatalf("%q, which %d wrote, is in\n%s", text, count, out)
				}
			}
		}
		if strings.Contains(out, "canary") {
			rt.Fatalf("an address in a heading is in\n%s", out)
		}
	})
}

func total(counts []map[string]int, text string) int {
	n := 0
	for _, c := range counts {
		n = max(n, c[text])
	}
	return n
}

// Open questions keep their answers to themselves however often they come back;
// so do columns of personal data.
func TestOpenAnswersAreNotSaid(t *testing.T) {
	for heading, cells := range map[string][]string{
		"Is there anything else you would like to tell us?": {"Zanzibar said no", "Zanzibar said yes", "None"},
		"Other (please specify)":                            {"Zanzibar", "Zanzibar ward"},
		"Q9_TEXT":                                           {"Zanzibar", "Zanzibar ward"},
		"Contact":                                           {"zanzibar@example.org", "zanzibar2@example.org"},
		"Who":                                               {"Jane Zanzibar", "Sarah Zanzibar", "Paul Zanzibar"},
		"Your name":                                         {"Zanzibar Quince", "Zanzibar Pear"},
		"From":                                              {"ZE1 0AA", "ZE1 0AB"},
	} {
		out := said(t, report(t, "made-up.csv", table(40, []string{heading}, cells)))
		for _, word := range []string{"zanzibar", "ze1"} {
			if strings.Contains(out, word) {
				t.Errorf("%s: %q is in %s", heading, word, out)
			}
		}
	}
}

// Where the headings are missing a response stands in their place.
func TestMissingHeadingsAreNotSaid(t *testing.T) {
	rows := table(20, []string{"Role"}, []string{"Zanzibar", "Quince", "Zanzibar"})[1:]
	if out := said(t, report(t, "made-up.csv", rows)); strings.Contains(strings.Split(out, `"column":`)[0], "x0") || strings.Contains(out, `"name":"zanzibar`) {
		t.Error(out)
	}
}
