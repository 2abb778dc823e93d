package export

import (
	"regexp"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/fold"
)

// figures is what the cells of a table look like that may hold counts and shares
// instead of answers.
type figures struct {
	head     Head // from the headings on
	banner   bool // a row over the headings spans some of them
	cells    int  // right of the first column, under the headings, that say something
	numbers  int  // of these: figures, and the marks that stand for hidden ones
	percents int  // cells that are percentages, or shares of one
	large    int  // beyond what answers are
	headings int  // that name a count or a share
	totals   int  // rows called total, base and the like
	repeated int  // headings that occur more than once
	counted  int  // figures of two digits and more, none of them an answer's code
	places   int  // column of organisations or areas that all differ, or -1
	persons  bool
}

var (
	figureCell  = regexp.MustCompile(`^[-+£$<>~]?\s?\d[\d,]*(\.\d+)?\s?%?[*]?$|^[*:.\-–]{1,2}$|^\[[a-z]\]$|^(?i)(n/a|c|z|x|low|suppressed)$`)
	countCell   = regexp.MustCompile(`^[1-9][\d,]*\d$`)
	people      = regexp.MustCompile(`(?i)\b(participants?|respondents?|person|people|users?|subjects?|staff|patients?|names?|no|number|ref(erence)?|key|row|record|case)\b|\bid\b|id$`)
	percentCell = regexp.MustCompile(`^-?[<>~]?\d+(\.\d+)?\s?%$|^0?\.\d\d+$`)
	aggregated  = regexp.MustCompile(`(?i)^(n|base|counts?|total|per ?cent|percent(age)?|%|mean|median|average|s\.?d\.?|s\.?e\.?|rate|denominator|numerator|headcount|responses|respondents|estimate|lower|upper|value|variance|minimum|maximum|std deviation|gross percentage)$` +
		`|\b(number of|percentage|per cent|total (number|respondents|responses)|response rate|average|mean score|confidence (interval|limit)|head ?count|denominator|numerator|sample size|base size|standard error)\b|%`)
	totalRow  = regexp.MustCompile(`(?i)^((unweighted|weighted|effective) )?(base|total|totals|net|grand total|sample size|n|mean|average|all|all respondents|england|std dev.*|standard deviation|sigma|column %|row %)( ?[:(].*)?$`)
	placeName = regexp.MustCompile(`(?i)\b(organi[sz]ation|trust|provider|practice|hospital|icb|ics|stp|ccg|local authority|council|ods|org|region|area|county|state|country|constituency|school|site|dma|city|town)\b`)
	placeCode = regexp.MustCompile(`(?i)^(org|ods|trust|provider|practice|icb|area|la|gss|region)[ _]?(code|name|id)?$`)
)

// measure counts what the cells of a table look like.
func (h Head) measure() figures {
	row := untitled(h)
	t := figures{head: h.from(row), places: -1}
	for row := range min(3, len(h.Rows)) {
		t.banner = t.banner || spans(h, row)
	}
	if len(t.head.Rows) > 2 && spans(t.head, 0) {
		t.head = t.head.from(1)
	}
	t.lookAtHeadings()
	for row := 1; row < len(t.head.Rows); row++ {
		t.lookAtRow(row)
	}
	return t
}

// spans reports whether a row is one of groups of headings: it says something over
// fewer columns than the row under it, the blanks being right of what it says.
func spans(h Head, row int) bool {
	if row+1 >= len(h.Rows) {
		return false
	}
	over, under := said(h.Rows[row]), said(h.Rows[row+1])
	return over > 1 && under > 4 && 3*over <= 2*under
}

func (t *figures) lookAtHeadings() {
	times := map[string]int{}
	for i := range t.head.Width() {
		heading := label(t.head.At(0, i))
		if heading == "" {
			continue
		}
		if times[fold.String(heading)]++; times[fold.String(heading)] == 2 {
			t.repeated++
		}
		if aggregated.MatchString(heading) {
			t.headings++
		}
		role := guessRole(heading)
		t.persons = t.persons || role == RoleID || role == RoleTime
		if t.places < 0 && i < 5 && (placeName.MatchString(heading) || placeCode.MatchString(heading)) && distinctText(t.head, i) {
			t.places = i
		}
	}
}

