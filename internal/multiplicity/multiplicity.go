// Package multiplicity corrects p-values for being some of many.
//
//  1. The p-values given together are the family: whoever calls says which they
//     are, and says so to the reader.
//  2. A p-value that is unknown stays unknown and does not count.
//  3. Equal p-values stay equal, a larger one never becomes the smaller, and
//     none is above 1.
//
// Bonferroni, Holm and Hochberg hold the chance of even one false finding
// (Hochberg where the tests are independent or positively dependent);
// Benjamini-Hochberg (likewise) and Benjamini-Yekutieli (always) hold the share
// of the findings that is false. The results are those of R's p.adjust.
package multiplicity

import (
	"cmp"
	"slices"

	"github.com/caregap/caregap/internal/number"
)

// Bonferroni multiplies by the number of p-values.
func Bonferroni(p []number.Value) []number.Value {
	return fromLeast(p, func(_, m int) float64 { return float64(m) })
}

// Holm steps down from the least p-value (Holm 1979): the i-th is multiplied by
// how many are left, m-i+1.
func Holm(p []number.Value) []number.Value {
	return fromLeast(p, func(i, m int) float64 { return float64(m - i + 1) })
}

// Hochberg steps up from the greatest, with Holm's factors (Hochberg 1988).
func Hochberg(p []number.Value) []number.Value {
	return fromGreatest(p, func(i, m int) float64 { return float64(m - i + 1) })
}

// BenjaminiHochberg holds the false discovery rate (Benjamini and Hochberg 1995):
// from the greatest, the i-th least of m is multiplied by m/i.
func BenjaminiHochberg(p []number.Value) []number.Value {
	return fromGreatest(p, func(i, m int) float64 { return float64(m) / float64(i) })
}

// BenjaminiYekutieli does so under any dependence (Benjamini and Yekutieli
// 2001), for a factor of 1 + 1/2 + ... + 1/m.
func BenjaminiYekutieli(p []number.Value) []number.Value {
	return fromGreatest(p, func(i, m int) float64 { return harmonic(m) * float64(m) / float64(i) })
}

func harmonic(m int) float64 {
	sum := 0.0
	for i := 1; i <= m; i++ {
		sum += 1 / float64(i)
	}
	return sum
}

// fromLeast multiplies the i-th least of m p-values by factor(i, m), and lets
// none be below those of smaller ones.
func fromLeast(p []number.Value, factor func(i, m int) float64) []number.Value {
	out := make([]number.Value, len(p))
	order, known := ascending(p)
	highest := 0.0
	for i, at := range order {
		highest = max(highest, min(1, factor(i+1, len(order))*known[at]))
		out[at] = number.Of(highest)
	}
	return out
}

// fromGreatest does so from the other end: none is above those of greater ones.
func fromGreatest(p []number.Value, factor func(i, m int) float64) []number.Value {
	out := make([]number.Value, len(p))
	order, known := ascending(p)
	lowest := 1.0
	for i, at := range slices.Backward(order) {
		lowest = min(lowest, factor(i+1, len(order))*known[at])
		out[at] = number.Of(lowest)
	}
	return out
}

// ascending is the places of the known p-values, from the least to the greatest,
// and the values by place.
func ascending(p []number.Value) (order []int, known []float64) {
	known = make([]float64, len(p))
	for i, v := range p {
		if x, ok := v.Get(); ok {
			order, known[i] = append(order, i), x
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(known[a], known[b]) })
	return order, known
}
