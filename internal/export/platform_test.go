package export

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// table makes a head of lines with cells between bars.
func table(lines ...string) Head {
	h := Head{File: "made-up.csv", Format: "csv"}
	for _, line := range lines {
		h.Rows = append(h.Rows, strings.Split(line, "|"))
	}
	return h
}

const forms = "ID|Start time|Completion time|Email|Name"

func TestDetection(t *testing.T) {
	tests := []struct {
		name, platform, variant string
		headings                int
		head                    Head
	}{
		{"Qualtrics", "qualtrics", "current", 3, table("StartDate|Q1", "Anfangsdatum|Wie?", `{"ImportId":"startDate","timeZone":"Z"}|{"ImportId":"QID1"}`, "x|1")},
		{"Qualtrics of 2016 to 2020", "qualtrics", "2016 to 2020", 3, table("ResponseID|Q1", "ResponseID|How?", "{'ImportId': 'responseId'}|{'ImportId': 'QID1'}", "R_1|1")},
		{"Qualtrics, legacy", "qualtrics", "legacy", 2, table("V1|V2|V3|V4|V5|V6|V7|V8|V9|V10|Q1",
			"ResponseID|ResponseSet|Name|ExternalDataReference|EmailAddress|IPAddress|Status|StartDate|EndDate|Finished|How?", "R_1||||||0|||1|2")},
		{"Qualtrics, only texts removed", "qualtrics", "current", 2, table("StartDate|Q1", `{"ImportId":"startDate"}|{"ImportId":"QID1"}`, "x|1")},
		{"Qualtrics, texts and ids removed", "qualtrics", "names only", 1, table("StartDate|EndDate|Status|Progress|ResponseId|Q1", "a|b|0|100|R_1abcdefghijkLMN|2", "a|b|0|100|R_2abcdefghijkLMN|2")},
		{"Qualtrics, ids removed", "qualtrics", "no import ids", 2, table("StartDate|EndDate|Status|Progress|ResponseId|Q1", "Start Date|End Date|Response Type|Progress|Response ID|How?", "a|b|0|100|R_2abcdefghijkLMN|2")},
		{"SurveyMonkey, condensed", "surveymonkey", "condensed", 2, table("Respondent ID|Start Date|How?", "||Response", "1|2|Well")},
		{"SurveyMonkey, expanded", "surveymonkey", "expanded", 2, table("Respondent ID|How?|", "|Well|Badly", "1|Well|")},
		{"SurveyMonkey, headings repeated", "surveymonkey", "condensed", 2, table("Respondent ID|How?", "Respondent ID|Response", "1|Well")},
		{"SurveyMonkey, id removed", "surveymonkey", "condensed", 2, table("StartDate|How?", "|Response", "1|Well")},
		{"SurveyMonkey, cleaned", "surveymonkey", "cleaned", 1, table("RespondentID|How?", "1|Well", "2|Badly")},
		{"Microsoft Forms", "msforms", "", 1, table(forms+"|How?", "1|2|3|anonymous||Well")},
		{"Microsoft Forms, another case", "msforms", "", 1, table("Id|Start time|Completion time|Email|Name|How?", "1|2|3|anonymous||Well")},
		{"anything else", "generic", "", 1, table("id|Q1|weight", "1|2|3")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, problems := choose(test.head, "")
			l, more := c.Layout(c.head)
			if problems != nil || more != nil || len(c.reasons) == 0 {
				t.Error(problems, more, c.reasons)
			}
			got := []any{l.Platform, l.Variant, l.HeaderRows, len(l.Columns)}
			if d := cmp.Diff([]any{test.platform, test.variant, test.headings, test.head.Width()}, got); d != "" {
				t.Error(d)
			}
			for i, c := range l.Columns {
				if c.Position != i+1 {
					t.Errorf("column %d at position %d", i+1, c.Position)
				}
			}
		})
	}
}

func TestDeclaredPlatform(t *testing.T) {
	h := table(forms+"|How?", "1|2|3|anonymous||Well")
	c, problems := choose(h, "generic")
	if c.Name() != "generic" || problems != nil {
		t.Errorf("%s with %v", c.Name(), problems)
	}
	_, problems = choose(h, "qualtrics")
	if len(problems) != 1 || problems[0].Code != "platform-mismatch" {
		t.Errorf("%v, want a warning", problems)
	}
}

// layout returns columns as code|text|id|option|role, with * for an open text.
func layout(p Platform, h Head) []string {
	l, _ := p.Layout(h)
	var out []string
	for _, c := range l.Columns {
		open := ""
		if c.Open {
			open = "*"
		}
		out = append(out, strings.Join([]string{c.Code, c.Text, c.ID, c.Option, string(c.Role) + open}, "|"))
	}
	return out
}

