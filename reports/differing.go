package reports

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/study"
)

// Differing says which questions of some constructs keep two waves from being
// compared: "“Skill in planning a study” was reworded". Waves of one survey are
// named by themselves.
func Differing(s *study.Study, constructs []string, a, b Wave) string {
	name := func(w Wave) string {
		if a.Survey == b.Survey {
			return w.Wave
		}
		return SurveyWave(s, w.Survey, w.Wave)
	}
	var reworded, only []string
	for _, item := range itemsOf(s, constructs) {
		title := "“" + MeasureName(s, item) + "”"
		before, _ := Asks(s, item, a)
		after, _ := Asks(s, item, b)
		switch {
		case before == after:
		case after == 0:
			only = append(only, title+" was asked in "+name(a)+" only")
		case before == 0:
			only = append(only, title+" was asked in "+name(b)+" only")
		default:
			reworded = append(reworded, title)
		}
	}
	var parts []string
	if len(reworded) > 0 {
		parts = append(parts, And(reworded)+verb(reworded, " was", " were")+" reworded")
	}
	if parts = append(parts, only...); len(parts) == 0 {
		return "a question changed"
	}
	return strings.Join(parts, "; ")
}

// itemsOf are the questions behind constructs, each once, in their order.
func itemsOf(s *study.Study, constructs []string) []string {
	var out []string
	for _, id := range constructs {
		c, _ := s.Framework.Constructs.Get(id)
		for _, item := range c.Items {
			if !slices.Contains(out, item) {
				out = append(out, item)
			}
		}
	}
	return out
}

// BreakNote explains [b] where it stands: which questions the waves of a table
// do not ask alike. "" where all of them do.
func BreakNote(s *study.Study, waves []Wave) string {
	const most = 6
	var unlike []string
	for id := range s.Framework.Items.All() {
		asked := map[int]bool{}
		for _, w := range waves {
			version, _ := Asks(s, id, w)
			asked[version] = true
		}
		if len(asked) > 1 {
			unlike = append(unlike, "“"+MeasureName(s, id)+"”")
		}
	}
	if len(unlike) == 0 {
		return ""
	}
	list := And(unlike)
	if len(unlike) > most {
		list = strings.Join(unlike[:most], ", ") + " and " + Plural(len(unlike)-most, "other")
	}
	return "[b] break: not every wave asks " + list + " in the same words, or at all. Numbers that rest on different questions are not compared. The shared language has the details."
}
