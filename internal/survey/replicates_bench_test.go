package survey_test

import (
	"fmt"
	"testing"

	"github.com/caregap/caregap/internal/survey"
)

// BenchmarkReplicates makes replicates of 100,000 rows in 220 PSUs and estimates
// five means with them; plain ones go by PSUs, adjusted ones by rows.
func BenchmarkReplicates(b *testing.B) {
	d := wide(20, 11, 455)
	y := make([][]float64, 5)
	for i := range y {
		y[i] = d.column(func(r row) float64 { return r.y + float64(i)*r.x })
	}
	st, s := mean(y...), d.sample(b)
	for _, m := range []survey.Replication{{Kind: survey.JKn}, {Kind: survey.RaoWu, Replicates: 500}} {
		b.Run(fmt.Sprintf("%v plain", m.Kind), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				estimate(b, replicate(b, s, m), st)
			}
		})
		b.Run(fmt.Sprintf("%v adjusted", m.Kind), func(b *testing.B) {
			b.ReportAllocs()
			adjusted, err := replicate(b, s, m).AdjustEach(func(w []float64) ([]float64, error) {
				out := make([]float64, len(w))
				for k, v := range w {
					out[k] = v * (1 + 0.1*float64(d.rows[k].group))
				}
				return out, nil
			})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				estimate(b, adjusted, st)
			}
		})
	}
}
