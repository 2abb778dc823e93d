package example

import (
	"strconv"
	"strings"
	"time"
)

// form is a questionnaire in one survey's own words, exported by nothing that any
// platform would write: one header row, one column a question, ticked options
// joined by semicolons.
type form struct {
	number, sent string // headings of the id and of the time of completion
	asks         []ask
	ticks        []tickAll

	// Only the first so many respondents saw the questions that are not for all;
	// zero says that everyone did.
	first int
}

// ask is a question with one answer: what is said at each code, blank at zero.
type ask struct {
	heading string
	labels  []string
	code    func(record) int
	all     bool // for those too that came after the first
}

// tickAll is a question whose options are bits of a set.
type tickAll struct {
	heading string
	options []string
	set     func(record) uint
}

func (f form) write(_ wave, records []record) ([]byte, error) {
	columns := []column{
		says([]string{f.number}, func(r record) string { return "B" + strconv.Itoa(1000+r.number) }),
		says([]string{f.sent}, func(r record) string { return r.end.Format(time.DateTime) }),
	}
	for _, a := range f.asks {
		columns = append(columns, says([]string{a.heading}, func(r record) string {
			return unless(!a.all && f.unseen(r), a.labels[a.code(r)])
		}))
	}
	for _, t := range f.ticks {
		columns = append(columns, says([]string{t.heading}, func(r record) string {
			return unless(f.unseen(r), strings.Join(bits(t.set(r), t.options), ";"))
		}))
	}
	return []byte(csvText(table(columns, records), "\n")), nil
}

func (f form) unseen(r record) bool { return f.first > 0 && r.number > f.first }

// agreeAsks are the statements with these headings; one that is empty is not asked.
func agreeAsks(headings, labels []string) []ask {
	return asksOf(headings, labels, func(r record, i int) int { return r.agree[i] })
}

// rateAsks are the ratings from 1 to 10, each in the label of its number.
func rateAsks(headings []string) []ask {
	return asksOf(headings, rateLabels, func(r record, i int) int { return r.rate[i] })
}

// halvedAsks are the ratings on five labels, after which comes that of the unsure.
func halvedAsks(headings, labels []string) []ask {
	return asksOf(headings, labels, func(r record, i int) int { return (r.rate[i] + 1) / 2 })
}

func asksOf(headings, labels []string, code func(record, int) int) []ask {
	var asks []ask
	for i, h := range headings {
		if h != "" {
			asks = append(asks, ask{heading: h, labels: labels, code: func(r record) int { return code(r, i) }})
		}
	}
	return asks
}

// profileAsk is about the respondent; the index of a category is one less than its
// code, and blank says which of the four may be left blank it goes with.
func profileAsk(heading string, labels []string, blank int, category func(record) int) ask {
	return ask{heading, labels, func(r record) int {
		if r.noProfile[blank] {
			return 0
		}
		return category(r) + 1
	}, true}
}

func staffOf(r record) int     { return r.staff }
func regionOf(r record) int    { return r.region }
func settingOf(r record) int   { return r.setting }
func barriersOf(r record) uint { return r.barriers }
func helpsOf(r record) uint    { return r.helps }

// numbered are the codes of labels as texts, for exports that have no words.
func numbered(labels []string) []string {
	codes := make([]string, len(labels))
	for i, l := range labels {
		codes[i] = unless(l == "", strconv.Itoa(i))
	}
	return codes
}
