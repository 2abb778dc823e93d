package survey

import (
	"fmt"
	"math"
)

// builder makes a design of a Design, collecting what is wrong with it.
type builder struct {
	Design
	problems *Problems
	warnings []string
	counts   bool // FPCs are counts, not fractions
}

// mostRows is how many rows are named for one kind of problem in one column.
const mostRows = 5

// checkLengths holds callers to columns of one length.
func (b *builder) checkLengths() {
	is := func(column string, n int, given bool) {
		if given && n != b.Rows {
			panic(fmt.Sprintf("survey: %s has %d values for %d rows", column, n, b.Rows))
		}
	}
	is("weights", len(b.Weights), b.Weights != nil)
	for _, s := range b.Stages {
		is("units", len(s.Units), s.Units != nil)
		is("strata", len(s.Strata), s.Strata != nil)
		is("fpc", len(s.FPC), s.FPC != nil)
	}
}

// checkValues looks at each value by itself.
func (b *builder) checkValues() {
	if b.Rows == 0 {
		b.problems.add("the design has no rows")
		return
	}
	b.checkWeights()
	for i, s := range b.Stages {
		if s.Units == nil && i < len(b.Stages)-1 {
			b.problems.add("stage %d: every row is its own unit, so that there can be no stage %d", i+1, i+2)
		}
		if s.FPC != nil && i > 0 && b.Stages[i-1].FPC == nil {
			b.problems.add("stage %d has an FPC but stage %d has none", i+1, i)
		}
		b.missing(i, "unit", s.Units)
		b.missing(i, "stratum", s.Strata)
		b.eachRow(fmt.Sprintf("stage %d: fpc", i+1), len(s.FPC), func(k int) string {
			switch n := s.FPC[k]; {
			case math.IsNaN(n):
				return "is missing"
			case n <= 0:
				return fmt.Sprintf("is %v, expected a number above 0", n)
			}
			return ""
		})
	}
	b.checkFPCKind()
}

func (b *builder) checkWeights() {
	b.eachRow("weight", len(b.Weights), func(k int) string {
		switch w := b.Weights[k]; {
		case math.IsNaN(w):
			return "is missing"
		case w < 0 || math.IsInf(w, 0):
			return fmt.Sprintf("is %v, expected a number of at least 0", w)
		}
		return ""
	})
	for _, w := range b.Weights {
		if w != 0 {
			return
		}
	}
	if b.Weights != nil {
		b.problems.add("all weights are 0")
	}
}

func (b *builder) missing(stage int, what string, codes []int32) {
	b.eachRow(fmt.Sprintf("stage %d: %s", stage+1, what), len(codes), func(k int) string {
		if codes[k] < 0 {
			return "is missing"
		}
		return ""
	})
}

// eachRow adds a problem for each of the first few rows that wrong has one of.
func (b *builder) eachRow(what string, n int, wrong func(row int) string) {
	found := 0
	for k := range n {
		text := wrong(k)
		if text == "" {
			continue
		}
		if found++; found <= mostRows {
			b.problems.add("%s: %s %s", b.rowName(k), what, text)
		}
	}
	if found > mostRows {
		b.problems.add("%s: the same in %d more rows", what, found-mostRows)
	}
}

func (b *builder) rowName(k int) string {
	if b.RowName != nil {
		return b.RowName(k)
	}
	return fmt.Sprintf("row %d", k+1)
}

// checkFPCKind tells counts from fractions, over all stages as R does: a 1 among
// counts is a count.
func (b *builder) checkFPCKind() {
	below, above, given := 0, 0, false
	for _, s := range b.Stages {
		for _, n := range s.FPC {
			given = true
			switch {
			case n < 1:
				below++
			case n > 1:
				above++
			}
		}
	}
	b.counts = above > 0
	switch {
	case !given:
	case below > 0 && above > 0:
		b.problems.add("fpc: %d values are under 1 and %d above, expected counts or fractions throughout", below, above)
	case below == 0 && above == 0:
		b.problems.add("fpc: every value is 1, which may be a count or a fraction; leave the column out where all were sampled, or give counts")
	}
}
