package export

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Heads as people leave them when they have been at an export.
func TestHeadsByHand(t *testing.T) {
	const (
		q1  = "StartDate|Status|Progress|Duration (in seconds)|Finished|ResponseId|Q1"
		q2  = "Anfangsdatum|Antworttyp|Fortschritt|Dauer|Beendet|Antwort-ID|Wie?"
		ids = `{"ImportId":"startDate"}|{"ImportId":"status"}|{"ImportId":"progress"}|{"ImportId":"duration"}|{"ImportId":"finished"}|{"ImportId":"_recordId"}|{"ImportId":"QID1"}`
		qr  = "2021-01-11 17:10:37|0|100|61|1|R_1abcdefghijkLMN|2"
		m1  = "Respondent ID|Start Date|End Date|How?|Which?||"
		m2  = "|||Response|One|Two|Other (please specify)"
		mr  = "1234567|01/02/2024|01/02/2024|Well|One||"
		ss1 = "UserID|UserNo|Started|Ended|How?|Which?|"
		ss2 = "|||||One|Two"
		sr  = "12|1|01/02/2024 10:00|01/02/2024 10:05|Well|One|"
	)
	columns := func(from int, lines ...string) (out []string) {
		for _, l := range lines {
			out = append(out, strings.Join(strings.Split(l, "|")[from:], "|"))
		}
		return out
	}
	tests := []struct {
		name, platform   string
		titles, headings int
		lines            []string
	}{
		{"Qualtrics under a title", "qualtrics", 1, 4, []string{"Export of today||||||", q1, q2, ids, qr}},
		{"Qualtrics under a title, texts removed", "qualtrics", 1, 3, []string{"Export of today||||||", q1, ids, qr}},
		{"Qualtrics, ids in the first row", "qualtrics", 0, 1, []string{ids, qr}},
		{"Qualtrics, own names under the ids", "qualtrics", 0, 4, []string{q1, q2, ids, "||||||how", qr}},
		{"Qualtrics, ids and response ids removed", "qualtrics", 0, 2, []string{strings.Replace(q1, "ResponseId|", "", 1), strings.Replace(q2, "Antwort-ID|", "", 1), strings.Replace(qr, "R_1abcdefghijkLMN|", "", 1)}},
		{"Qualtrics, only questions left", "qualtrics", 0, 3, []string{"Q1", "Wie?", `{"ImportId":"QID1"}`, "2"}},
		{"Qualtrics, names in another style", "qualtrics", 0, 1, []string{"start_date|status|progress|duration_in_seconds|finished|response_id|q1", qr}},
		{"Qualtrics, names that R makes", "qualtrics", 0, 1, []string{"StartDate|Status|Progress|Duration..in.seconds.|Finished|ResponseId|Q1", qr}},
		{"Qualtrics legacy, columns removed", "qualtrics", 0, 2, []string{"V1|V8|V9|V10|Q1", "ResponseID|StartDate|EndDate|Finished|How?", "R_1|a|b|1|2"}},
		{"SurveyMonkey under titles", "surveymonkey", 2, 4, []string{"Staff survey||||||", "of 2024||||||", m1, m2, mr}},
		{"SurveyMonkey, three rows", "surveymonkey", 0, 3, []string{m1, m2, "|||how|w_1|w_2|w_3", mr}},
		{"SurveyMonkey, ids removed", "surveymonkey", 0, 2, columns(1, m1, m2, mr)},
		{"SurveyMonkey, all its own removed", "surveymonkey", 0, 2, columns(3, m1, m2, mr)},
		{"SurveyMonkey, an empty first column", "surveymonkey", 0, 2, []string{"|" + m1, "|" + m2, "|" + mr}},
		{"SurveyMonkey, headings repeated", "surveymonkey", 0, 2, []string{m1, "Respondent ID|Start Date|End Date|Response|One|Two|Other (please specify)", mr}},
		{"SurveyMonkey, an option that Excel took for a formula", "surveymonkey", 0, 2, []string{m1, "|||Response|#NAME?|Two|Other (please specify)", mr}},
		{"SurveyMonkey cleaned, without ids", "surveymonkey", 0, 1, []string{"Collector ID|Start Date|End Date|How?", "1|2024-01-01|2024-01-01|Well"}},
		{"SurveyMonkey, ids that Excel has rounded", "surveymonkey", 0, 2, []string{"Respondent ID|How?|Which?", "|Response|One", "1.14E+10|Well|One"}},
		{"people's names and dates are no platform's", "generic", 0, 1, []string{"First Name|Last Name|Email Address|IP Address|Start Date|End Date|How?", "A|B|c|d|2024-01-01|2024-01-01|Well"}},
		{"Forms, e-mail and name removed", "msforms", 0, 1, []string{"ID|Start time|Completion time|How?", "1|2|3|Well"}},
		{"Forms, other order", "msforms", 0, 1, []string{"How?|Name|Email|ID|Completion time|Start time", "Well|||1|2|3"}},
		{"Forms in German", "msforms", 0, 1, []string{"ID|Startzeit|Fertigstellungszeit|E-Mail|Name|Wie?", "1|2|3|||Gut"}},
		{"Google under a title and an empty column", "googleforms", 1, 2, []string{"Answers||||", "|Timestamp|How?|Which [a]|Which [b]", "|8/20/2014 15:33:45|Well|1|2"}},
		{"Google, the time not first", "googleforms", 0, 1, []string{"How?|Timestamp|Which?", "Well|20/08/2014 15:33:45|1"}},
		{"SmartSurvey, two rows", "smartsurvey", 0, 2, []string{ss1, ss2, sr}},
		{"SmartSurvey, its own repeated", "smartsurvey", 0, 2, []string{ss1, "UserID|UserNo|Started|Ended||One|Two", sr}},
		{"SmartSurvey, names that R makes", "smartsurvey", 0, 1, []string{"UserNo|IP.Address|Unique.ID|Started|Ended|How?", "1|1.1.1.1||01/02/2024 10:00|01/02/2024 10:05|Well"}},
		{"LimeSurvey, one of its own left", "limesurvey", 0, 1, []string{"lastpage|q1[SQ001]|q1[SQ002]", "3|Y|"}},
		{"LimeSurvey, underscores for spaces", "limesurvey", 0, 1, []string{"Response_ID|Date_submitted|Last_page|Start_language|How?", "1|2|3|en|Well"}},
		{"REDCap, an empty first column", "redcap", 0, 1, []string{"|record_id|race___1|form_complete", "|1|0|2"}},
		{"Jisc, codes only", "jisc", 0, 1, []string{"Q1|Q2_1|Q2_2|CompletionDate", "1|0|1|2024-01-01"}},
		{"titles above any table", "generic", 2, 3, []string{"Staff survey|||", "2024|||", "Role|Trust|How?|Why?", "Doctor|A|Well|1", "Nurse|A|Well|2"}},
		{"a table with few headings", "generic", 0, 1, []string{"Role|Trust||", "Doctor|A|Well|1", "Nurse|A|Well|2"}},
		{"one column", "generic", 0, 1, []string{"How?", "Well", "Badly"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, problems := choose(table(test.lines...), "")
			l, more := c.Layout(c.head)
			got := []any{l.Platform, c.titles, c.titles + l.HeaderRows}
			if d := cmp.Diff([]any{test.platform, test.titles, test.headings}, got); d != "" || problems != nil || more != nil {
				t.Error(d, problems, more)
			}
			for i, c := range l.Columns {
				if c.Position != i+1 {
					t.Errorf("column %d at position %d", i+1, c.Position)
				}
			}
		})
	}
}

