package disclose

import "github.com/caregap/caregap/internal/disclose/linked"

// feasible is how wide the interval of a protected number must be.
const feasible = 5

// field is one number in all domains, and what of it is hidden: what the choice of
// complements looks at.
type field struct {
	*linked.Lattice
	values []int
	keep   int // that must be left in a domain: it is known not to be empty
	hidden func(d int) bool
	fixed  func(d int) bool // cannot be hidden, or holds nobody
	cost   func(d int) int  // of hiding
}

// room is how far a domain's number may go up and down together while everything
// that is shown stays, as far as single moves can tell, up to need.
func (f *field) room(p, need int) int {
	total := 0
	for _, dir := range []int{1, -1} {
		now := append([]int(nil), f.values...)
		for total < need {
			step := f.step(now, p, dir, need-total)
			if step == 0 {
				break
			}
			total += step
		}
	}
	return total
}

// step makes one move by as much as there is, and returns how much that was.
func (f *field) step(now []int, p, dir, most int) int {
	made := 0
	allow := func(d, sign int) bool {
		return f.hidden(d) && (sign*dir > 0 || now[d] > f.keep)
	}
	f.Moves(p, allow, func(sigma []linked.Signed) bool {
		made = min(most, f.capacity(now, sigma, dir))
		for _, s := range sigma {
			now[s.Domain] += dir * s.Sign * made
		}
		return false
	})
	return made
}

// capacity is how often a move can be made.
func (f *field) capacity(now []int, sigma []linked.Signed, dir int) int {
	least := 1 << 30
	for _, s := range sigma {
		if s.Sign*dir < 0 {
			least = min(least, max(0, now[s.Domain]-f.keep))
		}
	}
	return least
}

// patience is how many moves are weighed for one number.
const patience = 20000

// cheapest finds the move of least cost that gives p room, and what it would hide;
// where no single one gives enough, the one that gives most for its cost.
func (f *field) cheapest(p, need int) []int {
	var best []int
	bestCost, bestRoom, tries := 0, 0, 0
	allow := func(d, _ int) bool { return d != linked.Everyone && (f.hidden(d) || !f.fixed(d)) }
	f.Moves(p, allow, func(sigma []linked.Signed) bool {
		tries++
		cost, hide := 0, []int(nil)
		for _, s := range sigma {
			if !f.hidden(s.Domain) {
				cost += f.cost(s.Domain)
				hide = append(hide, s.Domain)
			}
		}
		if len(hide) > 0 {
			room := min(need, f.capacity(f.values, sigma, 1)+f.capacity(f.values, sigma, -1))
			if better := room*max(bestCost, 1) - bestRoom*max(cost, 1); room > bestRoom && bestRoom < need && (room == need || better > 0) || room == need && bestRoom == need && cost < bestCost || room < need && bestRoom < need && better > 0 {
				best, bestCost, bestRoom = hide, cost, room
			}
		}
		return tries < patience
	})
	return best
}
