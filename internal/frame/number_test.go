package frame

import (
	"math"
	"regexp"
	"strconv"
	"testing"
)

// decimal is the grammar of a number.
var decimal = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$`)

var whole = regexp.MustCompile(`^[+-]?[0-9]+$`)

// parseNumber agrees with a grammar and with strconv to the last bit.
func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{
		"0", "-0", "1", "12.5", "+.5", "5.", ".", "-", "", "e5", "1e", "1e5", "1E-5", "0.1e+3", "1.2.3", "1e1e1", "1_000",
		"9007199254740992", "9007199254740993", "900719925474099.3", "123456789012345678901234567890", "0.000000000000000000000000000001",
		"66.66666666666667", "1e22", "1e23", "1e-22", "1e-23", "2.2250738585072014e-308", "1e400", "Inf", "NaN", "0x10", " 1", "000000000000000000000000000001.5",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := parseNumber([]byte(s))
		want, err := strconv.ParseFloat(s, 64)
		wanted := decimal.MatchString(s) && err == nil && !(whole.MatchString(s) && math.Abs(want) > 1<<53)
		if wanted && whole.MatchString(s) && math.Abs(want) == 1<<53 {
			return // 2^53 + 1 reads as 2^53: either is right
		}
		if ok != wanted || ok && (got != want || math.Signbit(got) != math.Signbit(want)) {
			t.Errorf("%q: got %v %v, want %v %v", s, got, ok, want, wanted)
		}
	})
}
