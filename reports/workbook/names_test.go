package workbook

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNames(t *testing.T) {
	n := newNames("Cover")
	var got []string
	long := strings.Repeat("gap-", 10)
	for _, id := range []string{"gaps", "Gaps", "cover", "2020", "a/b: [c]?", "", "…", long, long, "held-back-by-staff-group-setting-rdforum", "held-back-by-staff-group-setting-rcp", strings.Repeat("x", 40)} {
		got = append(got, n.take(id))
	}
	want := []string{"gaps", "Gaps_2", "cover_2", "table_2020", "a_b_c", "table", "table_2", "gap_gap_gap_gap_gap_g_g_g_g_gap", "gap_gap_gap_gap_g_g_g_g_g_gap_2",
		"held_back_by_staff_gr_s_rdforum", "held_back_by_staff_group_se_rcp", strings.Repeat("x", 31)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func TestHeaders(t *testing.T) {
	got := headers([]string{"Base", "base", " ", "Gap\n(points)", "Base", strings.Repeat("x", 300)})
	want := []string{"Base", "base (2)", "Column 3", "Gap (points)", "Base (3)", strings.Repeat("x", 240)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
}

func TestNotebook(t *testing.T) {
	n := &notebook{}
	got := []string{
		n.mark("first", []string{"One.", "Two", "One"}),
		n.mark("second", nil),
		n.mark("third", []string{"Three", "Two."}),
	}
	if diff := cmp.Diff([]string{"[note 1] [note 2]", "", "[note 3] [note 2]"}, got); diff != "" {
		t.Errorf("markers (-want +got):\n%s", diff)
	}
	want := [][]cell{
		{words("[note 1]"), words("One."), words("first")},
		{words("[note 2]"), words("Two."), words("first, third")},
		{words("[note 3]"), words("Three."), words("third")},
	}
	if diff := cmp.Diff(want, n.sheet().table.rows, cmp.AllowUnexported(cell{}), cmp.Comparer(func(a, b cell) bool { return a == b })); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"  a\tb\r\nc ": "a b  c",
		"a\x00\x1bb":   "ab",
		"a\xffb\ufffe": "ab",
		"é\u200f🙂":     "é\u200f🙂",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWrapped(t *testing.T) {
	for _, tc := range []struct {
		text  string
		width float64
		kind  kind
		want  int
	}{
		{"", 20, body, 1},
		{"Wave", 16, header, 1},
		{"This worksheet contains one table.", 50, body, 1},
		{"This table contains notes, which can be found in the Notes worksheet.", 50, body, 2},
		{"Will minus capacity by staff group [note 1] [note 2]", 50, title, 2},
		{strings.Repeat("o", 100), 20, body, 6},
	} {
		if got := wrapped(tc.text, tc.width, tc.kind); got != tc.want {
			t.Errorf("%q in %g takes %d lines, want %d", tc.text, tc.width, got, tc.want)
		}
	}
	if got := height([]cell{{text: strings.Repeat("word ", 2000)}}, []float64{20}, body); got != maxHeight {
		t.Errorf("height = %g, want %d", got, maxHeight)
	}
}
