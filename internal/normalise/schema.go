package normalise

import (
	"math"
	"math/big"

	"github.com/caregap/caregap/internal/study"
)

// Schema is the one schema as columns of small codes, the same for every survey
// of a study. Blocks hold their columns in its order.
type Schema struct {
	Study      *study.Study
	Items      []ItemColumn
	Choices    []ChoiceColumns
	Constructs []ConstructColumn
	Gaps       []GapColumn
	Variables  []VariableColumn
	options    int // tick-all options of all choices together
}

// ItemColumn is an item; Min is the number or code of its first option.
type ItemColumn struct {
	ID      string
	Item    study.Item
	Scale   study.Scale
	Options int
	Min     int
}

// ChoiceColumns is a tick-all question; its options are the block's columns
// First, First+1, ...
type ChoiceColumns struct {
	ID     string
	Choice study.Choice
	First  int
}

// ConstructColumn is a construct as a weighted sum of item slots. A score is the
// fraction 100*Sum/(Count*Scale): Count items answered, each worth its steps on
// the scale times Steps[item] so that all share one denominator. Exact
// integers make equal scores equal to the last bit.
type ConstructColumn struct {
	ID        string
	Construct study.Construct
	Items     []int      // indexes into Schema.Items
	Points    [][]uint16 // per item, per slot from FirstOption: its share of Scale
	Scale     int        // the common denominator
	Headline  int        // index into Schema.Items, or -1
	Positive  Threshold
	tables    [][256]Score // per item: what a slot adds to a score
}

// GapColumn is one construct minus another, by index.
type GapColumn struct {
	ID        string
	Gap       study.Gap
	Of, Minus int
}

// VariableColumn is a grouping variable.
type VariableColumn struct {
	ID       string
	Variable study.Variable
}

// Score is a construct's score of one respondent: Count answered items whose
// points add up to Sum. Count 0 means no score.
type Score struct {
	Sum   uint16
	Count uint8
}

// NewSchema lays the columns of a study out.
func NewSchema(s *study.Study) *Schema {
	f := s.Framework
	out := &Schema{Study: s}
	for id, item := range f.Items.All() {
		scale, _ := f.Scales.Get(item.Scale)
		c := ItemColumn{ID: id, Item: item, Scale: scale, Options: scale.Codes(), Min: 1}
		if scale.Min != nil {
			c.Min = *scale.Min
		}
		out.Items = append(out.Items, c)
	}
	for id, choice := range f.Choices.All() {
		out.Choices = append(out.Choices, ChoiceColumns{ID: id, Choice: choice, First: out.options})
		out.options += len(choice.Options)
	}
	for id, c := range f.Constructs.All() {
		out.Constructs = append(out.Constructs, out.construct(id, c))
	}
	for id, g := range f.Gaps.All() {
		out.Gaps = append(out.Gaps, GapColumn{ID: id, Gap: g, Of: f.Constructs.Index(g.Of), Minus: f.Constructs.Index(g.Minus)})
	}
	for id, v := range f.Variables.All() {
		out.Variables = append(out.Variables, VariableColumn{ID: id, Variable: v})
	}
	return out
}

//gosec:disable G115 -- points of a score are at most uint16, see the constructs' scale
func (s *Schema) construct(id string, c study.Construct) ConstructColumn {
	out := ConstructColumn{ID: id, Construct: c, Scale: s.Study.Framework.PointUnit(c), Headline: -1, Positive: NewThreshold(c.Positive.Rat())}
	for _, item := range c.Items {
		i := s.Study.Framework.Items.Index(item)
		out.Items = append(out.Items, i)
		if item == c.Headline {
			out.Headline = i
		}
	}
	for _, i := range out.Items {
		item := s.Items[i]
		points := make([]uint16, item.Options)
		for o := range points {
			step := o
			if item.Item.Reversed {
				step = item.Options - 1 - o
			}
			points[o] = uint16(step * (out.Scale / (item.Options - 1)))
		}
		out.Points = append(out.Points, points)
	}
	out.makeTables()
	return out
}

// Options is the number of tick-all columns.
func (s *Schema) Options() int { return s.options }

// PercentOfMaximum is the percent of the maximum possible, 0 to 100, of an item's option o
// (from 0), reversed where the item is (Cohen and others 1999, POMP scores).
func (c ItemColumn) PercentOfMaximum(o int) float64 {
	if c.Item.Reversed {
		o = c.Options - 1 - o
	}
	return float64(100*o) / float64(c.Options-1)
}

// Number is the option's code on the declared scale: 1..k, or the number itself.
func (c ItemColumn) Number(o int) int { return c.Min + o }

// Value is the score, 0 to 100, or NaN without one. One division of exact
// integers, so that equal fractions give equal floats.
func (c *ConstructColumn) Value(s Score) float64 {
	if s.Count == 0 {
		return math.NaN()
	}
	return float64(100*int(s.Sum)) / float64(int(s.Count)*c.Scale)
}

// Threshold is a score to be compared with exactly, as a fraction.
type Threshold struct{ num, den int64 }

// NewThreshold makes a threshold of 0 to 100 points.
func NewThreshold(r *big.Rat) Threshold { return Threshold{r.Num().Int64(), r.Denom().Int64()} }

// AtLeast compares a score with a threshold exactly, in whole numbers.
func (c *ConstructColumn) AtLeast(s Score, t Threshold) bool {
	return 100*int64(s.Sum)*t.den >= t.num*int64(s.Count)*int64(c.Scale)
}

// GapValue is the difference of two scores in points, NaN unless both are there.
// Exact up to its one division, as Value.
func (s *Schema) GapValue(g GapColumn, of, minus Score) float64 {
	if of.Count == 0 || minus.Count == 0 {
		return math.NaN()
	}
	a, b := int64(of.Count)*int64(s.Constructs[g.Of].Scale), int64(minus.Count)*int64(s.Constructs[g.Minus].Scale)
	return float64(100*(int64(of.Sum)*b-int64(minus.Sum)*a)) / float64(a*b)
}
