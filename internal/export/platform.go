package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// Head is what a platform is recognised by: the first records of a file or
// sheet, from the first that is not blank, as text. The rows are of unequal
// length as the file has them; those after the headings are answers, and must
// not be put into a message.
type Head struct {
	File   string // as in messages
	Format string // csv or xlsx
	Sheet  string
	Rows   [][]string
	beside func() []Companion // nil: nothing
}

// companions are the small tables beside the export that may explain its codes.
func (h Head) companions() []Companion {
	if h.beside == nil {
		return nil
	}
	return h.beside()
}

// At returns the trimmed text of a cell, "" where there is none.
func (h Head) At(row, column int) string {
	if row >= len(h.Rows) || column >= len(h.Rows[row]) {
		return ""
	}
	return strings.TrimSpace(h.Rows[row][column])
}

// Width is the number of columns: that of the first record.
func (h Head) Width() int {
	if len(h.Rows) == 0 {
		return 0
	}
	return len(h.Rows[0])
}

// find returns the column of the first record that is called one of names,
// folded, or -1.
func (h Head) find(row int, names ...string) int {
	for i := range h.Width() {
		if slices.Contains(names, fold.String(h.At(row, i))) {
			return i
		}
	}
	return -1
}

// Platform knows the layout of one survey platform's exports. A new one is one
// more file with a value of this type, and one more line in platforms.
type Platform interface {
	Name() string
	// Score says how much the head looks like this platform's work, 0 for not at
	// all, and by what: reasons name headings and layout, never answers.
	Score(Head) (int, []string)
	// Layout names the columns. An error among the diagnostics stops the file.
	Layout(Head) (Layout, []diag.Diagnostic)
}

// Scores, so that the platforms' own stay comparable.
const (
	certain  = 100 // a signature that nobody else writes
	likely   = 50  // headings that belong together
	possible = 10
	anything = 1
)

// platforms in the order that wins a tie.
var platforms = []Platform{
	qualtrics{}, surveyMonkey{}, jisc{}, msForms{}, googleForms{}, smartSurvey{}, limeSurvey{}, redcap{}, generic{},
}

// choose returns the declared platform, or the one with the highest score, with
// the reasons.
func choose(h Head, declared string) (Platform, int, []string, []diag.Diagnostic) {
	type scored struct {
		Platform
		score   int
		reasons []string
	}
	var all []scored
	for _, p := range platforms {
		score, reasons := p.Score(h)
		all = append(all, scored{p, score, reasons})
	}
	best := slices.MaxFunc(all, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	if declared == "" || declared == best.Name() {
		return best.Platform, best.score, best.reasons, nil
	}
	for _, p := range all {
		if p.Name() == declared {
			return p.Platform, p.score, append([]string{"declared in the codebook"}, p.reasons...), mismatch(h, p.score, declared, best.Name())
		}
	}
	return nil, 0, nil, []diag.Diagnostic{unknownPlatform(h, declared)}
}

// mismatch warns where nothing in the file speaks for the declared platform.
func mismatch(h Head, score int, declared, detected string) []diag.Diagnostic {
	if score > 0 || detected == (generic{}).Name() {
		return nil
	}
	return []diag.Diagnostic{{
		Code: "platform-mismatch", Severity: diag.Warning, Pos: h.pos(),
		Message: fmt.Sprintf("the codebook says platform %q, the file looks like %q", declared, detected),
	}}
}

func unknownPlatform(h Head, declared string) diag.Diagnostic {
	var names []string
	for _, p := range platforms {
		names = append(names, p.Name())
	}
	hint := "known: " + strings.Join(names, ", ")
	if n := diag.NearestHint(declared, names); n != "" {
		hint = n + "; " + hint
	}
	return diag.Diagnostic{
		Code: "unknown-platform", Pos: h.pos(), Hint: hint,
		Message: fmt.Sprintf("exports of platform %q cannot be read", declared),
	}
}

func (h Head) pos() diag.Pos { return diag.Pos{File: h.File, Sheet: h.Sheet} }
