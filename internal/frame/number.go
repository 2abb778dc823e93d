package frame

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// exactTens are the powers of ten that a float64 holds exactly.
var exactTens = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// parseNumber reads a decimal number: sign, digits with at most one point among
// them, exponent. A whole number below 2^53 times or over an exact power of ten
// is rounded once and so exactly (Clinger 1990); others are strconv's. A whole
// number that a float64 does not hold is a text: it is somebody's id, and two ids
// must not become one.
func parseNumber(text []byte) (float64, bool) {
	at, negative := 0, false
	if at < len(text) && (text[at] == '-' || text[at] == '+') {
		negative = text[at] == '-'
		at++
	}
	var mantissa uint64
	digits, significant, point := 0, 0, -1
	for ; at < len(text); at++ {
		c := text[at]
		if c == '.' && point < 0 {
			point = digits
			continue
		}
		if c < '0' || c > '9' {
			break
		}
		digits++
		if mantissa > 0 || c > '0' {
			significant++
		}
		if significant < 20 {
			mantissa = mantissa*10 + uint64(c-'0')
		}
	}
	if digits == 0 {
		return 0, false
	}
	exponent, ok := 0, true
	if at < len(text) {
		if exponent, ok = parseExponent(text[at:]); !ok {
			return 0, false
		}
	} else if point < 0 && (significant >= 20 || mantissa > 1<<53) {
		return 0, false
	}
	if point >= 0 {
		exponent -= digits - point
	}
	if significant >= 20 || mantissa >= 1<<53 || exponent < -22 || exponent > 22 {
		return slowNumber(text)
	}
	v := float64(mantissa)
	if exponent < 0 {
		v /= exactTens[-exponent]
	} else {
		v *= exactTens[exponent]
	}
	if negative {
		v = -v
	}
	return v, true
}

// parseExponent reads e, sign and digits to the end of text.
func parseExponent(text []byte) (int, bool) {
	if text[0] != 'e' && text[0] != 'E' {
		return 0, false
	}
	text = text[1:]
	negative := false
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		negative = text[0] == '-'
		text = text[1:]
	}
	if len(text) == 0 {
		return 0, false
	}
	n := 0
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = min(n*10+int(c-'0'), 1<<20)
	}
	if negative {
		n = -n
	}
	return n, true
}

// slowNumber is for a text that is known to be a decimal number. One too large for
// a float64 is no number.
func slowNumber(text []byte) (float64, bool) {
	v, err := strconv.ParseFloat(string(text), 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// missing reports whether a field, without blanks around it, is a missing value.
func missing(text []byte) bool {
	return len(text) == 0 || len(text) == 2 && text[0] == 'N' && text[1] == 'A'
}

// trim takes blanks off both ends.
func trim(text []byte) []byte {
	for len(text) > 0 && blank(text[0]) {
		text = text[1:]
	}
	for len(text) > 0 && blank(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// kindOf says what a text is that is no number, without saying it.
func kindOf(text string) string {
	t := strings.ToLower(strings.TrimSpace(text))
	digits, other := 0, ""
	for _, r := range t {
		if r >= '0' && r <= '9' {
			digits++
		} else {
			other += string(r)
		}
	}
	switch strings.TrimLeft(t, "+-") {
	case "inf", "infinity":
		return "an infinite number"
	case "nan":
		return "NaN"
	}
	switch {
	case other == "" || other == "-":
		return fmt.Sprintf("a whole number of %d digits, more than a number can hold exactly,", digits)
	case digits == 0:
		return fmt.Sprintf("a text of %s", characters(utf8.RuneCountInString(t)))
	case strings.Trim(other, "+-.e") == "" && strings.Count(other, "e") == 1:
		return "a number too large to hold"
	case strings.Trim(other, "-.,") == "" && strings.Contains(other, ","):
		return "a number with a comma"
	case other == "--" || other == "//" || other == "..":
		return "a date"
	case other == "%":
		return "a percentage with its sign"
	}
	return fmt.Sprintf("a text of %s, %d of them digits", characters(utf8.RuneCountInString(t)), digits)
}

func characters(n int) string {
	if n == 1 {
		return "1 character"
	}
	return fmt.Sprintf("%d characters", n)
}
