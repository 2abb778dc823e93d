package inspect

import (
	"regexp"
	"strings"

	"github.com/caregap/caregap/internal/fold"
)

// Scales are told by their words. A label is one of a scale's when all of its words
// are: degrees, and what is asked about. The lists are those of the scales in use
// for agreement, likelihood, satisfaction, frequency, confidence, importance,
// quality, amount, ease and level.
var (
	degreeWords = wordSet(`a all always any at bit completely deal definitely entirely enough extent extremely fairly fully generally great greatly
		hardly highly in indeed just kind large largely little lot lots mainly moderate moderately mostly much neither no nor not of or partially partly
		perhaps possibly probably quite rather really scarcely slight slightly small so some something somewhat sometimes strong strongly sure tend the to too totally
		undecided unsure very and about amount most both either neutral yes bit maybe sort far`)
	positiveWords = wordSet(`agree agreed likely probable satisfied confident important essential willing interested useful helpful comfortable
		familiar aware concerned supportive support relevant valuable effective happy positive good better best excellent outstanding high higher easy clear true
		increased improved motivated prepared able capable certain enjoyable easier appropriate adequate necessary well knowledgeable experienced often frequently usually regularly regularly favourable acceptable`)
	negativeWords = wordSet(`disagree disagreed unlikely improbable dissatisfied unsatisfied unconfident unimportant unwilling uninterested useless unhelpful
		uncomfortable unfamiliar unaware unconcerned unsupportive oppose irrelevant worthless ineffective unhappy negative bad worse worst poor low lower difficult hard
		unclear false untrue decreased unprepared unable incapable uncertain harder inappropriate inadequate unnecessary never rarely seldom unfavourable unacceptable none nothing`)
	middleWords = wordSet(`average fair medium okay ok acceptable satisfactory same unchanged occasionally intermediate basic novice beginner
		advanced expert fundamental proficient competent advanced`)
	timeWords = wordSet(`daily weekly monthly yearly annually quarterly fortnightly hourly every once twice times time few several couple per day days week weeks month months year
		years night nights hour hours less more than fewer or each`)
	frequencySigns = wordSet(`daily weekly monthly yearly annually quarterly fortnightly hourly every once twice per times`)
)

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// noAnswers are labels that say that there is no answer, folded.
var noAnswers = map[string]bool{}

func init() {
	for _, text := range []string{
		"n/a", "na", "not applicable", "don't know", "dont know", "do not know", "don't know/not applicable", "unsure", "not sure", "unknown", "prefer not to say",
		"prefer not to answer", "no opinion", "no basis", "unable to say", "can't say", "cannot say", "refused", "no answer", "not answered", "none of the above",
		"don't know / not sure", "not sure / don't know", "i don't know", "i'm not sure", "can't remember", "not stated", "no basis for judgment", "no basis for judgement",
		"unfamiliar (n/a)", "rather not say", "not relevant", "-", "?", ".",
	} {
		noAnswers[text] = true
	}
}

// noAnswer reports whether a folded label says that there is no answer.
func noAnswer(label string) bool { return noAnswers[label] || noAnswers[strings.Trim(label, "()[]. ")] }

var (
	// leadingDigit is a scale point before its label: 4, 4., (4):, 4 - or 4 =.
	leadingDigit = regexp.MustCompile(`^\(?(\d{1,2})\)?\s*(?:[.:=)–—-]\s*|\.\.\.\s*|…\s*|\s+)?(\D*)$`)
	// trailingDigit is one behind it, as in "Very helpful10" or "Agree (4)".
	trailingDigit = regexp.MustCompile(`^(\D*[^\d\s(])\s*[(]?(\d{1,2})\)?$`)
	wordsOnly     = regexp.MustCompile(`[^\p{L}\p{N}']+`)
)

// point splits a folded label into the number that stands before or behind it, ""
// for none, and its words.
func point(label string) (digits, words string) {
	if m := leadingDigit.FindStringSubmatch(label); m != nil && len(m[1]) > 0 {
		return m[1], strings.Trim(m[2], " ()[].:-…")
	}
	if m := trailingDigit.FindStringSubmatch(label); m != nil {
		return m[2], strings.Trim(m[1], " ()[].:-…")
	}
	return "", label
}

