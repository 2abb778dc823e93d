package inspect

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/caregap/caregap/internal/personal"
)

// shape is what the form of one cell tells: a set of the marks below.
type shape uint16

const (
	isInteger  shape = 1 << iota // a whole number
	isSmall                      // one from 0 to 11
	isCode                       // one by which questionnaires say that there is no answer: -1, 99
	isNumber                     // any number, with its unit of money or percent sign
	isComma                      // a number with a decimal comma
	isDate                       // a date, with or without a time
	isClock                      // a time of day, or a duration
	isDayMonth                   // 25-Jun: a date, or what a spreadsheet made of 6-25
	isRange                      // 6-25, 100+, > 60
	isError                      // #NAME? and the like
	isMojibake                   // text that was decoded wrongly before it was saved
)

// form is a cell's text and what it tells.
type form struct {
	text     string
	count    int
	shape    shape
	year     int16 // of a date, else 0
	personal personal.Kind
	holds    personal.Kind // personal data within a longer text
}

// formOf looks at a cell that is not blank.
func formOf(text string) form {
	f := form{text: text, count: 1}
	if len(text) > 64 {
		f.holds = personal.Holds(text)
		f.shape = damage(text)
		return f
	}
	f.shape, f.year = written(text)
	f.shape |= damage(text)
	if f.shape&(isSmall|isDate) != 0 || f.shape&(isNumber|isInteger) == isNumber {
		return f
	}
	if f.personal = personal.Of(text); f.personal == personal.None {
		f.holds = personal.Holds(text)
	}
	return f
}

var (
	plainNumber  = regexp.MustCompile(`^[-+]?(?:[£$€] ?)?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?(?:[eE][-+]?\d+)? ?%?$`)
	commaNumber  = regexp.MustCompile(`^[-+]?\d+,\d+ ?%?$`)
	thousands    = regexp.MustCompile(`^[-+]?[1-9]\d{0,2},\d{3}$`)
	clock        = regexp.MustCompile(`(?i)^\d{1,3}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?$`)
	months       = `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`
	dayMonth     = regexp.MustCompile(`(?i)^(?:\d{1,2}[- ]` + months + `|` + months + `[- ]\d{1,2})$`)
	wordedDate   = regexp.MustCompile(`(?i)^(?:[a-z]{3,9},? )?(?:\d{1,2}(?:st|nd|rd|th)?[ -]` + months + `[a-z]*\.?[ ,-]+|` + months + `[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? |` + months + `[a-z]*[ -])(\d{4}|\d{2})\b[ ,T]*[\d:. ]*(?:[ap]m)?.{0,12}$`)
	rangeLike    = regexp.MustCompile(`(?i)^(?:[<>≤≥]=? ?)?[£$€]?\d[\d,.]*k?(?: ?(?:-|–|—|to) ?[£$€]?\d[\d,.]*k?|\+| ?(?:or|and) (?:more|over|above|less|fewer|under))?(?: ?[a-z]{1,12}){0,2}$|^(?:more than|less than|fewer than|over|under|up to|at least) [£$€]?\d`)
	errorHeading = regexp.MustCompile(`(?:^|\s)#(?:NAME\?|REF!|N/A|VALUE!|DIV/0!|NUM!|NULL!)`)
	errorText    = regexp.MustCompile(`^#(?:NAME\?|REF!|N/A|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|#+)$`)
)

// written tells how a short text is written, and the year of a date.
func written(text string) (shape, int16) {
	switch c := text[0]; {
	case c == '#' && errorText.MatchString(text):
		return isError, 0
	case wholeNumber(text):
		return integer(text), 0
	case decimal(text):
		return isNumber, 0
	case !strings.ContainsAny(text, "0123456789"):
		return 0, 0
	}
	if year, ok := numericDate(text); ok {
		return isDate, year
	}
	if c := text[0] | 0x20; c >= 'a' && c <= 'z' {
		return worded(text)
	}
	switch {
	case thousands.MatchString(text):
		return isNumber, 0
	case commaNumber.MatchString(text):
		return isComma | isNumber, 0
	case plainNumber.MatchString(text):
		return isNumber, 0
	case clock.MatchString(text):
		return isClock, 0
	}
	return dated(text)
}

