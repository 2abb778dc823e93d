package disclose_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/audit"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/disclose/linked"
	"github.com/caregap/caregap/internal/estimate"
)

// loss is the respondents of a crossed table's hidden cells.
func (x *table) loss(hidden func(i, j int) bool) int {
	n := 0
	for i, line := range x.counts {
		for j, c := range line {
			if hidden(i, j) {
				n += c
			}
		}
	}
	return n
}

// least is the smallest loss with which the audit is content and every row and
// column keeps the rule of margins, found by trying all sets of cells.
func (x *table) least(rows []estimate.Row, s *linked.System) (best int) {
	best = -1
	columns := len(x.counts[0])
	small := func(i, j int) bool { return x.counts[i][j] < 10 }
	for set := range 1 << (len(x.counts) * columns) {
		hidden := func(i, j int) bool { return set>>(i*columns+j)&1 == 1 }
		loss := x.loss(hidden)
		if best >= 0 && loss >= best || !x.lawful(hidden, small) {
			continue
		}
		s.Publish(func(row int) bool {
			parts := x.parts[row]
			return rows[row].Breakdown == "role:place" && hidden(parts[0][0], parts[0][1])
		})
		safe := true
		for _, f := range audit.Audit(s) {
			safe = safe && f.Safe()
		}
		if safe {
			best = loss
		}
	}
	return best
}

// lawful: small cells are hidden, and a line has no hidden cell, or two at least
// that hold ten.
func (x *table) lawful(hidden, small func(i, j int) bool) bool {
	rows, columns := make([][2]int, len(x.counts)), make([][2]int, len(x.counts[0]))
	for i, line := range x.counts {
		for j, n := range line {
			if small(i, j) && !hidden(i, j) {
				return false
			}
			if hidden(i, j) {
				rows[i][0]++
				rows[i][1] += n
				columns[j][0]++
				columns[j][1] += n
			}
		}
	}
	for _, l := range append(rows, columns...) {
		if l[0] == 1 || l[0] > 1 && l[1] < 10 {
			return false
		}
	}
	return true
}

// In tables of up to 4 by 4 of which no total is hidden the loss is at most 1.5
// times the least. The tables are the same in every run.
func TestLossIsNearTheLeast(t *testing.T) {
	random := rand.New(rand.NewPCG(2024, 4))
	sizes := []int{3, 6, 9, 12, 20, 35, 60, 90, 140}
	compared, sum, sumLeast := 0, 0, 0
	for range 400 {
		x := crossed(2+random.IntN(3), 2+random.IntN(3), func() int { return sizes[random.IntN(len(sizes))] })
		if slices.ContainsFunc(x.rows, func(r estimate.Row) bool { return r.Breakdown != "role:place" && r.Base < 10 }) {
			continue // a total is hidden
		}
		least := x.least(x.rows, linked.Build(disclosetest.Study(), x.rows)[0])
		if least <= 0 {
			continue // nothing to hide, or no way to
		}
		loss := x.lossOf(t)
		compared, sum, sumLeast = compared+1, sum+loss, sumLeast+least
		if 2*loss > 3*least {
			t.Errorf("%v: %d respondents are hidden, and %d would do", x.counts, loss, least)
		}
	}
	if compared < 150 {
		t.Errorf("only %d tables were compared", compared)
	}
	t.Logf("%d tables: %d respondents hidden, %d at the least", compared, sum, sumLeast)
}

// crossed is a table with its margins.
func crossed(height, width int, draw func() int) *table {
	x := &table{}
	for range height {
		var line []int
		for range width {
			line = append(line, draw())
		}
		x.counts = append(x.counts, line)
	}
	x.add("", func(int, int) bool { return true })
	for i := range height {
		x.add(fmt.Sprintf("role=r%d", i), func(r, _ int) bool { return r == i })
	}
	for j := range width {
		x.add(fmt.Sprintf("place=p%d", j), func(_, c int) bool { return c == j })
	}
	for i := range height {
		for j := range width {
			x.add(fmt.Sprintf("role:place=r%d:p%d", i, j), func(r, c int) bool { return r == i && c == j })
		}
	}
	return x
}

// lossOf is the loss of what Protect hides.
func (x *table) lossOf(t *testing.T) int {
	release, _, err := disclose.Protect(disclose.Evidence{Study: disclosetest.Study(), Table: disclosetest.Table(x.rows)})
	if err != nil {
		t.Fatal(err)
	}
	loss := 0
	for i, r := range x.rows {
		if r.Breakdown == "role:place" && !release.Rows()[i].Shown() {
			loss += r.Base
		}
	}
	return loss
}
