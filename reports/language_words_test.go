package reports

import (
	"testing"

	"github.com/caregap/caregap/internal/study"
)

// Where a survey's waves ask a question alike one word says so, and otherwise each
// run of waves has its own.
func TestAskedIn(t *testing.T) {
	survey := &study.Survey{ID: "nurses", Waves: []*study.Wave{{ID: "2020"}, {ID: "2021"}, {ID: "2022"}, {ID: "2023"}}}
	for want, versions := range map[string][4]int{
		"Same":                                {1, 1, 1, 1},
		"Not asked":                           {0, 0, 0, 0},
		"Reworded (version 2)":                {2, 2, 2, 2},
		"2020 to 2022: same; 2023: not asked": {1, 1, 1, 0},
		"2020: not asked; 2021 to 2022: same; 2023: reworded (version 3)": {0, 1, 1, 3},
	} {
		q := asker{asks: func(w Wave) (int, string) { return versions[w.Wave[3]-'0'], "" }}
		if got := askedIn(q, survey); got != want {
			t.Errorf("%v: %q, want %q", versions, got, want)
		}
	}
}
