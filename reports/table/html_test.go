package table

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/reports"
)

var htmlCell = regexp.MustCompile(`<(th|td)( scope="(col|row)")? style="[^"]*text-align:(left|right)[^"]*">([^<]*)</`)

// Each table of a release has its page, which holds the table and nothing that
// reaches out of it: one caption, a scope on every header, no script, no link.
func TestPages(t *testing.T) {
	r := disclosetest.Release(t)
	all := files(t, r)
	for _, x := range reports.Tables(r) {
		page := string(all["tables/"+x.ID+".html"])
		if strings.Count(page, "<caption") != 1 || strings.Count(page, "<table") != 1 || !strings.Contains(page, html.EscapeString(x.Title)) {
			t.Errorf("%s: not one table with its title", x.ID)
		}
		for _, foreign := range []string{"<script", "<link", "<img", "<style", "<a ", "src=", "href=", "class=", "http:", "https:"} {
			if strings.Contains(page, foreign) {
				t.Errorf("%s holds %s", x.ID, foreign)
			}
		}
		var column, row, plain int
		for _, c := range htmlCell.FindAllStringSubmatch(page, -1) {
			switch {
			case c[3] == "col":
				column++
			case c[3] == "row":
				row++
			case c[1] == "td":
				plain++
			}
			if c[5] == "" {
				t.Errorf("%s has an empty cell", x.ID)
			}
		}
		if column != len(x.Columns) || row != len(x.Rows) || plain != len(x.Rows)*(len(x.Columns)-1) {
			t.Errorf("%s: %d headers of columns, %d of rows, %d cells; want %d by %d", x.ID, column, row, plain, len(x.Columns), len(x.Rows))
		}
		if !strings.Contains(page, "Made-up data.") || !strings.Contains(page, "Source: NHS R&amp;D Forum") || !strings.Contains(page, r.ID()) {
			t.Errorf("%s has no notice or no source", x.ID)
		}
	}
}

// What is written of a table of every kind of cell, made up.
func TestPageCells(t *testing.T) {
	n := func(f float64) reports.Cell { return reports.Cell{Number: number.Of(f)} }
	made := reports.Table{
		ID: "made", Title: "Gap < 0 & more", Summary: "Points.", Notes: []string{"A note."},
		Columns: []reports.Column{{ID: "group", Title: "Group"}, {ID: "gap", Title: "Gap (points)", Numeric: true, Places: 1, Signed: true}, {ID: "base", Title: "Base", Numeric: true}, {ID: "notes", Title: "Notes"}},
		Rows: [][]reports.Cell{
			{{Text: "<script>alert(1)</script>"}, n(3.25), n(1204), {Text: "None"}},
			{{Text: "=cmd()"}, n(-4), n(24), {Text: "[u]"}},
			{{Text: "+44"}, {Code: "c"}, {Code: "c"}, {Text: "None"}},
		},
	}
	page, err := tableHTML(disclosetest.Release(t), made)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range htmlCell.FindAllStringSubmatch(string(page), -1) {
		got = append(got, c[1]+" "+c[3]+" "+c[4]+" "+html.UnescapeString(c[5]))
	}
	want := []string{
		"th col left Group", "th col right Gap (points)", "th col right Base", "th col left Notes",
		"th row left <script>alert(1)</script>", "td  right +3.2", "td  right 1,204", "td  left None",
		"th row left '=cmd()", "td  right −4.0", "td  right 24", "td  left [u]",
		"th row left '+44", "td  right [c]", "td  right [c]", "td  left None",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	for _, words := range []string{"<b>Gap &lt; 0 &amp; more</b><br>Points.", ">A note.<", "[c] " + reports.Code("c"), "[u] low reliability"} {
		if !strings.Contains(string(page), words) {
			t.Errorf("the page lacks %q", words)
		}
	}
}
