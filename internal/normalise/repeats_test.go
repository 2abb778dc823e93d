package normalise

import (
	"testing"
)

func TestRepeatedRows(t *testing.T) {
	const noID = "version: 1\nitems: {want: {column: Q1}, worth: {column: Q2}}\n"
	const told = "exports/a.csv: info: 2 rows without an id the same as an earlier one in every column (rows 3, 5); all count as respondents; nothing in this file tells respondents apart, so that two may well have given the same answers\n"
	for _, tc := range []struct {
		name, book, export, want string
	}{
		{"the same in every column", noID, lines("Q1,Q2,Q9", "Agree,Agree,a", "Agree,Agree,a", "Agree,Agree,b", "Agree,Agree,a"), told},
		{"a column that nobody maps tells them apart", noID, lines("Q1,Q2,Q9", "Agree,Agree,a", "Agree,Agree,b"), ""},
		{"the same letters in other cells", noID, lines("Q1,Q2,Q9,Q10", "Agree,Agree,a,bc", "Agree,Agree,ab,c"), ""},
		{"rows that are set aside are nobody's", "keep: {Q9: [x]}\n" + noID, lines("Q1,Q2,Q9", "Agree,Agree,a", "Agree,Agree,a", "Agree,Agree,x"), ""},
		{"with an id they are duplicates", "id: Q9\n" + noID, lines("Q1,Q2,Q9", "Agree,Agree,a", "Agree,Agree,a"), ""},
		{"kept where the codebook says so", "duplicates: keep\n" + noID, lines("Q1,Q2,Q9", "Agree,Agree,a", "Agree,Agree,a"), ""},
		{"with times it is a warning", "platform: surveymonkey\n" + noID, lines("Respondent ID,Start Date,Q1,Q2", ",,Response,Response", "7,2024-01-02,Agree,Agree", "8,2024-01-02,Agree,Agree", "7,2024-01-02,Agree,Agree"),
			"exports/a.csv: warning: 1 row without an id the same as an earlier one in every column (row 5); all count as respondents; with id: in the codebook the last of each would count, and the others be set aside as duplicates\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l := load(t, testFramework, tc.book, tc.export)
			if got := said(l.diags); got != tc.want {
				t.Errorf("said\n%swant\n%s", got, tc.want)
			}
		})
	}
}
