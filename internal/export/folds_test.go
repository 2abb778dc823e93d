package export

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// foldsOf are the folds of a layout, as code|text|id: labels.
func foldsOf(l Layout) []string {
	var out []string
	for _, f := range l.Folds {
		var labels []string
		for _, p := range f.Parts {
			labels = append(labels, p.Label)
		}
		single := ""
		if f.Single {
			single = ", one each"
		}
		out = append(out, strings.Join([]string{f.Code, f.Text, f.ID}, "|")+": "+strings.Join(labels, ", ")+single)
	}
	return out
}

func TestFolds(t *testing.T) {
	tests := map[string][]string{
		"surveymonkey-expanded.csv": {
			"|What is your role?|: Doctor, Nurse, Other (please specify), one each", "|How far do you agree?|: Disagree, Neither, Agree, one each",
			"|What stops you?|: Lack of time, Lack of funding",
		},
		"surveymonkey-condensed.csv": {"|What stops you?|: Lack of time, Lack of funding, Other (please specify)"},
		"surveymonkey-cleaned.csv":   {"|What stops you?|: Lack of time, Lack of funding"},
		"jisc-coded.csv": {
			"Q3_1|How far do you agree? - I have the skills|: Disagree, Neither, Agree", "Q3_2|How far do you agree? - I have the time|: Disagree, Neither, Agree, one each",
			"Q2|What stops you?|: Lack of time, Lack of funding, Other",
		},
		"jisc-without-key.csv": {"Q3_1|Q3_1|: a, b, c", "Q3_2|Q3_2|: a, b, c, one each"},
		"redcap-raw.csv":       {"stops|What stops you?|: Lack of time, Lack of funding, Other"},
		"redcap-labels.csv":    {"|What stops you?|: Lack of time, Lack of funding"},
		"limesurvey-codes.csv": {"stops|stops|: SQ001, SQ002, other"},
		"limesurvey-both.csv":  {"stops|What stops you?|stops: Lack of time, Lack of funding, Other"},
		"qualtrics-current.csv": {
			"Q2|What stops you - if anything?|QID2: Lack of time, Lack of funding, Other (please specify), Other (please specify) - Text",
		},
		"smartsurvey-two.csv": {"|Q2. What stops you?|: Lack of time, Lack of funding"},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			f, _ := opened(t, name)
			if d := cmp.Diff(want, foldsOf(f.Layout)); d != "" {
				t.Error(d)
			}
		})
	}
}

// A fold reads the ticked column's label; a grid that is answered by its columns
// is none.
func TestFoldedCells(t *testing.T) {
	text := "Respondent ID,How far?,,,Grid,\n,No,Yes,\"Other, specify\",a,b\n" +
		"1,No,,,Agree,Disagree\n2,,Yes,,Disagree,Agree\n3,,,my own words,Agree,Agree\n4,No,Yes,,,\n5,,,,,\n6,0,Yes,0,,\n"
	f, problems := Open(write(t, "a.csv", text), "a.csv", Options{})
	if f == nil {
		t.Fatal(problems)
	}
	defer f.Close()
	if len(f.Folds) != 1 {
		t.Fatal(foldsOf(f.Layout))
	}
	field := len(f.Columns)
	if d := cmp.Diff([]int{1, 2, 3}, f.Read(field)); d != "" || f.Column(field).Text != "How far?" || f.Column(2).Option != "Yes" || len(f.All()) != 7 {
		t.Error(d, f.All())
	}
	c, err := f.Next()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	c.Scan(func(r *Row) { got = append(got, string(r.Field(field))) })
	if d := cmp.Diff([]string{"No", "Yes", "Other, specify", string(TwoTicks), "", "Yes"}, got); d != "" {
		t.Error(d)
	}
}

// A question that was seen and not answered is marked in every column.
func TestFoldedMark(t *testing.T) {
	text := "StartDate,Progress,Finished,ResponseId,Q1_1,Q1_2\nStart,Progress,Finished,Id,How? - Well,How? - Badly\n" +
		`"{""ImportId"":""startDate""}","{""ImportId"":""progress""}","{""ImportId"":""finished""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1"",""choiceId"":""1""}","{""ImportId"":""QID1"",""choiceId"":""2""}"` +
		"\nx,100,1,R_1,1,-99\nx,100,1,R_2,-99,-99\nx,100,1,R_3,,\n"
	f, problems := Open(write(t, "a.csv", text), "a.csv", Options{})
	if f == nil {
		t.Fatal(problems)
	}
	defer f.Close()
	c, err := f.Next()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	c.Scan(func(r *Row) { got = append(got, string(r.Field(len(f.Columns)))) })
	if d := cmp.Diff([]string{"Well", "-99", ""}, got); d != "" {
		t.Error(d)
	}
}

func TestTicked(t *testing.T) {
	for cell, want := range map[string]bool{
		"": false, " ": false, "0": false, "No": false, "false": false, "Unchecked": false, "not selected": false, " 0 ": false,
		"1": true, "2": true, "Yes": true, "Checked": true, "Lack of time": true, "Y": true,
	} {
		if Ticked([]byte(cell)) != want {
			t.Errorf("%q: %t", cell, !want)
		}
	}
}

func TestBeside(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"staff-2020.csv", "staff-2020-key.csv", "staff-2023.csv", "staff_DataDictionary_2023.csv", "monkey.csv", "surveymonkey-2020.csv", "keyboard.csv", "Key.csv", "notes.txt", "key.xlsx",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("Q1,How?\n1,Well\n2,Badly\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string][]string{
		"staff-2020.csv":        {"staff-2020-key.csv", "staff_DataDictionary_2023.csv", "Key.csv"},
		"staff-2023.csv":        {"staff_DataDictionary_2023.csv", "Key.csv"}, // the other key is that of 2020
		"surveymonkey-2020.csv": {"Key.csv"},
	} {
		if d := cmp.Diff(want, besideNames(filepath.Join(dir, name))); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if d := cmp.Diff([]string{"staff_DataDictionary_2023.csv", "Key.csv"}, Companions(filepath.Join(dir, "staff-2023.csv"))); d != "" {
		t.Error(d)
	}
	if err := os.WriteFile(filepath.Join(dir, "Key.csv"), []byte("a,b\nc,d\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"staff_DataDictionary_2023.csv"}, Companions(filepath.Join(dir, "staff-2023.csv"))); d != "" {
		t.Error(d)
	}
}

// The key of another survey is not used.
func TestKeyOfAnotherSurvey(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"export.csv": "URN,Q7,Q8,Q9_1,CompletionDate\n1-2-3,1,2,0,2024-01-01\n",
		"key.csv":    "Q1,How?\n1,Well\n2,Badly\nQ2,Why?\n1,So\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, problems := Open(filepath.Join(dir, "export.csv"), "export.csv", Options{})
	if f == nil {
		t.Fatal(problems)
	}
	defer f.Close()
	if f.Variant != "coded" || f.Beside != nil {
		t.Errorf("%s with %v", f.Variant, f.Beside)
	}
}
