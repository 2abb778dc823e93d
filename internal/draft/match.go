package draft

import (
	"cmp"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/inspect"
	"github.com/caregap/caregap/internal/study"
)

// little is how alike two texts have to be to be worth looking at.
const little = 0.2

// candidate is a question that may ask what something in the framework does.
type candidate struct {
	kind, entry int // 0 items, 1 choices, 2 variables; place in the framework
	id          string
	q           *question
	score       float64
}

// matcher compares a framework with the questions of an export.
type matcher struct {
	f   *study.Framework
	qs  []*question
	w   weights
	all []candidate
}

// matched finds what of a framework an export asks. Each question is taken once, by
// what it is most like.
func matched(f *study.Framework, qs []*question) found {
	m := matcher{f: f, qs: qs, w: weigh(wordings(f, qs))}
	for _, q := range qs {
		if q.name != "" || q.pattern != "" {
			m.items(q)
			m.choices(q)
			m.variables(q)
		}
	}
	return m.assign()
}

// wordings are all texts that are compared: a word that many of them have tells
// little.
func wordings(f *study.Framework, qs []*question) []string {
	var out []string
	for _, q := range qs {
		out = append(out, q.wording)
	}
	for _, e := range f.Items {
		out = append(out, e.Value.Title)
	}
	for _, e := range f.Choices {
		out = append(out, e.Value.Title)
	}
	for _, e := range f.Variables {
		out = append(out, e.Value.Title)
	}
	return out
}

// worded is how alike a question and a title are: the title alone or with the words
// of the id, the question's own words or all of them.
func (m *matcher) worded(id, title string, q *question) float64 {
	best := 0.0
	for _, t := range []string{title, title + " " + strings.ReplaceAll(id, "_", " ")} {
		best = max(best, m.w.alike(t, q.wording), m.w.alike(t, q.text))
	}
	if sameLabel(id, q.name) || sameLabel(title, q.wording) || sameLabel(title, q.text) {
		return 1
	}
	return min(best, 0.99)
}

func (m *matcher) add(kind, entry int, id string, q *question, score float64) {
	if score >= little {
		m.all = append(m.all, candidate{kind, entry, id, q, score})
	}
}

// items compares by the words, less where the answers are not those of the scale.
func (m *matcher) items(q *question) {
	if !q.closed() && q.kind != inspect.Number {
		return
	}
	for i, e := range m.f.Items {
		sc, _ := m.f.Scales.Get(e.Value.Scale)
		fit := share(q.answers, func(a inspect.Answer) bool {
			return missingKind(a.Label) != "" || sc.IsUnscored(a.Label) || sc.Index(a.Label) >= 0 || onScale(sc, a.Label, "").sure
		})
		m.add(0, i, e.ID, q, m.worded(e.ID, e.Value.Title, q)*(0.3+0.7*fit))
	}
}

// choices compares by the words and, as much, by the options.
func (m *matcher) choices(q *question) {
	if !q.ticks() {
		return
	}
	for i, e := range m.f.Choices {
		options := optionsOf(q)
		known := 0
		for _, o := range options {
			if declared(e.Value.Options, o) || among(e.Value.Options, o).sure {
				known++
			}
		}
		fit := float64(known) / float64(max(1, len(options)))
		m.add(1, i, e.ID, q, either(m.worded(e.ID, e.Value.Title, q), 0.9*fit))
	}
}

// variables compares by the words and by the categories, which tell more the more
// of them there are; by the words alone where any text is one.
func (m *matcher) variables(q *question) {
	for i, e := range m.f.Variables {
		score := m.worded(e.ID, e.Value.Title, q)
		switch {
		case e.Value.Organisation:
			if q.kind != inspect.Text && q.kind != inspect.Single || score < enough {
				continue
			}
		case !q.closed():
			continue
		default:
			fit := share(q.answers, func(a inspect.Answer) bool {
				return declared(e.Value.Categories, a.Label) || among(e.Value.Categories, a.Label).sure
			})
			score = either(score*(0.4+0.6*fit), telling(e.Value.Categories)*fit)
		}
		m.add(2, i, e.ID, q, score)
	}
}

// telling is how much it says that answers are these categories. Yes and no say
// nothing of the question.
func telling(m study.Map[string]) float64 {
	n := 0
	for _, e := range m {
		if w := words(e.Value); len(w) > 0 && w[0] != "yes" && w[0] != "no" {
			n++
		}
	}
	return min(0.9, 0.22*float64(n))
}

// either joins two signs that are each enough by themselves.
func either(a, b float64) float64 { return 1 - (1-a)*(1-b) }

// share is the part of the answers, by respondents, for which f holds. Answers of a
// key that nobody gave do not count.
func share(answers []inspect.Answer, f func(inspect.Answer) bool) float64 {
	yes, all := 0, 0
	for _, a := range answers {
		if all += a.Count; f(a) {
			yes += a.Count
		}
	}
	if all == 0 {
		return 0
	}
	return float64(yes) / float64(all)
}

// assign takes the candidates from the most alike on.
func (m *matcher) assign() found {
	slices.SortStableFunc(m.all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.q.position, b.q.position), cmp.Compare(a.kind, b.kind), cmp.Compare(a.entry, b.entry))
	})
	out := newFound()
	taken := map[*question]bool{}
	for _, c := range m.all {
		into := []map[string]match{out.items, out.choices, out.variables}[c.kind]
		if _, done := into[c.id]; !done && !taken[c.q] {
			into[c.id] = match{c.q, c.score}
			taken[c.q] = true
		}
	}
	for _, q := range m.qs {
		if !taken[q] {
			out.rest = append(out.rest, q)
		}
	}
	return out
}

// Codebook drafts the codebook that maps an export to a framework; without one,
// every question is a candidate.
func Codebook(e Export, f *study.Framework) string {
	if f == nil {
		f = &study.Framework{}
	}
	return writeBook(e, f, matched(f, questionsOf(e)), true)
}
