package measure_test

import (
	"math/rand/v2"
	"testing"

	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/normalise"
)

// A wave that has one item of a construct has nothing to set it against.
func TestOneItemHasNoCompany(t *testing.T) {
	k := newKit()
	s := measuretest.Sample{Respondents: []measuretest.Respondent{
		{Weight: 1, Answers: []int{4, 2, 3, 1, 0, 1, 1}, Ticks: []int{0, 0}, Variables: []int{0, 0}},
	}}
	b := s.Blocks(k.plan.Schema, k.names)[0]
	b.Items[k.plan.Schema.Constructs[0].Items[1]] = nil
	m := k.plan.NewMoments(true)
	m.Add(b, k.plan.Prepare(b, nil))
	for i, x := range k.plan.Together {
		want := len(k.plan.Schema.Constructs[x.Index].Items)
		switch {
		case x.Kind == measure.Gap:
			want = 2
		case x.Index == 0:
			want = 1
		}
		if got := len(m.Together[i].Items); got != want {
			t.Errorf("%+v: %d items, expected %d", x, got, want)
		}
	}
}

// BenchmarkPrepare prepares blocks of respondents: its columns, and the sums of
// items together.
func BenchmarkPrepare(b *testing.B) {
	k := newKit()
	const rows = 16_384
	s := measuretest.Sample{Weighted: true}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range rows {
		r := measuretest.Respondent{Weight: 0.5 + rnd.Float64(), Ticks: []int{0, 1}, Variables: []int{rnd.IntN(3), rnd.IntN(2)}}
		for _, c := range k.plan.Schema.Items {
			r.Answers = append(r.Answers, rnd.IntN(c.Options+1)-1)
		}
		s.Respondents = append(s.Respondents, r)
	}
	block := s.Blocks(k.plan.Schema, normalise.NewWaveNames(k.plan.Schema))[0]
	var prepared *measure.Prepared
	for b.Loop() {
		prepared = k.plan.Prepare(block, prepared)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}
