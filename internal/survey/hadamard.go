package survey

import "math/big"

// hadamard is a square matrix of 1 and -1 with orthogonal rows, the first all
// ones, of the least order from least on that the constructions here reach: a
// multiple of 4, or 1 or 2.
func hadamard(least int) [][]int8 {
	for order := least; ; order++ {
		if !reachable(order) {
			continue
		}
		return normalised(build(order))
	}
}

// reachable: Paley's two constructions of 1933 with primes, and Sylvester's
// doubling of 1867. They leave out few orders (52, 92, 100 below 110).
func reachable(order int) bool {
	return order == 1 || order == 2 || order > 2 && order%4 == 0 &&
		(prime(order-1) || paleyTwo(order) || reachable(order/2))
}

func paleyTwo(order int) bool { return (order/2-1)%4 == 1 && prime(order/2-1) }

func prime(n int) bool { return big.NewInt(int64(n)).ProbablyPrime(0) }

func build(order int) [][]int8 {
	switch {
	case order == 1:
		return [][]int8{{1}}
	case order > 2 && prime(order-1):
		return paley(order - 1)
	case order > 2 && paleyTwo(order):
		return paleySymmetric(order/2 - 1)
	default:
		return doubled(build(order / 2))
	}
}

// doubled is [H H; H -H].
func doubled(h [][]int8) [][]int8 {
	n := len(h)
	d := signs(2 * n)
	for i, row := range h {
		for j, v := range row {
			d[i][j], d[i][n+j], d[n+i][j], d[n+i][n+j] = v, v, v, -v
		}
	}
	return d
}

// paley is I + S for a prime q of the form 4k + 3, S the skew bordered matrix of
// the differences that are squares mod q.
func paley(q int) [][]int8 {
	h, square := signs(q+1), squares(q)
	for i := range h {
		for j := range h {
			switch {
			case i == j || i == 0:
				h[i][j] = 1
			case j == 0:
				h[i][j] = -1
			default:
				h[i][j] = square[(i-j+q)%q]
			}
		}
	}
	return h
}

// paleySymmetric is of order 2(q + 1) for a prime q of the form 4k + 1: every 0 of
// the symmetric bordered matrix becomes [1 -1; -1 -1], every other entry itself
// times [1 1; 1 -1].
func paleySymmetric(q int) [][]int8 {
	h, square := signs(2*(q+1)), squares(q)
	for i := range q + 1 {
		for j := range q + 1 {
			c := int8(1)
			if i > 0 && j > 0 {
				c = square[(i-j+q)%q]
			}
			block := [4]int8{c, c, c, -c}
			if i == j {
				block = [4]int8{1, -1, -1, -1}
			}
			h[2*i][2*j], h[2*i][2*j+1], h[2*i+1][2*j], h[2*i+1][2*j+1] = block[0], block[1], block[2], block[3]
		}
	}
	return h
}

// squares gives 1 for squares mod q, -1 for other numbers, and 0 for 0.
func squares(q int) []int8 {
	s := make([]int8, q)
	for i := 1; i < q; i++ {
		s[i] = -1
	}
	for i := 1; i < q; i++ {
		s[i*i%q] = 1
	}
	return s
}

// normalised turns the columns that begin with -1.
func normalised(h [][]int8) [][]int8 {
	for j, v := range h[0] {
		for i := range h {
			h[i][j] *= v
		}
	}
	return h
}

func signs(n int) [][]int8 {
	h := make([][]int8, n)
	for i := range h {
		h[i] = make([]int8, n)
	}
	return h
}
