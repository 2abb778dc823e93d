package example

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// The Clinical Research Network's form. Microsoft Forms has one header row, rows
// of a grid are columns under the row's words alone, and ticked options are
// joined in one cell with a semicolon after each.

const (
	formsBarriers = "What gets in your way?\nPlease tick all that apply.\u00a0"
	formsHelps    = "What would help?\u00a0\u00a0"
	formsEmail    = "Your e-mail address, if you would like to hear of the results\u00a0"
)

var formsStatements = []string{
	"I’d like to do more research than I do now",
	"Research means better care for patients",
	"Everybody’s job should have room for research",
	"Research is something for others to do",
	"I know where to go for help with research",
	"I have time for research in a normal week",
	"My line manager encourages research",
	"I have felt pushed to drop research",
}

var formsRatings = []string{
	"Finding and judging evidence: how skilled are you?",
	"Planning a study: how skilled are you?",
	"Inviting patients into studies: how confident are you?",
	"Doing research: how well is your other work covered?",
}

// forms2020 is the workbook as the platform hands it out: elements with a
// prefix, a wrong extent, a table, headings that end in no-break spaces.
func forms2020(w wave, records []record) ([]byte, error) {
	f := network{wave: w, id: "ID", clock: at, rating: true}
	book := workbook{prefix: "x:", sheet: "Sheet1", extent: "A1", table: "Table1", creator: "Microsoft Forms"}
	return book.encode(table(f.columns(), records))
}

// forms2023 is such a workbook saved as CSV by a British spreadsheet.
func forms2023(w wave, records []record) ([]byte, error) {
	f := network{wave: w, id: "Id", clock: func(t time.Time) cell { return text(t.Format("02/01/2006 15:04")) }}
	encoded, err := charmap.Windows1252.NewEncoder().String(csvText(table(f.columns(), records), "\r\n"))
	if err != nil {
		return nil, fmt.Errorf("windows-1252: %w", err)
	}
	return []byte(encoded), nil
}

type network struct {
	wave   wave
	id     string
	clock  func(time.Time) cell
	rating bool // ratings are numbers in their cells
}

func (f network) columns() []column {
	one := func(heading string, value func(record) string) column { return says([]string{heading}, value) }
	columns := []column{
		{[]string{f.id}, func(r record) cell { return number(r.number) }},
		{[]string{"Start time"}, func(r record) cell { return f.clock(r.start) }},
		{[]string{"Completion time"}, func(r record) cell { return f.clock(r.end) }},
		one("Email", func(record) string { return "anonymous" }),
		one("Name", func(record) string { return "" }),
		one("Last modified time", func(record) string { return "" }),
		one("What is your role?\u00a0\u00a0", func(r record) string { return unless(r.noProfile[0], networkStaff[r.staff]) }),
		one("Region", func(r record) string { return unless(r.noProfile[1], regions[r.region]) }),
		one("Where do you mostly work?", func(r record) string { return unless(r.noProfile[2], networkSetting[r.setting]) }),
		one("Are you...?", func(r record) string { return unless(r.noProfile[3], networkSex[r.sex]) }),
	}
	for i, statement := range formsStatements {
		columns = append(columns, one(statement, func(r record) string { return roughen(agreeLabels[r.agree[i]], r, i) }))
	}
	for i, statement := range formsRatings {
		columns = append(columns, column{[]string{statement}, func(r record) cell { return f.rate(r.rate[i]) }})
	}
	return append(columns,
		one(formsBarriers, func(r record) string {
			return joined(bits(r.barriers, networkBarriers), unless(!r.ownTicked, "Nobody to ask"))
		}),
		one(formsHelps, func(r record) string { return joined(bits(r.helps, networkHelps), "") }),
		one("Anything else?", func(r record) string { return r.comment }),
		one(formsEmail, func(r record) string { return unless(!r.mailed || r.page < pageTicks, r.email) }))
}

func (f network) rate(code int) cell {
	return cell{text: rateLabels[code], number: f.rating && code != blank && code != rateUnsure}
}

// joined writes ticked options, and an own one, with a semicolon after each.
func joined(options []string, own string) string {
	if own != "" {
		options = append(options, own)
	}
	if len(options) == 0 {
		return ""
	}
	return strings.Join(options, ";") + ";"
}
