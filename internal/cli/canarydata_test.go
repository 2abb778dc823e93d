package cli

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
)

// canaries are planted in every kind of column of made-up exports. Each is found
// by the words of tells, which stand nowhere else, in small letters.
var canaries = map[string]string{
	"NAME":    "Jane Canaryson",
	"SURNAME": "Canaryson",
	"MAIL":    "jane.canaryson@example.org",
	"PHONE":   "07700 900917",
	"POST":    "ZE99 9QQ",
	"ADDRESS": "17 Canary Row, Lerwick",
	"COMMENT": "My manager is a canary and told me so",
	"IP":      "203.0.113.77",
	"ID":      "R_canary",
	"MOBILE":  "+44 7700 900917",
	"NHS":     "943 476 5919",
	"BIRTH":   "14/02/1961",
	"TRUST":   "The Canary Hospital",
	"SHORT":   "Canary keeper",
}

// tells find a canary. The name of an organisation is an answer of a variable that
// is published by its names, and may be told.
var tells = []string{"canaryson", "900917", "900 917", "ze99", "canary row", "is a canary", "203.0.113", "r_canary", "943 476", "9434765919", "14/02/1961", "1961-02-14", "keeper"}

// canaryExport is one platform's layout with canaries in every column that could
// hold one; a cell is a word of canaries, or what cell makes of it.
type canaryExport struct {
	survey string
	heads  []string // rows, cells split by |
	row    string
	id     string
	person string
	done   string // time of completion
	role   string
	skills string
	time   string
	stops  string // entry of the choice
	remark string // open question
	name   string // personal column
}

