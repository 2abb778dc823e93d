package draft

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/inspect"
	"github.com/caregap/caregap/internal/study"
)

// guess is a framework made from the questions of exports, and which question of
// which export asks what.
type guess struct {
	f      study.Framework
	scales []*scale
	notes  map[string]string // of items, choices and variables, by id
	found  []found           // by export
	ids    *ids
}

// found is where one export asks what a framework has.
type found struct {
	items, choices, variables map[string]match // by id
	rest                      []*question      // what nothing in the framework asks
}

// match is a question that may ask what an item, a choice or a variable does.
type match struct {
	q     *question
	score float64 // from 0 to 1
}

func newFound() found {
	return found{items: map[string]match{}, choices: map[string]match{}, variables: map[string]match{}}
}

// Limits of what is drafted by itself.
const (
	maxCategories = 20
	maxItems      = 200 // of one construct
	maxBreakdowns = 6
)

// newGuess makes a framework of the questions of exports.
func newGuess(exports []Export) *guess {
	g := &guess{notes: map[string]string{}, ids: newIDs("will", "ability", "capacity", "ability_gap", "capacity_gap", "held_back", unsorted)}
	g.f.Version = 1
	var scaled []*asked
	for i, e := range exports {
		g.found = append(g.found, newFound())
		for _, q := range questionsOf(e) {
			if a := g.place(i, q); a != nil {
				scaled = append(scaled, a)
			}
		}
	}
	g.scales = shareScales(scaled)
	for _, s := range g.scales {
		g.f.Scales = append(g.f.Scales, study.Entry[study.Scale]{ID: s.id, Value: s.study()})
	}
	for _, a := range scaled {
		g.item(a)
	}
	g.alikes()
	g.constructs()
	g.gaps()
	return g
}

// place makes a choice or a variable of a question, or says that it is one on a
// scale.
func (g *guess) place(export int, q *question) *asked {
	at := &g.found[export]
	named := q.name != "" || q.pattern != ""
	if r, ok := read(q); named && q.closed() && ok && !(r.numeric && aboutPerson(q)) {
		return &asked{q: q, reading: r, export: export}
	}
	switch {
	case named && isChoice(q):
		g.choice(at, q)
	case named && q.closed() && isVariable(q):
		g.variable(at, q)
	default:
		at.rest = append(at.rest, q)
	}
	return nil
}

// optionsOf are the options of a tick-all question, each once.
func optionsOf(q *question) []string {
	if q.pattern != "" {
		return distinct(q.options)
	}
	return labelsOf(q)
}

// labelsOf are the answers to a question that are no kind of missing, each once.
func labelsOf(q *question) []string {
	var out []string
	for _, a := range q.answers {
		if missingKind(a.Label) == "" {
			out = append(out, a.Label)
		}
	}
	return distinct(out)
}

func distinct(labels []string) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, l := range labels {
		if key := fold.String(l); !seen[key] {
			seen[key] = true
			out = append(out, l)
		}
	}
	return out
}

// isChoice reports whether the options of a tick-all question can be told apart by
// their labels, and are no more than are read.
func isChoice(q *question) bool {
	n := len(optionsOf(q))
	return q.ticks() && n > 1 && n <= study.MaxOptions && (q.pattern == "" || n == len(q.options))
}

// isVariable reports whether the answers can group respondents.
func isVariable(q *question) bool {
	n := len(labelsOf(q))
	return n > 1 && n <= maxCategories && conflict(q.answers) == ""
}

// choice adds a tick-all question, or finds it among those of earlier exports.
func (g *guess) choice(at *found, q *question) {
	options := optionsOf(q)
	for i := range g.f.Choices {
		e := &g.f.Choices[i]
		if _, taken := at.choices[e.ID]; !taken && sameLabel(e.Value.Title, wholeTitle(q)) && sameWords(e.Value.Options, options) {
			e.Value.Options = entries(e.Value.Options, options, e.ID)
			at.choices[e.ID] = match{q, 1}
			return
		}
	}
	id := g.ids.of(q.wording, "choice")
	v := study.Choice{Title: wholeTitle(q), Options: entries(nil, options, id)}
	g.f.Choices = append(g.f.Choices, study.Entry[study.Choice]{ID: id, Value: v})
	at.choices[id] = match{q, 1}
}