// worded tells how a text that begins with a letter and has digits is written: a
// date if it begins as the name of a month or day does, or a range.
func worded(text string) (shape, int16) {
	if len(text) > 3 && dateWords[strings.ToLower(text[:3])] {
		return dated(text)
	}
	if rangeLike.MatchString(text) {
		return isRange, 0
	}
	return 0, 0
}

var dateWords = wordSet("jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun")

func dated(text string) (shape, int16) {
	if dayMonth.MatchString(text) {
		return isDayMonth, 0
	}
	if m := wordedDate.FindStringSubmatch(text); m != nil {
		return isDate, fullYear(m[1])
	}
	if rangeLike.MatchString(text) {
		return isRange, 0
	}
	return 0, 0
}

func wholeNumber(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return false
		}
	}
	return digits != ""
}

// decimal is the usual form of a number that is not whole: 12.5.
func decimal(text string) bool {
	whole, part, ok := strings.Cut(text, ".")
	return ok && wholeNumber(whole) && wholeNumber(part) && part[0] != '-'
}

// noAnswerCodes are numbers that questionnaires give to "don't know" and the like.
var noAnswerCodes = map[string]bool{
	"77": true, "88": true, "97": true, "98": true, "99": true, "777": true, "888": true, "997": true, "998": true, "999": true,
	"-77": true, "-88": true, "-97": true, "-98": true, "-99": true, "-999": true,
}

func integer(text string) shape {
	switch {
	case len(text) == 1, text == "10", text == "11":
		return isInteger | isNumber | isSmall
	case len(text) == 2 && text[0] == '-', noAnswerCodes[text]:
		return isInteger | isNumber | isCode
	}
	return isInteger | isNumber
}

// numericDate reads the year of a date of three numbers, with what may follow it.
func numericDate(text string) (int16, bool) {
	var digits [3]string
	rest, sep := text, byte(0)
	for i := range digits {
		n := 0
		for n < len(rest) && n < 4 && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		digits[i], rest = rest[:n], rest[n:]
		if n == 0 || n == 3 {
			return 0, false
		}
		if i == 2 {
			break
		}
		if rest == "" || rest[0] != '-' && rest[0] != '/' && rest[0] != '.' || i == 1 && rest[0] != sep {
			return 0, false
		}
		sep, rest = rest[0], rest[1:]
	}
	if rest != "" && (strings.IndexByte(" T,", rest[0]) < 0 || !strings.ContainsAny(rest, ":.")) {
		return 0, false
	}
	switch first, last := len(digits[0]) == 4, len(digits[2]) == 4; {
	case first && len(digits[1]) < 3 && len(digits[2]) < 3:
		return fullYear(digits[0]), plausible(digits[1], digits[2])
	case !first && len(digits[1]) < 3 && (last || len(digits[2]) == 2):
		return fullYear(digits[2]), plausible(digits[0], digits[1]) || plausible(digits[1], digits[0])
	}
	return 0, false
}

func plausible(month, day string) bool {
	return number(month) >= 1 && number(month) <= 12 && number(day) >= 1 && number(day) <= 31
}

func number(digits string) int {
	n := 0
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return n
}

//gosec:disable G115 -- the digits of a year
func fullYear(digits string) int16 {
	y := int16(number(digits))
	switch {
	case len(digits) == 4:
		return y
	case y >= 69:
		return 1900 + y
	}
	return 2000 + y
}

// mojibake are what UTF-8 read as Windows-1252 or Mac Roman leaves behind, and the
// mark of a character that could not be read.
var mojibake = []string{"â€", "Ã©", "Ã¨", "Ã¼", "Ã¶", "Ã¤", "Ã±", "Ã¡", "Ã³", "Ã§", "Â£", "Â\u00a0", "Å“", "Œæ", "‚Äô", "‚Äú", "‚Äì", "√©", "ï¿½", "\ufffd"}

// damage finds text that was decoded wrongly.
func damage(text string) shape {
	if ascii(text) {
		return 0
	}
	for _, m := range mojibake {
		if strings.Contains(text, m) {
			return isMojibake
		}
	}
	if !utf8.ValidString(text) {
		return isMojibake
	}
	return 0
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
