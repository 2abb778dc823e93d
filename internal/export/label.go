package export

import (
	"html"
	"regexp"
	"strings"
)

var (
	tag       = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
	lineBreak = regexp.MustCompile(`(?i)<\s*(br|p|div|li)\b[^<>]*>`)
)

// label cleans a heading for people: no HTML tags or entities, one space for
// each run of white space. Answers are never cleaned.
func label(text string) string {
	if strings.ContainsRune(text, '<') {
		text = tag.ReplaceAllString(lineBreak.ReplaceAllString(text, " "), "")
	}
	if strings.ContainsRune(text, '&') {
		text = html.UnescapeString(text)
	}
	return strings.Join(strings.Fields(text), " ")
}

// join puts a question and its row or option together.
func join(question, option string) string {
	switch {
	case question == "":
		return option
	case option == "":
		return question
	}
	return question + " - " + option
}

// specify tells an open text beside options by its label.
var specify = regexp.MustCompile(`(?i)\bother\b.*\bspecify\b|\bplease (specify|state|describe)\b`)
