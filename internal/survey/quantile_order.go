package survey

import (
	"math"
	"slices"
)

// ordered is a column in the order of its values, with its weights. Rows without
// a weight or a value are not in it; rows of one value stand in the order of the
// file, which types 4 to 9 rest on.
type ordered struct {
	x, w    []float64
	sum     []float64 // cumulated weights
	falling bool      // there are weights under 0
	unique  *ordered  // made when it is asked for
	curves  map[Rule]*curve
}

// newOrdered takes the rows in an order of ascending values.
func newOrdered(rows []int32, x, w []float64) *ordered {
	o := &ordered{x: make([]float64, 0, len(rows)), w: make([]float64, 0, len(rows)), sum: make([]float64, 0, len(rows))}
	var total compensated
	for _, row := range rows {
		if v := w[row]; v != 0 {
			total.add(v)
			o.falling = o.falling || v < 0
			o.x, o.w, o.sum = append(o.x, x[row]), append(o.w, v), append(o.sum, total.value())
		}
	}
	o.curves = map[Rule]*curve{}
	return o
}

// compensated is a sum that is rounded once (Neumaier 1974). Where a cumulated
// weight meets a probability its last bit decides which values Woodruff's limits
// count; R adds up in long doubles, which comes to the same.
type compensated struct{ sum, lost float64 }

func (c *compensated) add(v float64) {
	sum := c.sum + v
	if math.Abs(c.sum) >= math.Abs(v) {
		c.lost += (c.sum - sum) + v
	} else {
		c.lost += (v - sum) + c.sum
	}
	c.sum = sum
}

func (c *compensated) value() float64 { return c.sum + c.lost }

func (o *ordered) total() float64 { return o.sum[len(o.sum)-1] }

// distinct has one row for each value.
func (o *ordered) distinct() *ordered {
	if o.unique != nil {
		return o.unique
	}
	u := &ordered{falling: o.falling}
	for k, x := range o.x {
		if k == 0 || x != u.x[len(u.x)-1] {
			u.x, u.sum = append(u.x, x), append(u.sum, 0)
		}
		u.sum[len(u.sum)-1] = o.sum[k]
	}
	o.unique = u
	return u
}

// ascending lists the rows with a value in the order of their values, and those
// of one value in the order of the file: a radix sort by the bytes of the values'
// keys, from the last to the first, without those bytes that are all the same.
//
//gosec:disable G115 -- a byte of a key, and rows, which are counted in int32
func ascending(x []float64) []int32 {
	rows := make([]int32, 0, len(x))
	keys := make([]uint64, len(x))
	var counts [8][256]int32
	for row, v := range x {
		if math.IsNaN(v) {
			continue
		}
		rows = append(rows, int32(row))
		keys[row] = sortKey(v)
		for b := range counts {
			counts[b][byte(keys[row]>>(8*b))]++
		}
	}
	spare := make([]int32, len(rows))
	for b := range counts {
		if slices.Contains(counts[b][:], int32(len(rows))) {
			continue
		}
		distribute(rows, spare, keys, b, &counts[b])
		rows, spare = spare, rows
	}
	return rows
}

// sortKey orders as the values do.
func sortKey(v float64) uint64 {
	bits := math.Float64bits(v + 0) // one zero
	if bits>>63 == 1 {
		return ^bits
	}
	return bits | 1<<63
}

// distribute puts the rows into the order of one byte of their keys.
//
//gosec:disable G115 -- a byte of a key, and rows, which are counted in int32
func distribute(rows, into []int32, keys []uint64, b int, counts *[256]int32) {
	var next [256]int32
	for v := 1; v < len(next); v++ {
		next[v] = next[v-1] + counts[v-1]
	}
	for _, row := range rows {
		v := byte(keys[row] >> (8 * b))
		into[next[v]] = row
		next[v]++
	}
}