var canaryExports = []canaryExport{
	{
		survey: "qualtrics",
		heads: []string{
			"StartDate|EndDate|Status|IPAddress|Progress|Finished|RecordedDate|ResponseId|RecipientLastName|RecipientFirstName|RecipientEmail|ExternalReference|LocationLatitude|Q1|Q1_3_TEXT|Q2_1|Q2_2|Q2_3|Q2_3_TEXT|Q3_1|Q3_2|Q9|Q10 jane.canaryson@example.org",
			"Start Date|End Date|Response Type|IP Address|Progress|Finished|Recorded Date|Response ID|Recipient Last Name|Recipient First Name|Recipient Email|External Data Reference|Location Latitude|What is your role?|What is your role? - Other - Text|What stops you? - Lack of time|What stops you? - Lack of funding|What stops you? - Other|What stops you? - Other - Text|How far do you agree? - I have the skills|How far do you agree? - I have the time|Anything else?|Ask Jane Canaryson on 07700 900917",
			`{"ImportId":"startDate","timeZone":"Europe/London"}|{"ImportId":"endDate","timeZone":"Europe/London"}|{"ImportId":"status"}|{"ImportId":"ipAddress"}|{"ImportId":"progress"}|{"ImportId":"finished"}|{"ImportId":"recordedDate"}|{"ImportId":"_recordId"}|{"ImportId":"recipientLastName"}|{"ImportId":"recipientFirstName"}|{"ImportId":"recipientEmail"}|{"ImportId":"externalDataReference"}|{"ImportId":"locationLatitude"}|{"ImportId":"QID1"}|{"ImportId":"QID1_3_TEXT"}|{"ImportId":"QID2_1"}|{"ImportId":"QID2_2"}|{"ImportId":"QID2_3"}|{"ImportId":"QID2_3_TEXT"}|{"ImportId":"QID3_1"}|{"ImportId":"QID3_2"}|{"ImportId":"QID9_TEXT"}|{"ImportId":"QID10_TEXT"}`,
		},
		row: "2024-03-01 09:00:00|2024-03-01 09:05:00|IP Address|IP|100|True|2024-03-01 09:05:00|ID#|SURNAME|NAME|MAIL#|PHONE|POST|role|SHORT|time|funding|other|ADDRESS|agree|disagree|COMMENT#|MOBILE",
		id:  "ResponseId", person: "RecipientEmail", done: "EndDate", role: "Q1", skills: "Q3_1", time: "Q3_2", stops: `{columns: "What stops you? - *"}`, remark: "Q9", name: "RecipientFirstName",
	},
	{
		survey: "surveymonkey",
		heads: []string{
			"Respondent ID|Collector ID|Start Date|End Date|IP Address|Email Address|First Name|Last Name|Custom Data 1|What is your role?||What stops you?|||How far do you agree?||Anything else?",
			"|||||||||Response|Other (please specify)|Lack of time|Lack of funding|Other (please specify)|I have the skills|I have the time|Open-Ended Response",
		},
		row: "ID#|9001|03/11/2024 09:00:00|03/11/2024 09:05:00|IP|MAIL#|NAME|SURNAME|NHS|role|POST|time|funding|PHONE|agree|disagree|COMMENT#",
		id:  "Respondent ID", person: "Email Address", done: "End Date", role: "What is your role?", skills: "How far do you agree? - I have the skills", time: "How far do you agree? - I have the time",
		stops: `{columns: "What stops you? - *", map: {"Other (please specify)": other}}`, remark: "Anything else?", name: "First Name",
	},
	{
		survey: "msforms",
		heads:  []string{"Id|Start time|Completion time|Email|Name|What is your role?|What stops you?|I have the skills|I have the time|Anything else?|Date of birth"},
		row:    "#|3/1/24 9:00:00|3/1/24 9:05:00|MAIL#|NAME|role|Lack of time;ADDRESS;|agree|disagree|COMMENT#|BIRTH",
		id:     "Id", person: "Email", done: "Completion time", role: "What is your role?", skills: "I have the skills", time: "I have the time", stops: `{column: "What stops you?"}`, remark: "Anything else?", name: "Name",
	},
	{
		survey: "googleforms",
		heads:  []string{"Timestamp|Email Address|What is your role?|How far do you agree? [I have the skills]|How far do you agree? [I have the time]|What stops you?|Anything else?|Your name"},
		row:    "3/1/2024 9:00:00|MAIL#|role|agree|disagree|Lack of time, MAIL|COMMENT#|NAME",
		id:     "Email Address", person: "Email Address", done: "Timestamp", role: "What is your role?", skills: "How far do you agree? - I have the skills", time: "How far do you agree? - I have the time", stops: `{column: "What stops you?"}`, remark: "Anything else?", name: "Your name",
	},
	{
		survey: "smartsurvey",
		heads: []string{
			"UserID|UserNo|Name|Email|IP Address|Unique ID|Started|Ended|Tracking Link|Q1. What is your role?|Q2. What stops you?||Q3. How far do you agree?||Q4. Anything else?",
			"||||||||||Lack of time|Lack of funding|I have the skills|I have the time|",
		},
		row: "#|#|NAME|MAIL#|IP|ID#|01/03/2024 09:01|01/03/2024 09:06|https://example.org/canaryson|role|time|funding|agree|disagree|COMMENT#",
		id:  "UserID", person: "Email", done: "Ended", role: "Q1. What is your role?", skills: "Q3. How far do you agree? - I have the skills", time: "Q3. How far do you agree? - I have the time", stops: `{columns: "Q2. What stops you? - *"}`, remark: "Q4. Anything else?", name: "Name",
	},
	{
		survey: "jisc",
		heads:  []string{"Unique Response Number|1. What is your role?|1.a. If you selected Other, please specify:|2. What stops you?|3. How far do you agree?|3.1. I have the skills|3.2. I have the time|4. Anything else?|5. Your e-mail address|Completion Date"},
		row:    "1-2-#|role|NAME|Lack of time, POST||agree|disagree|COMMENT#|MAIL#|2024-03-01",
		id:     "Unique Response Number", person: "Your e-mail address", done: "Completion Date", role: "What is your role?", skills: "How far do you agree? - I have the skills", time: "How far do you agree? - I have the time", stops: `{column: "What stops you?", separator: ", "}`, remark: "Anything else?", name: "If you selected Other, please specify:",
	},
	{
		survey: "limesurvey",
		heads:  []string{"id. Response ID|submitdate. Date submitted|lastpage. Last page|startlanguage. Start language|seed. Seed|ipaddr. IP address|firstname. First name|email. Email address|role. What is your role?|stops[SQ001]. What stops you? [Lack of time]|stops[SQ002]. What stops you? [Lack of funding]|stops[other]. What stops you? [Other]|views[1]. How far do you agree? [I have the skills]|views[2]. How far do you agree? [I have the time]|more. Anything else?"},
		row:    "#|2024-03-01 09:00:00|3|en|11#|IP|NAME|MAIL#|role|Yes|No|PHONE|agree|disagree|COMMENT#",
		id:     "id. Response ID", person: "email", done: "submitdate. Date submitted", role: "role", skills: "views[1]", time: "views[2]", stops: `{columns: "What stops you? - *"}`, remark: "more", name: "firstname",
	},
	{
		survey: "redcap",
		heads:  []string{"Record ID|Survey Identifier|Survey Timestamp|Your name|What is your role?|What stops you? (choice=Lack of time)|What stops you? (choice=Lack of funding)|I have the skills|I have the time|Anything else?|Complete?"},
		row:    "#|MAIL#|2024-03-01 09:00:00|NAME|role|Checked|Unchecked|agree|disagree|COMMENT#|Complete",
		id:     "Record ID", person: "Survey Identifier", done: "Survey Timestamp", role: "What is your role?", skills: "I have the skills", time: "I have the time", stops: `{columns: "What stops you? - *"}`, remark: "Anything else?", name: "Your name",
	},
	{
		survey: "plain",
		heads:  []string{"respondent|E-mail|When|Role|Trust|I have the skills|I have the time|Stops|Remark|Name|ZE99 9QQ|What Jane Canaryson said (jane.canaryson@example.org)"},
		row:    "ID#|MAIL#|2024-03-01|role|trust|agree|disagree|Lack of time; NAME|COMMENT#|NAME|POST|ADDRESS",
		id:     "respondent", person: "E-mail", done: "When", role: "Role", skills: "I have the skills", time: "I have the time", stops: `{column: Stops, separator: "; "}`, remark: "Remark", name: "Name",
	},
}

