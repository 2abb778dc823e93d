package export

import (
	"fmt"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// lookalike is a kind of table that is no export of respondents, and the signs of
// it that a head has. Signs never quote a cell.
type lookalike struct {
	what     string
	hint     string
	platform string // that writes such tables, if one does
	variant  string
	headless bool // there are no headings
	signs    []string
}

// kind recognises one kind of lookalike by scored signs; it is one from enough on.
type kind struct {
	lookalike
	score func(Head) (int, []string)
}

// enough is the score from which on a table is taken for no export.
const enough = 3

const (
	individual = "export the individual responses, one row for each respondent"
	companion  = "keep it beside the export that it explains, and name that export"
)

// exclusive are recognised whatever a platform says of the head.
var exclusive = []kind{
	{lookalike{what: "the key to a coded Jisc export", hint: companion, platform: "jisc", variant: "key", headless: true}, jiscKeySigns},
	{lookalike{what: "a REDCap data dictionary", hint: companion, platform: "redcap", variant: "data dictionary"}, dictionarySigns},
}

// others are looked for where no platform is sure of the head.
var others = []kind{
	{lookalike{what: "a summary of answers", hint: "in SurveyMonkey, export \"All individual responses\", not summary data"}, summarySigns},
	{lookalike{what: "a pivot table", hint: individual}, pivotSigns},
	{lookalike{what: "a codebook or data dictionary", hint: companion}, codebookSigns},
	{lookalike{what: "a table of results", hint: individual}, resultSigns},
	{lookalike{what: "a table of organisations or areas", hint: individual}, organisationSigns},
	{lookalike{what: "a cross-tabulation", hint: individual}, crossTabSigns},
}

// notExport says what else than an export a head looks like, nil if nothing.
func notExport(h Head, score int) *lookalike {
	kinds := exclusive
	if score < likely {
		kinds = append(slices.Clone(exclusive), others...)
	}
	for _, k := range kinds {
		if n, signs := k.score(h); n >= enough {
			k.signs = signs
			return &k.lookalike
		}
	}
	return nil
}

// refusal is the problem of a file that is no export. A codebook that calls it a
// generic one is believed.
func (l *lookalike) refusal(h Head, declared string) diag.Diagnostic {
	d := diag.Diagnostic{
		Code: "not-an-export", Pos: h.pos(), Hint: l.hint,
		Message: fmt.Sprintf("this looks like %s, not like an export of responses: %s", l.what, strings.Join(l.signs, ", ")),
	}
	if declared == (generic{}).Name() {
		d.Severity = diag.Warning
		d.Message += "; it is read because the codebook says that it is a generic export"
	}
	return d
}

// layOut gives a table that a platform writes for no export that platform's name.
func (l *lookalike) layOut(to *Layout) {
	if l.platform != "" {
		to.Platform, to.Variant = l.platform, l.variant
	}
	if l.headless {
		to.HeaderRows = 0
		for i := range to.Columns {
			to.Columns[i] = Column{Position: i + 1, Role: RoleOther}
		}
	}
}

func jiscKeySigns(h Head) (int, []string) {
	if !(jisc{}).isKey(h.Rows) {
		return 0, nil
	}
	return enough, []string{"two columns without headings", "codes of questions with their answers' codes under them"}
}

func dictionarySigns(h Head) (int, []string) {
	for row := range min(3, len(h.Rows)) {
		if (redcap{}).isDictionary(h.Rows[row:]) {
			return enough, []string{`headings "Variable / Field Name" and "Form Name"`}
		}
	}
	return 0, nil
}

// words counts which of some words stand alone in cells of the head.
func words(h Head, of ...string) (found []string) {
	seen := map[string]bool{}
	for _, row := range h.Rows {
		for _, cell := range row {
			seen[fold.String(cell)] = true
		}
	}
	for _, word := range of {
		if seen[fold.String(word)] {
			found = append(found, word)
		}
	}
	return found
}

func wordSigns(h Head, each int, of ...string) (int, []string) {
	found := words(h, of...)
	signs := make([]string, len(found))
	for i, word := range found {
		signs[i] = fmt.Sprintf("a cell %q", word)
	}
	return each * len(found), signs
}

func summarySigns(h Head) (int, []string) {
	return wordSigns(h, 2, "Answer Choices", "Answer Options", "Responses", "Response Percent", "Response Count", "Answered", "Skipped", "answered question", "skipped question")
}

func pivotSigns(h Head) (int, []string) {
	return wordSigns(h, 2, "Row Labels", "Column Labels", "Grand Total", "Row Total", "Column Total", "(blank)")
}

// Headings of tables that describe columns, squeezed: what they call a column, and
// what they say of it.
var (
	codebookNames = []string{
		"variable", "variablename", "varname", "variableid", "name", "field", "fieldname", "column", "columnname", "header", "code", "item", "itemid",
		"questionid", "questioncode", "questionnumber", "questionname", "qid", "qname", "class",
	}
	codebookWords = []string{
		"label", "variablelabel", "description", "question", "questiontext", "questionwording", "wording", "text", "definition", "meaning", "valuelabels", "valuelabel",
		"values", "value", "answeroptions", "answers", "responseoptions", "choices", "options", "coding", "codes", "type", "typescale", "datatype", "format", "measure",
		"measurementlevel", "level", "units", "unit", "notes", "note", "comments", "position", "width", "missing", "missingvalues", "min", "max", "section", "page", "scale",
		"role", "helptext", "help", "required", "mandatory", "validation", "relevance", "language", "other", "default", "samedefault", "routing", "universe", "range", "length",
		"example", "allowedvalues", "categories", "asked", "forceresp", "selector", "qtype", "fieldtype", "fieldlabel", "formname",
	}
)

// codebookSigns looks for headings that describe columns, over names that all
// differ.
func codebookSigns(h Head) (int, []string) {
	for row := range min(maxTitles, len(h.Rows)) {
		at, names, wordsOf := -1, 0, 0
		for i, cell := range h.Rows[row] {
			switch name := squeeze(cell); {
			case slices.Contains(codebookNames, name):
				names++
				if at < 0 {
					at = i
				}
			case slices.Contains(codebookWords, name):
				wordsOf++
			}
		}
		n := said(h.Rows[row])
		all := n > 2 && names+wordsOf == n // then a line may be that of an answer
		if names > 0 && wordsOf > 0 && n > 1 && 4*(names+wordsOf) >= 3*n && (distinctText(h.from(row), at) || all && distinctLines(h.from(row))) {
			if squeeze(h.At(row, at)) == "name" && severalWords(h.from(row), at) {
				continue // of people
			}
			return enough, []string{plural(names+wordsOf, "heading") + ` such as "Variable" and "Description"`}
		}
	}
	return 0, nil
}

// severalWords reports whether most of the cells under a heading are of several
// words, which names of columns are not.
func severalWords(h Head, column int) bool {
	n := 0
	for row := 1; row < len(h.Rows); row++ {
		if strings.ContainsAny(h.At(row, column), " \u00a0") {
			n++
		}
	}
	return 2*n >= len(h.Rows)-1
}

// distinctLines reports whether the lines under the headings all differ, though
// not in their first cells.
func distinctLines(h Head) bool {
	lines, firsts := map[string]bool{}, map[string]bool{}
	for _, row := range h.Rows[1:] {
		line := fold.String(strings.Join(row, "\x00"))
		if lines[line] {
			return false
		}
		lines[line], firsts[fold.String(row[0])] = true, true
	}
	return len(lines) > 2 && len(firsts) < len(lines)
}

// distinctText reports whether the cells under a heading are texts that all
// differ, but for blanks under them.
func distinctText(h Head, column int) bool {
	seen := map[string]bool{}
	for row := 1; row < len(h.Rows); row++ {
		cell := fold.String(h.At(row, column))
		if cell == "" {
			continue
		}
		if seen[cell] || isNumber(cell) {
			return false
		}
		seen[cell] = true
	}
	return len(seen) > 1
}
