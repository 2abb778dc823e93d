package example

import (
	"fmt"
	"time"
)

// The R&D Forum's form. SurveyMonkey has two header rows: the question once,
// blank over its further columns, and under it the row or option, "Response" or
// "Open-Ended Response".

const (
	experienceHeading = "How many years have you been in your present post?"
	forumAgreeStem    = "Thinking about your own job, how far do you agree\nwith each of these statements?"
	forumRateStem     = "Please rate each of these from 1 (none) to 10 (very high).\n\n“Research” means any study that the trust has\u00a0approved."
	forumBarrierStem  = "What stands in your way? Please tick all that apply."
)

var forumStatements = []string{
	"I would like to be more involved in research than I am now",
	"Research leads to better care for the people we look after",
	"Taking part in research belongs in every job in the NHS",
	"Research is best left to specialists, it isn’t for people like me",
	"I know who to turn to for help with research",
	"There is time for research in my working week",
	"My manager backs people who want to do research",
	"I have been put under pressure to drop research work",
}

var forumRatings = []string{
	"My skill in finding and weighing up evidence",
	"My skill in planning a study",
	"My confidence in asking patients to join a study",
	"Cover for my other work while I do research",
}

func surveyMonkey2020(w wave, records []record) ([]byte, error) {
	form := forum{wave: w, dates: "01/02/2006 15:04:05", years: years}
	return []byte(csvText(table(form.columns(), records), "\n")), nil
}

// surveyMonkey2022 was opened in a spreadsheet and saved again: byte order mark,
// carriage returns, shorter dates, and ranges of years turned into days.
func surveyMonkey2022(w wave, records []record) ([]byte, error) {
	form := forum{wave: w, dates: "1/2/2006 15:04", years: yearsAsDates}
	return []byte("\ufeff" + csvText(table(form.columns(), records), "\r\n")), nil
}

type forum struct {
	wave  wave
	dates string
	years []string
}

func (f forum) columns() []column {
	columns := append(f.metadata(), f.profile()...)
	columns = append(columns, f.matrix(forumAgreeStem, forumStatements, func(r record, i int) string { return forumAgree[r.agree[i]] })...)
	columns = append(columns, f.matrix(forumRateStem, forumRatings, func(r record, i int) string { return forumRate[r.rate[i]] })...)
	columns = append(columns, f.matrix(forumBarrierStem, forumBarriers, f.barrier)...)
	return append(columns, says([]string{"Is there anything else you would like to tell us?", "Open-Ended Response"}, func(r record) string { return r.comment }))
}

//gosec:disable G115 -- made-up numbers that are small
func (f forum) metadata() []column {
	meta := func(name string, value func(record) string) column { return says([]string{name, ""}, value) }
	clock := func(t time.Time) string { return t.Format(f.dates) }
	return []column{
		meta("Respondent ID", func(r record) string {
			return fmt.Sprint(11_203_000_000 + int64(f.wave.stream)*1_000_000 + int64(r.number)*37)
		}),
		meta("Collector ID", func(record) string { return "400123456" }),
		meta("Start Date", func(r record) string { return clock(r.start) }),
		meta("End Date", func(r record) string { return clock(r.end) }),
		meta("IP Address", address),
		meta("Email Address", func(r record) string { return unless(!r.mailed, r.email) }),
		meta("First Name", func(r record) string { return unless(!r.mailed, r.first) }),
		meta("Last Name", func(r record) string { return unless(!r.mailed, r.last) }),
		meta("Custom Data 1", func(record) string { return "" }),
	}
}

func (f forum) profile() []column {
	return []column{
		says([]string{"Trust code", "Open-Ended Response"}, f.trust),
		says([]string{"Which staff group are you in?", "Response"}, func(r record) string { return unless(r.noProfile[0], roughen(forumStaff[r.staff], r, 0)) }),
		says([]string{"In which region do you work?", "Response"}, func(r record) string { return unless(r.noProfile[1], regions[r.region]) }),
		says([]string{"Is your main place of work rural or in a city?", "Response"}, func(r record) string {
			return unless(r.noProfile[2], []string{"Rural", "City"}[r.setting])
		}),
		says([]string{"How would you describe yourself?", "Response"}, func(r record) string { return unless(r.noProfile[3], forumSex[r.sex]) }),
		says([]string{experienceHeading, "Response"}, f.experience),
	}
}

// trust is blank where somebody did not say, and such rows are screened out.
func (f forum) trust(r record) string {
	if r.noTrust {
		return ""
	}
	return f.wave.trusts[r.person.trust].code
}

func (f forum) experience(r record) string {
	if r.spoiltExperience {
		return "#NAME?"
	}
	return f.years[r.person.experience]
}

// barrier is the option's label where it is ticked; under Other, the own words.
func (f forum) barrier(r record, i int) string {
	switch {
	case r.barriers>>i&1 == 0:
		return ""
	case i == barrierOther:
		return r.own
	}
	return forumBarriers[i]
}

// matrix is one column a row of the question, which stands over the first only.
func (f forum) matrix(stem string, rows []string, value func(record, int) string) []column {
	columns := make([]column, len(rows))
	for i, row := range rows {
		if i > 0 {
			stem = ""
		}
		columns[i] = says([]string{stem, row}, func(r record) string { return roughen(value(r, i), r, i) })
	}
	return columns
}
