package normalise

import (
	"fmt"
	"maps"
	"slices"

	"github.com/caregap/caregap/internal/diag"
)

// Result is the account of one wave.
type Result struct {
	Names    *WaveNames
	Ledgers  []Ledger
	SetAside []SetAsideRow
	Rejected []RejectedLabel // private: the texts themselves
	// BaseRule is, per choice, saw or ticked_any.
	BaseRule    []string
	Respondents int
	// DesignRead says that the design's columns are there and could be read for
	// every respondent.
	DesignRead bool
	Raking     *Raking // how the final weights were made; nil where they are the design's

	files []*fileResult
}

// SetAsideRow is one row of private/set-aside.csv. Row is counted as a
// spreadsheet does, header rows included.
type SetAsideRow struct {
	File   string
	Row    int
	Reason string
}

// RejectedLabel is a text that nothing declares, with how often it came.
type RejectedLabel struct {
	File, Column, Reason, Text string
	Count                      int
}

// fileResult gathers the pieces of one file.
type fileResult struct {
	source     *source
	records    int
	rows       int
	kept       int
	unfinished int
	seenMark   bool
	saw        []bool
	setAside   map[string]int
	asideRows  []SetAsideRow
	problems   []diag.Diagnostic
	tally      tally
	repeats    repeats
	dates      datesSeen
	byCode     map[string]int // problems met
	lost       bool           // where records begin is no longer sure
}

func newResult(p *pass) *Result {
	r := &Result{Names: p.names, Raking: p.know.raking}
	for _, f := range p.files {
		r.files = append(r.files, &fileResult{source: f, setAside: map[string]int{}, byCode: map[string]int{}, tally: newTally(), saw: make([]bool, len(p.Schema.Choices))})
	}
	return r
}

// add puts a piece behind the earlier ones of its file.
func (r *Result) add(file int, p *Piece) {
	f := r.files[file]
	for _, a := range p.SetAside {
		f.setAside[a.Reason]++
		f.asideRows = append(f.asideRows, SetAsideRow{f.source.Name, f.records + a.Record + 1, a.Reason})
	}
	if !f.lost {
		f.addProblems(p.Problems)
		f.tally.add(p.tally, f.records)
		f.repeats.add(p.repeats, f.records)
	}
	f.lost = f.lost || p.lost
	f.records += p.Records
	f.rows += p.Rows
	f.kept += p.Block.Rows
	f.unfinished += p.unfinished
	f.seenMark = f.seenMark || p.SeenMark
	f.dates.dayFirst += p.dates.dayFirst
	f.dates.monthFirst += p.dates.monthFirst
	for i, saw := range p.SawChoice {
		f.saw[i] = f.saw[i] || saw
	}
	r.Respondents += p.Block.Rows
}

// perCode is how many problems of one code a file reports one by one.
const perCode = 20

// addProblems takes over problems of a piece. Of many of one kind the first say
// enough; the last line counts the others.
func (f *fileResult) addProblems(found []diag.Diagnostic) {
	for _, d := range found {
		f.byCode[d.Code]++
		if f.byCode[d.Code] > perCode {
			continue
		}
		d.Pos.File, d.Pos.Sheet = f.source.Name, f.source.Sheet
		if d.Pos.Row > 0 {
			d.Pos.Row += f.records
		}
		f.problems = append(f.problems, d)
	}
}

// reportProblems says what was wrong with the file's records.
func (f *fileResult) reportProblems(diags *diag.List) {
	diags.Add(f.problems...)
	for _, code := range slices.Sorted(maps.Keys(f.byCode)) {
		if more := f.byCode[code] - perCode; more > 0 {
			diags.Errorf(code, diag.Pos{File: f.source.Name, Sheet: f.source.Sheet, Row: f.records}, "and at least %s more like the %d above", plural(more, "row"), perCode)
		}
	}
}

