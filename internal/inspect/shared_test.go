package inspect

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
)

// sharedExports is a folder of real exports that others have published. It lies
// beside the project and is no part of it.
const sharedExports = "../../../shared/exports"

// published is what the README of those exports says of one, and of a few columns
// of it: position, role, kind.
type published struct {
	platform, encoding      string
	bom                     bool
	headings, columns, rows int
	aside                   int
	cells                   []string
	problems                []string // codes
}

func TestPublishedExports(t *testing.T) {
	if _, err := os.Stat(sharedExports); err != nil {
		t.Skip("the real exports are not distributed with the project")
	}
	for name, want := range map[string]published{
		"qualtrics-datatable-minus99.csv": {platform: "qualtrics", encoding: "utf-8", headings: 3, columns: 373, rows: 100, aside: 100,
			cells: []string{"1 time date", "3 status single", "9 id text", "18 question scale", "30 question multiple", "25 question text"}},
		"qualtrics-insights.csv": {platform: "qualtrics", encoding: "utf-8", headings: 3, columns: 190, rows: 5, aside: 5, problems: []string{"duplicate-name"}},
		"qualtrics-legacy.csv":   {platform: "qualtrics", encoding: "utf-8", bom: true, headings: 2, columns: 190, rows: 5, aside: -1, cells: []string{"1 id text", "190 other empty"}},
		"qualtrics-negative-recodes.csv": {platform: "qualtrics", encoding: "utf-8", headings: 3, columns: 49, rows: 15, aside: 15,
			cells: []string{"12 question scale", "16 question multiple", "20 question scale"}},
		"surveymonkey-expanded-midwest.csv": {platform: "surveymonkey", encoding: "utf-8", headings: 2, columns: 53, rows: 2778,
			cells: []string{"1 id number", "2 question text", "3 question scale", "7 question multiple", "27 personal number", "28 question single", "30 question empty"}},
		"surveymonkey-sleeping-alone.csv": {platform: "surveymonkey", encoding: "windows-1252", headings: 2, columns: 31, rows: 1093,
			cells: []string{"1 time date", "3 question single", "5 question scale", "7 question text", "10 question multiple", "22 question scale", "26 question text", "28 question single"}},
		"surveymonkey-cleaned-macroman.csv": {platform: "surveymonkey", encoding: "macintosh", headings: 1, columns: 48, rows: 1373,
			cells: []string{"3 question scale", "4 question scale", "43 question scale", "44 question single", "45 question single"}},
		"surveymonkey-cleaned-flying.csv": {platform: "surveymonkey", encoding: "utf-8", headings: 1, columns: 27, rows: 1040, problems: []string{"two-wordings"},
			cells: []string{"2 question scale", "4 question single", "9 question scale", "14 question single"}},
		"jisc-coded.csv": {platform: "jisc", encoding: "utf-8", headings: 1, columns: 378, rows: 68, problems: []string{"two-ticks"},
			cells: []string{"1 id text", "2 question single", "10 question multiple", "26 question empty", "47 question scale", "328 question scale"}},
		"limesurvey.xlsx": {platform: "limesurvey", headings: 1, columns: 227, rows: 257, problems: []string{"unfinished"}, cells: []string{"1 id number", "2 time date", "16 question multiple"}},
		"redcap-checkboxes-1-data.csv": {platform: "redcap", encoding: "utf-8", headings: 1, columns: 13, rows: 4,
			cells: []string{"1 id number", "2 status single", "3 question multiple", "12 question text"}},
		"redcap-decimal-comma-and-dot-data.csv": {platform: "redcap", encoding: "utf-8", headings: 1, columns: 9, rows: 4, problems: []string{"decimal-comma"},
			cells: []string{"2 personal text", "3 question number", "4 question number"}},
		"redcap-repeating-instruments-data.csv": {platform: "redcap", encoding: "utf-8", headings: 1, columns: 15, rows: 6, problems: []string{"repeating-instruments"}},
		"likert-bfi.csv":                        {platform: "generic", encoding: "utf-8", headings: 1, columns: 29, rows: 2800, cells: []string{"1 id number", "2 question scale", "26 question scale", "27 question single", "29 question number"}},
		"jisc-key.csv":                          {columns: 2, rows: -1, problems: []string{"not-an-export"}},
		"redcap-checkboxes-1-dictionary.csv":    {columns: 18, rows: -1, problems: []string{"not-an-export"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(sharedExports, name)
			if _, err := os.Stat(path); err != nil {
				t.Skip("this real export is not there")
			}
			want.hold(t, reportOf(t, path, Options{Jobs: 2}))
			if want.rows >= 0 {
				saysNoText(t, path)
			}
		})
	}
}

func (want published) hold(t *testing.T, r *Report) {
	for _, code := range want.problems {
		if !coded(r.Problems, code) {
			t.Errorf("%s is not said: %v", code, r.Problems)
		}
	}
	var cells []string
	for _, c := range want.cells {
		var position int
		fmt.Sscan(c, &position)
		col := r.Columns[position-1]
		cells = append(cells, fmt.Sprintf("%d %s %s", position, col.Role, col.Kind))
	}
	got := published{r.Platform, r.Encoding, r.BOM, r.HeaderRows, len(r.Columns), r.Rows, r.SetAside.Total(), cells, want.problems}
	if want.aside < 0 {
		got.aside = want.aside
	}
	if want.rows < 0 {
		got = published{columns: got.columns, rows: want.rows, problems: want.problems}
	}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(published{})); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if r.Respondents != r.Rows-r.SetAside.Total() {
		t.Errorf("%d respondents of %d rows", r.Respondents, r.Rows)
	}
}

// saysNoText looks for the cells of text and personal columns in what is said.
func saysNoText(t *testing.T, path string) {
	r := reportOf(t, path, Options{Jobs: 2})
	text, err := json.Marshal(r.Record())
	if err != nil {
		t.Fatal(err)
	}
	out, headings := fold.String(unescaped(string(text))), map[string]bool{}
	for _, c := range r.Columns {
		headings[fold.String(c.Code)], headings[fold.String(c.Text)], headings[fold.String(c.Option)] = true, true, true
	}
	f, problems := export.Open(path, r.File, export.Options{Anyway: true})
	if f == nil {
		t.Fatal(problems)
	}
	defer f.Close()
	searched := 0
	for {
		c, err := f.Next()
		if err != nil {
			break
		}
		c.Scan(func(row *export.Row) {
			for i, col := range r.Columns {
				cell := fold.String(string(row.Field(i)))
				if col.Kind != Text && col.Role != export.RolePersonal || len(cell) < 12 || headings[cell] {
					continue
				}
				if searched++; strings.Contains(out, cell) && !inHeading(headings, cell) {
					t.Errorf("column %d: %q is said", col.Position, cell)
				}
			}
		})
		c.Release()
	}
	t.Logf("searched for %d texts", searched)
}

func inHeading(headings map[string]bool, cell string) bool {
	for h := range headings {
		if strings.Contains(h, cell) {
			return true
		}
	}
	return false
}

func unescaped(text string) string {
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&", `\"`, `"`, `\n`, "\n").Replace(text)
}
