package draft

import (
	"fmt"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/inspect"
	"github.com/caregap/caregap/internal/study"
)

// target is what a label of an export stands for in a framework.
type target struct {
	to    string  // label of the scale, or id of the category or option; "" for none
	score float64 // how alike they are, from 0 to 1
	sure  bool
	note  string
}

// onScale says which of a scale's answers a label is. The label is not on the scale
// by itself.
func onScale(sc study.Scale, label, conflict string) target {
	p := pointOf(label)
	switch {
	case conflict != "" && p.numbered:
		return target{to: nearest(sc, p), note: "not to be told by its number: " + conflict}
	case p.numbered && sc.Min != nil && sc.Index(fmt.Sprint(p.number)) >= 0:
		return target{to: fmt.Sprint(p.number), score: 1, sure: true}
	case p.numbered && sc.Min != nil:
		return target{}
	case p.numbered && p.words == "" && p.number > 0 && p.number <= sc.Codes():
		return target{to: sc.Label(p.number - 1), note: "a guess: the export has numbers only; which end is 1?"}
	}
	for _, o := range sc.Labels() {
		switch {
		case sameLabel(o, p.words):
			return target{to: o, score: 1, sure: true}
		case anagram(o, p.words), sc.Min == nil && sameMeaning(o, p.words):
			return target{to: o, score: 0.9, sure: true}
		}
	}
	return target{to: nearest(sc, p), note: "not on the scale"}
}

// nearest is the answer of a scale that a label is nearest to by its letters, "" for
// none that is near.
func nearest(sc study.Scale, p point) string {
	return diag.Nearest(p.words, sc.Labels())
}

// enough is how alike two texts have to be to be taken for one.
const enough = 0.45

// among says which category or option a label is; m maps ids to labels. The label
// is none of the ids and labels by itself.
func among(m study.Map[string], label string) target {
	w := weigh(append(values(m), label))
	best := target{}
	for _, e := range m {
		if s := w.alike(e.Value, label); s > best.score {
			best = target{to: e.ID, score: s}
		}
	}
	to, _ := m.Get(best.to)
	best.sure = best.score >= enough && shareMeaning(to, label)
	return best
}

// shareMeaning reports whether two labels that are alike have a word in common, or
// the same two numbers or more: one number says little, and 20-Nov is not over 20.
func shareMeaning(a, b string) bool {
	x, y := tokens(a), tokens(b)
	for _, t := range x {
		if slices.Contains(y, t) && strings.Trim(t, "0123456789") != "" {
			return true
		}
	}
	n := numbersOf(x)
	return len(n) > 1 && slices.Equal(n, numbersOf(y))
}

func numbersOf(tokens []string) []string {
	return slices.DeleteFunc(slices.Clone(tokens), func(t string) bool { return strings.Trim(t, "0123456789") != "" })
}

func values(m study.Map[string]) []string {
	out := make([]string, len(m))
	for i, e := range m {
		out[i] = e.Value
	}
	return out
}

// declared reports whether a label is an id or a label of m.
func declared(m study.Map[string], label string) bool {
	return slices.ContainsFunc(m, func(e study.Entry[string]) bool { return sameLabel(e.ID, label) || sameLabel(e.Value, label) })
}

// missingOf are the labels of all questions that say why there is no answer, each
// with the kind of missing, in the order in which they are met, but for those that
// the framework has as answers.
func missingOf(f *study.Framework, qs []*question) study.Map[string] {
	answers := map[string]bool{}
	for _, e := range f.Scales {
		for _, l := range slices.Concat(e.Value.Options, e.Value.Unscored) {
			answers[fold.String(l)] = true
		}
	}
	var out study.Map[string]
	for _, q := range qs {
		for _, a := range q.answers {
			kind := missingKind(a.Label)
			if key := fold.String(a.Label); kind != "" && !answers[key] {
				answers[key] = true
				out = append(out, study.Entry[string]{ID: a.Label, Value: kind})
			}
		}
	}
	return out
}

// hidden says in words how many answers are not shown, "" where all are.
func hidden(o inspect.Others) string {
	if o.Answers == 0 {
		return ""
	}
	return fmt.Sprintf("not shown here: %s, of %s", count(o.Answers, "answer"), count(o.Count, "respondent"))
}