// report closes the account: ledgers, private lists, and what is to be said.
func (p *pass) report(diags *diag.List) error {
	r, own := p.result, &diag.List{}
	defer diags.Merge(own)
	for _, f := range r.files {
		l, err := f.ledger(p)
		if err != nil {
			return err
		}
		r.Ledgers = append(r.Ledgers, l)
		r.SetAside = append(r.SetAside, f.asideRows...)
		own.Add(f.source.damage...)
		f.reportProblems(own)
		own.Add(f.source.Uneven()...)
		f.reportUnusable(r, own)
		f.reportUnfinished(own)
		f.reportRepeats(own)
	}
	r.DesignRead = p.whole && !slices.ContainsFunc(r.files, (*fileResult).designUnread)
	if p.whole {
		p.checkTexts(own)
	}
	r.setBaseRules(len(p.Schema.Choices))
	if r.Respondents == 0 && p.whole && !own.HasErrors() {
		own.Add(diag.Diagnostic{Code: "no-respondent", Pos: p.Wave.Pos,
			Message: fmt.Sprintf("survey %q, wave %q: no respondent is left of %s", p.Survey.ID, p.Wave.ID, describe(r.Ledgers)),
			Hint:    "is keep too strict, or is this the wrong export?"})
	}
	p.reportRaking(own)
	return nil
}

func (f *fileResult) designUnread() bool {
	for k := range f.tally.counts {
		if _, design := designProblems[k.reason]; design {
			return true
		}
	}
	return len(f.source.damage) > 0 || f.lost
}

func (f *fileResult) reportUnfinished(diags *diag.List) {
	if f.unfinished == 0 {
		return
	}
	verb := "count as respondents"
	if f.unfinished == 1 {
		verb = "counts as a respondent"
	}
	diags.Add(diag.Diagnostic{Code: "unfinished", Severity: diag.Warning, Pos: diag.Pos{File: f.source.Name},
		Message: fmt.Sprintf("%s %s", plural(f.unfinished, "unfinished row"), verb),
		Hint:    fmt.Sprintf("a keep rule on %q would set them aside", f.source.Columns[f.source.plan.completion.Column].Title())})
}

// setBaseRules says per choice whether a file can tell "ticked none" from a skip.
func (r *Result) setBaseRules(choices int) {
	for i := range choices {
		rule := "ticked_any"
		for _, f := range r.files {
			if f.saw[i] {
				rule = "saw"
			}
		}
		r.BaseRule = append(r.BaseRule, rule)
	}
}

func describe(ledgers []Ledger) string {
	rows, aside := 0, map[string]int{}
	for _, l := range ledgers {
		rows += l.Rows
		for _, s := range l.SetAside {
			aside[s.Reason] += s.Count
		}
	}
	text := plural(rows, "row")
	for _, reason := range Reasons() {
		if aside[reason] > 0 {
			text += fmt.Sprintf(", %d %s", aside[reason], reason)
		}
	}
	return text
}

// ledger makes the file's account and checks its sum.
func (f *fileResult) ledger(p *pass) (Ledger, error) {
	l := Ledger{Survey: p.Survey.ID, Wave: p.Wave.ID, File: f.source.Name, Platform: f.source.Platform, Rows: f.rows, Respondents: f.kept, SetAside: []ReasonCount{}, Rejected: []RejectedCount{}}
	if f.source.Sheets > 1 {
		l.Sheet = f.source.Sheet
	}
	sum := f.kept
	for _, reason := range Reasons() {
		if n := f.setAside[reason]; n > 0 {
			l.SetAside = append(l.SetAside, ReasonCount{reason, n})
			sum += n
		}
	}
	if sum != f.rows {
		return l, fmt.Errorf("%s: %d rows, but %d respondents and rows set aside: the account does not meet", f.source.Name, f.rows, sum)
	}
	for _, k := range f.tally.keys() {
		l.Rejected = append(l.Rejected, RejectedCount{Column: f.source.Column(k.field).Title(), Reason: k.reason, Count: f.tally.counts[k]})
	}
	return l, nil
}

func (t *tally) keys() []tallyKey {
	return slices.SortedFunc(maps.Keys(t.counts), func(a, b tallyKey) int {
		if a.field != b.field {
			return a.field - b.field
		}
		if a.reason < b.reason {
			return -1
		}
		return 1
	})
}
