package survey

import (
	"math/rand/v2"
	"testing"
)

// BenchmarkGroups estimates the means of five measures in 17 groups of a million
// rows, with the covariance of all 85.
func BenchmarkGroups(b *testing.B) {
	const rows, groups = 1_000_000, 17
	random := rand.New(rand.NewPCG(1, 2))
	weights, by, psu, stratum := make([]float64, rows), make([]int32, rows), make([]int32, rows), make([]int32, rows)
	measures := make([]Column, 5)
	for i := range measures {
		numbers := make([]float64, rows)
		for k := range numbers {
			numbers[k] = random.Float64() * 100
		}
		measures[i] = Numeric(numbers)
	}
	for k := range weights {
		weights[k], by[k] = 1+random.Float64(), random.Int32N(groups)
		psu[k] = random.Int32N(220)
		stratum[k] = psu[k] % 10
	}
	for name, stage := range map[string]Stage{
		"220 PSUs":           {Units: psu, Strata: stratum},
		"rows are PSUs":      {},
		"rows within strata": {Strata: stratum},
	} {
		b.Run(name, func(b *testing.B) {
			s, err := New(Design{Rows: rows, Weights: weights, Stages: []Stage{stage}})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.EstimateGroups(NewMean(measures...), by); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDesign checks and compiles a two-stage design of a million rows.
func BenchmarkDesign(b *testing.B) {
	const rows = 1_000_000
	random := rand.New(rand.NewPCG(3, 4))
	stratum, psu, household := make([]int32, rows), make([]int32, rows), make([]int32, rows)
	for k := range stratum {
		psu[k] = random.Int32N(2000)
		stratum[k], household[k] = psu[k]%40, psu[k]*100+random.Int32N(100)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New(Design{Rows: rows, Stages: []Stage{{Units: psu, Strata: stratum}, {Units: household}}}); err != nil {
			b.Fatal(err)
		}
	}
}
