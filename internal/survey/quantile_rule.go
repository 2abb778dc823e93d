package survey

import (
	"slices"
	"sort"
)

// Rule says which value stands for a quantile where the weights leave a choice
// (R's svyquantile(qrule = ...)): types 1 to 9 of Hyndman and Fan (1996), taken to
// weighted data, and the rule of Shah and Vaish (2006).
type Rule uint8

// The rules. RuleMath is type 1 and RuleSchool type 2, as R names them.
const (
	RuleMath Rule = iota
	RuleSchool
	RuleShahVaish
	Rule1
	Rule2
	Rule3
	Rule4
	Rule5
	Rule6
	Rule7
	Rule8
	Rule9
)

// RuleNames are the rules' names in R, by Rule.
var RuleNames = []string{"math", "school", "shahvaish", "hf1", "hf2", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"}

// ParseRule finds a rule by its name.
//
//gosec:disable G115 -- an index into a list of a few names
func ParseRule(name string) (Rule, bool) {
	at := slices.Index(RuleNames, name)
	return Rule(max(at, 0)), at >= 0
}

func (r Rule) String() string { return RuleNames[r] }

// quantile is the rule's value at the probability p, from 0 to 1. There must be
// a row.
func (o *ordered) quantile(r Rule, p float64) float64 {
	if len(o.x) == 1 {
		return o.x[0]
	}
	switch r {
	case RuleMath, Rule1:
		at := o.find(p)
		return at.choose(at.reached)
	case RuleSchool, Rule2:
		at := o.find(p)
		if at.reached {
			return (at.low + at.high) / 2
		}
		return at.high
	case Rule3:
		at := o.distinct().find(p)
		return at.choose(at.reached && at.rank%2 == 0)
	case Rule4:
		return o.between(p)
	case RuleShahVaish:
		return o.curve(r).step(p)
	}
	return o.curve(r).line(p)
}

// neighbours are the values that a probability falls between among the cumulated
// shares C_k of the weight: low is that of the last k with C_k <= p or else of the
// first, and high the next.
type neighbours struct {
	rank      int // k, from 1
	low, high float64
	reached   bool // p is C_k, or less than all of them
}

func (a neighbours) choose(low bool) float64 {
	if low {
		return a.low
	}
	return a.high
}

// between goes along the line from one value to the next (type 4), and on below
// the first. Between two equal values it is that value but for rounding, which is
// left as R has it: limits count the rows up to it.
func (o *ordered) between(p float64) float64 {
	total := o.total()
	k := max(0, o.countTo(p*total)-1)
	next := k + 1
	if next == len(o.x) {
		return o.x[k]
	}
	over, under := p-o.sum[k]/total, o.sum[next]/total-p
	share := over / (under + over)
	return o.x[k]*(1-share) + o.x[next]*share
}

// knifeEdge is how far, of the whole weight, a cumulated weight and a probability
// of it may differ by rounding alone.
const knifeEdge = 1e-12

func (o *ordered) find(p float64) neighbours {
	n, total := len(o.x), o.total()
	k := max(0, o.countTo((p+knifeEdge)*total)-1)
	next := min(k+1, n-1)
	return neighbours{rank: k + 1, low: o.x[k], high: o.x[next], reached: p-o.sum[k]/total < knifeEdge}
}

// countTo is the number of the last row, from 1, whose cumulated weight is at most
// a sum. Weights under 0, which a calibration can make, leave no order to search.
func (o *ordered) countTo(sum float64) int {
	if !o.falling {
		return sort.Search(len(o.sum), func(k int) bool { return o.sum[k] > sum })
	}
	k := len(o.sum)
	for k > 0 && o.sum[k-1] > sum {
		k--
	}
	return k
}
