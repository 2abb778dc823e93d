package disclose_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/estimate"
)

// table is the respondents of one measure by two variables; everybody has named
// both, so that what is shown adds up exactly and subtraction is at its best.
type table struct {
	counts [][]int
	rows   []estimate.Row
	// parts are, for each row, the cells of counts that it counts.
	parts [][][2]int
}

// drawTable draws a table of several rows and one column or more; with more than
// one it is crossed.
func drawTable(t *rapid.T, columns int) *table {
	sizes := rapid.SampledFrom([]int{1, 2, 4, 8, 9, 10, 11, 15, 30, 80, 200, 200})
	out := &table{}
	for range rapid.IntRange(2, 6).Draw(t, "rows") {
		out.counts = append(out.counts, rapid.SliceOfN(sizes, columns, columns).Draw(t, "counts"))
	}
	out.add("", func(int, int) bool { return true })
	for i := range out.counts {
		out.add(fmt.Sprintf("role=r%d", i), func(r, _ int) bool { return r == i })
	}
	if columns == 1 {
		return out
	}
	for j := range columns {
		out.add(fmt.Sprintf("place=p%d", j), func(_, c int) bool { return c == j })
	}
	for i := range out.counts {
		for j := range columns {
			out.add(fmt.Sprintf("role:place=r%d:p%d", i, j), func(r, c int) bool { return r == i && c == j })
		}
	}
	return out
}

func (x *table) add(category string, in func(i, j int) bool) {
	base := 0
	var parts [][2]int
	for i, line := range x.counts {
		for j, n := range line {
			if in(i, j) {
				base += n
				parts = append(parts, [2]int{i, j})
			}
		}
	}
	x.rows = append(x.rows, row("will mean", category, base))
	x.parts = append(x.parts, parts)
}

// attack solves for the hidden bases of under min_base: every shown base is an
// equation in the cells of the table, and a hidden one is had where its own sum
// of cells is a combination of theirs.
func (x *table) attack(shown func(row int) bool) (found []estimate.Row) {
	at := map[[2]int]int{}
	for i, line := range x.counts {
		for j := range line {
			at[[2]int{i, j}] = len(at)
		}
	}
	vector := func(parts [][2]int) []*big.Rat {
		v := make([]*big.Rat, len(at))
		for i := range v {
			v[i] = new(big.Rat)
		}
		for _, p := range parts {
			v[at[p]].SetInt64(1)
		}
		return v
	}
	var basis [][]*big.Rat
	for i := range x.rows {
		if shown(i) {
			if v, pivot := reduce(basis, vector(x.parts[i])); pivot >= 0 {
				basis = append(basis, v)
			}
		}
	}
	for i, r := range x.rows {
		if !shown(i) && r.Base < 10 {
			if _, pivot := reduce(basis, vector(x.parts[i])); pivot < 0 {
				found = append(found, r)
			}
		}
	}
	return found
}

// reduce subtracts the basis from a vector; pivot is its first number that is
// not 0, made 1, or -1 where nothing is left.
func reduce(basis [][]*big.Rat, v []*big.Rat) (rest []*big.Rat, pivot int) {
	for _, b := range basis {
		p := first(b)
		if v[p].Sign() == 0 {
			continue
		}
		factor := new(big.Rat).Set(v[p])
		for i := range v {
			v[i].Sub(v[i], new(big.Rat).Mul(factor, b[i]))
		}
	}
	pivot = first(v)
	if pivot >= 0 {
		inverse := new(big.Rat).Inv(v[pivot])
		for i := range v {
			v[i].Mul(v[i], inverse)
		}
	}
	return v, pivot
}

func first(v []*big.Rat) int {
	for i := range v {
		if v[i].Sign() != 0 {
			return i
		}
	}
	return -1
}

func protectTable(t *rapid.T, x *table) (shown func(row int) bool) {
	release, _, err := disclose.Protect(disclose.Evidence{Study: disclosetest.Study(), Table: disclosetest.Table(append(x.rows, row("support mean", "", 500)))})
	if err != nil {
		t.Fatal(err)
	}
	published := release.Rows()
	return func(row int) bool { return published[row].Shown() }
}

