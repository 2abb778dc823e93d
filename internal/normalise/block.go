package normalise

import (
	"encoding/binary"
	"math"
)

// NoTime is the Completed of a respondent without a usable time.
const NoTime = math.MinInt64

// Hash is a keyed hash of an identifier (HMAC-SHA-256, its first 16 bytes).
type Hash [16]byte

// Short is the eight bytes by which people and respondents are told apart in
// memory.
func (h Hash) Short() uint64 { return binary.LittleEndian.Uint64(h[:8]) }

// Block holds respondents as columns of small codes; row r of every column is
// one respondent. A column that the wave does not have is nil.
type Block struct {
	Rows       int
	Respondent []Hash
	Completed  []int64   // seconds since 1970 of the time as written, or NoTime
	Record     []int32   // record within the chunk
	Weight     []float64 // the final weight; nil: every respondent has weight 1
	Before     []float64 // the design's weight, where raking made another of it; empty: every respondent has 1
	Cells      int       // raking cells of the wave; 0 without raking
	Cell       []int32   // raking cell; nil without raking
	Stratum    []int32   // ids in the wave's Strata; nil: one stratum
	PSU        []int32   // ids in the wave's PSUs; nil: every respondent is a PSU
	FPC        []float64 // nil: sampled with replacement
	Person     []Hash    // nil without `person`
	Variables  [][]int32 // per variable: category index or organisation id; below 0 the kind of missing, as -1-kind
	Items      [][]uint8 // per item: slot
	Options    [][]uint8 // per tick-all option: slot
	Scores     [][]Score // per construct
}

func missingCategory(k Kind) int32 { return -1 - int32(k) }

// newBlock makes the columns that p fills.
func newBlock(p *plan) *Block {
	s := p.schema
	b := &Block{
		Variables: make([][]int32, len(s.Variables)),
		Items:     make([][]uint8, len(s.Items)),
		Options:   make([][]uint8, s.options),
		Scores:    make([][]Score, len(s.Constructs)),
	}
	// A column that the wave has is not nil, even where nobody is in it yet.
	if p.weight >= 0 {
		b.Weight = []float64{}
	}
	if p.stratum >= 0 {
		b.Stratum = []int32{}
	}
	if p.psu >= 0 {
		b.PSU = []int32{}
	}
	if p.fpc >= 0 {
		b.FPC = []float64{}
	}
	if p.person >= 0 {
		b.Person = []Hash{}
	}
	return b
}

// Design returns the design's weights, whatever raking made of them; empty where
// every respondent has 1.
func (b *Block) Design() []float64 {
	if b.Cells > 0 {
		return b.Before
	}
	return b.Weight
}

// reset empties the columns and keeps their memory.
func (b *Block) reset() {
	b.Rows = 0
	b.Respondent, b.Completed, b.Record = b.Respondent[:0], b.Completed[:0], b.Record[:0]
	b.Weight, b.Before, b.Cell = b.Weight[:0], b.Before[:0], b.Cell[:0]
	b.Stratum, b.PSU = b.Stratum[:0], b.PSU[:0]
	b.FPC, b.Person = b.FPC[:0], b.Person[:0]
	empty(b.Variables)
	empty(b.Items)
	empty(b.Options)
	empty(b.Scores)
}

func empty[T any](columns [][]T) {
	for i := range columns {
		columns[i] = columns[i][:0]
	}
}
