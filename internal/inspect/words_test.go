package inspect

import (
	"math"
	"testing"
)

func TestScaleWords(t *testing.T) {
	for label, want := range map[string]bool{
		"strongly agree": true, "agree": true, "neither agree nor disagree": true, "tend to disagree": true, "5. strongly agree": true, "agree (4)": true,
		"very likely": true, "not at all confident": true, "extremely important": true, "somewhat satisfied": true, "fair": true, "poor": true,
		"never": true, "always": true, "sometimes": true, "once a week": true, "2-3 times a month": true, "a few times per year": true, "daily": true,
		"a lot": true, "not at all": true, "a great deal": true, "to some extent": true, "intermediate": true, "neutral": true,
		"yes": false, "no": false, "none": false, "male": false, "doctor": false, "18-29": false, "more than 20 years": false, "some college": false,
		"very rude": false, "agree with jane": false, "strongly": true, "": false, "n/a": false, "the": false, "1": false, "band 7": false,
	} {
		if got := scaleWord(label); got != want {
			t.Errorf("%q is a scale's word: %t, want %t", label, got, want)
		}
	}
}

func TestPolarity(t *testing.T) {
	for label, want := range map[string]int{
		"strongly agree": 1, "disagree": -1, "neither agree nor disagree": 0, "not confident": -1, "not unlikely": 1, "4 ... (agree)": 1,
		"poor": -1, "doctor": 0, "neutral": 0,
	} {
		if got := polarity(label); got != want {
			t.Errorf("%q: %d, want %d", label, got, want)
		}
	}
}

func TestPoint(t *testing.T) {
	for label, want := range map[string][2]string{
		"4 ... (agree)": {"4", "agree"}, "(3): agree/ok": {"3", "agree/ok"}, "2. disagree": {"2", "disagree"}, "5": {"5", ""},
		"very helpful10": {"10", "very helpful"}, "agree (4)": {"4", "agree"}, "18-29": {"", "18-29"}, "1-5 years": {"", "1-5 years"}, "agree": {"", "agree"},
	} {
		digits, words := point(label)
		if got := [2]string{digits, words}; got != want {
			t.Errorf("%q: %q, want %q", label, got, want)
		}
	}
}

func TestShapes(t *testing.T) {
	for text, want := range map[string]shape{
		"7": isInteger | isNumber | isSmall, "11": isInteger | isNumber | isSmall, "12": isInteger | isNumber, "-1": isInteger | isNumber | isCode, "99": isInteger | isNumber | isCode,
		"1.5": isNumber, "1,234": isNumber, "1,54": isNumber | isComma, "£3": isNumber, "12%": isNumber, "-0.5": isNumber, "1e6": isNumber,
		"2024-03-14": isDate, "14/03/2024 10:11": isDate, "3/14/24 18:37": isDate, "2024-03-14T10:11:12Z": isDate, "14.03.2024": isDate, "2014/08/20 3:33:45 PM GMT+1": isDate,
		"99/99/2024": 0, "10:15": isClock, "01:02:03": isClock, "25-Jun": isDayMonth, "Jun-25": isDayMonth, "5-jan": isDayMonth, "14 March 2024": isDate, "March 14, 2024": isDate,
		"6-25": isRange, "26-100": isRange, "> 60": isRange, "100+": isRange, "1-5 years": isRange, "More than 20": isRange, "$50,000 - $99,999": isRange,
		"#NAME?": isError, "#REF!": isError, "# of beds": 0, "donâ€™t": isMojibake, "caf\ufffd": isMojibake, "café": 0, "don’t": 0, "Agree": 0, "Marching": 0,
	} {
		if got := formOf(text).shape; got != want {
			t.Errorf("%q: %b, want %b", text, got, want)
		}
	}
}

// A sketch counts exactly up to its size and within a few percent beyond, whatever
// is added twice and in which order pieces are merged.
func TestSketch(t *testing.T) {
	texts := func(from, to int) *sketch {
		s := &sketch{}
		for i := from; i < to; i++ {
			s.add(hash(placeName(i)))
			s.add(hash(placeName(i)))
		}
		return s
	}
	for _, n := range []int{0, 1, 1000, sketchSize} {
		if got := texts(0, n).count(); got != n {
			t.Errorf("%d texts are counted as %d", n, got)
		}
	}
	const n = 100_000
	one := texts(0, n).count()
	if math.Abs(float64(one)-n) > 0.03*n {
		t.Errorf("%d texts are counted as %d", n, one)
	}
	whole := texts(0, 50_000).count()
	for _, cut := range [][2]int{{0, 0}, {1, 1}, {30_000, 0}, {30_000, 10_000}, {sketchSize, 5}, {50_000, 50_000}} {
		a, b := texts(0, cut[0]), texts(cut[0]-cut[1], 50_000)
		if a.merge(b); a.count() != whole {
			t.Errorf("merged at %v: %d, in one: %d", cut, a.count(), whole)
		}
	}
}

func placeName(i int) string {
	return string([]byte{byte(i), byte(i >> 8), byte(i >> 16)})
}
