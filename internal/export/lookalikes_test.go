package export

import (
	"strings"
	"testing"
)

// Files that are no exports are refused, and small exports that look a little like
// them are not. All of them are made up.
func TestLookalikes(t *testing.T) {
	counts := "Role,North,South,East\nDoctor,120,134,99\nNurse,210,188,176\nMidwife,20,18,16\n"
	for name, tc := range map[string]struct {
		text string
		want string // words of the message, "" for an export
	}{
		"counts without totals":      {counts, "a cross-tabulation"},
		"counts, a blank corner":     {",Doctor,Nurse,Total\nAgree,120,240,360\nNeither,40,90,130\nDisagree,40,70,110\nTotal,200,400,600\n", "a cross-tabulation"},
		"numbers of rows":            {",Role,Years,Hours\n1,Doctor,12,40\n2,Nurse,15,38\n3,Nurse,11,37\n", ""},
		"ages of people":             {strings.NewReplacer("Role", "Participant").Replace(counts), ""},
		"answers beside a name":      {strings.NewReplacer("120", "1", "134", "2", "99", "5", "210", "3", "188", "4").Replace(counts), ""},
		"a list of answers' codes":   {"Question,Code,Label\nQ1,1,Doctor\nQ1,2,Nurse\nQ2,1,Yes\nQ2,2,No\n", "a codebook"},
		"people, roles and comments": {"Name,Role,Comments\nAda One,Doctor,none\nBen Two,Nurse,no\nCai Three,Nurse,yes\n", ""},
		"margins":                    {"variable,category,count\nregion,North,2000\nregion,South,3000\nsex,F,2600\n", "a table of results"},
		"a web page":                 {"\n<!DOCTYPE html>\n<html><p>Please, sign in</p></html>\n", "a web page"},
		"a web page in UTF-16":       {"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", "a web page"},
		"JSON":                       {"[\n {\"id\": 1, \"role\": \"Doctor\"}\n]\n", "JSON"},
		"lines of JSON":              {"{\"id\": 1}\n{\"id\": 2}\n", "JSON"},
		"import ids only":            {"{\"\"ImportId\"\":\"a\"},b\n1,2\n", ""},
		"headings in brackets":       {"[Role],[Other]\nDoctor,1\nNurse,2\n", ""},
		"a heading with tags":        {"<p><b>Role</b></p>,<div>Why?</div>\nDoctor,1\nNurse,2\n", ""},
		"less than":                  {"<5 years,>5 years\nYes,No\nNo,Yes\n", ""},
		"a PDF":                      {"%PDF-1.7\n1 0 obj\n", "a PDF"},
		"a packed file":              {"\x1f\x8b\x08\x00", "a packed file"},
		"SPSS":                       {"$FL2@(#) IBM SPSS STATISTICS", "a file of SPSS"},
		"SQL":                        {"CREATE TABLE a (id int, role text);\nINSERT INTO a VALUES (1,2);\n", "SQL"},
		"an e-mail":                  {"From: a\nTo: b\n\nDear all, see below.\n", "an e-mail"},
		"a heading From:":            {"From:,To:\nLeeds,York\nYork,Hull\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f, problems := Open(write(t, "a.csv", tc.text), "a.csv", Options{})
			if f != nil {
				f.Close()
			}
			got := ""
			for _, d := range problems {
				if d.Code == "not-an-export" {
					got = d.Message
				}
			}
			if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
				t.Errorf("%q, want %q (%v)", got, tc.want, problems)
			}
		})
	}
}

// Rows that were never split are told of, and a column of sentences is not taken for them.
func TestUnsplitRows(t *testing.T) {
	for text, want := range map[string]bool{
		"\"id,role,agree\"\n\"1,Doctor,Yes\"\n\"2,\"\"Nurse, ward\"\",No\"\n": true,
		"\"Time, money, or skills?\"\n\"Time, money, and more\"\nTime\n":      false,
	} {
		_, problems := Open(write(t, "a.csv", text), "a.csv", Options{})
		if got := len(problems) > 0 && problems[len(problems)-1].Code == "unsplit-rows"; got != want {
			t.Errorf("%q: %v", text, problems)
		}
	}
}

// What people and spreadsheets make of Qualtrics' headings and marks is read too.
func TestQualtricsByHand(t *testing.T) {
	names, texts := "ResponseId,Finished,StartDate,Progress,Q1\n", "Response ID,Finished,Start Date,Progress,Your role?\n"
	ids := `"{""ImportId"":""_recordId""}","{""ImportId"":""finished""}","{""ImportId"":""startDate""}","{""ImportId"":""progress""}","{""ImportId"":""QID1""}"` + "\n"
	row := "R_0123456789abcde,WAHR,2024-01-01 10:00:00,100,Doctor\nR_0123456789abcdf,FALSCH,2024-01-01 10:00:00,10,Nurse\n"
	for name, text := range map[string]string{"as written": names + texts + ids + row, "swapped": names + ids + texts + row} {
		f, problems := Open(write(t, "a.csv", text), "a.csv", Options{})
		if f == nil {
			t.Fatal(problems)
		}
		if c := f.Columns[4]; f.HeaderRows != 3 || c.Code != "Q1" || c.Text != "Your role?" || c.ID != "QID1" {
			t.Errorf("%s: %d rows of headings, %+v", name, f.HeaderRows, c)
		}
		if done := f.Completion[0].Done; !done([]byte("WAHR")) || done([]byte("FALSCH")) || done(nil) {
			t.Errorf("%s: finished responses are not told", name)
		}
		f.Close()
	}
}

// The column of records is found though others were put before it.
func TestRedcapRecords(t *testing.T) {
	for name, tc := range map[string]struct {
		headings string
		want     int // column, from 0; -1: none
	}{
		"first":         {"case_no,role,a_complete", 0},
		"moved":         {"role,record_id,a_complete", 1},
		"another first": {"case_no,record_id,a_complete", 1},
		"taken out":     {"stops___1,stops___2,a_complete", -1},
	} {
		l, _ := redcap{}.Layout(Head{Rows: [][]string{strings.Split(tc.headings, ",")}})
		got := -1
		for i, c := range l.Columns {
			if c.Role == RoleID {
				got = i
			}
		}
		if got != tc.want {
			t.Errorf("%s: column %d, want %d", name, got, tc.want)
		}
	}
}
