package example

import "fmt"

// plainTable is the minimal study's export: one header row of short names and
// nothing that any platform would write.
func plainTable(_ wave, records []record) ([]byte, error) {
	one := func(name string, value func(record) string) column { return says([]string{name}, value) }
	agree := func(name string, i int) column {
		return one(name, func(r record) string { return agreeLabels[r.agree[i]] })
	}
	columns := []column{
		one("number", func(r record) string { return fmt.Sprintf("A%04d", r.number) }),
		one("sent", func(r record) string { return r.end.Format("2006-01-02 15:04") }),
		agree("More research", wantMore),
		agree("Research improves care", worthIt),
		agree("Know who to ask", knowWho),
		one("Skill in planning a study", func(r record) string { return rateLabels[r.rate[studyDesign]] }),
		agree("Time in the week", timeForIt),
		agree("Manager supports it", support),
	}
	return []byte(csvText(table(columns, records), "\n")), nil
}
