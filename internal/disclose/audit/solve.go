package audit

import "math/bits"

// equation is a sum of unknowns, by place, that is known. Coefficients are whole.
type equation map[int]int64

// solve tells which of n unknowns follow from equations, by exact elimination in
// whole numbers (Gauss and Jordan; rows are kept free of common factors). ok is
// false where the numbers outgrew 64 bits.
func solve(n int, equations []equation) (determined []bool, ok bool) {
	determined = make([]bool, n)
	for _, block := range blocks(n, equations) {
		if !eliminate(block, equations, determined) {
			return nil, false
		}
	}
	return determined, true
}

// block is unknowns that equations connect.
type block struct{ unknowns, equations []int }

// blocks splits the unknowns into connected blocks.
func blocks(n int, equations []equation) []block {
	parent := make([]int, n)
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for _, e := range equations {
		first := -1
		for i := range e { // the union is the same in any order
			if first < 0 {
				first = i
			}
			a, b := find(first), find(i)
			parent[max(a, b)] = min(a, b)
		}
	}
	at := map[int]int{}
	var out []block
	for i := range n {
		root := find(i)
		k, seen := at[root]
		if !seen {
			k = len(out)
			at[root] = k
			out = append(out, block{})
		}
		out[k].unknowns = append(out[k].unknowns, i)
	}
	for j, e := range equations {
		for i := range e {
			k := at[find(i)]
			out[k].equations = append(out[k].equations, j)
			break
		}
	}
	return out
}

// eliminate brings a block's equations to reduced form: an unknown follows where
// one of them has it alone.
func eliminate(b block, equations []equation, determined []bool) bool {
	column := map[int]int{}
	for c, i := range b.unknowns {
		column[i] = c
	}
	rows := make([][]int64, len(b.equations))
	for r, j := range b.equations {
		rows[r] = make([]int64, len(b.unknowns))
		for i, v := range equations[j] {
			rows[r][column[i]] = v
		}
	}
	top := 0
	for c := 0; c < len(b.unknowns) && top < len(rows); c++ {
		pivot := top
		for pivot < len(rows) && rows[pivot][c] == 0 {
			pivot++
		}
		if pivot == len(rows) {
			continue
		}
		rows[top], rows[pivot] = rows[pivot], rows[top]
		for r := range rows {
			if r != top && rows[r][c] != 0 && !combine(rows[r], rows[top], c) {
				return false
			}
		}
		top++
	}
	for _, row := range rows[:top] {
		if c := alone(row); c >= 0 {
			determined[b.unknowns[c]] = true
		}
	}
	return true
}

// combine takes as much of the pivot from a row as clears its column c.
func combine(row, pivot []int64, c int) bool {
	a, b := pivot[c], row[c]
	g := gcd(a, b)
	a, b = a/g, b/g
	content := int64(0)
	for i := range row {
		if row[i] == 0 && pivot[i] == 0 {
			continue
		}
		x, ok1 := times(row[i], a)
		y, ok2 := times(pivot[i], b)
		if !ok1 || !ok2 {
			return false
		}
		row[i] = x - y // both are under 2^62
		content = gcd(content, row[i])
	}
	if content > 1 {
		for i := range row {
			row[i] /= content
		}
	}
	return true
}

// times multiplies; ok is false for what reaches 2^62.
func times(a, b int64) (product int64, ok bool) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	return a * b, hi == 0 && lo < 1<<62
}

func magnitude(a int64) uint64 {
	if a < 0 {
		a = -a
	}
	return uint64(a) //gosec:disable G115 -- not negative any more
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		return -a
	}
	return a
}

// alone returns the only column of a row that is not 0, or -1.
func alone(row []int64) int {
	at := -1
	for c, v := range row {
		if v == 0 {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = c
	}
	return at
}
