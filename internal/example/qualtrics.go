package example

import (
	"fmt"
	"time"
)

// The College's form. Qualtrics has three header rows: names, texts, and a JSON
// object with its own id. Questions that were seen and not answered hold -99,
// options that were seen and not ticked 0; what was never seen is blank.

const (
	collegeAgreeStem   = "We would like to know how research fits into your working life.\n\nBy “research” we mean any study with approval, \"large or small\".\n\nHow far do you agree?"
	collegeRateStem    = "On a scale from 1 (none) to 10 (very high), how would you rate the following?"
	collegeBarrierStem = "Which of these stand in your way?\u00a0(Tick all that apply)"
	collegeHelpStem    = "Which of these would help you? (Tick all that apply)"
)

var collegeStatements = []string{
	"I want to be more involved in research than I am at present",
	"Research makes the care of my patients better",
	"Research should be part of every physician’s job",
	"Research is for other people, not for me",
	"I know whom to ask when I need help with research",
	"My job plan leaves time for research",
	"My department supports physicians who want to do research",
	"I have been pressed to give up research",
}

var collegeRatings = []string{
	"My skill in finding and appraising evidence",
	"My skill in designing a study",
	"My confidence in inviting patients into a study",
	"Cover for my clinical work while I do research",
}

// collegeReworded is what the third rating asks in 2023.
const collegeReworded = "My confidence in explaining a study to patients and taking their consent"

const notAnswered = "-99"

func qualtrics2020(w wave, records []record) ([]byte, error) {
	c := college{wave: w}
	columns := append(c.metadata(), c.contact()...)
	columns = append(columns,
		c.single("Q1", "Do you agree to take part?", "QID1", func(record) string { return "Yes, I agree" }),
		c.grade("Q2"), c.sex("Q3"), c.region("Q4"), c.setting("Q5"))
	columns = append(columns, c.statements("Q6", agreements)...)
	columns = append(columns, c.ratings("Q7", collegeRatings)...)
	columns = append(columns, c.ticks("Q8", collegeBarrierStem, collegeBarriers, func(r record) uint { return r.barriers })...)
	columns = append(columns, c.ticks("Q9", collegeHelpStem, collegeHelps, func(r record) uint { return r.helps })...)
	columns = append(columns, c.comment("Q10"), c.weight("weight"))
	return []byte(csvText(table(columns, records), "\n")), nil
}

// qualtrics2023 moved: the ratings come first, everything has another number, Q3
// is no longer the sex but the region, one statement is gone and one rating has
// new words.
func qualtrics2023(w wave, records []record) ([]byte, error) {
	c := college{wave: w}
	reworded := append([]string(nil), collegeRatings...)
	reworded[confidence] = collegeReworded
	columns := append(c.metadata(),
		c.weight("Weight_final"), c.region("Q3"), c.setting("Q4"), c.grade("Q6"), c.sex("Q7"))
	columns = append(columns, c.ratings("Q11", reworded)...)
	columns = append(columns, c.statements("Q12", knowWho)...)
	columns = append(columns, c.ticks("Q15", collegeBarrierStem, collegeBarriers, func(r record) uint { return r.barriers })...)
	columns = append(columns, c.ticks("Q16", collegeHelpStem, collegeHelps, func(r record) uint { return r.helps })...)
	columns = append(columns, c.comment("Q18"))
	book := workbook{sheet: "Sheet0", extent: "A1:" + columnName(len(columns)-1) + fmt.Sprint(len(records)+3), creator: "Apache POI"}
	return book.encode(table(columns, records))
}

type college struct{ wave wave }

func (c college) meta(name, text, id string, value func(record) cell) column {
	return column{[]string{name, text, fmt.Sprintf(`{"ImportId":"%s"}`, id)}, value}
}

// single is a question of the first page.
func (c college) single(name, text, id string, value func(record) string) column {
	return says([]string{name, text, fmt.Sprintf(`{"ImportId":"%s"}`, id)}, value)
}

func (c college) metadata() []column {
	when := func(name, id string, get func(record) time.Time) column {
		head := []string{name, name, fmt.Sprintf(`{"ImportId":"%s","timeZone":"Europe/London"}`, id)}
		return column{head, func(r record) cell { return c.clock(get(r)) }}
	}
	return []column{
		when("StartDate", "startDate", func(r record) time.Time { return r.start }),
		when("EndDate", "endDate", func(r record) time.Time { return r.end }),
		c.meta("Status", "Response Type", "status", func(r record) cell { return text(status(r)) }),
		c.meta("IPAddress", "IP Address", "ipAddress", func(r record) cell { return text(address(r)) }),
		c.meta("Progress", "Progress", "progress", func(r record) cell { return number(r.page * 25) }),
		c.meta("Duration (in seconds)", "Duration (in seconds)", "duration", func(r record) cell { return number(r.seconds()) }),
		c.meta("Finished", "Finished", "finished", func(r record) cell { return text(finished(r)) }),
		when("RecordedDate", "recordedDate", func(r record) time.Time { return r.end.Add(time.Second) }),
		c.meta("ResponseId", "Response ID", "_recordId", func(r record) cell { return text(c.responseID(r)) }),
		c.meta("DistributionChannel", "Distribution Channel", "distributionChannel", func(record) cell { return text("anonymous") }),
		c.meta("UserLanguage", "User Language", "userLanguage", func(record) cell { return text("EN-GB") }),
	}
}

func (c college) contact() []column {
	return []column{
		c.single("RecipientLastName", "Recipient Last Name", "recipientLastName", func(r record) string { return unless(!r.mailed, r.last) }),
		c.single("RecipientFirstName", "Recipient First Name", "recipientFirstName", func(r record) string { return unless(!r.mailed, r.first) }),
		c.single("RecipientEmail", "Recipient Email", "recipientEmail", func(r record) string { return unless(!r.mailed, r.email) }),
		c.single("ExternalReference", "External Data Reference", "externalDataReference", func(record) string { return "" }),
	}
}

// clock is a text in the CSV and a serial number with a date's style in the workbook.
func (c college) clock(t time.Time) cell {
	if c.wave.id == "2023" {
		return at(t)
	}
	return text(t.Format(time.DateTime))
}

func status(r record) string {
	switch r.reason {
	case preview:
		return "Survey Preview"
	case test:
		return "Survey Test"
	case spam:
		return "Spam"
	}
	return "IP Address"
}

func finished(r record) string {
	if r.page < pageTicks {
		return "False"
	}
	return "True"
}

// responseID looks like the platform's: R_ and fifteen letters and digits.
//
//gosec:disable G115 -- made-up numbers that are small
func (c college) responseID(r record) string {
	const letters = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	s := newSource(c.wave.stream*100_000 + uint64(r.number))
	id := []byte("R_")
	for range 15 {
		id = append(id, letters[s.below(len(letters))])
	}
	return string(id)
}
