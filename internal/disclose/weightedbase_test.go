package disclose_test

import (
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/number"
)

// Weighted bases stand beside bases, and where anything of a margin is hidden
// they stand nowhere in it, unless they are the bases.
func TestWeightedBases(t *testing.T) {
	group := func(measure, level, category string, base int, weighted float64) estimate.Row {
		return estimate.Row{Key: estimate.Key{Measure: measure, Statistic: "share", Level: level, Survey: "rcp", Wave: "2023", Breakdown: "staff_group", Category: category},
			Unit: "percent", Base: base, Respondents: base, Count: base / 2, Organisations: -1, Estimate: number.Of(50), WeightedBase: number.Of(weighted)}
	}
	everyone := func(measure string, base int, weighted float64) estimate.Row {
		r := group(measure, "positive", "", base, weighted)
		r.Breakdown = ""
		return r
	}
	for _, c := range []struct {
		name string
		rows []estimate.Row
		want string
	}{
		{"all shown", []estimate.Row{everyone("skills", 60, 60.4), group("skills", "positive", "medical", 20, 30.4), group("skills", "positive", "nursing", 40, 30)}, "60 30 30"},
		{"two hidden", []estimate.Row{everyone("skills", 60, 60.4), group("skills", "positive", "medical", 6, 9), group("skills", "positive", "ahp", 7, 9), group("skills", "positive", "nursing", 47, 42.4)}, "60 - - -"},
		{"another question's", []estimate.Row{group("skills", "positive", "medical", 20, 30), group("skills", "positive", "nursing", 40, 30), group("skills", "positive", "ahp", 30, 35),
			group("time", "positive", "medical", 6, 9), group("time", "positive", "ahp", 7, 9), group("time", "positive", "nursing", 37, 32)}, "30 30 35 - - -"},
		{"equal weights", []estimate.Row{everyone("skills", 60, 60), group("skills", "positive", "medical", 6, 6), group("skills", "positive", "ahp", 7, 7), group("skills", "positive", "nursing", 47, 47)}, "60 - - 47"},
		{"ticks, and shares that no banner shows", []estimate.Row{group("barriers", "time", "medical", 20, 30), group("barriers", "time", "nursing", 40, 30),
			group("skills", "negative", "medical", 20, 30), group("held_back", "of_high", "medical", 20, 30)}, "30 30 - -"},
	} {
		r, _, err := disclose.Protect(disclose.Evidence{Study: disclosetest.Study(), Table: disclosetest.Table(c.rows)})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for row := range r.All() {
			text := row.WeightedBase.Fixed(0)
			if text == "" {
				text = "-"
			}
			got = append(got, text)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}
