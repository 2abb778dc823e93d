package publish

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/number"
)

// mostChanges is how many changes are told in words.
const mostChanges = 10

// tally counts one measure's rows.
type tally struct {
	measure                                           string
	added, removed, changed, hidden, shown, redefined int
}

func (t tally) any() bool {
	return t.added+t.removed+t.changed+t.hidden+t.shown+t.redefined > 0
}

// move is a headline row whose number changed.
type move struct {
	before, now figure
}

func (m move) size() float64 { return math.Abs(m.now.estimate - m.before.estimate) }

// Changes returns changes.md: what the release with the estimates now says other
// than the one before it (nil for the first). Both are public estimates.csv
// files, so nothing is told that was not published. A number that is no longer
// shown is counted and not repeated.
func Changes(before, now []byte) (string, error) {
	news, err := readFigures(now)
	if err != nil {
		return "", fmt.Errorf("compare releases: estimates of this release: %w", err)
	}
	if before == nil {
		return FirstRelease(shownRows(news)), nil
	}
	olds, err := readFigures(before)
	if err != nil {
		return "", fmt.Errorf("compare releases: estimates of the last release: %w", err)
	}
	tallies, moves := compare(olds, news)
	return write(tallies, moves), nil
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

// compare tallies the rows by measure, in the order of the new file and then of
// the old, and gathers the headline rows that moved.
func compare(olds, news []figure) ([]tally, []move) {
	old := make(map[[9]string]figure, len(olds))
	for _, f := range olds {
		old[f.key] = f
	}
	var tallies []tally
	at := map[string]int{}
	of := func(measure string) *tally {
		if _, ok := at[measure]; !ok {
			at[measure] = len(tallies)
			tallies = append(tallies, tally{measure: measure})
		}
		return &tallies[at[measure]]
	}
	var moves []move
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
		case before.status != f.status || before.text != f.text:
			t.changed++
			if f.shown() && f.headline() && f.unit == before.unit && f.estimate != before.estimate {
				moves = append(moves, move{before, f})
			}
		}
	}
	for _, f := range olds {
		if _, left := old[f.key]; left {
			of(f.measure()).removed++
		}
	}
	return slices.DeleteFunc(tallies, func(t tally) bool { return !t.any() }), moves
}

func write(tallies []tally, moves []move) string {
	if len(tallies) == 0 {
		return "# What changed\n\nNo published number changed since the last release.\n"
	}
	var b strings.Builder
	b.WriteString("# What changed\n\nSince the last release, by measure: rows that are new or gone, rows whose figures changed, rows that lost or gained their figures, and rows whose measure was defined anew, so that old and new do not compare.\n\n")
	b.WriteString("| measure | new | gone | changed | no longer shown | newly shown | redefined |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, t := range tallies {
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d | %d |\n", code(t.measure), t.added, t.removed, t.changed, t.hidden, t.shown, t.redefined)
	}
	writeMoves(&b, moves)
	return b.String()
}

// writeMoves tells the largest changes in words. Scores, points and percent all
// run over a hundred, so their changes compare; ties stay in file order.
func writeMoves(b *strings.Builder, moves []move) {
	if len(moves) == 0 {
		return
	}
	slices.SortStableFunc(moves, func(x, y move) int { return cmp.Compare(y.size(), x.size()) })
	b.WriteString("\n## The largest changes for everyone asked\n\n")
	for _, m := range moves[:min(len(moves), mostChanges)] {
		fmt.Fprintf(b, "- %s: %s, was %s (%s)\n", m.now.words(), m.now.amount(), m.before.amount(), m.difference())
	}
	if more := len(moves) - mostChanges; more > 0 {
		fmt.Fprintf(b, "\nSmaller changes: %s.\n", rowsOf(more))
	}
}

// words name a row by its ids, which a reader finds in every table.
func (f figure) words() string {
	s := code(f.measure()) + ", " + f.statistic()
	if f.level() != "" {
		s += " " + code(f.level())
	}
	return s + ", " + code(f.key[3]+" "+f.key[4])
}

func (f figure) amount() string {
	switch f.unit {
	case "percent":
		return f.written + "%"
	case "points":
		return f.written + " points"
	}
	return f.written
}

// difference is printed with the places that the estimates have.
func (m move) difference() string {
	_, decimals, _ := strings.Cut(m.now.written, ".")
	text := number.Fixed(m.now.estimate-m.before.estimate, len(decimals))
	if m.now.estimate > m.before.estimate {
		text = "+" + text
	}
	if m.now.unit == "percent" {
		return text + " points"
	}
	return text
}

func rowsOf(n int) string {
	if n == 1 {
		return "1 number"
	}
	return number.Count(n) + " numbers"
}

// code sets a name in a Markdown code span that no name can break out of, also
// within a table.
func code(name string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == '`' || r == '|':
			return '\''
		case r < ' ':
			return ' '
		}
		return r
	}, name)
	return "`" + clean + "`"
}
