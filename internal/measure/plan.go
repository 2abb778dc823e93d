// Package measure sums respondents up into the moments that every estimate
// needs, so that no later stage has to see a respondent.
//
//  1. A Plan lists what is measured: categorical measures (answers to items,
//     ticked options, quadrants), numeric ones (scores and gaps), and the
//     partitions of respondents (the study's breakdowns).
//  2. Prepare derives a block's columns: scores as numbers, quadrants, categories.
//     It runs side by side for many blocks.
//  3. Moments.Add sums a block up, cell by cell; a cell is a unit (a PSU, or a
//     stratum where respondents are the PSUs) within a category of a partition.
//     Blocks are added in file order, so the sums never depend on the number of
//     workers. Merge joins the moments of pieces.
//
// The sums of categorical measures are by slot: weights per answer. Those of
// numeric measures are taken about a fixed centre (50 for scores, 0 for gaps).
// Where respondents are the PSUs the squares are summed too, because a variance
// between respondents needs them; between PSUs the PSU's own sum is enough.
package measure

import (
	"slices"

	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
)

// Kind says what a measure is.
type Kind uint8

// The kinds of measures.
const (
	Item Kind = iota
	Option
	Quadrant
	Threshold // a quadrant at another threshold
	Construct
	Gap
)

// Slots of a quadrant. Unknown rows lack a side.
const (
	QuadrantUnknown = iota
	QuadrantStrict  // in it, and low on the headline items' negative answers
	QuadrantIn      // in it otherwise
	QuadrantHigh    // not in it, but high on its first side
	QuadrantOut     // not in it, nor high on its first side
	quadrantSlots
)

// Thresholds are the scores from which at_50 to at_90 call a respondent high.
var Thresholds = []int{50, 60, 70, 80, 90}

// Categorical is a measure whose moments are weights per slot.
type Categorical struct {
	Kind  Kind
	Index int // of the item, option, quadrant
	At    int // threshold
	Slots int
	// EveryoneOnly measures are summed in the first partition alone.
	EveryoneOnly bool
}

// Numeric is a measure whose moments are sums of its values about Centre.
type Numeric struct {
	Kind   Kind
	Index  int
	Centre float64
}

// Plan is what is measured, the same for every wave of a study.
type Plan struct {
	Schema       *normalise.Schema
	Partitions   [][]int // variables of each breakdown; the first is empty where there is none
	Categoricals []Categorical
	Numerics     []Numeric
	// Quantiles lists the items whose medians or quartiles are asked for; their
	// slots are kept per respondent, as all scores are.
	Quantiles []int
	Together  []Together // what reliability rests on: constructs of several items, and gaps

	itemScores [][256]float64 // per item, per slot: its score less togetherCentre
	quadrants  []quadrant
	variables  []int     // used by any partition
	strides    [][]int32 // per partition, per variable of it

	joint       []int // constructs whose states are counted together
	jointStates int
}

// NewPlan reads off the schema what is to be measured.
func NewPlan(s *normalise.Schema) *Plan {
	p := &Plan{Schema: s}
	for i, c := range s.Items {
		p.Categoricals = append(p.Categoricals, Categorical{Kind: Item, Index: i, Slots: normalise.Slots(c.Options)})
		for _, stat := range c.Item.Statistics {
			if stat != "mean" {
				p.Quantiles = append(p.Quantiles, i)
				break
			}
		}
	}
	for i := range s.Options() {
		p.Categoricals = append(p.Categoricals, Categorical{Kind: Option, Index: i, Slots: normalise.Slots(2)})
	}
	p.addQuadrants()
	p.addJoint()
	for i := range s.Constructs {
		p.Numerics = append(p.Numerics, Numeric{Construct, i, 50})
	}
	for i := range s.Gaps {
		p.Numerics = append(p.Numerics, Numeric{Gap, i, 0})
	}
	p.addTogether()
	p.addPartitions()
	return p
}

func (p *Plan) addQuadrants() {
	for i, e := range p.Schema.Study.Framework.Quadrants {
		q := newQuadrant(p.Schema, e.Value)
		p.quadrants = append(p.quadrants, q)
		p.Categoricals = append(p.Categoricals, Categorical{Kind: Quadrant, Index: i, Slots: quadrantSlots})
		if !q.byScore {
			continue
		}
		for _, at := range Thresholds {
			p.Categoricals = append(p.Categoricals, Categorical{Kind: Threshold, Index: i, At: at, Slots: quadrantSlots, EveryoneOnly: true})
		}
	}
}

