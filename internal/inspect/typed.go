package inspect

import (
	"regexp"
	"strings"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/personal"
)

// asksWords are headings of questions that are answered in words.
var asksWords = regexp.MustCompile(`(?i)\b(comments?|in your own words|anything else|any(thing)? (other|more|further)|(like|wish|want) to (add|tell|say|share)|tell us (more|why|about)|please (explain|specify|describe|state|elaborate|expand|comment|give (details|reasons|examples?|us))|give (an example|examples|details)|describe (your|how|what|any|in)|why (did|do|is|are|not|or)|suggestions?|feedback|your (thoughts|views|ideas|reasons?)|free ?text|verbatim|open[- ]ended|further (information|details)|if (other|yes|no|so),? (please|what|which|why|how|specify))\b|_(text|comments?|other|free|notes?)$`)

// typed reports whether the answers of a column of words were typed in, however
// often some of them come back. Of what people write, little may be shown, so a
// closed question in doubt is taken for an open one: where the platform or the
// heading says so, where personal data stands in it, or where several smaller signs
// do.
func (b *builder) typed(c export.Column, p *profile) bool {
	if p.full {
		return c.Words // closed questions have fewer forms
	}
	labels := p.labels()
	switch {
	case allCodes(labels):
		return false // of trusts, say: typed in, but nobody's words
	case c.Words:
		return true
	case allKnown(labels), mostlyScale(labels):
		return false
	}
	signs := writtenSigns(labels)
	if asksWords.MatchString(c.Text) || asksWords.MatchString(c.Code) {
		signs += 3
	}
	if n := p.notes[notePersonal]; n != nil {
		signs += 2
	}
	if 2*p.answered < b.people() {
		signs++
	}
	return signs > 2
}

// aCode is a text such as RX030: letters and digits, and no words.
var aCode = regexp.MustCompile(`^[a-z]{0,4}\d[a-z0-9-]{0,8}$`)

func allCodes(labels []label) bool {
	for _, l := range labels {
		if !aCode.MatchString(l.key) {
			return false
		}
	}
	return true
}

// allKnown reports whether all answers are words that every questionnaire has.
func allKnown(labels []label) bool {
	for _, l := range labels {
		if !plainWord(l.key) && !scaleWord(l.key) {
			return false
		}
	}
	return true
}

// writtenSigns counts what tells sentences from options: many words or full stops
// in a third of the answers, line breaks, and texts longer than an option.
func writtenSigns(labels []label) int {
	sentences, broken, long := 0, false, false
	for _, l := range labels {
		if strings.Count(l.key, " ") > 5 || strings.HasSuffix(l.key, ".") || strings.HasSuffix(l.key, "!") {
			sentences++
		}
		broken = broken || strings.ContainsAny(l.text, "\n\r") || strings.HasPrefix(l.text, "=")
		long = long || l.length > 2*personal.QuotableLength
	}
	signs := 0
	for _, sign := range []bool{3*sentences >= len(labels), broken, long} {
		if sign {
			signs++
		}
	}
	return signs
}
