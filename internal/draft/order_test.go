package draft

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var scalesInUse = []struct{ labels, positive string }{
	{"Strongly disagree|Disagree|Neither agree nor disagree|Agree|Strongly agree", "Agree|Strongly agree"},
	{"Strongly disagree|Somewhat disagree|Somewhat agree|Strongly agree", "Somewhat agree|Strongly agree"},
	{"Disagree strongly|Tend to disagree|Neutral|Tend to agree|Agree strongly", "Tend to agree|Agree strongly"},
	{"Very dissatisfied|Dissatisfied|Neither satisfied nor dissatisfied|Satisfied|Very satisfied", "Satisfied|Very satisfied"},
	{"Very unlikely|Unlikely|Likely|Very likely", "Likely|Very likely"},
	{"Not at all confident|Slightly confident|Somewhat confident|Very confident|Extremely confident", "Very confident|Extremely confident"},
	{"Not important|Slightly important|Moderately important|Important|Very important", "Important|Very important"},
	{"Never|Rarely|Sometimes|Often|Always", "Often|Always"},
	{"Never|Once in a while|About half the time|Usually|Always", "Usually|Always"},
	{"Poor|Fair|Good|Very good|Excellent", "Good|Very good|Excellent"},
	{"Not at all|A little|Somewhat|Very much", "Somewhat|Very much"},
	{"Very low|Low|Medium|High|Very high", "High|Very high"},
	{"None|Some|Most|All", "Most|All"},
	{"Novice|Intermediate|Advanced|Expert", "Advanced|Expert"},
	{"No, not at all rude|Yes, somewhat rude|Yes, very rude", "Yes, very rude"},
	{"To a small extent|To some extent|To a great extent", "To a great extent"},
	{"Much worse|Worse|About the same|Better|Much better", "Better|Much better"},
}

// Whatever order the answers come in, a scale is put in the one that it has.
func TestOrder(t *testing.T) {
	for _, c := range scalesInUse {
		want := strings.Split(c.labels, "|")
		rapid.Check(t, func(r *rapid.T) {
			got, ok := order(rapid.Permutation(want).Draw(r, "labels"))
			if d := cmp.Diff(want, got.labels); !ok || d != "" {
				r.Fatalf("ordered: %t (-want +got):\n%s", ok, d)
			}
			if d := cmp.Diff(c.positive, strings.Join(got.positive, "|")); d != "" {
				r.Fatalf("positive (-want +got):\n%s", d)
			}
		})
	}
}

func TestNoOrder(t *testing.T) {
	for _, labels := range []string{
		"Yes|No", "London|Leeds|York", "Agree|Satisfied|Often", "Agree|Tend to be agreeable|Nurse", "Doctor|Nurse|Very good", "Strongly agree|Agree strongly too|Highly agree", "1-5 years|6-10 years",
	} {
		if got, ok := order(strings.Split(labels, "|")); ok {
			t.Errorf("%s is put in order: %v", labels, got.labels)
		}
	}
}

func TestTwoWordings(t *testing.T) {
	got, ok := order([]string{"Yes, very rude", "No, not rude at all", "Yes, somewhat rude", "No, not at all rude"})
	if want := (map[string]string{"No, not at all rude": "No, not rude at all"}); !ok || len(got.labels) != 3 || !cmp.Equal(want, got.wordings) {
		t.Errorf("%t %v %v", ok, got.labels, got.wordings)
	}
}

func TestSortedLabels(t *testing.T) {
	for _, want := range []string{"Under 25|25-34|35-44|45 or more", "18-29|30-44|45-60|> 60", "$0 - $24,999|$25,000 - $49,999|$100,000 - $149,999", "None|1-5|5-10|10-20", "Leeds|London|Bath"} {
		labels := strings.Split(want, "|")
		given := slices.Clone(labels)
		if want != "Leeds|London|Bath" {
			slices.Reverse(given)
		}
		if d := cmp.Diff(labels, sortedLabels(given)); d != "" {
			t.Errorf("%s (-want +got):\n%s", want, d)
		}
	}
}

func TestPointOf(t *testing.T) {
	for label, want := range map[string]point{
		"4": {4, true, ""}, "4 ": {4, true, ""}, "4. Agree": {4, true, "Agree"}, "(4): agree/ok": {4, true, "agree/ok"}, "4 - Agree": {4, true, "Agree"}, "4 = Agree": {4, true, "Agree"},
		"4 Agree": {4, true, "Agree"}, "4 ... (Agree)": {4, true, "Agree"}, "Agree (4)": {4, true, "Agree"}, "Agree 4": {4, true, "Agree"}, "Very helpful10": {10, true, "Very helpful"}, "10 (very high)": {10, true, "very high"},
		"Agree": {0, false, "Agree"}, "1-5 years": {0, false, "1-5 years"}, "5 years": {0, false, "5 years"}, "10 or more": {0, false, "10 or more"}, "18 - 24": {0, false, "18 - 24"}, "Under 25s": {0, false, "Under 25s"}, "2020": {0, false, "2020"},
		"5+": {0, false, "5+"}, "-1": {-1, true, ""},
	} {
		if got := pointOf(label); got != want {
			t.Errorf("%q is %+v, want %+v", label, got, want)
		}
	}
}

func TestMissingKind(t *testing.T) {
	for label, want := range map[string]string{
		"N/A": "not_applicable", "Not applicable": "not_applicable", "Don’t know": "unsure", "Unsure": "unsure", "6 Unsure": "unsure", "Prefer not to say": "refused", "99": "invalid", "-99": "invalid",
		"Agree": "", "None": "", "9": "", "Other": "", "": "",
	} {
		if got := missingKind(label); got != want {
			t.Errorf("%q is %q, want %q", label, got, want)
		}
	}
}

func TestNamedRange(t *testing.T) {
	for text, want := range map[string][2]int{
		"Rate your skill, from 1 to 10": {1, 10}, "Please rate each from 1 (none) to 10 (very high). - My skill": {1, 10}, "How likely (0-10)?": {0, 10}, "1 = never, to 7": {1, 7},
		"In the last 1 to 2 years": {}, "How many times in 2019-2020?": {}, "Do you work 10 to 20 hours?": {}, "Rate your skill": {},
	} {
		low, high, _ := rangeIn(text)
		if want == [2]int{} {
			if _, _, ok := rangeIn(text); ok {
				t.Errorf("%q names %d to %d", text, low, high)
			}
			continue
		}
		if low != want[0] || high != want[1] {
			t.Errorf("%q names %d to %d, want %v", text, low, high, want)
		}
	}
}
