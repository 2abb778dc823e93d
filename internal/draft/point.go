package draft

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/fold"
)

// point is a label of a scale: the number that stands before or behind its words,
// if there is one, and the words.
type point struct {
	number   int
	numbered bool
	words    string
}

var (
	numberFirst = regexp.MustCompile(`^\(?(-?\d{1,2})\)?\s*(?:[.:=)–—-]+|\.\.\.|…)?\s*(.*)$`)
	numberLast  = regexp.MustCompile(`^(.*[^\d\s(-])\s*[(=]?\s*(\d{1,2})\s*\)?$`)
	inBrackets  = regexp.MustCompile(`^\((.*)\)$`)
)

// pointOf takes a label apart: "4", "4. Agree", "(4): Agree", "Agree (4)", "Very
// helpful10". Numbers among words, such as those of "1-5 years", belong to them.
func pointOf(label string) point {
	text := strings.Join(strings.Fields(label), " ")
	if m := numberFirst.FindStringSubmatch(text); m != nil && !strings.ContainsAny(m[2], "0123456789") && !counts(m[2]) {
		n, _ := strconv.Atoi(m[1])
		return point{number: n, numbered: true, words: bare(m[2])}
	}
	if m := numberLast.FindStringSubmatch(text); m != nil && !strings.ContainsAny(m[1], "0123456789") {
		n, _ := strconv.Atoi(m[2])
		return point{number: n, numbered: true, words: bare(m[1])}
	}
	return point{words: text}
}

// counts reports whether words after a number say of what it is a number: 5 years,
// 10 or more, 5+.
func counts(words string) bool {
	return words != "" && regexp.MustCompile(`(?i)^(\+|%|or |to |and |hours?|days?|weeks?|months?|years?|times?|people|staff|st\b|nd\b|rd\b|th\b)`).MatchString(words)
}

// bare takes off brackets and what joins a number to its words.
func bare(words string) string {
	words = strings.Trim(words, " .:=…–—-")
	if m := inBrackets.FindStringSubmatch(words); m != nil {
		words = m[1]
	}
	return strings.TrimSpace(words)
}

// kinds of missing by the words that labels have for them, folded.
var besideScale = map[string][]string{
	"not_applicable": {"n/a", "na", "not applicable", "does not apply", "doesn't apply", "not relevant", "unfamiliar (n/a)", "not applicable to me"},
	"refused":        {"prefer not to say", "prefer not to answer", "rather not say", "i'd rather not say", "i would rather not say", "refused", "decline to answer", "prefer not to disclose"},
	"unsure": {
		"unsure", "not sure", "don't know", "dont know", "do not know", "i don't know", "i'm not sure", "unknown", "no opinion", "can't say", "cannot say", "unable to say",
		"don't know / not sure", "not sure / don't know", "don't know/not applicable", "can't remember", "no basis for judgement", "no basis for judgment",
	},
}

// noAnswer are numbers that questionnaires give to "don't know" and the like. Which
// it is they do not say.
var noAnswer = setOf("77 88 97 98 99 777 888 997 998 999 -7 -8 -9 -77 -88 -97 -98 -99 -777 -888 -999")

// missingKind is the kind of missing that a label stands for, "" where it is an
// answer.
func missingKind(label string) string {
	if noAnswer[strings.TrimSpace(label)] {
		return "invalid"
	}
	words := fold.String(pointOf(label).words)
	for _, kind := range []string{"not_applicable", "refused", "unsure"} {
		if slices.Contains(besideScale[kind], strings.Trim(words, ". ")) {
			return kind
		}
	}
	return ""
}
