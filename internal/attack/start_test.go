package attack

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// startAt starts from a solution of the system, which saves looking for one. With
// one at hand each equation can tell a variable by others, wherever these stand.
func (p *simplex) startAt(x []float64) error {
	copy(p.x, x)
	p.settle()
	for v, at := range p.x {
		if slack := rounding * max(1, math.Abs(at)); at < p.lo[v]-slack || at > p.hi[v]+slack {
			return contradiction(fmt.Sprintf("what lies between %g and %g is %g", p.lo[v], p.hi[v], at))
		}
		p.lo[v], p.hi[v] = min(p.lo[v], at), max(p.hi[v], at)
	}
	p.feasible = true
	p.tell()
	p.drop()
	p.reach()
	return nil
}

// tell exchanges the rows that leave no room or little, the tightest first, for
// variables that have room and stand in few rows: what is left to move then moves
// along such rows.
func (p *simplex) tell() {
	stands := make([]int, len(p.other))
	room := make([]float64, len(p.basic))
	var tight []int
	for i, b := range p.basic {
		for j, a := range p.table[i] {
			if a != 0 {
				stands[j]++
			}
		}
		if room[i] = p.room(b); room[i] < tightRoom {
			tight = append(tight, i)
		}
	}
	slices.SortStableFunc(tight, func(a, b int) int { return cmp.Compare(room[a], room[b]) })
	for _, i := range tight {
		if j := p.rarest(i, stands); j >= 0 {
			p.pivot(i, j, p.cost)
		}
	}
}

// tightRoom is less than what lets a count be anything but known.
const tightRoom = 3

// room is how far a variable is from its nearer end, -1 where it cannot move.
func (p *simplex) room(v int) float64 {
	if p.hi[v] <= p.lo[v] {
		return -1
	}
	return min(p.x[v]-p.lo[v], p.hi[v]-p.x[v])
}

// rarest is the place of the variable that stands in the fewest rows, of those that
// have more room than the row and do not weigh little in it; best one that has more
// than little room.
func (p *simplex) rarest(i int, stands []int) int {
	least, most := p.room(p.basic[i]), 0.0
	for j, a := range p.table[i] {
		if p.moves(j) {
			most = max(most, math.Abs(a))
		}
	}
	best, wide := -1, false
	for j, a := range p.table[i] {
		room := p.room(p.other[j])
		if room < 0 || math.Abs(a) < max(1e-9, 0.1*most) || room*math.Abs(a) <= least {
			continue
		}
		w := room > tightRoom
		if best < 0 || w && !wide || w == wide && stands[j] < stands[best] {
			best, wide = j, w
		}
	}
	return best
}

// moves reports whether one of the others is free to be anything but what it is.
func (p *simplex) moves(j int) bool { return p.hi[p.other[j]]-p.lo[p.other[j]] > 0 }

// drop puts what cannot move with the variable that is 1, the last of the others.
func (p *simplex) drop() {
	one := len(p.other) - 1
	var keep []int
	for j := range p.other {
		if p.moves(j) {
			keep = append(keep, j)
		}
	}
	keep = append(keep, one)
	for i, line := range p.table {
		sum := 0.0
		for j, o := range p.other {
			if !p.moves(j) {
				sum += line[j] * p.x[o]
			}
		}
		line[one] = sum
		for k, j := range keep {
			line[k] = line[j]
		}
		p.table[i] = line[:len(keep)]
	}
	for k, j := range keep {
		p.other[k] = p.other[j]
	}
	p.other, p.cost = p.other[:len(keep)], p.cost[:len(keep)]
}

// alone is the least of a form when one of the others moves and the rest stands.
func (p *simplex) alone(form []term) float64 {
	p.price(form)
	least := 0.0
	for j, c := range p.cost {
		least = min(least, c*p.up[j], -c*p.down[j])
	}
	return p.value(form) + least
}

// reach is how far each of the others can go alone, down and up.
func (p *simplex) reach() {
	down, up := make([]float64, len(p.other)), make([]float64, len(p.other))
	for j, o := range p.other {
		down[j], up[j] = p.x[o]-p.lo[o], p.hi[o]-p.x[o]
	}
	for i, b := range p.basic {
		below, above := max(0, p.x[b]-p.lo[b]), max(0, p.hi[b]-p.x[b])
		for j, a := range p.table[i] {
			switch {
			case a > pivotLeast:
				up[j], down[j] = min(up[j], above/a), min(down[j], below/a)
			case a < -pivotLeast:
				up[j], down[j] = min(up[j], below/-a), min(down[j], above/-a)
			}
		}
		p.work += len(up)
	}
	p.down, p.up = down, up
}
