package study

import (
	"math"

	"github.com/caregap/caregap/internal/diag"
)

// Weights says how a survey's weights are made: those of the design are raked to
// margins, each weight multiplied by Lower to Upper.
type Weights struct {
	File         string // of the population totals, relative to the study's folder
	Lower, Upper float64
	Margins      []Margin // in the order of the file
	Pos          diag.Pos
}

// Margin is a variable's population totals.
type Margin struct {
	Variable   string
	Population []float64 // by category, as the framework has them after merging
	Pos        diag.Pos
}

// Total is the margin's whole population.
func (m Margin) Total() float64 {
	sum := 0.0
	for _, n := range m.Population {
		sum += n
	}
	return sum
}

// Bounded reports whether the weights are bounded at all.
func (w Weights) Bounded() bool { return w.Lower > 0 || !math.IsInf(w.Upper, 1) }

// Variables are the ids of the margins' variables.
func (w Weights) Variables() []string {
	ids := make([]string, len(w.Margins))
	for i, m := range w.Margins {
		ids[i] = m.Variable
	}
	return ids
}
