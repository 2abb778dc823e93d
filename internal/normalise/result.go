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
}

func newResult(p *pass) *Result {
	r := &Result{Names: p.names}
	for _, f := range p.files {
		r.files = append(r.files, &fileResult{source: f, setAside: map[string]int{}, tally: newTally(), saw: make([]bool, len(p.Schema.Choices))})
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
	for _, d := range p.Problems {
		if d.Pos.Row > 0 {
			d.Pos.Row += f.records
		}
		f.problems = append(f.problems, d)
	}
	f.tally.add(p.tally, f.records)
	f.records += p.Records
	f.rows += p.Rows
	f.kept += p.Block.Rows
	f.unfinished += p.unfinished
	f.seenMark = f.seenMark || p.SeenMark
	for i, saw := range p.SawChoice {
		f.saw[i] = f.saw[i] || saw
	}
	r.Respondents += p.Block.Rows
}

// learned compares what the pass has found out with what it assumed.
func (p *pass) learned() (knowledge, bool) {
	next := knowledge{skip: p.know.skip, marks: map[int]bool{}}
	changed := false
	for i, f := range p.result.files {
		next.marks[i] = f.seenMark
		changed = changed || f.seenMark != p.know.marks[i]
	}
	if found := p.ids.find(); len(found) > 0 {
		next.skip, changed = merge(next.skip, found), true
	}
	return next, changed
}

func merge(a, b map[place]map[int]bool) map[place]map[int]bool {
	out := maps.Clone(a)
	for at, records := range b {
		all := maps.Clone(out[at])
		if all == nil {
			all = map[int]bool{}
		}
		maps.Copy(all, records)
		out[at] = all
	}
	return out
}

// report closes the account: ledgers, private lists, and what is to be said.
func (p *pass) report(diags *diag.List) error {
	r := p.result
	for _, f := range r.files {
		l, err := f.ledger(p)
		if err != nil {
			return err
		}
		r.Ledgers = append(r.Ledgers, l)
		r.SetAside = append(r.SetAside, f.asideRows...)
		diags.Add(f.problems...)
		f.reportUnusable(r, diags)
		if f.unfinished > 0 {
			diags.Warnf("unfinished", diag.Pos{File: f.source.Name}, "%d unfinished rows count as respondents; a keep rule on %q would set them aside",
				f.unfinished, f.source.Columns[f.source.plan.completion.Column].Title())
		}
	}
	for i := range p.Schema.Choices {
		rule := "ticked_any"
		for _, f := range r.files {
			if f.saw[i] {
				rule = "saw"
			}
		}
		r.BaseRule = append(r.BaseRule, rule)
	}
	if r.Respondents == 0 && !diags.HasErrors() {
		diags.Add(diag.Diagnostic{Code: "no-respondent", Pos: p.Wave.Pos,
			Message: fmt.Sprintf("survey %q, wave %q: no respondent is left of %s", p.Survey.ID, p.Wave.ID, describe(r.Ledgers))})
	}
	return nil
}

func describe(ledgers []Ledger) string {
	rows, aside := 0, map[string]int{}
	for _, l := range ledgers {
		rows += l.Rows
		for _, s := range l.SetAside {
			aside[s.Reason] += s.Count
		}
	}
	text := fmt.Sprintf("%d rows", rows)
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
		l.Rejected = append(l.Rejected, RejectedCount{Column: f.source.Columns[k.field].Title(), Reason: k.reason, Count: f.tally.counts[k]})
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