// subtract is the plain attack: wherever a sum of which all but one number are
// known gives the last, until nothing new is had.
func (x *table) subtract(shown func(row int) bool) (found []estimate.Row) {
	known, at := map[string]bool{}, map[string]int{}
	for i, r := range x.rows {
		at[r.Breakdown+"="+r.Category] = i
		known[r.Breakdown+"="+r.Category] = shown(i)
	}
	for again := true; again; {
		again = false
		for _, sum := range x.sums() {
			var missing []string
			for _, name := range sum {
				if !known[name] {
					missing = append(missing, name)
				}
			}
			if len(missing) != 1 {
				continue
			}
			known[missing[0]], again = true, true
			if r := x.rows[at[missing[0]]]; r.Base < 10 {
				found = append(found, r)
			}
		}
	}
	return found
}

// sums lists a total with what adds up to it.
func (x *table) sums() [][]string {
	roles, places := []string{"="}, []string{"="}
	var out [][]string
	for i := range x.counts {
		roles = append(roles, fmt.Sprintf("role=r%d", i))
		line := []string{fmt.Sprintf("role=r%d", i)}
		for j := range x.counts[i] {
			line = append(line, fmt.Sprintf("role:place=r%d:p%d", i, j))
		}
		out = append(out, line)
	}
	for j := range x.counts[0] {
		places = append(places, fmt.Sprintf("place=p%d", j))
		line := []string{fmt.Sprintf("place=p%d", j)}
		for i := range x.counts {
			line = append(line, fmt.Sprintf("role:place=r%d:p%d", i, j))
		}
		out = append(out, line)
	}
	return append(out, roles, places)
}

func TestNoHiddenBaseFollowsInOneBreakdown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawTable(t, 1)
		if found := x.attack(protectTable(t, x)); len(found) > 0 {
			t.Fatalf("%v: %s of %d respondents follows from what is shown", x.counts, found[0].Category, found[0].Base)
		}
	})
}

func TestNoHiddenBaseFollowsInTwoColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawTable(t, 2)
		if found := x.attack(protectTable(t, x)); len(found) > 0 {
			t.Fatalf("%v: %s of %d respondents follows from what is shown", x.counts, found[0].Category, found[0].Base)
		}
	})
}

// In wider tables the rule in its simple form withstands subtraction, line after
// line, but not every system of equations. In
//
//	 2   10   10    8
//	10    1    9   10
//	 4  200  200    8
//	 4    9    1   10
//
// it hides cells in two groups that share the 4 at the lower left and nothing
// else, so that it follows from the totals of all rows and columns of a group.
func TestNoHiddenBaseFollowsBySubtraction(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawTable(t, rapid.IntRange(2, 5).Draw(t, "columns"))
		if found := x.subtract(protectTable(t, x)); len(found) > 0 {
			t.Fatalf("%v: %s of %d respondents follows from what is shown", x.counts, found[0].Category, found[0].Base)
		}
	})
}

// The attackers can do their work: without rule 3 they find what is hidden.
func TestAttackersFindWhatIsBare(t *testing.T) {
	x := &table{counts: [][]int{{4, 60}, {30, 50}}}
	x.add("", func(int, int) bool { return true })
	for i := range 2 {
		x.add(fmt.Sprintf("role=r%d", i), func(r, _ int) bool { return r == i })
		x.add(fmt.Sprintf("place=p%d", i), func(_, c int) bool { return c == i })
	}
	for i := range 4 {
		x.add(fmt.Sprintf("role:place=r%d:p%d", i/2, i%2), func(r, c int) bool { return r == i/2 && c == i%2 })
	}
	bare := func(row int) bool { return x.rows[row].Base >= 10 }
	if a, b := x.attack(bare), x.subtract(bare); len(a) != 1 || len(b) != 1 {
		t.Errorf("found %v and %v, want the cell of 4 twice", a, b)
	}
}
