// Package personal tells texts that may be somebody's own: whatever prints what a
// respondent wrote asks here first.
//
//  1. Looks is the rule for texts that may be printed: it errs on the side of not
//     printing.
//  2. Of is the rule for columns of personal data: it names what a cell holds, and
//     is sure of it.
package personal

import (
	"regexp"
	"strings"
)

// What may be quoted of answers that nobody declares.
const (
	QuotableCount  = 5  // respondents who gave an answer
	QuotableLength = 60 // characters
)

// patterns match e-mail addresses, web and IP addresses, telephone and other long
// numbers, dates such as those of birth, and British postcodes.
var patterns = regexp.MustCompile(`(?i)@|://|www\.|\d+\.\d+\.\d+\.\d+|(\d[ -]?){6,}|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b`)

// address matches the beginning of a postal address: a number and a road.
var address = regexp.MustCompile(`(?i)\b\d+[a-z]?,? (?:[\pL'’-]+ ){1,3}(?:avenue|ave|close|court|crescent|drive|gardens|grove|hill|lane|mews|place|road|rd|row|square|street|st|terrace|way)\b`)

// years are ranges such as 2019-2020, which options have and no person is known by.
var years = regexp.MustCompile(`\b(19|20)\d\d ?[-/] ?(19|20)\d\d\b`)

// mail matches an e-mail address.
var mail = regexp.MustCompile(`[^@\s]@[^@\s]+\.`)

// Looks reports whether a text may be somebody's own: it is a name, holds what looks
// like an address, a number or a date of a person, or is too long for an option.
func Looks(text string) bool {
	return len([]rune(text)) > QuotableLength || patterns.MatchString(years.ReplaceAllString(text, "")) || address.MatchString(text) || names(text)
}

// Quotable reports whether an answer that nothing declares may be printed: enough
// respondents gave it, it is short, and it does not look personal.
func Quotable(text string, count int) bool {
	return count >= QuotableCount && !Looks(text)
}

// Surely reports whether a text is personal data beyond doubt. Digits alone may be a
// code, and a person's name that of a hospital.
func Surely(text string) bool {
	switch Of(text) {
	case IP, Insurance:
		return true
	case Phone, NHSNumber:
		return strings.Trim(text, "0123456789") != ""
	}
	return HasMail(text)
}

// Own reports whether a category of a column that nobody declared is rather what
// somebody wrote: personal data, a name, or more words than a label has.
func Own(text string, count int) bool {
	long, words := QuotableLength, len(strings.Fields(text))
	if count < QuotableCount {
		long = QuotableLength / 2
	}
	return Surely(text) || len([]rune(text)) > long && words > 4 || words > 12 || names(text)
}

// HasMail reports whether a text holds an e-mail address.
func HasMail(text string) bool { return strings.ContainsRune(text, '@') && mail.MatchString(text) }
