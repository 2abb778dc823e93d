package export

import (
	"fmt"
	"strings"

	"github.com/caregap/caregap/internal/diag"
)

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
	possible = 10  // a sign or two
	anything = 1   // a table
)

// platforms in the order that wins a tie.
var platforms = []Platform{
	qualtrics{}, surveyMonkey{}, jisc{}, msForms{}, googleForms{}, smartSurvey{}, limeSurvey{}, redcap{}, generic{},
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
