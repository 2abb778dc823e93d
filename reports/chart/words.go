package chart

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/reports"
)

// digits prints a figure for people: a true minus sign, so many decimals.
func digits(v number.Value, places int) string { return reports.Minus(v.Fixed(places)) }

// brackets is a row's interval as a column has it: "(51.7 to 57.9)".
func brackets(row disclose.Row, places int) string { return "(" + reports.Range(row, places) + ")" }

func percent(row disclose.Row) string { return reports.Percent(row.Estimate) }

// rest is what a whole percentage leaves of all: "43%".
func rest(row disclose.Row) string {
	return digits(number.Of(100-float(row.Estimate.Round(0))), 0) + "%"
}

// code is what stands for a figure that is not shown: "[c]".
func code(row disclose.Row) string { return "[" + row.Status + "]" }

// whole is a whole number with commas between thousands.
func whole(f float64) string { return number.Count(int(f)) }

// count is a base with commas between thousands, or nothing.
func count(v number.Value) string {
	n, ok := v.Get()
	if !ok {
		return ""
	}
	return whole(n)
}

// said is a row in words, for alternative texts: "54.8 (51.7 to 57.9)", "[c]".
func said(row disclose.Row, places int) string {
	if !row.Shown() {
		return code(row)
	}
	return flagged(digits(row.Estimate, places)+" "+brackets(row, places), row)
}

// share is a share in whole percent with its interval.
func share(row disclose.Row) string {
	if !row.Shown() {
		return code(row)
	}
	return flagged(percent(row)+" ("+reports.PercentRange(row)+")", row)
}

// flagged is a label with the reliability flag after it.
func flagged(label string, row disclose.Row) string {
	if unreliable(row) {
		return label + " [u]"
	}
	return label
}

func unreliable(row disclose.Row) bool { return row.Low() }

// slug is ids as a figure's name: lower case, hyphens for all but letters and digits.
func slug(ids ...string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(strings.Join(ids, "-")))
}

// titled returns the first candidate of at most ten words; the last one is
// taken as it is.
func titled(candidates ...string) string {
	for _, c := range candidates {
		if c != "" && len(strings.Fields(c)) <= 10 {
			return c
		}
	}
	return candidates[len(candidates)-1]
}

// respondents is "806 respondents", or nothing where the base is not shown.
func respondents(row disclose.Row) string {
	if n := count(row.Base); n != "" {
		return n + " respondents"
	}
	return ""
}

// sentences joins what is not empty, each with its full stop.
func sentences(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p+".")
		}
	}
	return strings.Join(out, " ")
}

// joined puts commas between what is not empty.
func joined(parts ...string) string {
	return strings.Join(filled(parts), ", ")
}

func filled(parts []string) []string {
	return slices.DeleteFunc(parts, func(p string) bool { return p == "" })
}

// notes are what stands under a figure: its own, the codes that its rows
// have, and the condition of an open survey's intervals.
func (s *story) notes(own []string, rows []disclose.Row, waves ...reports.Wave) []string {
	out := filled(own)
	for _, c := range reports.Codes() {
		has := func(row disclose.Row) bool { return row.Status == c || c == "u" && unreliable(row) }
		if slices.ContainsFunc(rows, has) {
			out = append(out, "["+c+"] "+reports.Code(c)+".")
		}
	}
	return filled(append(out, reports.OpenNote(s.s, waves...)))
}

func float(v number.Value) float64 { return v.Or(0) }
