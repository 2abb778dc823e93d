package export

import (
	"slices"
	"strconv"

	"github.com/caregap/caregap/internal/diag"
)

// claim is what a platform says of a head, from the row of its headings on.
type claim struct {
	Platform
	head    Head
	titles  int // rows above the headings
	score   int
	reasons []string
}

// maxTitles is how many rows may stand above the headings.
const maxTitles = 12

// choose returns the declared platform, or the one with the highest score, and
// where its headings begin. The claim has no Platform where none is known by the
// declared name.
func choose(h Head, declared string) (claim, []diag.Diagnostic) {
	best := strongest(h, platforms)
	if declared == "" || declared == best.Name() {
		return best, nil
	}
	i := slices.IndexFunc(platforms, func(p Platform) bool { return p.Name() == declared })
	if i < 0 {
		return claim{}, []diag.Diagnostic{unknownPlatform(h, declared)}
	}
	c := strongest(h, platforms[i:i+1])
	c.reasons = append([]string{"declared in the codebook"}, c.reasons...)
	return c, mismatch(h, c.score, declared, best.Name())
}

// strongest is the highest claim of some platforms; the one that begins first,
// and the platform that is listed first, win a tie. Where no headings of a
// platform are found, they begin at the first row that is no title.
func strongest(h Head, of []Platform) claim {
	if h.numbered() {
		c := strongest(h.from(1), of)
		c.titles++
		c.reasons = append(c.reasons, "the first row numbers the columns")
		return c
	}
	var best claim
	for row := range starts(h) {
		for _, p := range of {
			score, reasons := p.Score(h.from(row))
			if score > best.score && (row == 0 || score > possible) || best.Platform == nil {
				best = claim{p, h.from(row), row, score, reasons}
			}
		}
	}
	if best.score <= anything {
		best.titles = untitled(h)
		best.head = h.from(best.titles)
	}
	if best.titles > 0 {
		best.reasons = append(best.reasons, plural(best.titles, "row")+" above the headings")
	}
	return best
}

// starts is how many of the first rows headings may begin in: all above them say
// little.
func starts(h Head) int {
	most := 0
	for row := 1; row < min(maxTitles+1, len(h.Rows)); row++ {
		most = max(most, said(h.Rows[row-1]))
		if 2*most > widest(h, row) {
			return row
		}
	}
	return min(maxTitles+1, max(1, len(h.Rows)))
}

// widest is how many cells the rows from there on say something in, at the most.
func widest(h Head, row int) int {
	n := 0
	for _, cells := range h.Rows[row:min(row+maxTitles, len(h.Rows))] {
		n = max(n, said(cells))
	}
	return n
}

// untitled is the first row of a table that has no platform's headings and may
// have titles above its own: rows of which all but a cell or so are blank, or
// that have not half as many fields as the records under them all.
func untitled(h Head) int {
	if len(h.Rows) == 0 || widest(h, 0) < 3 || said(h.Rows[0]) > max(1, widest(h, 0)/4) && !cutShort(h) {
		return 0
	}
	for row := range starts(h) {
		if n := said(h.Rows[row]); n > 1 && 2*n > widest(h, row) && !cutShort(h.from(row)) {
			return row
		}
	}
	return 0
}

// cutShort reports whether the first record of a text file has not half as many
// fields as the others, which have one number of them but for other titles.
func cutShort(h Head) bool {
	last := len(h.Rows) - 1
	if h.Format != "csv" || last < 2 {
		return false
	}
	width := len(h.Rows[last])
	for row := last; row > 0 && len(h.Rows[row]) != len(h.Rows[0]); row-- {
		if len(h.Rows[row]) != width && 2*len(h.Rows[row]) > width {
			return false
		}
	}
	return 2*len(h.Rows[0]) <= width
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
