package distribution

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// oracleCase has a number or "Inf" under each name.
type oracleCase map[string]any

func (c oracleCase) num(t *testing.T, key string) float64 {
	t.Helper()
	switch v := c[key].(type) {
	case float64:
		return v
	case string:
		if v == "Inf" {
			return math.Inf(1)
		}
	}
	t.Fatalf("no number under %q in %v", key, c)
	return 0
}

// agrees holds to a relative 1e-12. What is under the smallest normal number is
// nothing to both: R's qbeta stops at 5.6e-309 there.
func agrees(got, want float64) bool {
	const smallest = 0x1p-1022
	if math.Abs(got) < smallest && math.Abs(want) < smallest {
		return true
	}
	return got == want || math.Abs(got-want) <= 1e-12*math.Abs(want)
}

// The reference values are R's qnorm, qt, pt, pchisq, qchisq, pf and qbeta.
func TestDistributionsAgreeWithR(t *testing.T) {
	data, err := os.ReadFile("../../testdata/oracle/distributions.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases map[string][]oracleCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	compared, agreed := 0, 0
	for _, family := range []struct {
		name, want string
		value      func(num func(string) float64) float64
	}{
		{"normal", "q", func(num func(string) float64) float64 { return fromLower(num("p"), NormalQuantile) }},
		{"t_quantile", "q", func(num func(string) float64) float64 {
			return fromLower(num("p"), func(upper float64) float64 { return TQuantile(upper, num("df")) })
		}},
		{"t_cdf", "p", func(num func(string) float64) float64 { return TUpper(-num("x"), num("df")) }},
		{"t_cdf", "two_sided", func(num func(string) float64) float64 { return TwoSided(num("x"), num("df")) }},
		{"chisq_upper", "p_upper", func(num func(string) float64) float64 { return ChiSquaredUpper(num("x"), num("df")) }},
		{"chisq_quantile", "q", func(num func(string) float64) float64 { return ChiSquaredQuantile(num("p"), num("df")) }},
		{"f_upper", "p_upper", func(num func(string) float64) float64 { return FUpper(num("x"), num("df1"), num("df2")) }},
		{"beta_quantile", "q", func(num func(string) float64) float64 { return BetaQuantile(num("p"), num("a"), num("b")) }},
	} {
		for _, c := range cases[family.name] {
			compared++
			num := func(key string) float64 { return c.num(t, key) }
			got, want := family.value(num), num(family.want)
			if !agrees(got, want) {
				t.Errorf("%s %v: got %.17g, R has %.17g (%.1e)", family.name, c, got, want, math.Abs(got/want-1))
				continue
			}
			agreed++
		}
	}
	t.Logf("%d of %d values agree with R to a relative 1e-12", agreed, compared)
	if compared != 540 {
		t.Errorf("%d reference values, not 540", compared)
	}
}

// fromLower gives a symmetric quantile function the lower tail p. The upper
// tail 1-p would lose the digits of a small p.
func fromLower(p float64, quantile func(upper float64) float64) float64 {
	if p < 0.5 {
		return -quantile(p)
	}
	return quantile(1 - p)
}
