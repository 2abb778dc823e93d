package draft

import (
	"slices"
	"strings"
)

// sense is what the words of a label say about its place on a scale.
type sense struct {
	degree  float64 // 0 not at all, 3 without a degree, 5 extremely
	graded  bool    // a degree is named
	sign    int     // of the pole that it names: agree +1, disagree -1
	fixed   bool    // its place is at, whatever its degree
	at      float64
	neutral bool
	not     bool
	none    bool   // none of it: the lowest of any scale
	family  string // what is graded: the pole, or the words that are no degree
}

// phrases are degrees of several words, with how strong they are.
var phrases = []struct {
	words  string
	degree float64
}{
	{"not at all", 0}, {"none at all", 0}, {"not in the least", 0}, {"to a very great extent", 5}, {"to a very large extent", 5}, {"to a great extent", 4.5}, {"to a large extent", 4.5},
	{"to a moderate extent", 2.5}, {"to some extent", 2}, {"to a small extent", 1}, {"to a limited extent", 1}, {"a great deal", 5}, {"very much", 4.5}, {"a lot", 4.5}, {"quite a lot", 4}, {"quite a bit", 3.5},
	{"a moderate amount", 2.5}, {"a fair amount", 2.5}, {"a little bit", 1}, {"a little", 1}, {"a bit", 1}, {"very little", 0.8}, {"not very", 1}, {"not so", 1}, {"not really", 1}, {"not much", 1}, {"tend to", 1.5}, {"more or less", 2},
}

// degrees are those of one word.
var degrees = map[string]float64{
	"slightly": 1, "hardly": 0.7, "barely": 0.7, "minimally": 0.7, "little": 1, "some": 2, "somewhat": 2, "partly": 2, "partially": 2, "fairly": 2.2, "moderately": 2.4, "reasonably": 2.4,
	"rather": 2.6, "probably": 2.6, "quite": 3.4, "mostly": 3.5, "largely": 3.6, "very": 4, "much": 4, "strongly": 4.2, "highly": 4.2, "greatly": 4.2, "definitely": 4.4, "fully": 5, "extremely": 5, "completely": 5, "totally": 5, "absolutely": 5, "entirely": 5,
}

// poles are words for the two ends of a scale, by what they are the ends of.
var poles = map[string]struct {
	family string
	sign   int
}{}

func init() {
	for _, pair := range []string{
		"agree disagree", "satisfied dissatisfied", "satisfied unsatisfied", "likely unlikely", "probable improbable", "important unimportant", "helpful unhelpful", "useful useless",
		"confident unconfident", "comfortable uncomfortable", "happy unhappy", "good bad", "good poor", "better worse", "easy difficult", "easy hard", "easier harder", "positive negative", "favourable unfavourable", "support oppose",
		"true false", "true untrue", "willing unwilling", "interested uninterested", "high low", "higher lower", "clear unclear", "adequate inadequate", "effective ineffective", "acceptable unacceptable", "increased decreased", "improved worsened",
		"able unable", "prepared unprepared", "familiar unfamiliar", "aware unaware", "supportive unsupportive", "relevant irrelevant", "appropriate inappropriate", "necessary unnecessary", "certain uncertain",
	} {
		up, down, _ := strings.Cut(pair, " ")
		poles[up] = struct {
			family string
			sign   int
		}{up, 1}
		poles[down] = struct {
			family string
			sign   int
		}{up, -1}
	}
}

// places are labels whose place is fixed, by family.
var places = map[string]struct {
	family string
	at     float64
}{}

