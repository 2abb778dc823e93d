package normalise

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/study"
)

var testColumns = &export.File{Name: "exports/a.csv", Layout: export.Layout{Columns: []export.Column{
	{Position: 1, Code: "Q1_1", Text: "What stops you? - Lack of time", ID: "QID1_1", Option: "Lack of time"},
	{Position: 2, Code: "Q1_2", Text: "What stops you? - Money\u00a0or “staff”", ID: "QID1_2"},
	{Position: 3, Code: "Role", Text: "Role", ID: "QID3"},
	{Position: 4, Code: "Role2", Text: "Where do you work?", ID: "QID4"},
	{Position: 5, Code: "Role3", Text: "Where do you work?", ID: "QID5"},
	{Position: 6, Code: "", Text: ""},
}}}

// A column has three names, which fold; the first name that the file has is
// taken; a name that fits none or two is a problem with a suggestion.
func TestFindColumn(t *testing.T) {
	for _, tc := range []struct {
		names study.Names
		want  int
		said  string
	}{
		{study.Names{"q1_1"}, 0, ""},
		{study.Names{"What stops you?  -  lack of time"}, 0, ""},
		{study.Names{"What stops you? - money or \"staff\""}, 1, ""},
		{study.Names{"qid3"}, 2, ""},
		{study.Names{"Rôle", "Role"}, 2, ""},
		{study.Names{"Role", "Q1_1"}, 2, ""},
		{study.Names{"Where do you work?"}, -1, "b.yaml:3: item \"x\": column \"Where do you work?\" is in exports/a.csv 2 times (columns 4, 5), expected once; name it by its short code or the platform's own id"},
		{study.Names{"Rolle"}, -1, "b.yaml:3: item \"x\": no column \"Rolle\" in exports/a.csv; nearest: \"Role\""},
		{study.Names{"Nothing like it", "nor this"}, -1, "b.yaml:3: item \"x\": no column \"Nothing like it\" or \"nor this\" in exports/a.csv"},
	} {
		list := &diag.List{}
		got := newColumns(testColumns, list).find(tc.names, "item \"x\"", diag.Pos{File: "b.yaml", Line: 3})
		text := ""
		if found := list.Sorted(); len(found) > 0 {
			text = found[0].String()
		}
		if got != tc.want || text != tc.said {
			t.Errorf("%q: column %d, %q; want %d, %q", tc.names, got, text, tc.want, tc.said)
		}
	}
}

func TestMatchingColumns(t *testing.T) {
	c := newColumns(testColumns, &diag.List{})
	for pattern, want := range map[string][]star{
		"what STOPS you? - *": {{0, "lack of time"}, {1, "money or \"staff\""}},
		"Q1_*":                {{0, "1"}, {1, "2"}},
		"QID1_*":              {{0, "1"}, {1, "2"}},
		"*3":                  {{2, "qid"}, {4, "role"}},
		"Role*":               {{3, "2"}, {4, "3"}},
		"Nothing *":           nil,
	} {
		if d := cmp.Diff(want, c.matching(pattern), cmp.AllowUnexported(star{})); d != "" {
			t.Errorf("%q (-want +got):\n%s", pattern, d)
		}
	}
}
