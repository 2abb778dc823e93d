package table

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gocarina/gocsv"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/reports"
)

func files(t testing.TB, r *disclose.Release) map[string][]byte {
	t.Helper()
	list, err := Files(r, reports.Tables(r))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range list {
		if out[f.Name] != nil {
			t.Errorf("file %s is written twice", f.Name)
		}
		out[f.Name] = f.Data
	}
	return out
}

func records(t testing.TB, data []byte) [][]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The columns of estimates.csv are an interface: their names and their order.
func TestEstimatesColumns(t *testing.T) {
	got := records(t, files(t, disclosetest.Release(t))["tables/estimates.csv"])[0]
	want := strings.Split("measure,statistic,level,survey,wave,breakdown,category,contrast,versus,unit,estimate,se,lower,upper,base,effective_base,deff,df,p_value,p_adjusted,definition,base_rule,status,flags", ",")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every row of the release is in estimates.csv, in its order; a hidden one has
// its keys and no figure at all.
func TestEstimatesRows(t *testing.T) {
	r := disclosetest.Release(t)
	got := records(t, files(t, r)["tables/estimates.csv"])[1:]
	rows := r.Rows()
	if len(got) != len(rows) {
		t.Fatalf("%d rows, want %d", len(got), len(rows))
	}
	hidden := 0
	for i, row := range rows {
		keys := []string{row.Measure, row.Statistic, row.Level, row.Survey, row.Wave, row.Breakdown, row.Category, row.Contrast, row.Versus, row.Unit}
		if diff := cmp.Diff(keys, got[i][:10]); diff != "" {
			t.Fatalf("row %d: %s", i, diff)
		}
		figures := strings.Join(got[i][10:20], "")
		if row.Shown() == (figures == "") || got[i][22] != row.Status {
			t.Errorf("row %d has status %q and figures %q", i, got[i][22], got[i][10:20])
		}
		if row.Shown() {
			if got[i][10] != row.Estimate.Fixed(1) || got[i][11] != row.SE.Fixed(2) || got[i][14] != row.Base.Fixed(0) {
				t.Errorf("row %d: %q", i, got[i][10:20])
			}
			continue
		}
		hidden++
		if got[i][23] != "" {
			t.Errorf("row %d is hidden and has flags %q", i, got[i][23])
		}
	}
	if hidden == 0 {
		t.Error("no hidden row: this test sees nothing")
	}
}

// What is written reads back by the structs' own tags.
func TestEstimatesReadBack(t *testing.T) {
	want := Rows(disclosetest.Release(t))
	data, err := EstimatesCSV(want)
	if err != nil {
		t.Fatal(err)
	}
	var got []EstimateRow
	if err := gocsv.UnmarshalBytes(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if empty, err := EstimatesCSV(nil); err != nil || string(empty) != strings.Join(header, ",")+"\n" {
		t.Errorf("without rows: %q, %v", empty, err)
	}
}

func TestFormsOfFiles(t *testing.T) {
	for name, data := range files(t, disclosetest.Release(t)) {
		if bytes.HasPrefix(data, []byte("\ufeff")) || bytes.ContainsRune(data, '\r') || !bytes.HasSuffix(data, []byte("\n")) {
			t.Errorf("%s has a byte order mark, a CR, or no line end at its end", name)
		}
	}
}

// Every code in estimates.csv has its words in labels.csv.
func TestLabels(t *testing.T) {
	all := files(t, disclosetest.Release(t))
	label := map[[2]string]string{}
	for _, r := range records(t, all["tables/labels.csv"])[1:] {
		if r[2] == "" {
			t.Errorf("no words for %q", r[:2])
		}
		label[[2]string{r[0], r[1]}] = r[2]
	}
	for _, r := range records(t, all["tables/estimates.csv"])[1:] {
		keys := [][2]string{{r[0], ""}, {r[3], ""}, {r[3], r[4]}, {"statistic", r[1]}, {"unit", r[9]}}
		if r[2] != "" {
			keys = append(keys, [2]string{r[0], r[2]})
		}
		if r[5] != "" {
			keys = append(keys, [2]string{r[5], ""}, [2]string{r[5], r[6]})
		}
		if r[22] != "" {
			keys = append(keys, [2]string{"status", r[22]})
		}
		for _, k := range keys {
			if label[k] == "" {
				t.Errorf("no label for %q", k)
			}
		}
	}
	if got := label[[2]string{"want_more", "4"}]; got != "Agree" {
		t.Errorf("answer 4 reads %q", got)
	}
}

// A survey may be called what a question is called. The labels then have no key,
// and no data package claims one.
func TestLabelsOfOneIDTwice(t *testing.T) {
	s := disclosetest.Study()
	if !unambiguous(Labels(disclosetest.Of(t, s))) {
		t.Error("the labels of a study whose ids differ are called ambiguous")
	}
	s.Surveys[2].ID = s.Framework.Items[0].ID
	if unambiguous(Labels(disclosetest.Of(t, s))) {
		t.Error("two labels of one id are called unambiguous")
	}
}

// The data package says of every file what is in it: each has its columns, and
// each value is of its column's type or declared missing.
func TestDatapackage(t *testing.T) {
	all := files(t, disclosetest.Release(t))
	var p dataPackage
	d := json.NewDecoder(bytes.NewReader(all["tables/datapackage.json"]))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		t.Fatal(err)
	}
	tables := 0
	for name := range all {
		if strings.HasSuffix(name, ".csv") {
			tables++
		}
	}
	if len(p.Resources) != tables {
		t.Errorf("%d resources for %d files", len(p.Resources), tables)
	}
	for _, x := range p.Resources {
		rows := records(t, all["tables/"+x.Path])
		names := make([]string, len(x.Schema.Fields))
		for i, f := range x.Schema.Fields {
			names[i] = f.Name
			if f.Description == "" {
				t.Errorf("%s: column %s has no description", x.Path, f.Name)
			}
		}
		if diff := cmp.Diff(names, rows[0]); diff != "" {
			t.Errorf("%s: %s", x.Path, diff)
		}
		if x.Bytes != len(all["tables/"+x.Path]) {
			t.Errorf("%s has %d bytes, not %d", x.Path, len(all["tables/"+x.Path]), x.Bytes)
		}
		keys := map[string]bool{}
		for _, row := range rows[1:] {
			if key := keyOf(x.Schema.PrimaryKey, names, row); key != "" && keys[key] {
				t.Errorf("%s: the key %q is there twice", x.Path, key)
			} else {
				keys[key] = true
			}
			for i, f := range x.Schema.Fields {
				if !valid(f, row[i], x.Schema.MissingValues) {
					t.Errorf("%s: %q is no %s for column %s", x.Path, row[i], f.Type, f.Name)
				}
			}
		}
	}
}

// keyOf is what a row has in the key's columns, "" without a key.
func keyOf(key, names, row []string) string {
	out := ""
	for _, column := range key {
		out += row[slices.Index(names, column)] + "\x1f"
	}
	return out
}

func valid(f schemaField, value string, missing []string) bool {
	if slices.Contains(missing, value) {
		return true
	}
	if f.Constraints != nil && !slices.Contains(f.Constraints.Enum, value) {
		return false
	}
	switch f.Type {
	case "integer":
		_, err := strconv.Atoi(value)
		return err == nil
	case "number":
		_, err := strconv.ParseFloat(value, 64)
		return err == nil
	}
	return f.Type == "string"
}

func TestSafe(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Agree": "Agree", "=cmd()": "'=cmd()", "+1 more": "'+1 more", "-cmd": "'-cmd", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx",
		"-1": "-1", "-1.5": "-1.5", "-": "'-", "-1.": "'-1.", "--1": "'--1", "-1+1": "'-1+1", "+1": "'+1", "5 - 6": "5 - 6",
	} {
		if got := Safe(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// A guarded text is no formula, and what was guarded can be read back.
func TestSafeHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("=+-@\t\r\n'\"0.a,"))).Draw(t, "text")
		got := Safe(s)
		if got != s && got != "'"+s {
			t.Fatalf("%q became %q", s, got)
		}
		if got != "" && strings.ContainsRune("=+-@\t\r\n", rune(got[0])) {
			if _, err := strconv.ParseFloat(got, 64); err != nil {
				t.Fatalf("%q still begins like a formula", got)
			}
		}
	})
}

