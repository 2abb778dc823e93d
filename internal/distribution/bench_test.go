package distribution

import "testing"

func BenchmarkTUpper(b *testing.B) {
	for range b.N {
		TUpper(2.1, 187)
	}
}

func BenchmarkTUpperOfAMillion(b *testing.B) {
	for range b.N {
		TUpper(2.1, 1e6)
	}
}

func BenchmarkFUpper(b *testing.B) {
	for range b.N {
		FUpper(2.7, 5, 187)
	}
}

func BenchmarkTQuantileKept(b *testing.B) {
	for range b.N {
		TQuantile(0.025, 187)
	}
}

func BenchmarkTQuantileNew(b *testing.B) {
	for i := range b.N {
		TQuantile(0.025, 100+float64(i))
	}
}
