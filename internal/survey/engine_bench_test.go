package survey

import (
	"math/rand/v2"
	"testing"

	"github.com/caregap/caregap/internal/weight"
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

// BenchmarkAdjustedGroups estimates one measure in 17 groups of a million rows whose
// weights were post-stratified: linearised values then reach every row.
func BenchmarkAdjustedGroups(b *testing.B) {
	const rows, groups = 1_000_000, 17
	random := rand.New(rand.NewPCG(5, 6))
	weights, by, cell := make([]float64, rows), make([]int32, rows), make([]int32, rows)
	numbers := make([]float64, rows)
	for k := range weights {
		weights[k], by[k], cell[k], numbers[k] = 1, random.Int32N(groups), random.Int32N(3), random.Float64()
	}
	s, err := New(Design{Rows: rows, Weights: weights})
	if err != nil {
		b.Fatal(err)
	}
	margin := weight.Margin{Factors: []weight.Factor{{Codes: cell}}, Population: []weight.Cell{{Codes: []int32{0}, Total: 1e6}, {Codes: []int32{1}, Total: 2e6}, {Codes: []int32{2}, Total: 3e6}}}
	post, err := weight.NewPoststratification(rows, margin, false)
	if err != nil {
		b.Fatal(err)
	}
	adjusted, err := post.Adjust(weights)
	if err != nil {
		b.Fatal(err)
	}
	if s, err = s.Adjust(adjusted.Weights, adjusted.Residual); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.EstimateGroups(NewMean(Numeric(numbers)), by); err != nil {
			b.Fatal(err)
		}
	}
}
