package weight

import (
	"math/rand/v2"
	"testing"
)

// million is respondents with three variables of ten, seven and four categories,
// and margins a little off theirs.
func million() sample {
	const n = 1_000_000
	rng := rand.New(rand.NewPCG(1, 2))
	s := sample{d: make([]float64, n)}
	for row := range s.d {
		s.d[row] = 1 + rng.Float64()
	}
	for m, k := range []int{10, 7, 4} {
		codes := make([]int32, n)
		p := population(string(rune('p'+m)), make([]float64, k)...)
		for row := range codes {
			codes[row] = int32(rng.IntN(k))
			p.Totals[codes[row]] += s.d[row]
		}
		total := 0.0
		for c := range p.Totals {
			p.Totals[c] *= 0.7 + 0.6*rng.Float64()
			total += p.Totals[c]
		}
		for c := range p.Totals {
			p.Totals[c] *= 1e7 / total
		}
		s.codes, s.margins = append(s.codes, codes), append(s.margins, p)
	}
	return s
}

// BenchmarkRakeCells goes from codes of rows to cells, to g, and back to weights.
func BenchmarkRakeCells(b *testing.B) {
	s := million()
	for _, c := range []struct {
		name   string
		bounds Bounds
	}{{"unbounded", NoBounds()}, {"bounded", Bounds{0.5, 1.5}}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := s.weights(c.bounds); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRaking is R's way on the same rows: prepare once, adjust each replicate.
func BenchmarkRaking(b *testing.B) {
	s := million()
	b.Run("prepare", func(b *testing.B) {
		for b.Loop() {
			if _, err := NewRaking(len(s.d), s.rows(), RakeOptions{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	raking, err := NewRaking(len(s.d), s.rows(), RakeOptions{})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("adjust", func(b *testing.B) {
		for b.Loop() {
			if _, err := raking.Adjust(s.d); err != nil {
				b.Fatal(err)
			}
		}
	})
	a, err := raking.Adjust(s.d)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("residual", func(b *testing.B) {
		x := make([]float64, len(s.d))
		for b.Loop() {
			copy(x, a.Weights)
			a.Residual.Residual(x)
		}
	})
}

// BenchmarkCalibration calibrates the rows with exp to the margins' dummies.
func BenchmarkCalibration(b *testing.B) {
	s := million()
	k := s.calibration(Exp)
	for b.Loop() {
		if _, err := k.Adjust(s.d); err != nil {
			b.Fatal(err)
		}
	}
}
