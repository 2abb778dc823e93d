package personal

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// forms of a person's name: an optional title, then two to four words of letters
// that begin with a capital, or an initial.
var (
	title    = regexp.MustCompile(`^(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Sir|Dame|Rev|Sister)\.? `)
	fullName = regexp.MustCompile(`^\p{Lu}[\p{L}'’-]*\.?(?: (?:de|van|der|von|al|bin|el|la|le|\p{Lu}[\p{L}'’-]*\.?)){1,3}$`)
	oneName  = regexp.MustCompile(`^\p{Lu}[\p{L}'’-]+$`)
	reversed = regexp.MustCompile(`^(\p{Lu}[\p{L}'’-]+), (\p{Lu}[\p{L}'’. -]*)$`)
)

// given are first names that are common in the United Kingdom. A column of names
// has some of them; a column of professions or places does not.
var given = setOf(`aaron abdul abigail adam adrian agnieszka ahmed aisha alan alex alexander alexandra ali alice alison amanda
amelia amir amy andrea andrew angela anita ann anna anne anthony anya archie arthur ashley ava barbara ben benjamin beth bethany
beverley bilal brian bridget callum cameron carl carol caroline catherine charles charlie charlotte cheryl chloe chris christine
christopher claire clare colin connor craig daisy daniel danielle darren dave david dawn dean deborah debbie declan denise derek diana
diane dominic donna dorothy duncan dylan eden edward eileen elaine eleanor elizabeth ella ellen ellie emily emma eric ethan eva evelyn
faith farah fatima fiona florence frances francis frank fred freya gareth gary gavin gemma geoffrey george georgia gerald gillian
glenn gordon grace graham greg hamza hannah harriet harry hassan hayley heather helen henry holly hugh ian ibrahim imran irene isaac
isabella isla ivan jack jackie jacob jacqueline jade jake james jamie jan jane janet janice jason jasmine jay jean jennifer jenny
jeremy jessica jill jim joan joanna joanne joe john jonathan jordan jose joseph josh joshua joyce judith julia julian julie june justin karen
karl kate katherine kathleen kathryn katie kay keith kelly ken kenneth kevin khalid kieran kim kirsty kumar kyle laura lauren lee leila
leo leon leslie lewis liam lily linda lisa lola lorraine louis louise lucy luke lynn mahmoud malcolm marcus margaret maria marie marion
mark martin mary mason matthew maureen max maya megan mei melanie melissa mia michael michelle miguel mike mohamed mohammad mohammed
mohammad molly muhammad nadia naomi nasreen natalie natasha nathan neil niamh nicholas nick nicola nigel noah nora norman oliver olivia
omar oscar pamela patricia patrick paul paula pauline peter philip phoebe phyllis piotr poppy priya rachel raj ralph ravi raymond
rebecca rhys richard rita robert robin roger ronald rosemary rose ross rosie roy ruby russell ruth ryan sally sam samantha samuel sandra
sanjay sara sarah scott sean shannon sharon sheila shirley simon siobhan sofia sonia sophia sophie stacey stanley stella stephanie stephen steve
steven stuart sue sunita susan suzanne sylvia tanya tara teresa terence thomas tim timothy tina toby tom tony tracey tracy trevor umar
valerie vanessa vera veronica victoria vikram vincent wayne wendy william yasmin yusuf yvonne zainab zara zoe`)

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// IsName reports whether a text is surely a person's name: in the form of one, and
// with a title or a common first name.
func IsName(text string) bool {
	if m := reversed.FindStringSubmatch(text); m != nil {
		text = m[2] + " " + m[1]
	}
	rest := title.ReplaceAllString(text, "")
	if rest != text {
		return fullName.MatchString(rest) || oneName.MatchString(rest)
	}
	first, _, _ := strings.Cut(text, " ")
	return fullName.MatchString(text) && given[strings.ToLower(first)]
}

