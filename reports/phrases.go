package reports

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// And joins a list as a sentence does: "a", "a and b", "a, b and c".
func And(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " and " + list[last]
}

// Lower makes the first letter small, unless the word is an abbreviation.
func Lower(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[n:])
	if n == 0 || unicode.IsUpper(second) || unicode.IsDigit(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}

// Upper makes the first letter large.
func Upper(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[n:]
}

// CountWord writes small whole numbers as words, as running text does: one to
// nine, then figures.
func CountWord(n int) string {
	words := [...]string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return number.Count(n)
}

// Plural is a count with its noun: "1 survey", "3 surveys".
func Plural(n int, noun string) string {
	if n == 1 {
		return CountWord(n) + " " + noun
	}
	return CountWord(n) + " " + noun + "s"
}

// Minus sets the true minus sign, as the page prints numbers.
func Minus(s string) string { return strings.ReplaceAll(s, "-", "\u2212") }

// Percent is a share in whole percent, as sentences say it. A share that only
// rounds to none or to all is not called none or all.
func Percent(v number.Value) string {
	f, ok := v.Get()
	switch whole := v.Fixed(0); {
	case !ok:
		return ""
	case whole == "0" && f > 0:
		return "under 1%"
	case whole == "100" && f < 100:
		return "over 99%"
	default:
		return whole + "%"
	}
}

// PercentRange is the interval of a share: "54% to 60%".
func PercentRange(row disclose.Row) string {
	return row.Lower.Fixed(0) + "% to " + row.Upper.Fixed(0) + "%"
}

// Range is the interval of a score or of points: "20.0 to 24.1".
func Range(row disclose.Row, places int) string {
	return Minus(row.Lower.Fixed(places) + " to " + row.Upper.Fixed(places))
}

// Level is the confidence level in percent: "95%".
func Level(s *study.Study) string {
	return strconv.FormatFloat(number.Of(100*s.Confidence).Round(4).Or(0), 'f', -1, 64) + "%"
}

// Period is when a wave was asked, in months: "January to February 2023", or ""
// where the study does not say.
func Period(f study.Fieldwork) string {
	from, errFrom := time.Parse(time.DateOnly, f.From)
	to, errTo := time.Parse(time.DateOnly, f.To)
	switch {
	case errFrom != nil && errTo != nil:
		return ""
	case errTo != nil:
		return "from " + from.Format("January 2006")
	case errFrom != nil:
		return "to " + to.Format("January 2006")
	case from.Year() != to.Year():
		return from.Format("January 2006") + " to " + to.Format("January 2006")
	case from.Month() != to.Month():
		return from.Format("January") + " to " + to.Format("January 2006")
	}
	return to.Format("January 2006")
}

// Dates is when a wave was asked, in days, for tables.
func Dates(f study.Fieldwork) string {
	from, errFrom := time.Parse(time.DateOnly, f.From)
	to, errTo := time.Parse(time.DateOnly, f.To)
	const day = "2 January 2006"
	switch {
	case errFrom != nil && errTo != nil:
		return "not given"
	case errTo != nil:
		return "from " + from.Format(day)
	case errFrom != nil:
		return "to " + to.Format(day)
	}
	if from.Year() == to.Year() {
		return from.Format("2 January") + " to " + to.Format(day)
	}
	return from.Format(day) + " to " + to.Format(day)
}

// Code explains a shorthand code.
func Code(code string) string {
	switch code {
	case disclose.Break:
		return "break: the question or its answers changed, so the numbers are not compared"
	case disclose.Confidential:
		return "confidential: too few answers, or it would give another number away"
	case "u":
		return "low reliability: fewer than 30 answers in effect, or a very wide interval"
	case disclose.Revised:
		return "revised: the last release had another number here"
	case disclose.Nobody:
		return "nobody: asked, but nobody gave an answer that counts"
	case disclose.NotAsked:
		return "not asked in this survey"
	case disclose.NotApplicable:
		return "not applicable"
	}
	return ""
}

// Codes are all shorthand codes in the order they are explained.
func Codes() []string { return []string{"b", "c", "r", "u", "w", "x", "z"} }
