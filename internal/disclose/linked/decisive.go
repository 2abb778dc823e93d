package linked

import "math"

// scoredSides relates who is high on a side that a score decides on to the answers
// that make the score, whoever they are.
func (b *builder) scoredSides() {
	for _, side := range b.Joint.Sides {
		c := &b.Constructs[side.Construct]
		if side.High < 0 || c.Base < 0 || len(c.Items) == 0 {
			continue
		}
		for _, i := range c.Items {
			b.decisive(c, side.High, i)
		}
		b.excess(c, side.High)
	}
}

// fine is how many parts of a point are told apart.
const fine = 1000

// decisive: an answer that is so low that no others make up for it is not that of
// somebody high, and one so high not that of somebody low. Who has no score may give
// any, unless one answer makes a score.
func (b *builder) decisive(c *Construct, high, item int) {
	k, positive := float64(len(c.Items)), b.positiveOf(c)
	var lows, highs []Term
	for _, a := range b.kinds[item] {
		least, most := span(b.points[item], a.options)
		if most+100*(k-1) < k*positive-1e-6 {
			lows = append(lows, Term{a.quantity, -1})
		}
		if least >= k*positive-1e-6 {
			highs = append(highs, Term{a.quantity, -1})
		}
	}
	if c.Required > 1 {
		b.keepSome(lows, Term{Respondents, 1}, Term{high, -1})
		b.keepSome(highs, Term{Respondents, 1}, Term{c.Base, -1}, Term{high, 1})
		return
	}
	b.keepSome(lows, Term{c.Base, 1}, Term{high, -1})
	b.keepSome(highs, Term{high, 1})
}

// keepSome says that so much is at least what some take, if any do.
func (b *builder) keepSome(some []Term, of ...Term) {
	if len(some) > 0 {
		b.keep(false, append(of, some...)...)
	}
}

// excess: what the answers of somebody low are short of the score from which one is
// high is so much for each question at most, and those of somebody high exceed it by
// so much at most.
func (b *builder) excess(c *Construct, high int) {
	k, positive := len(c.Items), b.positiveOf(c)
	up := func(points float64) int { return int(math.Ceil(fine * points)) }
	short, over := up(positive), up(100-positive)
	spare := c.Required - 1
	low := []Term{{c.Base, (k - spare) * short}, {high, -k * short}, {Respondents, spare * short}}
	above := []Term{{high, k * over}, {Respondents, spare * over}, {c.Base, -spare * over}}
	for _, i := range c.Items {
		for _, a := range b.kinds[i] {
			least, most := span(b.points[i], a.options)
			low = append(low, Term{a.quantity, up(most - positive)})
			above = append(above, Term{a.quantity, up(positive - least)})
		}
	}
	b.keep(false, low...)
	b.keep(false, above...)
}

// positiveOf is the score from which a construct is high.
func (b *builder) positiveOf(c *Construct) float64 {
	x, _ := b.Study.Framework.Constructs.Get(c.ID)
	positive, _ := x.Positive.Rat().Float64()
	return positive
}
