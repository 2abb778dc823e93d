package measure

import (
	"slices"

	"github.com/caregap/caregap/internal/normalise"
)

// Kept is what quantiles need of every respondent: a few small columns per
// block, in file order. With three constructs and two breakdown variables it
// takes 32 bytes a respondent.
type Kept struct {
	Plan   *Plan
	Blocks []KeptBlock
	// Linked says that the same people may be met in another wave. Then their hashes
	// are kept and, where respondents are the PSUs, every answer, since covariances
	// between waves need their linearised values: 8 bytes more for the person, and 1
	// for an item and an option each.
	Linked bool
}

// KeptBlock is the kept columns of one block.
type KeptBlock struct {
	Rows      int
	Unit      []int32
	Weight    []float64 // nil: 1
	Cell      []int32   // raking cell; nil without raking
	Variables [][]int32 // per schema variable; nil where no breakdown uses it
	Scores    [][]normalise.Score
	Items     [][]uint8 // per schema item; nil where no quantile is asked for and nobody is linked
	Options   [][]uint8 // per tick-all option; nil where nobody is linked
	Person    []uint64  // short hash; 0 for who is not named; nil where nobody is linked
}

// Add keeps the columns of a block whose units m has just found.
func (k *Kept) Add(b *normalise.Block, m *Moments) {
	kept := KeptBlock{Rows: b.Rows, Unit: make([]int32, b.Rows), Variables: make([][]int32, len(b.Variables)), Items: make([][]uint8, len(b.Items))}
	part := m.Partitions[0]
	for r, c := range part.cells {
		kept.Unit[r] = part.Cells[c].Unit
	}
	if b.Weight != nil {
		kept.Weight = slices.Clone(b.Weight)
	}
	if b.Cells > 0 {
		kept.Cell = slices.Clone(b.Cell)
	}
	for _, v := range k.Plan.variables {
		kept.Variables[v] = slices.Clone(b.Variables[v])
	}
	for _, s := range b.Scores {
		kept.Scores = append(kept.Scores, slices.Clone(s))
	}
	for _, i := range k.Plan.Quantiles {
		kept.Items[i] = slices.Clone(b.Items[i])
	}
	if k.Linked && b.Person != nil {
		kept.link(b, m.RowsArePSUs)
	}
	k.Blocks = append(k.Blocks, kept)
}
