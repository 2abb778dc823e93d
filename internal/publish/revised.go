package publish

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
)

// A number is revised where the last release showed it too and its estimate,
// error, limits or base read otherwise there. What only follows from other rows,
// as a corrected p-value does, revises nothing, and neither do more decimals.

// core are the figures that a revision is about, in the order of figureColumns.
var core = []string{"estimate", "se", "lower", "upper", "base"}

// Revised reads the last release's public estimates.csv and returns what tells
// whether a row of the new one, printed with so many decimals, is revised.
func Revised(before []byte, places int) (func(disclose.Row) bool, error) {
	olds, err := readFigures(before)
	if err != nil {
		return nil, fmt.Errorf("estimates of the last release: %w", err)
	}
	old := make(map[[9]string]figure, len(olds))
	for _, f := range olds {
		if f.shown() {
			old[f.key] = f
		}
	}
	return func(row disclose.Row) bool {
		k := row.Key
		was, ok := old[[9]string{k.Measure, k.Statistic, k.Level, k.Survey, k.Wave, k.Breakdown, k.Category, k.Contrast, k.Versus}]
		if !ok {
			return false
		}
		values := [...]number.Value{row.Estimate, row.SE, row.Lower, row.Upper, row.Base}
		now := figure{unit: row.Unit}
		for i, decimals := range [...]int{places, places + 1, places, places, 0} {
			now.core[i] = values[i].Fixed(decimals)
		}
		return revised(was, now)
	}, nil
}

func revised(was, now figure) bool {
	for i := range core {
		if !sameNumber(was.core[i], now.core[i]) {
			return true
		}
	}
	return was.unit != now.unit
}

// sameNumber compares two printed numbers. Of unequal decimals, they are the same
// where one may be the other rounded.
func sameNumber(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	places := min(decimals(a), decimals(b))
	if errX != nil || errY != nil || decimals(a) == decimals(b) {
		return false
	}
	const rounding = 1e-9
	return math.Abs(x-y) <= 0.5*math.Pow10(-places)+rounding
}

func decimals(s string) int {
	_, after, _ := strings.Cut(s, ".")
	return len(after)
}
