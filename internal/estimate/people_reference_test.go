package estimate_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// peopleCase is a case of testdata/oracle/people, which R made.
type peopleCase struct {
	Case                      string
	Weighted, Stratified, FPC bool
	Clustered                 []int // waves
	Role                      string
	Difference, Average       struct{ Estimate, SE, DF float64 }
}

// TestSharedPeopleAgreeWithR stacks waves, and surveys, in which people answered
// twice: svyby with covmat = TRUE and svycontrast, the person being the PSU.
func TestSharedPeopleAgreeWithR(t *testing.T) {
	folder := filepath.Join("..", "..", "testdata", "oracle", "people")
	var cases []peopleCase
	data, err := os.ReadFile(filepath.Join(folder, "people.json"))
	if err == nil {
		err = json.Unmarshal(data, &cases)
	}
	if err != nil || len(cases) < 21 {
		t.Fatal(err, len(cases))
	}
	rows := readRows(t, filepath.Join(folder, "people.csv"))
	for _, c := range cases {
		t.Run(c.Case+" "+c.Role, func(t *testing.T) {
			waves := newWorld([]string{"s"}, []string{"1", "2"})
			surveys := newWorld([]string{"s1", "s2", "s3"}, []string{"1"})
			surveys.study.SamePeople = []study.Names{{"s1", "s2", "s3"}}
			for i := range 3 {
				s := c.sample(rows, i+1, waves.study.Framework)
				surveys.put("s"+strconv.Itoa(i+1), "1", s)
				if i < 2 {
					waves.put("s", strconv.Itoa(i+1), s)
				}
			}
			k := &checker{t: t}
			d := c.find(t, waves, func(r estimate.Row) bool { return r.Contrast == "wave" })
			k.close("difference", d.Estimate, c.Difference.Estimate)
			k.close("its error", d.SE, c.Difference.SE)
			k.close("its df", d.DF, c.Difference.DF)
			d = c.find(t, surveys, func(r estimate.Row) bool { return r.Contrast == "survey" && r.Survey == "s2" })
			k.close("difference of surveys", d.Estimate, c.Difference.Estimate)
			k.close("its error", d.SE, c.Difference.SE)
			k.close("its df", d.DF, c.Difference.DF)
			a := c.find(t, surveys, func(r estimate.Row) bool { return r.Survey == estimate.Average })
			k.close("average", a.Estimate, c.Average.Estimate)
			k.close("its error", a.SE, c.Average.SE)
		})
	}
}

func (k *checker) close(what string, got number.Value, want float64) {
	k.t.Helper()
	k.near(what, got, &want, 1, 1e-9)
}

func readRows(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, record := range list[1:] {
		row := map[string]string{}
		for i, name := range list[0] {
			row[name] = record[i]
		}
		out = append(out, row)
	}
	return out
}

// sample is a wave of the data under the case's design. Of the study's items one
// is answered, of its variables one is known.
func (c peopleCase) sample(rows []map[string]string, wave int, f *study.Framework) measuretest.Sample {
	s := measuretest.Sample{Weighted: c.Weighted, Stratified: c.Stratified, FPC: c.FPC, Clustered: slices.Contains(c.Clustered, wave), Named: true}
	numberOf := func(text string) float64 { x, _ := strconv.ParseFloat(text, 64); return x }
	for _, row := range rows {
		if row["wave"] != strconv.Itoa(wave) {
			continue
		}
		x := measuretest.Respondent{Weight: 1, Stratum: row["stratum"], PSU: row["psu"], Person: row["person"], FPC: numberOf(row["fpc"]), Ticks: []int{0, 0}, Variables: []int{measuretest.Missing, 0}}
		if c.Weighted {
			x.Weight = numberOf(row["weight"])
		}
		if !c.Stratified {
			x.Stratum = ""
		}
		if row["role"] != "" {
			x.Variables[0] = slices.Index([]string{"a", "b", "c"}, row["role"])
		}
		for id := range f.Items.All() {
			answer := measuretest.Missing
			if id == "skill" && row["skill"] != "" {
				answer = int(numberOf(row["skill"])) - 1
			}
			x.Answers = append(x.Answers, answer)
		}
		s.Respondents = append(s.Respondents, x)
	}
	return s
}

func (c peopleCase) find(t *testing.T, w *world, is func(estimate.Row) bool) estimate.Row {
	t.Helper()
	rows, diags := w.estimate(t)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	for _, r := range rows {
		mean := r.Statistic == "mean" || r.Stat == "mean"
		if r.Measure == "skill" && mean && r.Category == c.Role && (r.Breakdown == "") == (c.Role == "") && is(r) {
			return r
		}
	}
	t.Fatal("no such row")
	return estimate.Row{}
}
