package weight

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// A category that the survey cannot have changes nothing where its population is 0.
func TestRakeCellsNobodyOfNobody(t *testing.T) {
	cells, _ := tabulate([][]int32{{0, 0, 1, 1, 0}, {0, 1, 1, 0, -1}}, nil)
	for _, b := range []Bounds{NoBounds(), {0.1, 4}} {
		want, err := RakeCells(cells, []Population{population("sex", 40, 60), population("region", 50, 50)}, b)
		if err != nil {
			t.Fatal(err)
		}
		got, err := RakeCells(cells, []Population{population("sex", 40, 60, 0), population("region", 50, 50)}, b)
		if err != nil {
			t.Fatal(err)
		}
		near := cmpopts.EquateApprox(1e-12, 0)
		if d := cmp.Diff(want.G, got.G, near) + cmp.Diff(want.Margins, got.Margins, near); d != "" {
			t.Errorf("%s: -want +got\n%s", b, d)
		}
	}
}

func TestRakeCellsProblems(t *testing.T) {
	codes := [][]int32{{0, 0, 0, 0, 1}, {0, 0, 1, 1, 1}}
	for name, c := range map[string]struct {
		margins []Population
		bounds  Bounds
		want    []string
	}{
		"nobody": {[]Population{population("sex", 50, 40, 10), population("region", 50, 50)}, NoBounds(),
			[]string{`sex "c" has a population of 10 and no respondent`}},
		"no population": {[]Population{population("sex", 100, 0), population("region", 50, 50)}, NoBounds(),
			[]string{`sex "b" has a population of 0, which leaves no weight to 1 respondent`}},
		"one margin": {[]Population{population("sex", 20, 80), population("region", 50, 50)}, Bounds{0.3, 3}, []string{
			`sex "a" needs 0.25 times its respondents' weights (4 respondents), outside the bounds [0.3, 3]`,
			`sex "b" needs 4 times its respondents' weights (1 respondent), outside the bounds [0.3, 3]`}},
		// Each margin for itself is within the bounds. Together, everyone of sex b is of
		// region b, which then has too many.
		"both": {[]Population{population("sex", 40, 60), population("region", 50, 50)}, Bounds{0.1, 4},
			[]string{`no weights meet all margins within the bounds [0.1, 4]: after `}},
		"at all": {[]Population{population("sex", 40, 60), population("region", 50, 50)}, NoBounds(),
			[]string{`no weights meet all margins: after `}},
	} {
		cells, _ := tabulate(codes, nil)
		_, err := RakeCells(cells, c.margins, c.bounds)
		f, ok := err.(*Failure)
		if !ok || !slices.EqualFunc(f.Problems, c.want, strings.HasPrefix) {
			t.Errorf("%s: %v, expected %v", name, err, c.want)
		}
	}
}
