package normalise

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const duplicatesBook = "version: 1\nid: ID\ncompleted: End\nitems: {want: {column: Q1}}\n"

func TestDuplicates(t *testing.T) {
	head := "ID,End,Q1"
	for _, tc := range []struct {
		name, book string
		files      []string
		aside      []string
		reads      int
	}{
		{"the last by completion stays", duplicatesBook,
			[]string{lines(head, "1,2024-01-02,Agree", "1,2024-01-03,Neither", "1,2024-01-01,Disagree", "2,2024-01-01,Agree")},
			[]string{"a.csv 2: duplicate", "a.csv 4: duplicate"}, 2},
		{"ties go by file order", duplicatesBook,
			[]string{lines(head, "1,2024-01-02,Agree", "1,2024-01-02,Neither", "1,,Disagree")},
			[]string{"a.csv 2: duplicate", "a.csv 4: duplicate"}, 2},
		{"without times the last row stays", "version: 1\nid: ID\nitems: {want: {column: Q1}}\n",
			[]string{lines(head, "1,2024-01-03,Agree", "1,2024-01-02,Neither")},
			[]string{"a.csv 2: duplicate"}, 2},
		{"across files of one wave", duplicatesBook,
			[]string{lines(head, "1,2024-01-02,Agree", "2,2024-01-05,Agree"), lines(head, "2,2024-01-04,Neither", "1,2024-01-02,Disagree")},
			[]string{"a.csv 2: duplicate", "b.csv 2: duplicate"}, 2},
		{"kept where the codebook says so", "duplicates: keep\n" + duplicatesBook,
			[]string{lines(head, "1,2024-01-02,Agree", "1,2024-01-03,Neither")}, nil, 1},
		{"rows set aside for another reason are nobody's duplicates", "keep: {End: [\"2024-01-01\"]}\n" + duplicatesBook,
			[]string{lines(head, "1,2024-01-01,Agree", "1,2024-01-03,Neither")},
			[]string{"a.csv 3: screened_out"}, 1},
		{"space around an id is none of it", duplicatesBook,
			[]string{lines(head, "1,2024-01-01,Agree", "\" 1\u00a0\",2024-01-03,Neither")},
			[]string{"a.csv 2: duplicate"}, 2},
		{"ids that are none repeat", duplicatesBook,
			[]string{lines(head, "1,2024-01-01,Agree", "01,2024-01-03,Neither", "A,2024-01-03,Neither", "a,2024-01-03,Neither")}, nil, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l := load(t, testFramework, tc.book, tc.files...).quiet(t)
			if d := cmp.Diff(tc.aside, l.asideReasons()); d != "" {
				t.Errorf("set aside (-want +got):\n%s", d)
			}
			if l.reads != tc.reads {
				t.Errorf("read %d times, want %d", l.reads, tc.reads)
			}
		})
	}
}

// Respondents without an id are told apart by their place, and counted.
func TestNoID(t *testing.T) {
	l := load(t, testFramework, duplicatesBook, lines("ID,End,Q1", ",2024-01-01,Agree", " ,2024-01-01,Agree"))
	if len(l.rows) != 2 || l.rows[0].ID == l.rows[1].ID {
		t.Errorf("rows %v", l.rows)
	}
	if want := "exports/a.csv, column \"ID\": warning: no id in 2 rows (rows 2, 3)\n"; said(l.diags) != want {
		t.Errorf("said %q", said(l.diags))
	}
}

// Marks, dates and duplicates that are learned in one wave take three readings,
// and no more.
func TestReadingSettles(t *testing.T) {
	book := lines("version: 1", "id: ID", "completed: End", "missing: {\"-99\": seen_unanswered}", "items: {want: {column: Q1}, worth: {column: Q2}}")
	l := load(t, testFramework, book, lines("ID,End,Q1,Q2", "1,05/01/2024,Agree,", "1,04/30/2024,-99,Agree", "1,02/09/2024,Disagree,-99")).quiet(t)
	if l.reads != 3 {
		t.Errorf("read %d times, want 3", l.reads)
	}
	if d := cmp.Diff([]string{"a.csv 3: duplicate", "a.csv 4: duplicate"}, l.asideReasons()); d != "" {
		t.Error(d)
	}
	if got := l.rows[0].Items["worth"]; got != "not_shown" {
		t.Errorf("a blank of a file with marks is %q", got)
	}
}
