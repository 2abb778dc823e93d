package study

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func ptr(i int) *int { return &i }

var (
	agreement5 = Scale{Options: Names{"Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"}, Positive: Names{"agree", "Strongly  Agree"}, Unscored: Names{"Unsure", "Not applicable"}}
	oneToTen   = Scale{Min: ptr(1), Max: ptr(10), Positive: Names{"7", "8", "9", "10"}}
	someExtent = Scale{Options: Names{"No", "To some extent", "Yes"}, Positive: Names{"To some extent", "Yes"}}
)

func TestScale(t *testing.T) {
	if d := cmp.Diff([]int{5, 1, 5, 10, 1, 10}, []int{agreement5.Codes(), agreement5.Code(0), agreement5.Code(4), oneToTen.Codes(), oneToTen.Code(0), oneToTen.Code(9)}); d != "" {
		t.Errorf("codes (-want +got):\n%s", d)
	}
	for label, want := range map[string]int{"AGREE": 3, " strongly agree ": 4, "Unsure": -1, "4": -1, "": -1} {
		if got := agreement5.Index(label); got != want {
			t.Errorf("agreement5.Index(%q) = %d, want %d", label, got, want)
		}
	}
	for label, want := range map[string]int{"1": 0, "10": 9, "11": -1, "0": -1, "01": -1, "+1": -1, "1.0": -1, "": -1} {
		if got := oneToTen.Index(label); got != want {
			t.Errorf("oneToTen.Index(%q) = %d, want %d", label, got, want)
		}
	}
	if !agreement5.IsUnscored("not  APPLICABLE") || agreement5.IsUnscored("Agree") {
		t.Error("unscored labels are not told by their fold")
	}
}

func TestNets(t *testing.T) {
	T, F := true, false
	for _, c := range []struct {
		name     string
		scale    Scale
		reversed bool
		want     Nets
	}{
		{"agreement", agreement5, false, Nets{[]bool{F, F, F, T, T}, []bool{T, T, F, F, F}}},
		{"agreement reversed", agreement5, true, Nets{[]bool{T, T, F, F, F}, []bool{F, F, F, T, T}}},
		{"numbers", oneToTen, false, Nets{[]bool{F, F, F, F, F, F, T, T, T, T}, []bool{T, T, T, T, F, F, F, F, F, F}}},
		{"past the middle", someExtent, false, Nets{[]bool{F, T, T}, []bool{T, F, F}}},
		{"past the middle, reversed", someExtent, true, Nets{[]bool{T, T, F}, []bool{F, F, T}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, c.scale.Nets(c.reversed)); d != "" {
				t.Errorf("nets (-want +got):\n%s", d)
			}
		})
	}
}

// TestScaleProperties: nets part the answers, reversing twice changes nothing,
// points run from 0 to 100, labels and indices are inverse.
func TestScaleProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.IntRange(-20, 20).Draw(t, "min")
		sc := Scale{Min: ptr(low), Max: ptr(low + rapid.IntRange(1, 30).Draw(t, "width"))}
		for i := range sc.Codes() {
			if rapid.Bool().Draw(t, "positive") {
				sc.Positive = append(sc.Positive, sc.Label(i))
			}
		}
		neutral := sc.NeutralSet()
		reversed := sc.Nets(true)
		for i := range sc.Codes() {
			sets := 0
			for _, in := range []bool{sc.PositiveSet()[i], sc.NegativeSet()[i], neutral[i]} {
				if in {
					sets++
				}
			}
			if sets != 1 {
				t.Fatalf("answer %d is in %d nets", i, sets)
			}
			if reversed.Positive[i] != sc.PositiveSet()[sc.Codes()-1-i] {
				t.Fatalf("answer %d of the reversed item is not the mirror image", i)
			}
			if sc.Index(sc.Label(i)) != i {
				t.Fatalf("Index(Label(%d)) = %d", i, sc.Index(sc.Label(i)))
			}
		}
		first, _ := sc.Points(0)
		last, den := sc.Points(sc.Codes() - 1)
		if first != 0 || last != den {
			t.Fatalf("points run from %d/%d to %d/%d", first, den, last, den)
		}
	})
}

func TestUnscoredKind(t *testing.T) {
	for label, want := range map[string]string{
		"Not applicable": "not_applicable", "Refused": "refused", "Unsure": "unsure", "Don't know": "unsure",
		"N/A": "unsure", "Seen, unanswered": "unsure", "Seen unanswered": "seen_unanswered", " not-shown ": "not_shown",
	} {
		if got := UnscoredKind(label); got != want {
			t.Errorf("UnscoredKind(%q) = %q, want %q", label, got, want)
		}
	}
}