// tokens are the words of a folded label.
func tokens(label string) []string { return strings.Fields(wordsOnly.ReplaceAllString(label, " ")) }

// alone are words of scales that say nothing by themselves.
var alone = wordSet("yes no none nothing")

// scaleWord reports whether a folded label is one of a scale's and says nothing
// else: no respondent's own words are in it. Plain yes and no are none.
func scaleWord(label string) bool {
	_, label = point(label)
	words := tokens(label)
	if len(words) == 0 || len(words) > 9 || alone[label] || noAnswer(label) {
		return false
	}
	meaning, frequency := false, false
	for _, w := range words {
		switch {
		case positiveWords[w], negativeWords[w], middleWords[w]:
			meaning = true
		case frequencySigns[w]:
			frequency = true
		case degreeWords[w], timeWords[w]:
		case len(w) <= 2 && strings.Trim(w, "0123456789") == "":
		default:
			return false
		}
	}
	return meaning || frequency || degreesAlone[strings.Join(words, " ")]
}

// degreesAlone are degrees that are labels by themselves.
var degreesAlone = func() map[string]bool {
	out := map[string]bool{}
	for _, text := range []string{
		"always", "sometimes", "neutral", "neither", "a lot", "lots", "some", "a little", "a bit", "not much", "not at all", "a great deal", "a moderate amount",
		"very much", "very", "extremely", "slightly", "moderately", "somewhat", "quite", "fairly", "completely", "not very", "not very much", "undecided", "a small amount", "to some extent", "to a large extent",
		"to a great extent", "to a small extent", "to a moderate extent", "very little", "quite a bit", "quite a lot", "mostly", "partly", "totally", "fully", "largely",
		"yes definitely", "yes probably", "yes to some extent", "yes completely", "yes mostly", "yes partly", "yes somewhat", "yes fully", "no not really", "no not at all", "definitely",
		"probably", "possibly", "probably not", "definitely not", "no definitely not", "no probably not", "not really", "most of the time", "some of the time", "all of the time", "about the same", "once in a while", "about half the time", "half of the time", "now and then", "from time to time", "every time", "maybe", "perhaps", "strongly", "hardly ever", "almost always",
	} {
		out[text] = true
	}
	return out
}()

// degree reports whether a folded label is yes or no with a degree and what is
// asked about: "No, not at all rude". Of a scale's labels it is one, but what it
// holds may be anybody's words.
func degree(label string) bool {
	words := tokens(label)
	if len(words) < 2 || len(words) > 6 || words[0] != "yes" && words[0] != "no" {
		return false
	}
	for _, w := range words[1:] {
		if degreeWords[w] && w != "no" && w != "yes" && w != "a" && w != "the" && w != "to" && w != "of" && w != "and" && w != "in" {
			return true
		}
	}
	return false
}

// plainWord reports whether a folded label is a word that every questionnaire has.
func plainWord(label string) bool {
	_, tick := tickWords[label]
	return tick || alone[label] || noAnswer(label)
}

// polarity is which end of a scale a folded label stands for: +1, -1, or 0 for
// neither or not known.
func polarity(label string) int {
	_, label = point(label)
	sign, negated := 0, false
	for _, w := range tokens(label) {
		switch {
		case w == "neither" || w == "neutral":
			return 0
		case w == "not":
			negated = true
		case positiveWords[w] && sign == 0:
			sign = 1
		case negativeWords[w] && sign == 0:
			sign = -1
		case positiveWords[w] || negativeWords[w]:
			return 0
		}
	}
	if negated {
		return -sign
	}
	return sign
}

// scaleOptions reports whether most options are a scale's labels.
func scaleOptions(options []string) bool {
	n := 0
	for _, o := range options {
		if label := fold.String(o); scaleWord(label) || degree(label) {
			n++
		}
	}
	return n > 1 && 3*n >= 2*len(options)
}
