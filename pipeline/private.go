package pipeline

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"time"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/publish"
	"github.com/caregap/caregap/reports"
	"github.com/caregap/caregap/reports/table"
)

// private makes the tables of private/ beside the respondents.
func (r *run) private(release *disclose.Release, estimates *estimate.Table, audit *disclose.Audit) ([]reports.File, error) {
	full, err := table.EstimatesCSV(fullRows(release, estimates, audit))
	if err != nil {
		return nil, err
	}
	return []reports.File{
		{Name: "estimates.csv", Data: full},
		{Name: "disclosure.csv", Data: r.auditCSV(estimates, audit)},
		{Name: "set-aside.csv", Data: r.setAsideCSV()},
		{Name: "quality.csv", Data: r.qualityCSV()},
		{Name: "quality.html", Data: r.qualityHTML()},
	}, nil
}

// closing makes what tells of the run as a whole, once all else is made.
func (r *run) closing(release *disclose.Release, started time.Time) ([]reports.File, error) {
	manifest, err := publish.EncodeManifest(publish.PrivateManifest{Manifest: r.manifest(release), KeyID: r.keyID, Started: started, Finished: now()})
	if err != nil {
		return nil, err
	}
	return []reports.File{{Name: "run.log", Data: r.logText(started)}, {Name: "manifest.json", Data: manifest}}, nil
}

// fullRows are the rows in full precision, with the status and flags they have in
// public.
func fullRows(release *disclose.Release, t *estimate.Table, audit *disclose.Audit) []table.EstimateRow {
	out := make([]table.EstimateRow, len(t.Rows))
	for i := range t.Rows {
		r := &t.Rows[i]
		status := r.Status
		if audit.Rules[i] != disclose.RuleNone {
			status = disclose.Confidential
		}
		flags := r.Flags
		if public, ok := release.Find(r.Key); ok && public.Shown() {
			flags = public.Flags
		}
		base := ""
		if r.Survey != estimate.Average && (r.Status == "" || r.Status != status) {
			base = strconv.Itoa(r.Base) // 0 where public/ does not say that nobody answered
		}
		out[i] = table.EstimateRow{
			Measure: r.Measure, Statistic: r.Statistic, Level: r.Level, Survey: r.Survey, Wave: r.Wave, Breakdown: r.Breakdown, Category: r.Category,
			Contrast: r.Contrast, Versus: r.Versus, Unit: r.Unit, Estimate: r.Estimate.Full(), SE: r.SE.Full(), Lower: r.Lower.Full(), Upper: r.Upper.Full(), Base: base,
			EffectiveBase: r.EffectiveBase.Full(), Deff: r.Deff.Full(), DF: r.DF.Full(), PValue: r.PValue.Full(), PAdjusted: audit.PAdjusted[i].Full(),
			Definition: r.Definition, BaseRule: r.BaseRule, Status: status, Flags: flags,
		}
	}
	return out
}

// records writes a CSV table. Texts that a spreadsheet would run are made safe.
func records(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, row := range rows {
		for i, cell := range row {
			row[i] = table.Safe(cell)
		}
		_ = w.Write(row) // a bytes.Buffer takes everything
	}
	w.Flush()
	return b.Bytes()
}

// auditCSV says of each hidden number which rule hides it and, of what is protected,
// the least and the most that it may be for all that is published.
func (r *run) auditCSV(t *estimate.Table, audit *disclose.Audit) []byte {
	rows := [][]string{{"measure", "statistic", "level", "survey", "wave", "breakdown", "category", "contrast", "versus", "rule", "base", "protects", "at_least", "at_most"}}
	for i := range t.Rows {
		if audit.Rules[i] == disclose.RuleNone {
			continue
		}
		k, protects, least, most := t.Rows[i].Key, "", "", ""
		if x := audit.Intervals[i]; x.What != "" {
			protects, least, most = x.What, strconv.Itoa(x.Lo), strconv.Itoa(x.Hi)
		}
		rows = append(rows, []string{k.Measure, k.Statistic, k.Level, k.Survey, k.Wave, k.Breakdown, k.Category, k.Contrast, k.Versus, audit.Rules[i].String(), strconv.Itoa(t.Rows[i].Base), protects, least, most})
	}
	return records(rows)
}

func (r *run) setAsideCSV() []byte {
	rows := [][]string{{"survey", "wave", "file", "row", "reason"}}
	for _, s := range r.waves {
		for _, a := range s.result.SetAside {
			rows = append(rows, []string{s.survey.ID, s.wave.ID, a.File, strconv.Itoa(a.Row), a.Reason})
		}
	}
	return records(rows)
}

