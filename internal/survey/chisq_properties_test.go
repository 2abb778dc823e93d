package survey_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/survey"
)

var grades, sites = []string{"junior", "senior", "lead"}, []string{"north", "south"}

func crossed(d drawn, s *survey.Sample) *survey.Table {
	return s.Table(survey.Factor{Name: "grade", Codes: d.groups(), Levels: grades},
		survey.Factor{Name: "site", Codes: d.codes(func(r row) int32 { return int32(r.share) }), Levels: sites})
}

// Property 12: of a simple random sample Rao and Scott's tests are Pearson's, up to
// n/(n-1), which the design's variance has and that of counts has not.
func TestTablesOfSimpleSamples(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		n := float64(len(d.rows))
		table := crossed(d, equally(t, len(d.rows)))
		f, err := table.Test(survey.RaoScottF, false)
		if err != nil || slices.ContainsFunc(table.Weighted, func(r []float64) bool { return slices.Contains(r, 0) }) {
			t.Skip("empty cells")
		}
		q := float64((len(table.RowLevels) - 1) * (len(table.ColumnLevels) - 1))
		x2 := pearson(table.Weighted)
		near(t, "F", f.Value.Or(0), x2/q*(n-1)/n, 1e-6)
		near(t, "ndf", f.NDF.Or(0), q, 0)
		near(t, "ddf", f.DDF.Or(0), q*(n-1), 0)
		chi, err := table.Test(survey.RaoScottChi2, false)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "X2", chi.Value.Or(0), x2, 1e-6)
		near(t, "p", chi.P.Or(0), distribution.ChiSquaredUpper(x2*(n-1)/n, q), 1e-6)
	})
}

// pearson is the test of counts, by the book.
func pearson(counts [][]float64) float64 {
	rows, columns, n := make([]float64, len(counts)), make([]float64, len(counts[0])), 0.0
	for i, r := range counts {
		for j, c := range r {
			rows[i] += c
			columns[j] += c
			n += c
		}
	}
	x2 := 0.0
	for i, r := range counts {
		for j, c := range r {
			e := rows[i] * columns[j] / n
			x2 += (c - e) * (c - e) / e
		}
	}
	return x2
}

// Turning a table round and scaling the weights change no test.
func TestTurnedTables(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t, 2, 4)
		table := crossed(d, d.sample(t))
		scaled := d
		scaled.rows = append([]row{}, d.rows...)
		for k := range scaled.rows {
			scaled.rows[k].w *= 4
		}
		turned := scaled.sample(t).Table(survey.Factor{Name: "site", Codes: d.codes(func(r row) int32 { return int32(r.share) }), Levels: sites},
			survey.Factor{Name: "grade", Codes: d.groups(), Levels: grades})
		for which := survey.RaoScottF; which <= survey.AdjustedWald; which++ {
			a, err := table.Test(which, true)
			b, other := turned.Test(which, true)
			if err != nil || other != nil || a.Value.Or(0) > 1e3 {
				continue // short of full rank, or close to it: rounding is all there is
			}
			const loose = 1e2 // digits are lost where the rank is nearly short
			near(t, "value", b.Value.Or(-1), a.Value.Or(-1), loose)
			near(t, "ndf", b.NDF.Or(-1), a.NDF.Or(-1), loose)
			near(t, "ddf", b.DDF.Or(-1), a.DDF.Or(-1), loose)
		}
	})
}
