package export

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/export/csvfile"
)

// readHead is the head of a made-up export as rows of cells.
func readHead(t *testing.T, name string) [][]string {
	t.Helper()
	rows := readRaw(filepath.Join(fixtures, name))
	if len(rows) == 0 {
		t.Fatalf("%s cannot be read", name)
	}
	return rows
}

// Platforms whose headings do not lean on the column before them.
var anyOrder = []string{
	"qualtrics-current.csv", "qualtrics-2016.csv", "qualtrics-legacy.csv", "qualtrics-names-only.csv", "surveymonkey-cleaned.csv", "jisc-coded.csv",
	"msforms-saved-as.csv", "googleforms.csv", "smartsurvey-one.csv", "limesurvey-codes.csv", "limesurvey-texts.csv", "redcap-raw.csv", "generic.csv",
}

// Titles, blank records and blank columns change nothing, nor does the order of
// columns: the same platform finds the same columns and the same responses.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.SampledFrom(anyOrder).Draw(rt, "export")
		rows := readHead(t, name)
		plain, _ := choose(Head{Format: "csv"}.saying(rows), "")
		want, _ := plain.Layout(plain.head)
		order := rapid.Permutation(indexes(len(rows[0]))).Draw(rt, "order")
		if slices.Contains([]string{"redcap", "generic"}, want.Platform) { // the first column is the id; few columns make no table under a title
			order = indexes(len(rows[0]))
		}
		lead := rapid.IntRange(0, 2).Draw(rt, "blank columns")
		width := lead + len(rows[0])
		titles := rapid.IntRange(0, 2).Draw(rt, "titles")
		var changed [][]string
		for range titles {
			title := make([]string, width)
			title[rapid.IntRange(0, width-1).Draw(rt, "where")] = "Staff survey"
			changed = append(changed, title)
		}
		for _, row := range rows {
			if rapid.Bool().Draw(rt, "blank record") {
				changed = append(changed, make([]string, width))
			}
			moved := make([]string, lead, width)
			for _, i := range order {
				cell := ""
				if i < len(row) {
					cell = row[i]
				}
				moved = append(moved, cell)
			}
			changed = append(changed, moved)
		}
		c, _ := choose(Head{Format: "csv"}.saying(changed), "")
		got, _ := c.Layout(c.head)
		if d := cmp.Diff([]any{want.Platform, want.Variant, want.HeaderRows, titles}, []any{got.Platform, got.Variant, got.HeaderRows, c.titles}); d != "" {
			rt.Fatalf("%s: %s", name, d)
		}
		personalQuestions(want.Columns)
		personalQuestions(got.Columns)
		before, after := codesOf(want.Columns), codesOf(got.Columns[lead:])
		if d := cmp.Diff(before, after); d != "" {
			rt.Fatalf("%s: %s", name, d)
		}
	})
}

func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// codesOf are the names and roles of columns in one order.
func codesOf(columns []Column) []string {
	var out []string
	for _, c := range columns {
		out = append(out, strings.Join([]string{c.Code, c.ID, string(c.Role)}, "|"))
	}
	slices.Sort(out)
	return out
}

// readRaw reads all records of a text file.
func readRaw(path string) [][]string {
	file, size, _, problem := openFile(path, path)
	if problem != nil {
		return nil
	}
	defer file.Close()
	r, err := csvfile.Open(file, size, csvfile.Options{CellBytes: 1 << 20, Columns: 1000, ChunkBytes: csvfile.ChunkBytes})
	if err != nil {
		return nil
	}
	return r.Head.Rows
}

// No head, however odd, stops the program; a layout has a column for each field
// of the headings, in order, and folds of columns that there are.
func TestAnyHead(t *testing.T) {
	cells := rapid.SampledFrom([]string{
		"", "", "", " ", "Respondent ID", "Response", "StartDate", "ResponseId", "V1", "V2", "ResponseID", "ResponseSet", `{"ImportId":"QID1","choiceId":"2"}`, `{"ImportId":`,
		"URN", "Q1", "Q2_1_a", "Q2_1_b", "Unique Response Number", "7. Title", "7.1. Row", "ID", "Start time", "Completion time", "Timestamp", "1/2/2024 10:00:00", "Grid [a]", "Grid [b]",
		"UserID", "UserNo", "Started", "Ended", "id", "submitdate", "lastpage", "q1[SQ001]", "q1[SQ002]", "record_id", "redcap_event_name", "race___1", "race___2", "form_complete",
		"Variable / Field Name", "Form Name", "variable", "description", "Total", "Base", "23%", "0.37", "Grand Total", "Answer Choices", "How? - Well", "How? - Badly", "How? - ", " - ", "-", "12", "Agree", "No",
	})
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cells, 0, 12), 1, 8).Draw(t, "rows")
		format := rapid.SampledFrom([]string{"csv", "xlsx"}).Draw(t, "format")
		h := Head{File: "a", Format: format}.saying(rows)
		if len(h.Rows) == 0 {
			return
		}
		f := &File{}
		layOut(f, h, Options{Platform: rapid.SampledFrom([]string{"", "", "surveymonkey", "qualtrics", "jisc", "smartsurvey", "generic"}).Draw(t, "platform")}.withDefaults())
		if f.HeaderRows < f.Titles || f.begins > len(rows) {
			t.Fatalf("%d headings, %d titles, responses from record %d", f.HeaderRows, f.Titles, f.begins)
		}
		for i, c := range f.Columns {
			if c.Position != i+1 {
				t.Fatalf("column %d at %d", i+1, c.Position)
			}
		}
		for i, fold := range f.Folds {
			if len(fold.Parts) < 2 || len(f.Read(len(f.Columns)+i)) != len(fold.Parts) {
				t.Fatalf("fold %+v", fold)
			}
		}
	})
}

func (o Options) withDefaults() Options {
	o.Limits = o.Limits.WithDefaults()
	return o
}
