package attack

import (
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/study"
)

// small is a study of one survey: an item of three answers, which is sensitive, in
// a construct of its own, by a variable of three groups.
func small() *world {
	f := &study.Framework{Version: 1, Scales: scales()}
	f.Items = study.Map[study.Item]{{ID: "item0", Value: study.Item{Title: "item0", Scale: "agree3", Sensitive: true, Statistics: study.Names{"mean"}}}}
	f.Constructs = study.Map[study.Construct]{{ID: "construct0", Value: study.Construct{Title: "construct", Items: study.Names{"item0"}, Positive: "75", MinAnswered: "0.5", Statistics: study.Names{"mean"}}}}
	f.Variables = study.Map[study.Variable]{{ID: "variable0", Value: study.Variable{Title: "variable", Categories: study.Map[string]{{ID: "a", Value: "a"}, {ID: "b", Value: "b"}, {ID: "c", Value: "c"}}}}}
	s := &study.Study{ID: "made_up", Title: "Made-up data", Framework: f, Confidence: 0.95, Meaningful: 5, Breakdowns: []study.Breakdown{{"variable0"}}}
	s.Disclosure = study.Disclosure{MinBase: 10, MinCount: 5, DistributionBase: 100, Decimals: 1, KeepReleases: 1, Sensitive: study.Names{"item0"}}
	book := &study.Codebook{Version: 1, Items: study.Map[study.ItemSource]{{ID: "item0", Value: study.ItemSource{Column: study.Names{"item0"}, Version: 1}}},
		Variables: study.Map[study.VariableSource]{{ID: "variable0", Value: study.VariableSource{Column: study.Names{"variable0"}}}}}
	s.Surveys = []*study.Survey{{ID: "survey0", Title: "Survey", Waves: []*study.Wave{{ID: "2020", Codebook: book}}}}
	return &world{study: s}
}

// people gives a small study its respondents: per group, how many gave each of the
// three answers.
func (w *world) people(groups ...[3]int) *world {
	var sample measuretest.Sample
	for g, answers := range groups {
		for answer, n := range answers {
			for range n {
				sample.Respondents = append(sample.Respondents, measuretest.Respondent{Weight: 1, Answers: []int{answer}, Variables: []int{g}})
			}
		}
	}
	v := w.study.Surveys[0]
	w.waves = []wave{{v, v.Waves[0], sample, nil}}
	w.estimate(schemaOf(w.study))
	return w
}

// hide is a release in which only the rows named are hidden, as
// "measure statistic level category"; a star stands for any.
func (w *world) hide(names ...string) *published {
	out := w.open()
	for i := range out.rows {
		l := &out.rows[i]
		own := []string{l.Measure, l.Statistic, l.Level, l.Category}
		for _, name := range names {
			match := true
			for j, word := range strings.Fields(name) {
				match = match && (word == "*" || word == "-" && own[j] == "" || word == own[j])
			}
			if match {
				*l = line{Key: l.Key, status: disclose.Confidential, definition: l.definition}
			}
		}
	}
	return out
}

// Each way of attack recovers what it is made for, in tables that can be checked by
// hand.
func TestAttacksByHand(t *testing.T) {
	groups := [][3]int{{20, 20, 20}, {15, 15, 15}, {1, 2, 1}}
	sensitive := [][3]int{{8, 9, 2}, {15, 15, 15}, {7, 12, 9}}
	nets := []string{"item0 share * a", "item0 share * b", "item0 difference positive *"}
	for _, c := range []struct {
		name            string
		groups          [][3]int
		hidden          []string
		kind            string
		level, category string
		want            string // the method; "" where nothing is to be had
	}{
		{"one group of a margin", groups, []string{"* * * c"}, baseOf, "", "c", "propagation"},
		{"two groups of a margin", groups, []string{"* * * c", "* * * b"}, baseOf, "", "c", ""},
		{"two groups of a margin, but how far one is from the rest tells", groups, []string{"* mean * c", "* mean * b", "* share * c", "* share * b", "* difference * c"}, baseOf, "", "c", ""},
		{"a net, of which the others are shown", sensitive, []string{"* share positive a", "* share 3 a"}, countOf, "positive", "a", "propagation"},
		{"one group of which nothing is shown", sensitive, []string{"* * * a"}, countOf, "positive", "a", "propagation"},
		{"two groups of which nothing is shown", sensitive, []string{"* * * a", "* * * b"}, countOf, "positive", "a", ""},
		{"all nets of two groups, but their means with errors are shown", sensitive, append(nets, "construct0 * * *"), countOf, "positive", "a", "propagation"},
		{"all nets of two groups, but the construct of that one item is shown", sensitive, append(nets, "item0 mean * *"), countOf, "positive", "a", "propagation"},
	} {
		w := small().people(c.groups...)
		pub := w.hide(c.hidden...)
		found, _, err := w.attack(w.attacker(pub), effort{true, searching})
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		got := ""
		for _, x := range found {
			if x.kind == c.kind && x.key.Category == c.category && (c.level == "" || x.key.Level == c.level) {
				got = x.found
			}
		}
		if got != c.want {
			t.Errorf("%s: recovered by %q, want %q", c.name, got, c.want)
		}
	}
}