// variable adds a variable, or finds it.
func (g *guess) variable(at *found, q *question) {
	labels := sortedLabels(labelsOf(q))
	for i := range g.f.Variables {
		e := &g.f.Variables[i]
		if _, taken := at.variables[e.ID]; !taken && sameLabel(e.Value.Title, titleOf(q)) && sameWords(e.Value.Categories, labels) {
			e.Value.Categories = entries(e.Value.Categories, labels, e.ID)
			at.variables[e.ID] = match{q, 1}
			return
		}
	}
	id := g.ids.of(q.wording, "group")
	v := study.Variable{Title: titleOf(q), Categories: entries(nil, labels, id)}
	g.f.Variables = append(g.f.Variables, study.Entry[study.Variable]{ID: id, Value: v})
	if numbersOnly(labels) {
		g.notes[id] = "the export has numbers only: write what they stand for"
	}
	at.variables[id] = match{q, 1}
}

func numbersOnly(labels []string) bool {
	for _, l := range labels {
		if strings.Trim(l, "0123456789 .-") != "" {
			return false
		}
	}
	return true
}

// entries adds the labels that m does not have, with ids of their own. No id is the
// label of another entry: an export may say either.
func entries(m study.Map[string], labels []string, of string) study.Map[string] {
	names := &ids{used: setOf(strings.Join(reserved[:levels], " "))}
	theirs := map[string]int{}
	for _, e := range m {
		names.used[e.ID] = true
		theirs[fold.String(e.Value)]++
	}
	var fresh []string
	for _, l := range labels {
		if theirs[fold.String(l)]++; theirs[fold.String(l)] == 1 {
			fresh = append(fresh, l)
		}
	}
	short, _, _ := strings.Cut(of, "_")
	for _, l := range fresh {
		own := fold.String(l)
		names.others = func(id string) bool { return id != own && theirs[id] > 0 }
		m = append(m, study.Entry[string]{ID: names.of(l, short), Value: l})
	}
	return m
}

// sameWords reports whether at least half of the labels are among those of m, and
// all together are no more than are read.
func sameWords(m study.Map[string], labels []string) bool {
	known := map[string]bool{}
	for _, e := range m {
		known[fold.String(e.Value)] = true
	}
	n := 0
	for _, l := range labels {
		if known[fold.String(l)] {
			n++
		}
	}
	return 2*n >= len(labels) && len(m)+len(labels)-n <= study.MaxOptions
}

// item adds an item, or finds it among those of earlier exports.
func (g *guess) item(a *asked) {
	at := &g.found[a.export]
	for _, e := range g.f.Items {
		if _, taken := at.items[e.ID]; !taken && e.Value.Scale == a.scale.id && sameLabel(e.Value.Title, titleOf(a.q)) {
			at.items[e.ID] = match{a.q, 1}
			return
		}
	}
	title := titleOf(a.q)
	if slices.ContainsFunc(g.f.Items, func(e study.Entry[study.Item]) bool { return sameLabel(e.Value.Title, title) }) {
		title = wholeTitle(a.q) // rows of two grids say the same
	}
	id := g.ids.of(a.q.wording, "item")
	g.f.Items = append(g.f.Items, study.Entry[study.Item]{ID: id, Value: study.Item{Title: title, Scale: a.scale.id}})
	if contrary(a.q.wording) {
		g.notes[id] = "worded the other way round? then add reversed: true"
	}
	at.items[id] = match{a.q, 1}
}

// titleOf is a question's own wording, short enough for a table.
func titleOf(q *question) string {
	return cut(strings.Join(strings.Fields(q.wording), " "), titleLength)
}

const titleLength = 120

// wholeTitle has the question above a row of a grid, too; of that it leaves out
// what there is no room for.
func wholeTitle(q *question) string {
	if q.stem == "" {
		return titleOf(q)
	}
	row := titleOf(q)
	return cut(q.stem, max(40, titleLength-len([]rune(row)))) + " - " + row
}

// breakdowns are the variables that say who somebody is, the first few.
func (g *guess) breakdowns() []string {
	var out []string
	for _, e := range g.f.Variables {
		q := &question{wording: e.Value.Title, grid: -1, kind: inspect.Single}
		if aboutPerson(q) && len(out) < maxBreakdowns {
			out = append(out, e.ID)
		}
	}
	return out
}