// qualityRows is the account of rows and values: what quality.csv and
// quality.html show. The texts that nothing declares are here and nowhere else.
func (r *run) qualityRows() [][]string {
	rows := [][]string{{"survey", "wave", "file", "column", "what", "detail", "count"}}
	for _, s := range r.waves {
		for _, l := range s.result.Ledgers {
			add := func(column, what, detail string, n int) {
				rows = append(rows, []string{l.Survey, l.Wave, l.File, column, what, detail, strconv.Itoa(n)})
			}
			add("", "rows in the file", "", l.Rows)
			for _, a := range l.SetAside {
				add("", "set aside", a.Reason, a.Count)
			}
			add("", "respondents", "", l.Respondents)
			for _, x := range l.Rejected {
				add(x.Column, "rejected", x.Reason, x.Count)
			}
		}
		rows = append(rows, s.rakingRows()...)
		for _, x := range s.result.Rejected {
			rows = append(rows, []string{s.survey.ID, s.wave.ID, x.File, x.Column, "answer that nothing declares", x.Text, strconv.Itoa(x.Count)})
		}
	}
	return rows
}

// rakingRows are the respondents behind a wave's weights.
func (s *waveSink) rakingRows() [][]string {
	k := s.result.Raking
	if k == nil {
		return nil
	}
	weights, _ := s.study.Weights.Get(s.survey.ID)
	var rows [][]string
	add := func(column, what, detail string, n int) {
		rows = append(rows, []string{s.survey.ID, s.wave.ID, weights.File, column, what, detail, strconv.Itoa(n)})
	}
	for _, c := range k.Margins {
		if c.Missing {
			add(c.Variable, "weighted: respondents without a category", "", c.Respondents)
			continue
		}
		add(c.Variable, "weighted: respondents in a category", c.Category, c.Respondents)
	}
	add("", "weighted: respondents at the lower bound", "", k.AtLower)
	add("", "weighted: respondents at the upper bound", "", k.AtUpper)
	return rows
}

func (r *run) qualityCSV() []byte { return records(r.qualityRows()) }

func (r *run) qualityHTML() []byte {
	var b bytes.Buffer
	if err := qualityPage.Execute(&b, struct {
		Title, Notice string
		Rows          [][]string
	}{r.study.Title, r.study.Notice, r.qualityRows()}); err != nil {
		panic("pipeline: " + err.Error()) // the template is ours and takes any text
	}
	return b.Bytes()
}

// logText is the run's own log: what was read and what came of it.
func (r *run) logText(started time.Time) []byte {
	var b bytes.Buffer
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("%s caregap %s, study %s, release %s", started.Format(time.RFC3339), r.Version, r.study.ID, r.release.ID)
	for _, s := range r.waves {
		for _, l := range s.result.Ledgers {
			say("%s %s %s: %d rows, %d respondents", l.Survey, l.Wave, l.File, l.Rows, l.Respondents)
		}
	}
	for _, d := range r.diags.Sorted() {
		say("%s", d)
	}
	say("%d numbers published, %d confidential", r.release.Published, r.release.Suppressed)
	return b.Bytes()
}

// weights says what the weights of each wave do.
func (r *run) weights() []disclose.WeightSummary {
	var out []disclose.WeightSummary
	for _, s := range r.waves {
		sum := disclose.WeightSummary{Survey: s.survey.ID, Wave: s.wave.ID, Source: "none"}
		_, raked := r.study.Weights.Get(s.survey.ID)
		if raked || len(s.wave.Codebook.Design.Weight) > 0 {
			d := s.moments.Weights.Describe()
			sum.Source = "design"
			if raked {
				sum.Source = "raked"
			}
			sum.KishEffect, sum.EffectiveBase = d.Effect.Round(2), d.EffectiveBase.Round(0)
			sum.MinOverMean, sum.MaxOverMean = d.Least.Round(2), d.Most.Round(2)
		}
		out = append(out, sum)
	}
	return out
}

// rakings say how the waves' weights were made to match a population.
func (r *run) rakings() []disclose.Raking {
	var out []disclose.Raking
	for _, s := range r.waves {
		if k := s.result.Raking; k != nil {
			out = append(out, disclose.Raking{Survey: s.survey.ID, Wave: s.wave.ID, Margins: k.Margins, AtLower: k.AtLower, AtUpper: k.AtUpper})
		}
	}
	return out
}