func TestQualtricsColumns(t *testing.T) {
	h := table(
		"ResponseId|Status|RecipientEmail|Q1|Q2_1|Q2_2|Q2_3_TEXT|Q3#1_1|staff|Q9",
		"Response ID|Response Type|Recipient Email|<p>How&nbsp;are<br>you?</p>|Why - if so - Time|Why - if so - Money|Why - if so - Other (please specify) - Text|Grid - Row|staff|Alone - at last",
		`{"ImportId":"_recordId"}|{"ImportId":"status"}|{"ImportId":"recipientEmail"}|{"ImportId":"QID1"}|{"ImportId":"QID2","choiceId":"1"}|{"ImportId":"QID2","choiceId":2}|`+
			`{"ImportId":"QID2_3_TEXT"}|{"ImportId":"QID3#1_1"}|{"ImportId":"staff"}|{"ImportId":"QID9"}`,
	)
	want := []string{
		"ResponseId|Response ID|_recordId||id",
		"Status|Response Type|status||status",
		"RecipientEmail|Recipient Email|recipientEmail||personal",
		"Q1|How are you?|QID1||question",
		"Q2_1|Why - if so - Time|QID2_1|Time|question",
		"Q2_2|Why - if so - Money|QID2_2|Money|question",
		"Q2_3_TEXT|Why - if so - Other (please specify) - Text|QID2_3_TEXT|Other (please specify) - Text|question*",
		"Q3#1_1|Grid - Row|QID3#1_1||question",
		"staff|staff|staff||other",
		"Q9|Alone - at last|QID9||question",
	}
	if d := cmp.Diff(want, layout(qualtrics{}, h)); d != "" {
		t.Error(d)
	}
}

func TestQualtricsMarkers(t *testing.T) {
	l, _ := qualtrics{}.Layout(table("StartDate|EndDate|Progress|Status|Finished|ResponseId|Q1", "a|b|100|0|1|R_1abcdefghijkLMN|x"))
	if l.Status == nil || l.Status.Column != 3 {
		t.Fatalf("status %+v", l.Status)
	}
	for cell, want := range map[string]string{"survey preview": "preview", "1": "preview", "2": "test", "survey test": "test", "spam": "spam", "8": "spam", "ip address": "", "0": "", "16": ""} {
		if got := l.Status.Reasons[cell]; got != want {
			t.Errorf("status %q: %q, want %q", cell, got, want)
		}
	}
	if len(l.Completion) != 2 || l.Completion[0].Column != 4 || l.Completion[1].Column != 2 {
		t.Fatalf("completion %+v, want Finished and then Progress", l.Completion)
	}
	for i, cells := range []map[string]bool{{"True": true, "1": true, "TRUE": true, "False": false, "0": false, "": false}, {"100": true, "99": false, "": false}} {
		for cell, want := range cells {
			if got := l.Completion[i].Done([]byte(cell)); got != want {
				t.Errorf("completion %d of %q: %t", i, cell, got)
			}
		}
	}
}

func TestSurveyMonkeyColumns(t *testing.T) {
	h := table(
		"Respondent ID|IP Address|One|Two||Three|||Four",
		"||Response|Response|Other (please specify)|Time||Money|Open-Ended Response",
	)
	want := []string{
		"Respondent ID|Respondent ID|||id",
		"IP Address|IP Address|||personal",
		"One|One|||question",
		"Two|Two|||question",
		"|Two - Other (please specify)||Other (please specify)|question*",
		"|Three - Time||Time|question",
		"||||other",
		"|Three - Money||Money|question",
		"Four|Four|||question",
	}
	if d := cmp.Diff(want, layout(surveyMonkey{}, h)); d != "" {
		t.Error(d)
	}
}

func TestFormsColumns(t *testing.T) {
	h := table(forms + "|Last modified time|Your  role\u00a0|Name2|Email|Points - Your role|")
	want := []string{
		"ID|ID|||id", "Start time|Start time|||time", "Completion time|Completion time|||time", "Email|Email|||personal", "Name|Name|||personal",
		"Last modified time|Last modified time|||time", "Your role|Your role|||question", "Name2|Name2|||question", "Email|Email|||question",
		"Points - Your role|Points - Your role|||other", "||||other",
	}
	if d := cmp.Diff(want, layout(msForms{}, h)); d != "" {
		t.Error(d)
	}
}

func TestGenericRoles(t *testing.T) {
	l, _ := generic{}.Layout(table("Record_ID|E-mail address|Weight|Timestamp|How?|"))
	var got []Role
	for _, c := range l.Columns {
		got = append(got, c.Role)
	}
	if d := cmp.Diff([]Role{RoleID, RolePersonal, RoleDesign, RoleTime, RoleQuestion, RoleOther}, got); d != "" {
		t.Error(d)
	}
}

func TestImportID(t *testing.T) {
	tests := map[string]string{
		`{"ImportId":"QID9","choiceId":"1"}`:                  "QID9_1",
		`{"ImportId":"QID9","choiceId":3}`:                    "QID9_3",
		`{"ImportId":"startDate","timeZone":"Europe/London"}`: "startDate",
		`{'ImportId': 'QID34_1'}`:                             "QID34_1",
		`{"Import":"QID9"}`:                                   "",
		`{not json`:                                           "",
		`QID9`:                                                "",
		``:                                                    "",
	}
	for cell, want := range tests {
		if got := importID(cell); got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
}
