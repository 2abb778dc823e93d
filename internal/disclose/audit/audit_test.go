package audit_test

import (
	"testing"

	"github.com/caregap/caregap/internal/disclose/audit"
	"github.com/caregap/caregap/internal/disclose/linked"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/study"
)

// made up: no respondent is real.
func row(measure, breakdown, category string, base int) estimate.Row {
	return estimate.Row{Key: estimate.Key{Measure: measure, Statistic: "mean", Survey: "s", Wave: "1", Breakdown: breakdown, Category: category}, Base: base, Respondents: base, Organisations: -1}
}

func framework() *study.Study {
	construct := func(items ...string) study.Construct { return study.Construct{Items: items, MinAnswered: "0.5"} }
	item := study.Item{Scale: "agree"}
	return &study.Study{
		Disclosure: study.Disclosure{MinBase: 10, MinCount: 5},
		Framework: &study.Framework{
			Scales:     study.Map[study.Scale]{{ID: "agree", Value: study.Scale{Options: study.Names{"no", "neither", "yes"}, Positive: study.Names{"yes"}}}},
			Constructs: study.Map[study.Construct]{{ID: "will", Value: construct("wish")}, {ID: "skill", Value: construct("able", "sure")}},
			Items:      study.Map[study.Item]{{ID: "wish", Value: item}, {ID: "able", Value: item}, {ID: "sure", Value: item}},
			Gaps:       study.Map[study.Gap]{{ID: "gap", Value: study.Gap{Of: "will", Minus: "skill"}}},
		},
	}
}

// unsafe audits rows of which those with a base in hidden are.
func unsafe(t *testing.T, rows []estimate.Row, hidden func(r *estimate.Row) bool) (bad, all int) {
	t.Helper()
	for _, s := range linked.Build(framework(), rows) {
		if s.Broken != 0 {
			t.Errorf("%d relations do not hold in the test's own table", s.Broken)
		}
		s.Publish(func(i int) bool { return hidden(&rows[i]) })
		findings := audit.Audit(s)
		for _, f := range findings {
			if !f.Safe() {
				bad++
			}
		}
		if bad == 0 && audit.Verify(s, findings, nil) >= 0 {
			t.Error("what the audit found does not prove")
		}
		all += len(findings)
	}
	return bad, all
}

func TestAudit(t *testing.T) {
	groups := func(measure string, bases ...int) []estimate.Row {
		total := 0
		var out []estimate.Row
		for i, n := range bases {
			total += n
			out = append(out, row(measure, "role", string(rune('a'+i)), n))
		}
		return append(out, row(measure, "", "", total))
	}
	named := func(names ...string) func(r *estimate.Row) bool {
		return func(r *estimate.Row) bool {
			for _, n := range names {
				if r.Measure+" "+r.Category == n {
					return true
				}
			}
			return false
		}
	}
	for _, c := range []struct {
		name   string
		rows   []estimate.Row
		hidden func(r *estimate.Row) bool
		bad    bool
	}{
		{"alone in its margin", groups("will", 4, 30, 40), named("will a"), true},
		{"beside another", groups("will", 4, 30, 40), named("will a", "will b"), false},
		{"two that hold four", groups("will", 2, 2, 40), named("will a", "will b"), true},
		// The item is shown, and its construct has no other.
		{"one item, one construct", append(groups("will", 4, 30, 40), groups("wish", 4, 30, 40)...), named("will a", "will b"), true},
		{"both hidden", append(groups("will", 4, 30, 40), groups("wish", 4, 30, 40)...), named("will a", "will b", "wish a", "wish b"), false},
		// Everyone who has a score has the gap.
		{"a gap squeezed by its sides", append(append(groups("will", 9, 30, 40), groups("skill", 10, 31, 41)...), groups("gap", 9, 30, 40)...), named("gap a", "gap b", "will a"), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad, all := unsafe(t, c.rows, c.hidden)
			if all == 0 || (bad > 0) != c.bad {
				t.Errorf("%d of %d are not safe", bad, all)
			}
		})
	}
}

// A cell that is in two groups of hidden cells which share nothing else follows
// from the totals of all rows and columns of a group, though no line has it alone.
func TestAuditSeesGroupsOfLines(t *testing.T) {
	counts := [][]int{{2, 10, 10, 8}, {10, 1, 9, 10}, {4, 200, 200, 8}, {4, 9, 1, 10}}
	var rows []estimate.Row
	add := func(breakdown, category string, in func(i, j int) bool) {
		n := 0
		for i := range counts {
			for j := range counts[i] {
				if in(i, j) {
					n += counts[i][j]
				}
			}
		}
		rows = append(rows, row("will", breakdown, category, n))
	}
	letter := func(i int) string { return string(rune('a' + i)) }
	add("", "", func(int, int) bool { return true })
	for k := range 4 {
		add("role", letter(k), func(i, _ int) bool { return i == k })
		add("place", letter(k), func(_, j int) bool { return j == k })
		for l := range 4 {
			add("role:place", letter(k)+":"+letter(l), func(i, j int) bool { return i == k && j == l })
		}
	}
	small := func(r *estimate.Row) bool { return r.Base < 10 }
	if bad, all := unsafe(t, rows, small); bad == 0 || bad == all {
		t.Errorf("%d of %d are not safe", bad, all)
	}
}
