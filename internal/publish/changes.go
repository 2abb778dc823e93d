package publish

import (
	"fmt"
	"slices"

	"github.com/caregap/caregap/internal/number"
)

// Side is one of two releases that are compared: what it says in public/, so that
// nothing is told that was not published.
type Side struct {
	Manifest  Manifest
	Estimates []byte // tables/estimates.csv
	Labels    []byte // tables/labels.csv; where it is empty, ids stand for themselves
}

// tally counts one measure's rows by what became of them.
type tally struct {
	measure                                                          string
	added, removed, revised, hidden, shown, redefined, other, status int
}

func (t tally) any() bool {
	return t.added+t.removed+t.revised+t.hidden+t.shown+t.redefined+t.other+t.status > 0
}

func (t *tally) add(o tally) {
	t.added += o.added
	t.removed += o.removed
	t.revised += o.revised
	t.hidden += o.hidden
	t.shown += o.shown
	t.redefined += o.redefined
	t.other += o.other
	t.status += o.status
}

// move is a headline row whose number changed.
type move struct {
	before, now figure
}

// Changes returns changes.md: what a release says other than the one before it,
// nil for the first. A number that is no longer shown is counted and not repeated,
// and nothing says why it is not.
func Changes(before *Side, now Side) (string, error) {
	news, err := readFigures(now.Estimates)
	if err != nil {
		return "", fmt.Errorf("compare releases: estimates of this release: %w", err)
	}
	if before == nil {
		return FirstRelease(shownRows(news)), nil
	}
	olds, err := readFigures(before.Estimates)
	if err != nil {
		return "", fmt.Errorf("compare releases: estimates of the last release: %w", err)
	}
	c := comparison{old: before.Manifest, now: now.Manifest, names: readNames(now.Labels, before.Labels)}
	c.compare(olds, news)
	return c.write(), nil
}

// FirstRelease is changes.md of a release with nothing before it, and so many
// published numbers.
func FirstRelease(published int) string {
	return fmt.Sprintf("# What changed\n\nThis is the first release: %s published.\n", rowsOf(published))
}

func shownRows(rows []figure) int {
	n := 0
	for _, r := range rows {
		if r.shown() {
			n++
		}
	}
	return n
}

// comparison is what two releases come to side by side.
type comparison struct {
	old, now Manifest
	names    names
	tallies  []tally // in the order of the new file and then of the old
	moves    []move
	same     int // rows of which nothing changed
}

func (c *comparison) compare(olds, news []figure) {
	old := make(map[[9]string]figure, len(olds))
	for _, f := range olds {
		old[f.key] = f
	}
	at := map[string]int{}
	of := func(measure string) *tally {
		if _, ok := at[measure]; !ok {
			at[measure] = len(c.tallies)
			c.tallies = append(c.tallies, tally{measure: measure})
		}
		return &c.tallies[at[measure]]
	}
	for _, f := range news {
		before, ok := old[f.key]
		delete(old, f.key)
		t := of(f.measure())
		switch {
		case !ok:
			t.added++
		case before.shown() && !f.shown():
			t.hidden++
		case !before.shown() && f.shown():
			t.shown++
		case before.definition != f.definition:
			t.redefined++
		case before.status != f.status:
			t.status++
		case f.shown() && revised(before, f):
			t.revised++
			if f.headline() && f.unit == before.unit && !sameNumber(f.written, before.written) {
				c.moves = append(c.moves, move{before, f})
			}
		case before.text != f.text:
			t.other++
		default:
			c.same++
		}
	}
	for _, f := range olds {
		if _, left := old[f.key]; left {
			of(f.measure()).removed++
		}
	}
	c.tallies = slices.DeleteFunc(c.tallies, func(t tally) bool { return !t.any() })
}

func rowsOf(n int) string {
	if n == 1 {
		return "1 number"
	}
	return number.Count(n) + " numbers"
}
