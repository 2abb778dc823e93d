package attack

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// dictionary tells some variables of a system by others: each of the basic ones is a
// sum of others, in lines that have few terms. At first the rows, as variables of
// their own, are told by the system's.
type dictionary struct {
	lines  [][]term // of basic variables, by place among the others
	of     [][]int  // by place among the others, the lines with such a term
	basic  []int    // by line
	other  []int    // by place
	where  []int    // by variable: its place, or -1 less its line
	lo, hi []float64
	x      []float64
	work   int // so far, in multiplications
	merged []term
}

func newDictionary(s *system) *dictionary {
	n := len(s.lo)
	d := &dictionary{lo: slices.Clone(s.lo), hi: slices.Clone(s.hi), of: make([][]int, n)}
	for v := range n {
		d.other, d.where = append(d.other, v), append(d.where, v)
	}
	for i, r := range s.rows {
		line := slices.Clone(r.terms)
		slices.SortFunc(line, byPlace)
		for _, t := range line {
			d.of[t.v] = append(d.of[t.v], i)
		}
		d.lines, d.basic, d.where = append(d.lines, line), append(d.basic, n+i), append(d.where, -1-i)
		d.lo, d.hi = append(d.lo, r.lo), append(d.hi, r.hi)
	}
	d.x = slices.Clone(d.lo)
	d.settle()
	return d
}

func byPlace(a, b term) int { return cmp.Compare(a.v, b.v) }

// settle works the basic variables out anew.
func (d *dictionary) settle() {
	for i, line := range d.lines {
		sum := 0.0
		for _, t := range line {
			sum += t.a * d.x[d.other[t.v]]
		}
		d.x[d.basic[i]] = sum
	}
}

// startAt starts from a solution of the system, which saves looking for one, and
// takes out what can hardly move.
func (d *dictionary) startAt(x []float64) error {
	copy(d.x, x)
	d.settle()
	for v, at := range d.x {
		if slack := rounding * max(1, math.Abs(at)); at < d.lo[v]-slack || at > d.hi[v]+slack {
			return contradiction(fmt.Sprintf("what lies between %g and %g is %g", d.lo[v], d.hi[v], at))
		}
		d.lo[v], d.hi[v] = min(d.lo[v], at), max(d.hi[v], at)
	}
	d.tell()
	return nil
}

// tightRoom is less than what lets a count be anything but known.
const tightRoom = 3

// tell exchanges the rows that leave no room or little, the tightest first, for
// variables that have room and stand in few lines: what is left to move then moves
// along such rows.
func (d *dictionary) tell() {
	var tight []int
	room := make([]float64, len(d.lines))
	for i, b := range d.basic {
		if room[i] = d.room(b); room[i] < tightRoom {
			tight = append(tight, i)
		}
	}
	slices.SortStableFunc(tight, func(a, b int) int { return cmp.Compare(room[a], room[b]) })
	for _, i := range tight {
		if at := d.rarest(i); at >= 0 {
			d.exchange(i, at)
		}
	}
}

// room is how far a variable is from its nearer end, -1 where it cannot move.
func (d *dictionary) room(v int) float64 {
	if d.hi[v] <= d.lo[v] {
		return -1
	}
	return min(d.x[v]-d.lo[v], d.hi[v]-d.x[v])
}

// rarest is the term of the variable that stands in the fewest lines, of those that
// have more room than the line's and do not weigh little in it; best one that has
// more than little room.
func (d *dictionary) rarest(i int) int {
	least, most := d.room(d.basic[i]), 0.0
	for _, t := range d.lines[i] {
		if d.room(d.other[t.v]) >= 0 {
			most = max(most, math.Abs(t.a))
		}
	}
	best, wide, stands := -1, false, 0
	for at, t := range d.lines[i] {
		room := d.room(d.other[t.v])
		if room < 0 || math.Abs(t.a) < max(1e-9, 0.1*most) || room*math.Abs(t.a) <= least {
			continue
		}
		w := room > tightRoom
		if best < 0 || w && !wide || w == wide && len(d.of[t.v]) < stands {
			best, wide, stands = at, w, len(d.of[t.v])
		}
	}
	return best
}

// exchange makes a basic variable one of the others, and that of a term of its line
// basic. Terms that come to 0 stay, so that of is right.
func (d *dictionary) exchange(i, at int) {
	line, j := d.lines[i], d.lines[i][at].v
	a := line[at].a
	for k := range line {
		line[k].a /= -a
	}
	line[at].a = 1 / a
	for _, r := range d.of[j] {
		if r != i {
			d.put(r, line, j)
		}
	}
	d.basic[i], d.other[j] = d.other[j], d.basic[i]
	d.where[d.basic[i]], d.where[d.other[j]] = -1-i, j
}

// put puts a line, which is what place j now is, into line r.
func (d *dictionary) put(r int, line []term, j int) {
	own := d.lines[r]
	at, _ := slices.BinarySearchFunc(own, term{v: j}, byPlace)
	f := own[at].a
	if f == 0 {
		return
	}
	own[at].a = 0
	out := d.merged[:0]
	for _, t := range line {
		for len(own) > 0 && own[0].v < t.v {
			out, own = append(out, own[0]), own[1:]
		}
		if len(own) > 0 && own[0].v == t.v {
			out, own = append(out, term{t.v, own[0].a + f*t.a}), own[1:]
			continue
		}
		out = append(out, term{t.v, f * t.a})
		d.of[t.v] = append(d.of[t.v], r)
	}
	out = append(out, own...)
	d.work += len(line)
	d.lines[r], d.merged = append(d.lines[r][:0], out...), out
}
