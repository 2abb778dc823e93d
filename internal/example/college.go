package example

import "fmt"

// The questions of the College's form, each under the name that a wave gives it.

func (c college) grade(name string) column {
	return c.single(name, "What is your grade?", "QID2", func(r record) string { return collegeGrades[r.person.grade] })
}

func (c college) sex(name string) column {
	return c.single(name, "How do you describe yourself?", "QID3", func(r record) string {
		if r.noProfile[3] {
			return notAnswered
		}
		return collegeSex[r.person.sex]
	})
}

// region is the stratum and so never blank.
func (c college) region(name string) column {
	return c.single(name, "In which region is your main hospital?", "QID4", func(r record) string { return regions[r.person.region] })
}

func (c college) setting(name string) column {
	return c.single(name, "Is it a rural or a city hospital?", "QID5", func(r record) string { return collegeSetting[r.person.setting] })
}

// weight is an embedded value that the survey's owners filled in for complete
// responses alone.
func (c college) weight(name string) column {
	return c.single(name, name, name, func(r record) string {
		if r.page < pageTicks || r.reason == preview || r.reason == test {
			return ""
		}
		w := weightOf(r.person)
		return fmt.Sprintf("%d.%04d", w/10_000, w%10_000)
	})
}

func (c college) comment(name string) column {
	return c.single(name, "Is there anything you would like to add?", "QID10_TEXT", func(r record) string {
		if r.page == pageTicks && r.comment == "" {
			return notAnswered
		}
		return r.comment
	})
}

// statements is the agreement matrix without the statement left out; leave out
// agreements for all of them.
func (c college) statements(name string, leftOut int) []column {
	var columns []column
	for i, statement := range collegeStatements {
		if i == leftOut {
			continue
		}
		head := c.row(name, "QID6", collegeAgreeStem, statement, len(columns)+1)
		columns = append(columns, says(head, func(r record) string {
			return seen(r, pageAgree, roughen(agreeLabels[r.agree[i]], r, i))
		}))
	}
	return columns
}

func (c college) ratings(name string, rows []string) []column {
	columns := make([]column, len(rows))
	for i, row := range rows {
		columns[i] = says(c.row(name, "QID7", collegeRateStem, row, i+1), func(r record) string {
			return seen(r, pageRate, rateLabels[r.rate[i]])
		})
	}
	return columns
}

func (c college) row(name, id, stem, row string, n int) []string {
	return []string{fmt.Sprintf("%s_%d", name, n), stem + " - " + row, fmt.Sprintf(`{"ImportId":"%s_%d"}`, id, n)}
}

// ticks is one column an option.
func (c college) ticks(name, stem string, options []string, set func(record) uint) []column {
	columns := make([]column, len(options))
	for i, option := range options {
		head := []string{fmt.Sprintf("%s_%d", name, i+1), stem + " - " + option, fmt.Sprintf(`{"ImportId":"QID%s","choiceId":"%d"}`, name[1:], i+1)}
		columns[i] = says(head, func(r record) string {
			switch {
			case r.page < pageTicks:
				return ""
			case set(r)>>i&1 == 1:
				return option
			}
			return "0"
		})
	}
	return columns
}

// seen is the answer to a question of a page: blank where the page never came.
func seen(r record, page int, answer string) string {
	switch {
	case r.page < page:
		return ""
	case answer == "":
		return notAnswered
	}
	return answer
}
