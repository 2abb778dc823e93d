package survey

import "testing"

// Rows of a Hadamard matrix are orthogonal, the first is all ones, and no order
// is more than two steps of 4 above the least there may be.
func TestHadamard(t *testing.T) {
	n := 0
	for least := 1; least <= 188; least++ {
		if least <= n {
			continue // the same as the last
		}
		h := hadamard(least)
		n = len(h)
		if n < least || n > 2 && n%4 != 0 || n > least+11 {
			t.Errorf("hadamard(%d) is of order %d", least, n)
		}
		for i := range h {
			for j := range h[:i+1] {
				if product := multiply(h[i], h[j]); product != 0 && i != j || i == j && product != n {
					t.Fatalf("order %d: rows %d and %d have the product %d", n, i, j, product)
				}
			}
			if h[0][i] != 1 {
				t.Fatalf("order %d: the first row is not all ones", n)
			}
		}
	}
}

func multiply(a, b []int8) int {
	sum := 0
	for i, v := range a {
		sum += int(v) * int(b[i])
	}
	return sum
}