func (c canaryExport) platform() string {
	if c.survey == "plain" {
		return "generic"
	}
	return c.survey
}

const canaryRows = 40

// cell is what a word of a row says in row n.
func canaryCell(word string, n int) string {
	bare, counted := strings.CutSuffix(word, "#")
	if text, ok := canaries[bare]; ok {
		if counted {
			return fmt.Sprintf("%s%d%s", text[:1], n, text[1:])
		}
		return text
	}
	pick := func(of ...string) string { return of[n%len(of)] }
	switch word {
	case "role":
		// The labels of the platform, and what people write in their place: often
		// enough to be quoted, were it not personal.
		if n%4 == 3 {
			return pick(canaries["NAME"], canaries["MAIL"], canaries["POST"], canaries["PHONE"])
		}
		if n == 2 {
			return canaries["SHORT"]
		}
		return pick("Doctor", "Nurse")
	case "agree", "disagree":
		if n%10 == 9 {
			return canaries["COMMENT"]
		}
		if n%10 == 8 {
			return canaries["NAME"]
		}
		return pick("Agree", "Disagree", "Neither")
	case "time":
		return pick("Lack of time", "")
	case "funding":
		return pick("", "Lack of funding")
	case "trust":
		return pick(canaries["TRUST"], "Trust A", "Trust B", "Trust C", "Trust D")
	case "other":
		return pick("Other", "")
	}
	return strings.Replace(strings.ReplaceAll(word, "ADDRESS", canaries["ADDRESS"]), "#", fmt.Sprint(n+1), 1)
}

func (c canaryExport) table() string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, h := range c.heads {
		_ = w.Write(strings.Split(h, "|"))
	}
	for n := range canaryRows {
		var cells []string
		for word := range strings.SplitSeq(c.row, "|") {
			cells = append(cells, canaryCell(canaryWords(word), n))
		}
		_ = w.Write(cells)
	}
	w.Flush()
	return b.String()
}

// canaryWords fills in the canaries that stand within a cell.
func canaryWords(word string) string {
	if _, whole := canaries[strings.TrimSuffix(word, "#")]; whole {
		return word
	}
	for _, k := range []string{"MAIL", "POST", "NAME"} {
		word = strings.ReplaceAll(word, k, canaries[k])
	}
	return word
}

// book is the export's codebook; unknown says what becomes of answers that nothing
// declares, more are lines that a case adds.
func (c canaryExport) book(unknown, skills, done string, more ...string) string {
	lines := []string{
		"version: 1", "platform: " + c.platform(), "id: " + quote(c.id), "person: " + quote(c.person), "completed: " + quote(done), unknown,
		"items:", "  skills: {column: " + quote(skills) + "}", "  time: {column: " + quote(c.time) + "}",
		"choices:", "  stops: " + c.stops,
		"variables:", "  role: {column: " + quote(c.role) + "}",
	}
	if c.survey == "plain" && !strings.Contains(strings.Join(more, ""), "trust") {
		lines = append(lines, "  trust: {column: Trust}")
	}
	return strings.Join(append(lines, more...), "\n") + "\n"
}

const canaryFramework = `version: 1
scales:
  agreement3: {options: [Disagree, Neither, Agree], positive: [Agree]}
constructs:
  ability: {title: Ability, items: [skills]}
  capacity: {title: Capacity, items: [time]}
items:
  skills: {title: Has the skills, scale: agreement3}
  time: {title: Has the time, scale: agreement3}
gaps:
  capacity_gap: {of: ability, minus: capacity}
choices:
  stops: {title: What stops you, options: {hours: Lack of time, funding: Lack of funding, other: Other}}
variables:
  role: {title: Role, categories: {doctor: Doctor, nurse: Nurse}}
  trust: {title: Trust, organisation: true}
`