func (p *Plan) addPartitions() {
	vars := p.Schema.Study.Framework.Variables
	used := map[int]bool{}
	for _, b := range p.Schema.Study.Breakdowns {
		var part []int
		for _, id := range b {
			v := vars.Index(id)
			part = append(part, v)
			if !used[v] {
				used[v] = true
				p.variables = append(p.variables, v)
			}
		}
		p.Partitions = append(p.Partitions, part)
	}
	if len(p.Partitions) == 0 {
		p.Partitions = [][]int{{}}
	}
	for _, part := range p.Partitions {
		p.strides = append(p.strides, p.stridesOf(part))
	}
}

// stridesOf numbers crossed categories: the last variable runs fastest, but an
// organisation slowest, as nobody knows beforehand how many there are.
//
//gosec:disable G115 -- products of declared categories, few by the size of a study file
func (p *Plan) stridesOf(part []int) []int32 {
	out := make([]int32, len(part))
	stride := int32(1)
	for _, organisations := range []bool{false, true} {
		for i, v := range slices.Backward(part) {
			variable := p.Schema.Variables[v].Variable
			if variable.Organisation != organisations {
				continue
			}
			out[i] = stride
			stride *= int32(max(1, len(variable.Categories)))
		}
	}
	return out
}

// Strides are what each variable of a partition counts for in the number of a
// category, which is the sum of stride times the variable's own number.
func (p *Plan) Strides(partition int) []int32 { return p.strides[partition] }

// side is one construct of a quadrant.
type side struct {
	construct int
	low       bool
}

type quadrant struct {
	sides     []side // the high ones first
	hasHigh   bool
	byScore   bool // a score decides on some side, so that thresholds matter
	hasStrict bool // a low side has a headline item
}

func newQuadrant(s *normalise.Schema, q study.Quadrant) quadrant {
	out := quadrant{hasHigh: len(q.High) > 0}
	add := func(ids []string, low bool) {
		for _, id := range ids {
			c := s.Study.Framework.Constructs.Index(id)
			out.sides = append(out.sides, side{c, low})
			headline := s.Constructs[c].Headline >= 0
			out.byScore = out.byScore || !headline
			out.hasStrict = out.hasStrict || headline && low
		}
	}
	add(q.High, false)
	add(q.Low, true)
	return out
}

// Levels tells which levels a quadrant has beside its share of everyone.
func (p *Plan) Levels(quadrant int) (ofHigh, strict bool) {
	q := p.quadrants[quadrant]
	return q.hasHigh, q.hasStrict
}

// Sides lists a quadrant's constructs.
func (p *Plan) Sides(quadrant int) []int {
	var out []int
	for _, s := range p.quadrants[quadrant].sides {
		out = append(out, s.construct)
	}
	return out
}

// states of a side, per respondent
const (
	unknown   = iota
	lowMild   // low, but not on the negative answers
	lowStrict // low on the negative answers of the headline, or by score
	high
)

// states decides, per respondent, on which side of a construct they are. With a
// headline item its answer decides and threshold is not used.
func (p *Plan) states(construct int, threshold normalise.Threshold, b *normalise.Block, out []uint8) {
	c := &p.Schema.Constructs[construct]
	if c.Headline >= 0 {
		table, slots := headlineStates(p.Schema.Items[c.Headline]), b.Items[c.Headline]
		if slots == nil {
			clear(out)
			return
		}
		for r := range out {
			out[r] = table[slots[r]]
		}
		return
	}
	scores := b.Scores[construct]
	if scores == nil {
		clear(out)
		return
	}
	for r, s := range scores[:len(out)] {
		switch {
		case s.Count == 0:
			out[r] = unknown
		case c.AtLeast(s, threshold):
			out[r] = high
		default:
			out[r] = lowStrict
		}
	}
}

// headlineStates is the state of each slot of a headline item. For a reversed
// item the positive answers are the mirror images of the scale's.
//
//gosec:disable G602 -- the table has a place for each of the scale's options
func headlineStates(c normalise.ItemColumn) (table [256]uint8) {
	nets := c.Scale.Nets(c.Item.Reversed)
	for o := range c.Options {
		switch {
		case nets.Positive[o]:
			table[normalise.FirstOption+o] = high
		case nets.Negative[o]:
			table[normalise.FirstOption+o] = lowStrict
		default:
			table[normalise.FirstOption+o] = lowMild
		}
	}
	return table
}
