package reports_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

func bannerOf(t *testing.T, r *disclose.Release, id string) reports.Table {
	t.Helper()
	tables := reports.Tables(r)
	i := slices.IndexFunc(tables, func(x reports.Table) bool { return x.ID == id })
	if i < 0 {
		t.Fatalf("no table %s", id)
	}
	return tables[i]
}

// Questions down, groups across, and below each question its two bases; of what
// could be ticked, below all the answers. A hidden group's are hidden, and so are
// the weighted bases of its neighbours.
func TestBanner(t *testing.T) {
	r := disclosetest.Release(t)
	table := bannerOf(t, r, reports.BannerTable("staff_group", "rcp"))
	var ids []string
	for _, c := range table.Columns {
		ids = append(ids, c.ID)
	}
	if diff := cmp.Diff(strings.Fields("about question figure group_all group_medical group_nursing group_ahp group_pharmacy group_scientists notes"), ids); diff != "" {
		t.Error(diff)
	}
	if !table.FilesOnly || table.Section != reports.SectionQuestions {
		t.Errorf("the table is of section %s, files only %t", table.Section, table.FilesOnly)
	}
	var figures []string
	for _, row := range table.Rows {
		if row[0].Text == "Will" || strings.HasPrefix(row[0].Text, "What") {
			figures = append(figures, row[2].Text)
		}
	}
	question := []string{"Positive (percent)", "Base (respondents)", "Weighted base"}
	want := slices.Concat(question, question, slices.Repeat([]string{"Ticked (percent)"}, 4), question[1:])
	if diff := cmp.Diff(want, figures); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	first := func(row int) string {
		var out []string
		for i, c := range table.Rows[row][3:] {
			out = append(out, c.String(table.Columns[3+i].Places))
		}
		return strings.Join(out, " ")
	}
	everyone, _ := r.Find(disclose.Key{Measure: "want_more", Statistic: "share", Level: "positive", Survey: "rcp", Wave: "2023"})
	if got := first(0); !strings.HasPrefix(got, everyone.Estimate.Fixed(1)+" ") || strings.Count(got, "[c]") != 2 {
		t.Errorf("positive answers are %s", got)
	}
	if got := first(1); got != "600 310 180 95 [c] [c] None" {
		t.Errorf("bases are %s", got)
	}
	if got := first(2); got != "636 [c] [c] [c] [c] [c] None" {
		t.Errorf("weighted bases are %s", got)
	}
}

func TestBannerWithoutHoles(t *testing.T) {
	table := bannerOf(t, disclosetest.Release(t), reports.BannerTable("setting", "rcp"))
	var got []string
	for _, row := range table.Rows[1:3] {
		for i, c := range row[3:6] {
			got = append(got, c.String(table.Columns[3+i].Places))
		}
	}
	if diff := cmp.Diff(strings.Fields("600 310 180 636 320 183"), got); diff != "" {
		t.Error(diff)
	}
}

// A breakdown by organisation, or by more groups than can be read side by side,
// has no banner; neither has a question that the wave did not ask.
func TestNoBanner(t *testing.T) {
	s := disclosetest.Study()
	setting := &s.Framework.Variables[1].Value
	for i := range 24 {
		setting.Categories = append(setting.Categories, study.Entry[string]{ID: fmt.Sprintf("more%d", i), Value: fmt.Sprintf("More %d", i)})
	}
	s.Framework.Variables[0].Value.Organisation = true
	for _, x := range reports.Tables(disclosetest.Of(t, s)) {
		if strings.HasPrefix(x.ID, "banner-") {
			t.Errorf("there is a table %s", x.ID)
		}
	}
	table := bannerOf(t, disclosetest.Release(t), reports.BannerTable("staff_group", "crn"))
	for _, row := range table.Rows {
		if strings.HasPrefix(row[1].Text, "Is supported") {
			t.Error("a question that was not asked is in the banner")
		}
	}
}
