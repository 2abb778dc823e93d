package export

import (
	"io/fs"
	"os"
	"path/filepath"
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
	if _, err := os.Stat(sharedExports); err != nil {
		t.Skip("the real exports are not distributed with the project")
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(sharedExports, name)
			if _, err := os.Stat(path); err != nil {
				if _, ok := err.(*fs.PathError); ok {
					t.Skip("this real export is not there")
				}
			}
			f, problems := Open(path, name, Options{})
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

func setAside(f *File, all content) int {
	n := 0
	for _, row := range all.rows {
		if f.Status != nil && f.Status.Reasons[row[f.Status.Column]] != "" {
			n++
		}
	}
	return n
}
