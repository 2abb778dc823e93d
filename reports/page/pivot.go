package page

import (
	"iter"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// eachWave is the finding of every survey and wave, where there is more than one.
func (a *arranger) eachWave() []table {
	if len(reports.Waves(a.r.Study())) < 2 {
		return nil
	}
	return append(a.eachSurvey(), a.folded(reports.TableEachSurvey)...)
}

// eachSurvey is the finding of every survey and wave side by side: a line a
// wave, a column a share, each "57% (54 to 60)". The numbers with their limits
// in columns of their own are in the table it is made from.
func (a *arranger) eachSurvey() []table {
	i := slices.IndexFunc(a.tables, func(t reports.Table) bool { return t.ID == reports.TableEachSurvey })
	if i < 0 {
		return nil
	}
	long := a.tables[i]
	at := func(id string) int {
		return slices.IndexFunc(long.Columns, func(c reports.Column) bool { return c.ID == id })
	}
	survey, wave, group, percent := at("survey"), at("wave"), at("group"), at("percent")
	if min(survey, wave, group, percent) < 0 {
		return nil
	}
	out := table{ID: "in-each-survey", Drawn: true, Title: "The finding side by side", Summary: "Percent of respondents (" + reports.Level(a.r.Study()) + " interval).", Columns: []column{{Title: "Survey and wave"}}}
	var labels []string
	for _, row := range long.Rows {
		if label := row[group].Text; !slices.Contains(labels, label) {
			labels = append(labels, label)
			out.Columns = append(out.Columns, column{Title: short(label), Numeric: true})
		}
	}
	for rows := range runs(long.Rows, survey, wave) {
		line := make([]cell, len(labels)+1)
		line[0] = cell{Text: rows[0][survey].Text + " " + rows[0][wave].Text, Header: true}
		for _, row := range rows {
			line[1+slices.Index(labels, row[group].Text)] = cell{Text: withLimits(row[percent:]), Numeric: true}
		}
		out.Rows = append(out.Rows, line)
	}
	out.Notes, out.Sort = append(slices.Clone(long.Notes), long.CodeNotes()...), len(out.Rows) > 2
	return []table{out}
}

// mostAcross is how many waves stand side by side in a table that still can be
// printed.
const mostAcross = 12

// positives sets each question's positive share in every survey and wave side
// by side: a line a question, a column a wave. Of more waves than can stand so,
// each survey has a table of its own.
func (a *arranger) positives() []table {
	s := a.r.Study()
	waves := reports.Waves(s)
	if len(waves) < 2 {
		return nil
	}
	if len(waves) <= mostAcross {
		return []table{a.positiveIn("positive-in-each-survey", "Positive answers in each survey", waves, func(w reports.Wave) string { return reports.SurveyWave(s, w.Survey, w.Wave) })}
	}
	var out []table
	for _, v := range s.Surveys {
		own := slices.DeleteFunc(slices.Clone(waves), func(w reports.Wave) bool { return w.Survey != v.ID })
		out = append(out, a.positiveIn("positive-in-"+strings.ReplaceAll(v.ID, "_", "-"), "Positive answers in each wave: "+v.Title, own, func(w reports.Wave) string { return reports.WaveName(w.Wave) }))
	}
	return out
}

func (a *arranger) positiveIn(id, title string, waves []reports.Wave, name func(reports.Wave) string) table {
	s := a.r.Study()
	long := reports.Table{}
	out := table{ID: id, Drawn: true, Title: title, Summary: "Percent of respondents who chose a scored answer (" + reports.Level(s) + " interval).", Columns: []column{{Title: "Question"}}}
	for _, w := range waves {
		out.Columns = append(out.Columns, column{Title: name(w), Numeric: true})
	}
	for id := range s.Framework.Items.All() {
		line := []cell{{Text: reports.MeasureName(s, id), Header: true}}
		var codes []reports.Cell
		for _, w := range waves {
			row, ok := a.r.Find(disclose.Key{Measure: id, Statistic: "share", Level: "positive", Survey: w.Survey, Wave: w.Wave})
			if !ok {
				row.Status = disclose.NotApplicable
			}
			codes = append(codes, reports.Cell{Code: row.Status, Flag: row.Flags})
			line = append(line, cell{Text: shareOf(row), Numeric: true})
		}
		long.Rows, out.Rows = append(long.Rows, codes), append(out.Rows, line)
	}
	if note := reports.OpenNote(s, waves...); note != "" {
		out.Notes = append(out.Notes, note)
	}
	out.Notes, out.Sort = append(out.Notes, long.CodeNotes()...), true
	if len(waves) > 4 {
		out.Class = "many"
	}
	return out
}

// shareOf prints a share as "57% (54 to 60)". As no code stands beside a number,
// [u] stands for one of low reliability, whose numbers are in the table of the
// survey's questions.
func shareOf(row disclose.Row) string {
	switch {
	case !row.Shown():
		return "[" + row.Status + "]"
	case strings.Contains(row.Flags, "u"):
		return "[u]"
	}
	return reports.Percent(row.Estimate) + " (" + row.Lower.Fixed(0) + " to " + row.Upper.Fixed(0) + ")"
}

// runs yields the runs of rows that agree in two columns.
func runs(rows [][]reports.Cell, x, y int) iter.Seq[[][]reports.Cell] {
	return func(yield func([][]reports.Cell) bool) {
		for start := 0; start < len(rows); {
			end := start + 1
			for end < len(rows) && rows[end][x] == rows[start][x] && rows[end][y] == rows[start][y] {
				end++
			}
			if !yield(rows[start:end]) {
				return
			}
			start = end
		}
	}
}

// withLimits prints a share and the two cells after it as "57% (54 to 60)", or
// the code that stands for them.
func withLimits(cells []reports.Cell) string {
	switch {
	case len(cells) < 3 || cells[0].Code != "":
		return cells[0].String(0)
	case strings.Contains(cells[0].Flag, "u"):
		return "[u]"
	}
	return reports.Percent(cells[0].Number) + " (" + cells[1].Number.Fixed(0) + " to " + cells[2].Number.Fixed(0) + ")"
}

// short takes "All: " or "Of those: " off a label where a heading must be brief.
func short(label string) string {
	_, rest, found := strings.Cut(label, ": ")
	if !found {
		return label
	}
	if strings.HasPrefix(label, "Of those") {
		return "Of those: " + rest
	}
	return reports.Upper(rest)
}
