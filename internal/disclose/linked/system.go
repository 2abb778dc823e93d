// Package linked says how the numbers of a release hang together, so that what is
// hidden can be protected, and what is published can be attacked.
//
//  1. Each survey and wave is a System of its own: numbers that join waves or
//     surveys (differences, averages) are shown only where all that they join is
//     shown, and so tell nothing new.
//  2. A Lattice has the domains - everyone, categories, crossed categories, and
//     those that a breakdown leaves over - and how they add up.
//  3. Quantities are what can be counted in a domain: respondents, those who have a
//     measure (bases), those who are in a share (counts). All of them are whole
//     numbers that add up over every margin.
//  4. Relations join the quantities of one domain: nets are sums of options, those
//     who have a gap are among those who have its sides, and so on. All are linear
//     and without constants, so that they hold for a sum where they hold for each.
//
// What is known is what the rows show that are not hidden. Weighted shares are
// taken as if they were unweighted and rounded figures as if they were exact, which
// gives an attacker more than there is.
package linked

import (
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/study"
)

// Cell names all numbers of one measure about the same respondents of a domain.
type Cell struct{ Measure, Part string }

// CellOf is the cell that a row belongs to: its measure, and of_high apart, which
// rests on other respondents.
func CellOf(k estimate.Key) Cell {
	if k.Level == "of_high" {
		return Cell{k.Measure, k.Level}
	}
	return Cell{Measure: k.Measure}
}

// Quantity is something that is counted in every domain.
type Quantity struct {
	Cell  int    // whose rows it belongs to; -1 for respondents
	What  string // respondents, base, asked, or a level
	Local bool   // there is a number for everyone only
	Base  int    // of a count: the quantity that it is a part of; else -1
}

// Relation holds in every domain: the sum of its terms is 0 or more, or just 0.
type Relation struct {
	Terms   []Term
	Equal   bool
	Derived bool // says what joint states add up to, or what the rest of a share is
}

// Term is a quantity times a whole number.
type Term struct{ Quantity, Times int }

// Respondents is the place of the quantity that every other is a part of.
const Respondents = 0

// System is the numbers of one survey and wave.
type System struct {
	Survey, Wave string
	*Lattice
	Study      *study.Study
	Cells      []Cell
	Quantities []Quantity
	Relations  []Relation
	Truth      [][]int               // per domain, per quantity
	Known      [][]bool              // per domain, per quantity: published, or fixed by what is
	Caps       [][]Cap               // per domain: what the scores that are published leave of answers that are not
	By         map[[2]int][]Site     // what gives a hidden number away, by domain and quantity
	Counted    func(domain int) bool // whether how many are in it is published by itself; nil where nowhere
	Least      []int                 // per domain: respondents that it is known to have, as it is not called empty
	Rows       []Row                 // of the table, in order

	Items      []Item
	Constructs []Construct
	Gaps       []Gap
	Quadrants  []Quadrant
	Choices    []Choice
	Joint      Joint
	Rests      []Rest

	With     [][]int // per quantity: the relations it is in, but for derived ones
	Broken   int     // relations left out, as the truth does not keep them
	cells    map[Cell]int
	same     map[int]bool      // cells of scores that are the same for everyone
	sums     []map[int]float64 // per domain, by cell: the sum of scores behind a mean
	points   [][]float64       // per item, option: its score, from 0 to 100
	kinds    [][]answer        // per item: what adds up to its base
	given    []map[int][]int   // per domain, by the item's cell: how many gave each answer
	above    [][]int           // per domain: those that hold all of it
	positive []float64         // per construct: the score from which it is high
}

// Row is where a row of the table stands in the system.
type Row struct {
	Index         int // in the table
	Domain, Cell  int
	Base, Count   int   // quantities; Count is -1 where the row is no share
	Rest          int   // those of the base who are not counted, of a sensitive share; else -1
	Options       []int // quantities that a row about an item shows besides
	Status        string
	Organisations int
	Hidden        bool // its figures are not published
}

// Item is the quantities of a question.
type Item struct {
	ID            string
	Base          int   // those with a score
	Asked, Unsure int   // the base of the share unsure, and those in it; -1 where there is no such row
	Answers       []int // what adds up to Base: options of a sensitive item, else nets
	Nets          [3]int
	Net           []int // per answer: which of Nets it is in
	Rests         []int // per answer of a sensitive item: those who gave others
}

// Places in Item.Nets; -1 where a scale has no such answers.
const (
	Positive = iota
	Neutral
	Negative
)

// Construct is the base of a score, and the items (places in System.Items) that
// the wave asks.
type Construct struct {
	ID       string
	Base     int
	Items    []int
	Headline int // place in System.Items, or -1
	Required int // answered items that a score takes
}

// Gap is the base of a gap and the constructs (places, or -1) it is between.
type Gap struct{ Base, Of, Minus int }

// Quadrant is the quantities of a quadrant. Sides are places in System.Constructs,
// the high ones first.
type Quadrant struct {
	Base, High, In, Strict      int // -1 where there is no such number
	NotIn, NotStrict, NotOfHigh int // the rest of a sensitive share's base; else -1
	Highs, Lows                 []int
}

// Rest is those of a base that a count leaves.
type Rest struct{ Base, Count, Rest int }

// Choice is the quantities of a question with several answers; Bases may be one
// and the same.
type Choice struct{ Bases, Ticked []int }

// CellAt returns the place of a cell, or -1.
func (s *System) CellAt(c Cell) int {
	if at, ok := s.cells[c]; ok {
		return at
	}
	return -1
}
