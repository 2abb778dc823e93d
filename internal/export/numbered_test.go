package export

import (
	"strings"
	"testing"
)

// A row that numbers the columns is no row of headings, if there is one under it.
func TestNumberedColumns(t *testing.T) {
	data := "Respondent,Role,Agree\n11,Doctor,Yes\n12,Nurse,Yes\n13,Doctor,No\n14,Porter,No\n"
	answers := "Doctor,Agree,Sometimes\nNurse,Agree,Often\nNurse,Disagree,Often\nDoctor,Agree,Sometimes\n"
	forms := "ID,Start time,Completion time,Email,Name,Role\n1,2024-01-01,2024-01-01,anonymous,,Doctor\n"
	for text, want := range map[string]string{
		data: "Respondent", "0,1,2\n" + data: "Respondent", "1,2,3\n" + data: "Respondent", "A,B,C\n" + data: "Respondent",
		"Column1,Column2,Column3\n" + data: "Respondent", "Unnamed: 0,Unnamed: 1,Unnamed: 2\n" + data: "Respondent", "V1,V2,V3\n" + data: "Respondent",
		"V1,V2,V3\n" + answers: "V1", "1,2,3\n" + answers: "1", "Q1,Q2,Q3\n" + data: "Q1", "1,2,4\n" + data: "1", "A,B,C\n1,2,3\n2,3,1\n3,1,2\n1,1,1\n": "A",
		"0,1,2,3,4,5\n" + forms: "ID",
		"0,1,2,3\nResponseId,Finished,StartDate,Q1\nResponse ID,Finished,Start Date,Your role?\nR_0123456789abcde,True,2014-01-01 10:00:00,Nurse\n": "ResponseId",
		"V1,V2,V3,V4\nResponseID,ResponseSet,StartDate,EndDate\nR_0123456789abcde,Set,2014-01-01 10:00:00,2014-01-01 10:00:00\n":                    "V1",
	} {
		f, problems := Open(write(t, "a.csv", text), "a.csv", Options{})
		if f == nil {
			t.Fatal(text, problems)
		}
		if got := f.Columns[0].Code; got != want {
			t.Errorf("%q: first column %q, want %q", text[:strings.IndexByte(text, '\n')], got, want)
		}
		f.Close()
	}
}

// Spaces beside quotation marks are let be where the head shows that they are meant,
// and so is the mark that old systems put at the end.
func TestSpacesBesideQuotationMarks(t *testing.T) {
	for text, want := range map[string]string{
		"\"a\", \"b\"\n\"1\", \"x, y\"\n": "b: x, y", "a,b\n1, \"x, y\" \n": "b: x, y", "\"a\" ,b\n\"1\" ,x\n": "b: x", " \"a\",b\n1,x\n": "b: x",
		"a,b\n1,he said \"x\"\n": "b: stray-quote@2", "a,b\n1,\"x\" y\n": "b: stray-quote@2", "a,b\n1,x\n\x1a": "b: x",
	} {
		f, problems := Open(write(t, "a.csv", text), "a.csv", Options{})
		if f == nil {
			t.Fatalf("%q %v", text, problems)
		}
		all := readAll(t, f)
		got := f.Columns[1].Code + ": " + strings.Join(all.codes, "")
		for _, row := range all.rows {
			got += strings.TrimSpace(row[1])
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
