package study

import (
	"math"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/weight"
)

// Weights says how a survey's weights are made: those of the design are raked to
// population totals.
type Weights struct {
	File    string              // of the totals, relative to the study's folder
	Margins []weight.Population // in the order of the file, categories as merging has left them
	Bounds  weight.Bounds       // of what a weight is multiplied by
	Pos     diag.Pos
}

// Variables are the ids of the margins' variables.
func (w Weights) Variables() []string {
	ids := make([]string, len(w.Margins))
	for i, m := range w.Margins {
		ids[i] = m.ID
	}
	return ids
}

// Bounded reports whether there are bounds.
func (w Weights) Bounded() bool { return !math.IsInf(w.Bounds.Upper, 1) }
