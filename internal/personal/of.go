package personal

import (
	"regexp"
	"strings"
)

// Kind is what personal data a text holds, in words for messages.
type Kind string

// The kinds of personal data that can be told by their form.
const (
	None      Kind = ""
	Mail      Kind = "e-mail addresses"
	IP        Kind = "IP addresses"
	Phone     Kind = "telephone numbers"
	Postcode  Kind = "postcodes"
	NHSNumber Kind = "NHS numbers"
	Insurance Kind = "National Insurance numbers"
	Name      Kind = "names of people"
	Birth     Kind = "dates of birth"
)

var (
	wholeMail = regexp.MustCompile(`^(?:mailto:)?[^@\s]+@[^@\s]+\.[^@\s]+$`)
	ip4       = regexp.MustCompile(`^(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?$`)
	ip6       = regexp.MustCompile(`(?i)^[0-9a-f:]*(?:::|(?::[0-9a-f]{1,4}){5,})[0-9a-f:.]*$`)
	postcode  = regexp.MustCompile(`(?i)^[a-z]{1,2}\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}$`)
	phone     = regexp.MustCompile(`^(?:\+44|0044|\(?0)[\d ()./-]{8,16}$`)
	mobile    = regexp.MustCompile(`^(?:44)?7\d{9}$`)
	insurance = regexp.MustCompile(`(?i)^[a-ceghj-prstw-z][a-ceghj-nprstw-z] ?\d{2} ?\d{2} ?\d{2} ?[a-d]$`)
)

// Of says what personal data a text is, None if it is none or cannot be told from
// its form. A text in which it is only a part is none: see Holds.
func Of(text string) Kind {
	text = strings.TrimSpace(text)
	if n := len(text); n < 5 || n > 254 {
		return None
	}
	switch {
	case strings.ContainsRune(text, '@'):
		if wholeMail.MatchString(text) {
			return Mail
		}
		return None
	case strings.Count(text, ".") == 3 && ip4.MatchString(text), strings.Count(text, ":") > 1 && ip6.MatchString(text):
		return IP
	case !digit(text):
		if IsName(text) {
			return Name
		}
		return None
	case letter(text[0]) && postcode.MatchString(text):
		return Postcode
	case letter(text[0]) && insurance.MatchString(text):
		return Insurance
	}
	return number(text)
}

// digit reports whether a text has one.
func digit(text string) bool { return strings.ContainsAny(text, "0123456789") }

func number(text string) Kind {
	digits := onlyDigits(text)
	if len(digits) < 10 {
		return None
	}
	switch {
	case phone.MatchString(text) && len(digits) <= 14, mobile.MatchString(text):
		return Phone
	case len(digits) == 10 && len(text) <= 12 && nhsNumber(digits):
		return NHSNumber
	}
	return None
}

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// nhsNumber checks the last digit: 11 less the sum of the others weighted by 10
// to 2, modulo 11 (NHS Data Dictionary, NHS NUMBER).
func nhsNumber(digits string) bool {
	sum := 0
	for i := range 9 {
		sum += int(digits[i]-'0') * (10 - i)
	}
	check := (11 - sum%11) % 11
	return check < 10 && int(digits[9]-'0') == check && strings.Trim(digits, digits[:1]) != ""
}

// parts finds personal data within a text.
var parts = regexp.MustCompile(`(?i)[^@\s"'<>(]+@[^@\s"'<>)]+\.[a-z]{2,}|(?:\+44|\b0)(?:[ ()-]?\d){9,11}\b|\b[a-z]{1,2}\d[a-z\d]? \d[abd-hjlnp-uw-z]{2}\b`)

// Holds reports what personal data stands within a longer text.
func Holds(text string) Kind {
	if !mayHold(text) {
		return None
	}
	m := parts.FindString(text)
	switch {
	case m == "":
		return None
	case strings.ContainsRune(m, '@'):
		return Mail
	case m[0] == '+' || m[0] == '0':
		return Phone
	}
	return Postcode
}

// mayHold is a quick look whether a text can hold personal data at all: an @, as
// many digits as a telephone number has, or the end of a postcode.
func mayHold(text string) bool {
	digits := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '@':
			return true
		case c >= '0' && c <= '9':
			if digits++; digits > 9 || i+2 < len(text) && i > 1 && letter(text[i+1]) && letter(text[i+2]) && text[i-1] == ' ' {
				return true
			}
		}
	}
	return false
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// hidden stands in the place of what is not shown.
const hidden = "(not shown)"

// Mask puts (not shown) in the place of personal data, and of names, within a text.
func Mask(text string) string { return maskNames(parts.ReplaceAllLiteralString(text, hidden)) }
