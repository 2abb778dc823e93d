package pipeline_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// leastShown is the share of the numbers that need no hiding which the example
// study has to show: a release that hides everything is safe, and of no use.
const leastShown = 0.9

// TestMostThatNeedsNoHidingIsShown counts what releases of the example study wrote,
// as it is and without its merge rules, and holds docs/disclosure.md to the counts.
// All that is hidden and need not be by itself is the price of protection; merged
// groups lower it.
func TestMostThatNeedsNoHidingIsShown(t *testing.T) {
	notWhileRacing(t)
	share := countShown(t, needsOf(t, care(t).Release.Path, load(t, "care")))
	if share < leastShown {
		t.Errorf("%.4f of the numbers that need no hiding are shown, expected at least %v", share, leastShown)
	}
	apart := countShown(t, needsOf(t, unmerged(t).Release.Path, loadUnmerged(t)))
	if apart >= share {
		t.Errorf("%.4f are shown with merged groups, and %.4f without", share, apart)
	}
}

// countShown is the share that is shown of the numbers which need no hiding.
func countShown(t *testing.T, n *needs) float64 {
	t.Helper()
	shown, price := 0, 0
	for _, row := range n.rows {
		switch {
		case row["status"] == "":
			shown++
		case row["status"] == "c" && !n.hiding(t, row):
			price++
		}
	}
	all := shown + price
	share := float64(shown) / float64(all)
	figures := fmt.Sprintf("%.0f%% (%s of %s)", 100*share, number.Count(shown), number.Count(all))
	t.Logf("of the numbers that need no hiding %s are shown: %.4f", figures, share)
	if all < 20000 || price == 0 {
		t.Errorf("only %d numbers need no hiding, and %d of them are hidden", all, price)
	}
	if !strings.Contains(read(t, filepath.Join("..", "docs", "disclosure.md")), figures) {
		t.Errorf("docs/disclosure.md does not have the figures: %s", figures)
	}
	return share
}

// everyoneIsShown checks that groups never cost a release what it says of everyone.
func everyoneIsShown(t *testing.T, release string) {
	t.Helper()
	for _, row := range named(csvRows(t, filepath.Join(release, "private", "disclosure.csv"))) {
		if row["breakdown"] == "" && row["rule"] == "complement" {
			t.Errorf("%s: a number about everyone is hidden for the sake of others", keyOf(row))
		}
	}
}

// needs tells which numbers of a release need hiding by themselves: those of too
// few respondents or of a small sensitive count, and differences and averages of
// such numbers.
type needs struct {
	study *study.Study
	rows  []map[string]string            // private/estimates.csv
	rules map[string]string              // of hidden numbers, by key
	plain map[string][]map[string]string // what is neither a difference nor an average, by place
}

func needsOf(t *testing.T, release string, s *study.Study) *needs {
	t.Helper()
	n := &needs{study: s, rules: map[string]string{}, plain: map[string][]map[string]string{}}
	n.rows = named(csvRows(t, filepath.Join(release, "private", "estimates.csv")))
	for _, row := range named(csvRows(t, filepath.Join(release, "private", "disclosure.csv"))) {
		n.rules[keyOf(row)] = row["rule"]
	}
	hidden := 0
	for _, row := range n.rows {
		if row["status"] == "c" {
			hidden++
		}
		if (row["status"] == "c") != (n.rules[keyOf(row)] != "") {
			t.Fatalf("%s has status %q in estimates.csv and the rule %q in disclosure.csv", keyOf(row), row["status"], n.rules[keyOf(row)])
		}
		if row["contrast"] == "" && row["survey"] != estimate.Average {
			at := place(row, row["survey"], row["wave"])
			n.plain[at] = append(n.plain[at], row)
		}
	}
	if hidden != len(n.rules) {
		t.Fatalf("%d numbers are hidden, disclosure.csv has %d", hidden, len(n.rules))
	}
	return n
}

// keyOf is a row's key, in which keyColumns make it one of its kind.
func keyOf(row map[string]string) string {
	var key []string
	for _, name := range keyColumns {
		key = append(key, row[name])
	}
	return strings.Join(key, ",")
}

// place is where to find what a difference or an average is made of: numbers of the
// same measure and level about the same group, in another survey or wave.
func place(row map[string]string, survey, wave string) string {
	return strings.Join([]string{row["measure"], row["level"], survey, wave, row["breakdown"], row["category"]}, ",")
}

// hiding reports whether a hidden number needs to be hidden, whatever else is.
func (n *needs) hiding(t *testing.T, row map[string]string) bool {
	t.Helper()
	switch rule := n.rules[keyOf(row)]; rule {
	case "base", "sensitive":
		return true
	case "complement":
		return false
	case "consequence":
		return slices.ContainsFunc(n.madeOf(t, row), func(part map[string]string) bool {
			rule := n.rules[keyOf(part)]
			return rule == "base" || rule == "sensitive"
		})
	default:
		t.Fatalf("%s is hidden under a rule that is not known here: %q", keyOf(row), rule)
		return false
	}
}

// madeOf are the numbers behind a difference or an average.
func (n *needs) madeOf(t *testing.T, row map[string]string) []map[string]string {
	t.Helper()
	if row["survey"] == estimate.Average {
		return n.parts(t, row)
	}
	places := []string{place(row, row["survey"], row["wave"])}
	switch row["contrast"] {
	case "wave":
		places = append(places, place(row, row["survey"], row["versus"]))
	case "survey":
		places = append(places, place(row, row["versus"], n.latest(row["versus"])))
	}
	var out []map[string]string
	for _, at := range places {
		if len(n.plain[at]) == 0 {
			t.Fatalf("%s: nothing at %s", keyOf(row), at)
		}
		out = append(out, n.plain[at]...)
	}
	return out
}

// parts are the numbers of the surveys' latest waves that an average is of: those
// that say the same, as many as the average has waves.
func (n *needs) parts(t *testing.T, average map[string]string) []map[string]string {
	t.Helper()
	var out []map[string]string
	for _, s := range n.study.Surveys {
		for _, row := range n.plain[place(average, s.ID, n.latest(s.ID))] {
			alike := row["statistic"] == average["statistic"] && row["definition"] == average["definition"] && row["base_rule"] == average["base_rule"]
			if alike && (row["status"] == "" || row["status"] == "c" && row["estimate"] != "") {
				out = append(out, row)
			}
		}
	}
	if waves := strings.Count(average["wave"], "+") + 1; len(out) != waves {
		t.Fatalf("%s: %d numbers are found for %d waves", keyOf(average), len(out), waves)
	}
	return out
}

func (n *needs) latest(survey string) string { return n.study.Survey(survey).Latest().ID }