func (t *figures) lookAtRow(row int) {
	cells := t.head.Rows[row]
	if slices.ContainsFunc(cells[:min(2, len(cells))], func(s string) bool { return totalRow.MatchString(strings.TrimSpace(s)) }) {
		t.totals++
	}
	for i := 1; i < len(cells); i++ {
		cell := strings.TrimSpace(cells[i])
		if cell == "" {
			continue
		}
		t.cells++
		if !figureCell.MatchString(cell) {
			continue
		}
		t.numbers++
		if percentCell.MatchString(cell) {
			t.percents++
		}
		if len(cell) > 3 && !percentCell.MatchString(cell) {
			t.large++
		}
		if countCell.MatchString(cell) {
			t.counted++
		}
	}
}

// signs adds up what speaks for counts and shares. Where ids or times of responses
// have columns, little does.
func (t figures) signs() (score int, signs []string) {
	if t.cells == 0 || 5*t.numbers < 3*t.cells {
		return 0, nil
	}
	add := func(is bool, points int, sign string) {
		if is {
			score, signs = score+points, append(signs, sign)
		}
	}
	add(10*t.percents >= 3*t.cells, 2, "cells that are percentages or shares")
	add(t.headings > 1, 1, "headings that name counts or shares")
	add(2*t.headings >= said(t.head.Rows[0]), 1, "few other headings")
	add(t.totals > 0, 2, "rows such as Total or Base")
	add(t.banner, 1, "a row that spans headings")
	add(t.repeated > 1, 1, "groups of headings that repeat each other")
	add(5*t.large >= t.cells, 1, "figures larger than answers are")
	add(5*t.numbers >= 4*t.cells && distinctText(t.head, t.head.stub()), 1, "nothing but figures beside a name in each row")
	add(t.counts(), 2, "counts in words' rows and columns")
	if t.persons {
		score -= enough
	}
	return score, signs
}

// stub is the column of what the rows are called: the first that holds anything,
// with a heading or, as in most tables of counts, without.
func (h Head) stub() int {
	lead := h.lead()
	for i := range lead {
		for row := 1; row < len(h.Rows); row++ {
			if h.At(row, i) != "" {
				return i
			}
		}
	}
	return lead
}

func crossTabSigns(h Head) (int, []string) { return h.measure().signs() }

// counts reports whether a table holds counts and nothing else: rows and columns
// have words, and those over the rows are not what people are called by.
func (t figures) counts() bool {
	lead := t.head.stub()
	if t.numbers < t.cells || 10*t.counted < 9*t.cells || said(t.head.Rows[0]) < 3 || people.MatchString(label(t.head.At(0, lead))) || !distinctText(t.head, lead) {
		return false
	}
	for row := 1; row < len(t.head.Rows); row++ {
		if strings.ContainsAny(t.head.At(row, lead), "0123456789@") {
			return false
		}
	}
	return true
}

// organisationSigns needs organisations or areas that all differ, beside figures.
func organisationSigns(h Head) (int, []string) {
	t := h.measure()
	if t.places < 0 {
		return 0, nil
	}
	score, signs := t.signs()
	if score == 0 {
		return 0, nil
	}
	return score + 1, append([]string{"a row for each organisation or area"}, signs...)
}

// Headings of tables with a row for each result, squeezed.
var (
	resultKeys    = []string{"measure", "indicator", "metric", "question", "statistic", "variable", "questiontext", "breakdown", "item", "measureid"}
	resultLevels  = []string{"category", "level", "answer", "option", "response", "group", "survey", "wave", "year", "unit"}
	resultFigures = []string{"value", "n", "count", "percent", "percentage", "estimate", "base", "denominator", "numerator", "lower", "upper", "lowerci", "upperci", "se", "numberofresponses", "responses", "mean", "score"}
)

// resultSigns looks for tables with a row for each result.
func resultSigns(h Head) (int, []string) {
	top := h.from(untitled(h))
	keys, results, levels := 0, 0, 0
	for i := range top.Width() {
		name := squeeze(top.At(0, i))
		if slices.Contains(resultKeys, name) {
			keys++
		}
		if slices.Contains(resultFigures, name) {
			results++
		}
		if slices.Contains(resultLevels, name) {
			levels++
		}
		if role := guessRole(name); role == RoleID || role == RoleTime {
			return 0, nil
		}
	}
	if all := keys+results+levels == said(top.Rows[0]); keys == 0 || results == 0 || results < 2 && !(all && levels > 0) {
		return 0, nil
	}
	return enough, []string{"headings such as \"Measure\" and \"Value\"", "a row for each result"}
}
