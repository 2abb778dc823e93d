package study

import (
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/diag"
)

// counted is a study broken down by role, of which waves have these respondents.
func counted(categories string, merged Map[[]MergeRule], waves ...[]int) (*Study, []Group) {
	s := &Study{Framework: &Framework{}, Breakdowns: []Breakdown{{"role"}}, Disclosure: Disclosure{MinBase: 10}, Merged: merged}
	var list Map[string]
	for id := range strings.FieldsSeq(categories) {
		list = append(list, Entry[string]{ID: id, Value: strings.ToUpper(id)})
	}
	s.Framework.Variables = Map[Variable]{{ID: "role", Value: Variable{Title: "Role", Categories: list}}}
	var groups []Group
	for i, n := range waves {
		groups = append(groups, Group{Survey: "staff", Wave: string(rune('1' + i)), Variable: "role", Respondents: n})
	}
	return s, groups
}

func TestProposeMerge(t *testing.T) {
	before := Map[[]MergeRule]{{ID: "role", Value: []MergeRule{{Into: "c", Title: `C "and" D`, Categories: Names{"c", "d"}}}}, {ID: "place", Value: []MergeRule{{Into: "x", Title: "X", Categories: Names{"y", "z"}}}}}
	for _, c := range []struct {
		name, categories string
		merged           Map[[]MergeRule]
		waves            [][]int
		small, want      string
	}{
		{"nothing is small", "a b c", nil, [][]int{{10, 20, 30}}, "", ""},
		{"nobody is not few", "a b c", nil, [][]int{{10, 0, 30}}, "", ""},
		{"two small ones hold together", "a b c d", nil, [][]int{{30, 6, 40, 7}}, "role: b in staff/1, d in staff/1", `{into: other, title: "B or D", categories: [b, d]}`},
		{"one small one takes the next", "a b c", nil, [][]int{{30, 6, 40}}, "role: b in staff/1", `{into: other, title: "A or B", categories: [a, b]}`},
		{"what is small anywhere is merged everywhere", "a b c d", nil, [][]int{{30, 6, 40, 50}, {30, 60, 50, 9}}, "role: b in staff/1, d in staff/2", `{into: other, title: "B or D", categories: [b, d]}`},
		{"until every wave holds", "a b c d", nil, [][]int{{30, 6, 40, 50}, {12, 3, 50, 50}}, "role: b in staff/1", `{into: other, title: "A or B", categories: [a, b]}`},
		{"three, as two do not hold", "a b c d", nil, [][]int{{30, 4, 50, 5}}, "role: b in staff/1, d in staff/1", `{into: other, title: "Other groups", categories: [a, b, d]}`},
		{"into other, which keeps its words", "a other c d", nil, [][]int{{30, 25, 50, 5}}, "role: d in staff/1", `{into: other, title: "OTHER", categories: [other, d]}`},
		{"a group of all is none", "a b", nil, [][]int{{30, 5}}, "", ""},
		{"all of a tiny wave", "a b c", nil, [][]int{{1, 2, 3}}, "", ""},
		{"the rules that are there stay", "a b c", before, [][]int{{30, 3, 20}}, "role: b in staff/1",
			`{into: c, title: "C \"and\" D", categories: [c, d]}, {into: other, title: "B or C", categories: [b, c]}], place: [{into: x, title: "X", categories: [y, z]}`},
	} {
		s, groups := counted(c.categories, c.merged, c.waves...)
		d, ok := s.ProposeMerge(groups)
		if ok != (c.want != "") {
			t.Errorf("%s: proposed %q, want %q", c.name, d.Hint, c.want)
			continue
		}
		if !ok {
			continue
		}
		if want := "merge: {role: [" + c.want + "]}"; d.Hint != want {
			t.Errorf("%s: proposed %s, want %s", c.name, d.Hint, want)
		}
		if !strings.Contains(d.Message, "("+c.small+")") || d.Severity != diag.Info || d.Code != "small-groups" {
			t.Errorf("%s: said %v", c.name, d)
		}
	}
}

// A proposal is YAML that study.yaml takes.
func TestProposalsCanBePasted(t *testing.T) {
	s, groups := counted("a b c d", nil, []int{30, 6, 40, 7})
	s.Framework.Variables[0].Value.Categories[1].Value = `"B": it's {not} a\key`
	d, ok := s.ProposeMerge(groups)
	if !ok {
		t.Fatal("nothing is proposed")
	}
	var file StudyFile
	list := &diag.List{}
	decode("study.yaml", []byte(d.Hint+"\n"), &file, list)
	rules, _ := file.Merge.Get("role")
	if list.HasErrors() || len(rules) != 1 || rules[0].Title != `"B": it's {not} a\key or D` {
		t.Errorf("pasted it is %+v, %v", file.Merge, list.Sorted())
	}
}
