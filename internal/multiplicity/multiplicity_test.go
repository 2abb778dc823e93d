package multiplicity_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/multiplicity"
	"github.com/caregap/caregap/internal/number"
)

var methods = []struct {
	name   string // R's
	adjust func([]number.Value) []number.Value
}{
	{"holm", multiplicity.Holm},
	{"hochberg", multiplicity.Hochberg},
	{"bonferroni", multiplicity.Bonferroni},
	{"BH", multiplicity.BenjaminiHochberg},
	{"BY", multiplicity.BenjaminiYekutieli},
}

func TestAgreesWithR(t *testing.T) {
	data, err := os.ReadFile("../../testdata/oracle/multiplicity.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []map[string]json.RawMessage
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, c := range cases {
		p := values(t, c["p"])
		for _, m := range methods {
			got, want := m.adjust(p), values(t, c[m.name])
			if !slices.EqualFunc(got, want, near) {
				t.Errorf("%s, %s:\n got %v\nwant %v", c["id"], m.name, got, want)
			}
			compared += len(want)
		}
	}
	t.Logf("%d corrected p-values agree with R", compared)
	if len(cases) != 5 || compared != 160 {
		t.Errorf("%d cases, %d values", len(cases), compared)
	}
}

// values reads a list of numbers, null for unknown.
func values(t *testing.T, data []byte) []number.Value {
	t.Helper()
	var list []*float64
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	out := make([]number.Value, len(list))
	for i, v := range list {
		if v != nil {
			out[i] = number.Of(*v)
		}
	}
	return out
}

func near(a, b number.Value) bool {
	x, known := a.Get()
	y, alsoKnown := b.Get()
	return known == alsoKnown && math.Abs(x-y) <= 1e-15
}

func draw(t *rapid.T) []number.Value {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) number.Value {
		if rapid.IntRange(0, 5).Draw(t, "known") == 0 {
			return number.Value{}
		}
		return number.Of(rapid.SampledFrom([]float64{0, 0.001, 0.01, 0.02, 0.05, 0.5, 1, rapid.Float64Range(0, 1).Draw(t, "other")}).Draw(t, "p"))
	}), 0, 20).Draw(t, "family")
}

func get(v number.Value) float64 {
	x, _ := v.Get()
	return x
}

func TestCorrectedValuesKeepTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		for _, m := range methods {
			got := m.adjust(p)
			for i := range p {
				if got[i].Known() != p[i].Known() || get(got[i]) < get(p[i]) || get(got[i]) > 1 {
					t.Fatalf("%s: %v became %v", m.name, p, got)
				}
				for j := range p {
					if p[i].Known() && p[j].Known() && get(p[i]) <= get(p[j]) && get(got[i]) > get(got[j]) {
						t.Fatalf("%s: order of %d and %d lost: %v became %v", m.name, i, j, p, got)
					}
				}
			}
		}
	})
}

func TestOrderOfTheFamilyDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		at := rapid.Permutation(seq(len(p))).Draw(t, "order")
		moved := make([]number.Value, len(p))
		for i, from := range at {
			moved[i] = p[from]
		}
		for _, m := range methods {
			got, want := m.adjust(moved), m.adjust(p)
			for i, from := range at {
				if got[i] != want[from] {
					t.Fatalf("%s: %v and %v", m.name, want, got)
				}
			}
		}
	})
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// The stricter promise costs more: BH <= BY, BH <= Hochberg <= Holm <= Bonferroni.
func TestMethodsByStrictness(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		bh, by := multiplicity.BenjaminiHochberg(p), multiplicity.BenjaminiYekutieli(p)
		hochberg, holm, bonferroni := multiplicity.Hochberg(p), multiplicity.Holm(p), multiplicity.Bonferroni(p)
		for i := range p {
			for _, pair := range [][2]number.Value{{bh[i], by[i]}, {bh[i], hochberg[i]}, {hochberg[i], holm[i]}, {holm[i], bonferroni[i]}} {
				if get(pair[0]) > get(pair[1])+1e-15 {
					t.Fatalf("%v: place %d: %v above %v", p, i, pair[0], pair[1])
				}
			}
		}
	})
}

func TestAFamilyOfOneIsLeftAlone(t *testing.T) {
	for _, m := range methods {
		family := []number.Value{{}, number.Of(0.03), {}}
		if got := fmt.Sprint(m.adjust(family)); got != fmt.Sprint(family) {
			t.Errorf("%s: %s", m.name, got)
		}
	}
}
