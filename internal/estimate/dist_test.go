package estimate

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

type distCase map[string]any

func (c distCase) num(t *testing.T, key string) float64 {
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

// The reference values are R's qt, pt, pf and qbeta.
func TestDistributionsAgreeWithR(t *testing.T) {
	data, err := os.ReadFile("../../testdata/oracle/distributions.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases map[string][]distCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	// The continued fraction gathers rounding errors at millions of degrees of freedom.
	tolerance := func(df float64) float64 {
		if df >= 1e6 && !math.IsInf(df, 1) {
			return 1e-9
		}
		return 1e-11
	}
	near := func(name string, c distCase, got, want, tolerance float64) {
		t.Helper()
		if math.Abs(got-want) > tolerance*math.Abs(want) {
			t.Errorf("%s %v: got %.17g, R has %.17g", name, c, got, want)
		}
	}
	for _, c := range cases["t_quantile"] {
		p, df := c.num(t, "p"), c.num(t, "df")
		got := 0.0
		if p < 0.5 {
			got = -tQuantile(p, df)
		} else {
			got = tQuantile(1-p, df)
		}
		// 1-p loses digits of a p close to 1; the tail itself is exact.
		within := tolerance(df)
		if p > 0.999 {
			within = 1e-8
		}
		near("t quantile", c, got, c.num(t, "q"), within)
	}
	for _, c := range cases["t_cdf"] {
		near("t two-sided", c, twoSided(c.num(t, "x"), c.num(t, "df")), c.num(t, "two_sided"), tolerance(c.num(t, "df")))
	}
	for _, c := range cases["f_upper"] {
		near("F upper", c, fUpper(c.num(t, "x"), c.num(t, "df1"), c.num(t, "df2")), c.num(t, "p_upper"), 1e-11)
	}
	for _, c := range cases["beta_quantile"] {
		// Intervals need shapes of a half and more; far upper tails come with the
		// reference cases of the estimate command.
		if c.num(t, "a") < 0.5 || c.num(t, "p") > 0.999 {
			continue
		}
		near("beta quantile", c, betaQuantile(c.num(t, "p"), c.num(t, "a"), c.num(t, "b")), c.num(t, "q"), 1e-11)
	}
	if n := len(cases["t_quantile"]) + len(cases["t_cdf"]) + len(cases["f_upper"]) + len(cases["beta_quantile"]); n < 200 {
		t.Errorf("only %d reference values", n)
	}
}
