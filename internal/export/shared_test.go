package export

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sharedExports is a folder of real exports that others have published. It lies
// beside the project and is no part of it.
const sharedExports = "../../../shared/exports"

// facts of a file: encoding, byte order mark, platform, headings, columns, rows,
// records, and the rows that the platform's own status sets aside.
type facts struct {
	Encoding                          string
	BOM                               bool
	Platform                          string
	Headings, Columns, Rows, SetAside int
}

func TestSharedExports(t *testing.T) {
	tests := map[string]facts{
		"qualtrics-datatable-minus99.csv":       {"utf-8", false, "qualtrics", 3, 373, 100, 100},
		"qualtrics-insights.csv":                {"utf-8", false, "qualtrics", 3, 190, 5, 5},
		"qualtrics-legacy.csv":                  {"utf-8", true, "qualtrics", 2, 190, 5, 0},
		"qualtrics-negative-recodes.csv":        {"utf-8", false, "qualtrics", 3, 49, 15, 15},
		"surveymonkey-expanded-midwest.csv":     {"utf-8", false, "surveymonkey", 2, 53, 2778, 0},
		"surveymonkey-sleeping-alone.csv":       {"windows-1252", false, "surveymonkey", 2, 31, 1093, 0},
		"surveymonkey-cleaned-macroman.csv":     {"macintosh", false, "surveymonkey", 1, 48, 1373, 0},
		"surveymonkey-cleaned-flying.csv":       {"utf-8", false, "surveymonkey", 1, 27, 1040, 0},
		"likert-bfi.csv":                        {"utf-8", false, "generic", 1, 29, 2800, 0},
		"limesurvey.xlsx":                       {"", false, "limesurvey", 1, 227, 257, 0},
		"jisc-coded.csv":                        {"utf-8", false, "jisc", 1, 378, 68, 0},
		"redcap-checkboxes-1-data.csv":          {"utf-8", false, "redcap", 1, 13, 4, 0},
		"redcap-decimal-comma-and-dot-data.csv": {"utf-8", false, "redcap", 1, 9, 4, 0},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			f, problems := Open(realExport(t, name), name, Options{})
			if f == nil {
				t.Fatal(problems)
			}
			all := readAll(t, f)
			got := facts{f.Encoding, f.BOM, f.Platform, f.HeaderRows, len(f.Columns), len(all.rows), setAside(f, all)}
			if name == "qualtrics-legacy.csv" {
				got.SetAside = 0 // its README does not say
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
			if all.codes != nil || all.records != want.Headings+want.Rows {
				t.Errorf("%d records, problems %v", all.records, all.codes)
			}
		})
	}
}

// realExport is the path of a real export; the test is skipped where it is not there.
func realExport(t *testing.T, name string) string {
	path := filepath.Join(sharedExports, name)
	if _, err := os.Stat(path); err != nil {
		t.Skip("the real exports are not distributed with the project")
	}
	return path
}

// What is beside real exports, and what they hold several rows for one person of,
// is told and refused.
func TestSharedRefused(t *testing.T) {
	tests := map[string]fact{
		"jisc-key.csv":                                csvFact("jisc", "key", 0, 2, 616, 0).notAnExport(),
		"redcap-checkboxes-1-dictionary.csv":          csvFact("redcap", "data dictionary", 1, 18, 4, 0).notAnExport(),
		"redcap-decimal-comma-and-dot-dictionary.csv": csvFact("redcap", "data dictionary", 1, 18, 8, 0).notAnExport(),
		"redcap-repeating-instruments-dictionary.csv": csvFact("redcap", "data dictionary", 1, 18, 11, 0).notAnExport(),
		"redcap-repeating-instruments-data.csv":       csvFact("redcap", "raw, with its dictionary", 1, 15, 6, 0).saying("repeating-instruments"),
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			path := realExport(t, name)
			if d := cmp.Diff(want, factOf(t, path)); d != "" {
				t.Error(d)
			}
			if f, _ := Open(path, name, Options{}); f != nil {
				f.Close()
				t.Error("opened")
			}
		})
	}
}

// The scale points of a Likert grid in a real coded export stand in columns of
// their own: each row is a fold, and its key has the words. In some responses, two
// points of one row are ticked.
func TestSharedGrid(t *testing.T) {
	f, problems := Open(realExport(t, "jisc-coded.csv"), "jisc-coded.csv", Options{})
	if f == nil {
		t.Fatal(problems)
	}
	defer f.Close()
	if d := cmp.Diff([]string{"jisc-key.csv"}, f.Beside); d != "" {
		t.Error(d)
	}
	at := slices.IndexFunc(f.Folds, func(f Fold) bool { return f.Code == "Q54_1" })
	if at < 0 {
		t.Fatal(foldsOf(f.Layout))
	}
	got := map[string]int{}
	for {
		c, err := f.Next()
		if err != nil {
			break
		}
		c.Scan(func(r *Row) { got[string(r.Field(len(f.Columns)+at))]++ })
	}
	want := map[string]int{"strongly agree": 13, "agree": 19, "disagree": 13, "strongly disagree": 8, "": 9, string(TwoTicks): 6}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// A single-choice question of SurveyMonkey's expanded exports is one-hot in all of
// a real one's 2,778 rows.
func TestSharedExpanded(t *testing.T) {
	f, problems := Open(realExport(t, "surveymonkey-expanded-midwest.csv"), "midwest.csv", Options{})
	if f == nil {
		t.Fatal(problems)
	}
	defer f.Close()
	twice := map[string]int{}
	for {
		c, err := f.Next()
		if err != nil {
			break
		}
		c.Scan(func(r *Row) {
			for i, fold := range f.Folds {
				if bytes.Equal(r.Field(len(f.Columns)+i), TwoTicks) {
					twice[fold.Text]++
				}
			}
		})
	}
	for _, fold := range f.Folds {
		if fold.Single != (twice[fold.Text] == 0) {
			t.Errorf("%q: single %t, ticked twice in %d rows", fold.Text, fold.Single, twice[fold.Text])
		}
	}
	if len(f.Folds) != 7 || len(twice) != 1 {
		t.Errorf("%d folds, ticked twice: %v", len(f.Folds), twice)
	}
}

func setAside(f *File, all content) int {
	n := 0
	for _, row := range all.rows {
		if f.Status != nil && f.Status.Reasons[row[f.Status.Column]] != "" {
			n++
		}
	}
	return n
}