// The rows that a head has say which records of the file they are.
func TestRecordsOfAHead(t *testing.T) {
	text := "\n,,\nStaff survey,,\n\nRespondent ID,How?,\n,Response,Other (please specify)\n,,\n1234567,Well,\n\n1234568,,Badly\n"
	f, problems := Open(write(t, "a.csv", text), "a.csv", Options{})
	if f == nil {
		t.Fatal(problems)
	}
	want := content{rows: [][]string{{"1234567", "Well", ""}, {"1234568", "", "Badly"}}, numbers: []int{8, 10}, records: 10}
	if d := cmp.Diff(want, readAll(t, f), cmp.AllowUnexported(content{})); d != "" || f.HeaderRows != 3 || f.Titles != 1 {
		t.Error(d, f.HeaderRows, f.Titles)
	}
}

// What a third row of headings says are codes, or parts of the texts.
func TestThirdRow(t *testing.T) {
	h := table("Respondent ID|How?|Which?|", "|Response|One|Two", "|how|w_1|the second", "1234567|Well|One|")
	want := []string{"Respondent ID|Respondent ID|||id", "how|How?|||question", "w_1|Which? - One||One|question", "|Which? - Two - the second||the second|question"}
	if d := cmp.Diff(want, layout(surveyMonkey{}, h)); d != "" {
		t.Error(d)
	}
}

// Options stand behind a question in one heading in copies of exports.
func TestSetApart(t *testing.T) {
	h := table("Which - if any? - One|Which - if any? - Two, a - b|How? - Well|Where - here|", "1|1||x|y")
	want := []string{
		"Which - if any? - One|Which - if any? - One||One|question", "Which - if any? - Two, a - b|Which - if any? - Two, a - b||Two, a - b|question",
		"How? - Well|How? - Well|||question", "Where - here|Where - here|||question", "||||other",
	}
	if d := cmp.Diff(want, layout(generic{}, h)); d != "" {
		t.Error(d)
	}
}

// A text file's delimiter is that of its table, whatever its title has.
func TestTitleAndDelimiter(t *testing.T) {
	for _, delimiter := range []string{",", ";", "\t", "|"} {
		text := "Staff survey, 2024\n" + strings.ReplaceAll("Role:How?:Why?:Where?\nDoctor:1:2:3\nNurse:2:2:1\nNurse:3:1:1\n", ":", delimiter)
		f, problems := Open(write(t, "a.csv", text), "a.csv", Options{})
		if f == nil {
			t.Fatal(problems)
		}
		all := readAll(t, f)
		if f.Delimiter != delimiter || len(f.Columns) != 4 || len(all.rows) != 3 || f.HeaderRows != 2 {
			t.Errorf("delimiter %q: %q, %d columns, %d rows, %d headings", delimiter, f.Delimiter, len(f.Columns), len(all.rows), f.HeaderRows)
		}
	}
}