// Labels that look like formulas are guarded in every file; negative numbers in
// columns of numbers are not.
func TestFormulas(t *testing.T) {
	s := disclosetest.Study()
	s.Framework.Choices[0].Value.Options[0].Value = "=cmd()"
	s.Framework.Variables[1].Value.Categories[0].Value = "+SUM(A1)"
	negative := 0
	for name, data := range files(t, disclosetest.Of(t, s)) {
		if !strings.HasSuffix(name, ".csv") {
			continue
		}
		for _, row := range records(t, data) {
			for _, value := range row {
				if value == "" || !strings.ContainsRune("=+-@", rune(value[0])) {
					continue
				}
				if _, err := strconv.ParseFloat(value, 64); err != nil {
					t.Errorf("%s: %q begins like a formula", name, value)
				}
				negative++
			}
		}
	}
	if negative == 0 {
		t.Error("no negative number: this test sees nothing")
	}
}

func TestSameBytes(t *testing.T) {
	r := disclosetest.Release(t)
	if diff := cmp.Diff(files(t, r), files(t, r)); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkFiles(b *testing.B) {
	r := disclosetest.Release(b)
	tables := reports.Tables(r)
	for b.Loop() {
		if _, err := Files(r, tables); err != nil {
			b.Fatal(err)
		}
	}
}
