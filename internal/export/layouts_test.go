package export

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// opened is a made-up export, read whole.
func opened(t *testing.T, name string) (*File, content) {
	t.Helper()
	f, problems := Open(filepath.Join(fixtures, name), name, Options{})
	if f == nil {
		t.Fatal(problems)
	}
	return f, readAll(t, f)
}

// described are columns as code|text|id|option|role.
func described(columns []Column) []string {
	var out []string
	for _, c := range columns {
		role := string(c.Role)
		if c.Open {
			role += "*"
		}
		out = append(out, strings.Join([]string{c.Code, c.Text, c.ID, c.Option, role}, "|"))
	}
	return out
}

// TestLayouts names every column of the made-up exports of the platforms that have
// no test of their own.
func TestLayouts(t *testing.T) {
	tests := map[string][]string{
		"jisc-coded.csv": {
			"URN|URN|||id", "Q1|What is your role?|||question",
			"Q2_1|What stops you? - Lack of time||Lack of time|question", "Q2_2|What stops you? - Lack of funding||Lack of funding|question", "Q2_3|What stops you? - Other||Other|question",
			"Q3|How far do you agree?|||question",
			"Q3_1_a_1|How far do you agree? - I have the skills - Disagree||Disagree|question", "Q3_1_b_1|How far do you agree? - I have the skills - Neither||Neither|question", "Q3_1_c_1|How far do you agree? - I have the skills - Agree||Agree|question",
			"Q3_2_a|How far do you agree? - I have the time - Disagree||Disagree|question", "Q3_2_b|How far do you agree? - I have the time - Neither||Neither|question", "Q3_2_c|How far do you agree? - I have the time - Agree||Agree|question",
			"Q4|If you selected Other, please specify:|||question*", "CompletionDate|CompletionDate|||time",
		},
		"jisc-labelled.csv": {
			"Unique Response Number|Unique Response Number|||id",
			"1|What is your role?|1. What is your role?||question", "1.a|If you selected Other, please specify:|1.a. If you selected Other, please specify:||question*",
			"2|What stops you?|2. What stops you?||question", "3|How far do you agree?|3. How far do you agree?||question",
			"3.1|How far do you agree? - I have the skills|3.1. I have the skills|I have the skills|question", "3.2|How far do you agree? - I have the time|3.2. I have the time|I have the time|question",
			"Completion Date|Completion Date|||time",
		},
		"googleforms.csv": {
			"Timestamp|Timestamp|||time", "Email Address|Email Address|||personal", "What is your role?|What is your role?|||question",
			"How far do you agree? [I have the skills]|How far do you agree? - I have the skills||I have the skills|question",
			"How far do you agree? [I have the time]|How far do you agree? - I have the time||I have the time|question",
			"What stops you?|What stops you?|||question", "How likely, from 0 to 10?|How likely, from 0 to 10?|||question",
		},
		"smartsurvey-three.csv": {
			"UserID|UserID|||id", "UserNo|UserNo|||id", "Name|Name|||personal", "Email|Email|||personal", "IP Address|IP Address|||personal", "Unique ID|Unique ID|||id",
			"Started|Started|||time", "Ended|Ended|||time", "Tracking Link|Tracking Link|||other",
			"|Page 1 - Q1. What is your role?||Q1. What is your role?|question",
			"|Page 2 - Q2. What stops you? - Lack of time||Lack of time|question", "|Page 2 - Q2. What stops you? - Lack of funding||Lack of funding|question",
			"|Page 2 - Q3. How far do you agree? - I have the skills||I have the skills|question", "|Page 2 - Q3. How far do you agree? - I have the time||I have the time|question",
		},
		"limesurvey-codes.csv": {
			"id|id|||id", "submitdate|submitdate|||time", "lastpage|lastpage|||status", "startlanguage|startlanguage|||other", "seed|seed|||other",
			"role|role|||question", "stops[SQ001]|stops - SQ001||SQ001|question", "stops[SQ002]|stops - SQ002||SQ002|question", "stops[other]|stops - other||other|question*",
			"views[1]|views - 1||1|question", "views[2]|views - 2||2|question", "more|more|||question",
		},
		"limesurvey-both.csv": {
			"id|Response ID|id. Response ID||id", "submitdate|Date submitted|submitdate. Date submitted||time", "lastpage|Last page|lastpage. Last page||status",
			"startlanguage|Start language|startlanguage. Start language||other", "seed|Seed|seed. Seed||other",
			"role|What is your role?|role. What is your role?||question",
			"stops[SQ001]|What stops you? - Lack of time|stops[SQ001]. What stops you? [Lack of time]|Lack of time|question",
			"stops[SQ002]|What stops you? - Lack of funding|stops[SQ002]. What stops you? [Lack of funding]|Lack of funding|question",
			"stops[other]|What stops you? - Other|stops[other]. What stops you? [Other]|Other|question*",
			"views[1]|How far do you agree? - I have the skills|views[1]. How far do you agree? [I have the skills]|I have the skills|question",
			"views[2]|How far do you agree? - I have the time|views[2]. How far do you agree? [I have the time]|I have the time|question",
			"more|Anything else?|more. Anything else?||question",
		},
		"redcap-raw.csv": {
			"record_id|Record ID|||id", "redcap_survey_identifier|redcap_survey_identifier|||personal", "staff_timestamp|staff_timestamp|||time", "role|What is your role?|||question",
			"stops___1|What stops you? - Lack of time||Lack of time|question", "stops___2|What stops you? - Lack of funding||Lack of funding|question", "stops____90|What stops you? - Other||Other|question",
			"skills|I have the skills|||question", "staff_complete|staff_complete|||status",
		},
		"redcap-labels.csv": {
			"Record ID|Record ID|||id", "Survey Timestamp|Survey Timestamp|||time", "What is your role?|What is your role?|||question",
			"What stops you? (choice=Lack of time)|What stops you? - Lack of time|What stops you? (choice=Lack of time)|Lack of time|question",
			"What stops you? (choice=Lack of funding)|What stops you? - Lack of funding|What stops you? (choice=Lack of funding)|Lack of funding|question",
			"Complete?|Complete?|||status", "I have the skills|I have the skills|||question", "Complete?|Complete?|||status",
		},
		"surveymonkey-by-hand.csv": {
			"||||other", "Collector ID|Collector ID|||other", "Start Date|Start Date|||time", "End Date|End Date|||time", "IP Address|IP Address|||personal",
			"Email Address|Email Address|||personal", "First Name|First Name|||personal", "Last Name|Last Name|||personal", "Custom Data 1|Custom Data 1|||other",
			"role|What is your role?|||question", "role_other|What is your role? - Other (please specify)||Other (please specify)|question*", "||||other",
			"stops_1|What stops you? - Lack of time||Lack of time|question", "stops_2|What stops you? - Lack of funding||Lack of funding|question", "||||other",
			"q9|#NAME?|||question",
		},
		"msforms.xlsx": {
			"ID|ID|||id", "Start time|Start time|||time", "Completion time|Completion time|||time", "Email|Email|||personal", "Name|Name|||personal", "Last modified time|Last modified time|||time",
			"What is your role?|What is your role?|||question", "What stops you?|What stops you?|||question",
		},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			f, _ := opened(t, name)
			if d := cmp.Diff(want, described(f.Columns)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestCells(t *testing.T) {
	tests := map[string][]string{
		"surveymonkey.xlsx": {"11400000001|2024-03-01 09:00:00|Doctor||Lack of time|", "11400000002|2024-03-02 09:00:00|Nurse|||Lack of funding", "11400000003|2024-03-03 09:00:00||Porter|Lack of time|Lack of funding"},
		"msforms.xlsx": {"1|2024-03-01 09:00:00|2024-03-01 09:05:46|anonymous|||Doctor|Lack of time;Other;", "2|2024-03-02 09:00:00|2024-03-02 09:05:46|anonymous|||Nurse|Lack of funding;",
			"3|2024-03-03 09:00:00|2024-03-03 09:05:46|anonymous|||Nurse|"},
		"generic-sheets.xlsx":  {"||Doctor|A|Agree|Disagree", "||Nurse|A|Agree|Agree", "||Nurse|B|Disagree|"},
		"msforms-saved-as.csv": {"1|3/1/24 9:00:00|3/1/24 9:05:00|anonymous||Doctor|Lack of time;|x", "2|3/1/24 9:00:00|3/1/24 9:07:00|anonymous||Nurse – senior|Lack of time;Other;|", "3|3/2/24 9:00:00|3/2/24 9:07:00|anonymous||Nurse||"},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			_, all := opened(t, name)
			var got []string
			for _, row := range all.rows {
				got = append(got, strings.Join(row, "|"))
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// finished counts the responses that a platform's own column says are finished.
func TestCompletion(t *testing.T) {
	for name, want := range map[string]int{"qualtrics-current.csv": 5, "limesurvey-codes.csv": 2, "limesurvey-both.csv": 2, "limesurvey-texts.csv": 2, "redcap-raw.csv": 2, "redcap-labels.csv": 1} {
		f, all := opened(t, name)
		if len(f.Completion) == 0 {
			t.Errorf("%s: nothing tells finished responses", name)
			continue
		}
		got := 0
		for _, row := range all.rows {
			if c := f.Completion[0]; c.Done([]byte(row[c.Column])) {
				got++
			}
		}
		if got != want {
			t.Errorf("%s: %d finished, want %d", name, got, want)
		}
	}
}

func TestValues(t *testing.T) {
	for name, want := range map[string]map[string][]Value{
		"jisc-coded.csv": {"Q1": {{"1", "Doctor"}, {"2", "Nurse"}, {"3", "Other"}}},
		"redcap-raw.csv": {
			"role":   {{"1", "Doctor"}, {"2", "Nurse"}},
			"skills": {{"1", "Strongly disagree"}, {"2", "Disagree"}, {"3", "Neither"}, {"4", "Agree"}, {"5", "Strongly agree"}},
		},
	} {
		f, _ := opened(t, name)
		got := map[string][]Value{}
		for _, c := range f.Columns {
			if c.Values != nil {
				got[c.Code] = c.Values
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}