// bodies are words in the names of what is called after people.
var bodies = setOf(`care centre center clinic college council foundation elementary group health high hospice hospital hospitals house infirmary institute leader
nhs park practice primary road school service services street surgery team trust unit university ward`)

var (
	loginName  = regexp.MustCompile(`^([a-z]+)[._][a-z'-]+\d{0,3}$`)            // sarah.jones2
	smallName  = regexp.MustCompile(`^([a-z]+) [a-z]{2}[a-z'-]+$`)              // sarah jones
	titledName = regexp.MustCompile(`\b(?:Dr|Mr|Mrs|Ms|Prof)\b\.? \p{Lu}\p{L}`) // ask Dr Jones
)

// names reports whether a text is a person's name, however it was typed, or holds
// one, and is not that of a hospital, say, which is called after one.
func names(text string) bool {
	text = strings.Join(strings.Fields(text), " ")
	small := strings.ToLower(text)
	for _, word := range strings.Fields(small) {
		if bodies[word] {
			return false
		}
	}
	for _, form := range []*regexp.Regexp{loginName, smallName} {
		if m := form.FindStringSubmatch(small); m != nil && given[m[1]] {
			return true
		}
	}
	return IsName(text) || titledName.MatchString(text) || len(within(text)) > 0
}

// pair is two words that begin with a capital: within a sentence, a name's form.
var pair = regexp.MustCompile(`\b(\p{Lu}\p{Ll}+) \p{Lu}[\p{L}'’-]*\p{Ll}`)

// ambiguous are first names that are words, months or places as well: within a
// sentence they tell nothing.
var ambiguous = setOf(`dawn daisy dean eden faith florence frances george georgia grace holly ivan jade jay jean jordan june kent lee leo lily mark mason max
may norman poppy ray rose ross rosemary ruby russell scott stanley victoria virginia wayne`)

// within are the places of names in a text: a common first name and a surname.
func within(text string) [][]int {
	var out [][]int
	for from := 0; ; {
		m := pair.FindStringSubmatchIndex(text[from:])
		if m == nil {
			return out
		}
		first := strings.ToLower(text[from+m[2] : from+m[3]])
		if given[first] && !ambiguous[first] {
			out = append(out, []int{from + m[0], from + m[1]})
			from += m[1]
			continue
		}
		from += m[3] // the second word may be a first name
	}
}

// maskNames puts (not shown) in the place of names within a text, unless it is about
// a hospital or the like, which is called after somebody.
func maskNames(text string) string {
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if bodies[word] {
			return text
		}
	}
	found := append(within(text), titledName.FindAllStringIndex(text, -1)...)
	slices.SortFunc(found, func(a, b []int) int { return b[0] - a[0] })
	end := len(text)
	for _, at := range found {
		if at[1] > end {
			continue
		}
		end = at[0]
		rest := strings.TrimLeftFunc(text[at[1]:], unicode.IsLetter)
		text = text[:at[0]] + hidden + rest
	}
	return text
}

// FileName is what may be published of a file's name, folders and all: exports are
// often named after who made them. A part with a name or an address in it is not
// shown, but for an ending such as .csv.
func FileName(name string) string {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if !ownsFile(part) {
			continue
		}
		parts[i] = hidden
		if ending := path.Ext(part); len(ending) <= len(".xlsx") && strings.IndexByte(part, '@') < 0 {
			parts[i] += ending
		}
	}
	return strings.Join(parts, "/")
}

// ownsFile reports whether a part of a file's name holds a person's name, or personal
// data of another kind.
func ownsFile(part string) bool {
	if Of(part) != None || Holds(part) != None {
		return true
	}
	words := strings.FieldsFunc(part, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	for _, word := range words {
		if bodies[strings.ToLower(word)] {
			return false
		}
	}
	for i := range words[:max(len(words)-1, 0)] {
		first := strings.ToLower(words[i])
		if given[first] && !ambiguous[first] && len(words[i+1]) > 2 {
			return true
		}
	}
	return false
}