func init() {
	add := func(family string, at float64, texts ...string) {
		for _, t := range texts {
			places[t] = struct {
				family string
				at     float64
			}{family, at}
		}
	}
	add("often", 0, "never")
	add("often", 1, "rarely", "seldom", "hardly ever", "almost never", "very rarely")
	add("often", 1.5, "occasionally", "once in a while", "a little of the time")
	add("often", 2, "sometimes", "some of the time", "now and then")
	add("often", 3, "about half the time", "half the time", "about half of the time")
	add("often", 4, "often", "frequently", "usually", "regularly", "most of the time")
	add("often", 4.6, "very often", "very frequently")
	add("often", 5, "almost always", "nearly always")
	add("often", 6, "always", "all of the time")
	add("good", -6, "terrible", "very bad", "awful")
	add("good", 1, "fair", "acceptable", "satisfactory")
	add("good", 6, "excellent")
	add("good", 7, "outstanding")
	add("amount", 4, "most")
	add("amount", 6, "all", "everything")
	add("skilled", 1, "novice", "beginner", "basic")
	add("skilled", 2, "intermediate", "competent")
	add("skilled", 3, "advanced", "proficient")
	add("skilled", 4, "expert")
	for i, texts := range [][]string{{"once a year or less", "less than once a year"}, {"once a year", "yearly", "annually"}, {"a few times a year", "a few times per year", "several times a year"},
		{"less than monthly", "once a month or less", "less than once a month"}, {"once a month", "monthly"}, {"a few times a month", "a few times per month", "several times a month"},
		{"once a week or less", "less than once a week"}, {"once a week", "weekly"}, {"a few times a week", "a few times per week", "several times a week"}, {"every day", "daily", "once a day"}} {
		add("often", 0.2+float64(i)/10, texts...)
	}
}

// middles are labels in the middle of a scale.
var middles = []string{"neutral", "neither", "undecided", "about the same", "the same", "no change", "unchanged", "average", "medium", "moderate", "ok", "okay", "no difference", "indifferent", "stayed the same"}

// senseOf reads the words of a label.
func senseOf(text string) sense {
	all := words(text)
	joined := strings.Join(all, " ")
	if p, ok := places[joined]; ok {
		return sense{fixed: true, at: p.at, family: p.family, degree: 3}
	}
	if slices.Contains(middles, joined) || len(all) > 0 && all[0] == "neither" || slices.Contains(all, "neutral") {
		return sense{neutral: true, degree: 3}
	}
	if joined == "none" || joined == "nothing" {
		return sense{none: true, graded: true}
	}
	s := sense{degree: 3}
	rest := s.grade(" " + joined + " ")
	s.name(rest)
	return s
}

// grade takes the degree out of a text and returns the words that are left.
func (s *sense) grade(text string) []string {
	for _, p := range phrases {
		if before, after, ok := strings.Cut(text, " "+p.words+" "); ok {
			s.degree, s.graded = p.degree, true
			return strings.Fields(before + " " + after)
		}
	}
	all := strings.Fields(text)
	for i, w := range all {
		if d, ok := degrees[w]; ok {
			s.degree, s.graded = d, true
			return slices.Delete(all, i, i+1)
		}
	}
	return all
}

// name finds what is graded: a pole, else the words that are left.
func (s *sense) name(rest []string) {
	var others []string
	for _, w := range rest {
		switch p, ok := poles[w]; {
		case w == "yes":
		case w == "no" || w == "not":
			s.not = true
		case ok && s.sign == 0:
			s.sign, s.family = p.sign, p.family
		case !empty[w]:
			others = append(others, w)
		}
	}
	if s.sign == 0 {
		s.family = strings.Join(others, " ")
	}
	if s.not && !s.graded {
		s.degree, s.graded = 0, true
	}
}

// place is where the label stands among those of its scale; two is whether the
// scale has two ends.
func (s sense) place(two bool) float64 {
	switch {
	case s.neutral && two:
		return 0
	case s.neutral:
		return 2.5
	case s.none && two:
		return -9
	case s.fixed:
		return s.at
	case two && s.sign != 0 && s.not:
		return -float64(s.sign) * max(s.degree, 3)
	case two && s.sign != 0:
		return float64(s.sign) * s.degree
	}
	return s.degree
}
