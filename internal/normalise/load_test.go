package normalise

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/study"
)

// All studies, answers and people of this package's tests are made up.

const testFramework = `version: 1
scales:
  agree: {options: [Disagree, Neither, Agree], positive: [Agree], unscored: [Unsure, Not applicable]}
  ten: {min: 1, max: 10, positive: [9, 10], unscored: [Prefer not to say]}
constructs:
  will: {title: Will, items: [want, worth]}
  ability: {title: Ability, items: [skills]}
items:
  want: {title: Wants, scale: agree}
  worth: {title: Worth it, scale: agree, reversed: true}
  skills: {title: Skills, scale: ten}
gaps:
  gap: {of: will, minus: ability}
choices:
  barriers: {title: Barriers, options: {hours: Lack of time, funding: "Money, or staff", other: Other}}
variables:
  role: {title: Role, categories: {doctor: Doctor, nurse: Nurse}}
  trust: {title: Trust, organisation: true}
`

const testBook = `version: 1
id: ID
items:
  want: {column: Q1}
  worth: {column: Q2}
  skills: {column: Q3}
choices:
  barriers: {column: Q4, separator: ", "}
variables:
  role: {column: Role}
`

// rows of a wave, normalised, and its account.
type loaded struct {
	*Result
	schema *Schema
	diags  *diag.List
	rows   []respondent
	reads  int
}

// respondent is one row of a block in words.
type respondent struct {
	ID, Person Hash
	Completed  int64
	Weight     float64
	PSU        string
	Stratum    string
	Items      map[string]string
	Options    map[string]string
	Variables  map[string]string
	Scores     map[string]Score
}

// collector is a consumer that keeps everything.
type collector struct {
	schema *Schema
	names  *WaveNames
	rows   []respondent
	reads  int
}

func (c *collector) Begin(names *WaveNames) error {
	c.names, c.rows = names, nil
	c.reads++
	return nil
}

func (c *collector) Chunk(_ int, b *Block) (func() error, error) {
	var rows []respondent
	for r := range b.Rows {
		rows = append(rows, c.respondent(b, r))
	}
	return func() error { c.rows = append(c.rows, rows...); return nil }, nil
}

func (c *collector) respondent(b *Block, r int) respondent {
	out := respondent{ID: b.Respondent[r], Completed: b.Completed[r], Items: map[string]string{}, Options: map[string]string{}, Variables: map[string]string{}, Scores: map[string]Score{}}
	if b.Person != nil {
		out.Person = b.Person[r]
	}
	out.Weight = 1
	if b.Weight != nil {
		out.Weight = b.Weight[r]
	}
	if b.PSU != nil {
		out.PSU = c.names.PSUs.Text(b.PSU[r])
	}
	if b.Stratum != nil {
		out.Stratum = c.names.Strata.Text(b.Stratum[r])
	}
	for i, item := range c.schema.Items {
		if b.Items[i] != nil {
			out.Items[item.ID] = slotWord(b.Items[i][r], func(o int) string { return item.Scale.Label(o) })
		}
	}
	for _, choice := range c.schema.Choices {
		for o, id := range choice.Choice.Options.IDs() {
			if column := b.Options[choice.First+o]; column != nil {
				out.Options[id] = slotWord(column[r], func(o int) string { return [...]string{"not ticked", "ticked"}[o] })
			}
		}
	}
	for i, v := range c.schema.Variables {
		if b.Variables[i] == nil {
			continue
		}
		switch code := b.Variables[i][r]; {
		case code < 0:
			out.Variables[v.ID] = Kind(-1 - code).String()
		case v.Variable.Organisation:
			out.Variables[v.ID] = c.names.Organisations[i].Text(code)
		default:
			out.Variables[v.ID] = v.Variable.Categories[code].ID
		}
	}
	for i := range c.schema.Constructs {
		if b.Scores[i] != nil {
			out.Scores[c.schema.Constructs[i].ID] = b.Scores[i][r]
		}
	}
	return out
}

func slotWord(slot uint8, option func(int) string) string {
	if slot < FirstOption {
		return Kind(slot).String()
	}
	return option(int(slot) - FirstOption)
}

// load writes a study with one wave of the given exports and reads it.
func load(t testing.TB, framework, book string, exports ...string) loaded {
	t.Helper()
	return loadJobs(t, 2, framework, book, exports...)
}

func loadJobs(t testing.TB, jobs int, framework, book string, exports ...string) loaded {
	t.Helper()
	s, dir := studyOf(t, framework, book, exports...)
	c := &collector{schema: NewSchema(s)}
	out := loaded{schema: c.schema, diags: &diag.List{}}
	v := s.Surveys[0]
	l := Loader{Schema: c.schema, Survey: v, Wave: v.Waves[0], Key: []byte("a made-up key"), Jobs: jobs}
	result, err := l.Read(context.Background(), dir, c, out.diags)
	if err != nil {
		t.Fatal(err)
	}
	out.Result, out.rows, out.reads = result, c.rows, c.reads
	if result == nil {
		t.Fatalf("nothing could be read: %s", said(out.diags))
	}
	for _, l := range result.Ledgers {
		aside := 0
		for _, a := range l.SetAside {
			aside += a.Count
		}
		if l.Rows != l.Respondents+aside {
			t.Errorf("%s: %d rows, %d respondents, %d set aside", l.File, l.Rows, l.Respondents, aside)
		}
	}
	if result.Respondents != len(out.rows) {
		t.Errorf("%d respondents counted, %d handed on", result.Respondents, len(out.rows))
	}
	return out
}

func studyOf(t testing.TB, framework, book string, exports ...string) (*study.Study, string) {
	t.Helper()
	files := map[string]string{"framework.yaml": framework, "codebooks/staff.yaml": book}
	var names []string
	for i, data := range exports {
		name := fmt.Sprintf("exports/%c.csv", 'a'+i)
		names = append(names, name)
		files[name] = data
	}
	files["study.yaml"] = `version: 1
id: test
title: A made-up study
framework: framework.yaml
surveys:
  - id: staff
    title: Staff
    codebook: codebooks/staff.yaml
    waves:
      - {id: "1", exports: [` + strings.Join(names, ", ") + `]}
`
	dir := t.TempDir()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(files[name]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, list, err := study.Load(dir)
	if err != nil || s == nil {
		t.Fatalf("%v\n%s", err, said(list))
	}
	return s, dir
}

// emptyFile is an export of which no more than the name is needed.
func emptyFile(name string) *export.File { return &export.File{Name: name} }

// said is what a list says, one a line.
func said(list *diag.List) string {
	var b strings.Builder
	for _, d := range list.Sorted() {
		b.WriteString(d.String() + "\n")
	}
	return b.String()
}

// quiet fails the test if there was any problem.
func (l loaded) quiet(t testing.TB) loaded {
	t.Helper()
	if text := said(l.diags); text != "" {
		t.Fatal(text)
	}
	return l
}

// asideReasons are the rows set aside, "row: reason".
func (l loaded) asideReasons() []string {
	var out []string
	for _, a := range l.SetAside {
		out = append(out, fmt.Sprintf("%s %d: %s", filepath.Base(a.File), a.Row, a.Reason))
	}
	return out
}

// lines joins the lines of an export.
func lines(rows ...string) string { return strings.Join(rows, "\n") + "\n" }
