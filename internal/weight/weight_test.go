package weight

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestDescribe(t *testing.T) {
	s := NewSums()
	s.Add([]float64{1, 1, 2, 0, 4})
	d := s.Describe()
	// n = 4, sum = 8, sum of squares = 22: the weight of 0 stands outside.
	for name, c := range map[string][2]float64{
		"effect":         {d.Effect.Or(0), 4 * 22.0 / 64},
		"effective base": {d.EffectiveBase.Or(0), 64.0 / 22},
		"least":          {d.Least.Or(0), 0.5},
		"most":           {d.Most.Or(0), 2},
	} {
		if math.Abs(c[0]-c[1]) > 1e-12 {
			t.Errorf("%s: got %v, want %v", name, c[0], c[1])
		}
	}
	if NewSums().Describe().Effect.Known() {
		t.Error("no weights have an effect")
	}
}

// The effect is 1 plus the squared coefficient of variation, whatever the unit,
// and pieces add up to the whole.
func TestEffectProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.Float64Range(0.01, 100), 1, 50).Draw(t, "weights")
		scale := rapid.Float64Range(0.1, 10).Draw(t, "scale")
		cut := rapid.IntRange(0, len(weights)).Draw(t, "cut")
		whole, scaled, left, right := NewSums(), NewSums(), NewSums(), NewSums()
		whole.Add(weights)
		left.Add(weights[:cut])
		right.Add(weights[cut:])
		left.Merge(right)
		for _, w := range weights {
			scaled.Add([]float64{w * scale})
		}
		mean, variance := whole.Sum/float64(whole.N), 0.0
		for _, w := range weights {
			variance += (w - mean) * (w - mean) / float64(whole.N)
		}
		want := 1 + variance/(mean*mean)
		for name, s := range map[string]Sums{"whole": whole, "scaled": scaled, "pieces": left} {
			if got := s.Describe().Effect.Or(0); math.Abs(got-want) > 1e-9*want {
				t.Errorf("%s: effect %v, want %v", name, got, want)
			}
		}
	})
}
