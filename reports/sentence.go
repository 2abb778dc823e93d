package reports

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
)

// Span is a run of text in a sentence. A number that leads is Strong; Construct
// names the construct whose colour underlines it, if any.
type Span struct {
	Text      string
	Strong    bool
	Construct string
}

// Sentence is text with its numbers marked.
type Sentence []Span

// String is the sentence without marks.
func (s Sentence) String() string {
	var b strings.Builder
	for _, span := range s {
		b.WriteString(span.Text)
	}
	return b.String()
}

func plain(parts ...string) Sentence { return Sentence{{Text: strings.Join(parts, "")}} }

// strong appends a leading number.
func (s Sentence) strong(text, construct string) Sentence {
	return append(s, Span{Text: text, Strong: true, Construct: construct})
}

func (s Sentence) then(text string) Sentence { return append(s, Span{Text: text}) }

// Role says which of the three colours of the house a construct has: will,
// ability or capacity; ink for any other. Constructs of other names take the
// colours in the order the framework declares them.
func Role(s *study.Study, construct string) string {
	roles := []string{"will", "ability", "capacity"}
	if slices.Contains(roles, construct) {
		return construct
	}
	ids := s.Framework.Constructs.IDs()
	named := slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(roles, id) })
	if i := slices.Index(ids, construct); !named && i >= 0 && i < len(roles) {
		return roles[i]
	}
	return "ink"
}

// plurals turns the verb that an item's title begins with into what several
// people do, so that a title can follow "who".
var plurals = map[string]string{
	"wants": "want", "has": "have", "is": "are", "does": "do", "thinks": "think", "feels": "feel", "knows": "know",
	"can": "can", "would": "would", "sees": "see", "needs": "need", "values": "value", "believes": "believe", "takes": "take",
	"gets": "get", "likes": "like", "hopes": "hope", "plans": "plan", "finds": "find", "enjoys": "enjoy", "intends": "intend",
}

// they is what people who are positive on an item do, after "who" or
// "respondents": `want to be more involved`, or `are positive on “Title”`.
func they(title string) string {
	first, rest, found := strings.Cut(title, " ")
	if verb, ok := plurals[strings.ToLower(first)]; ok && found {
		return verb + " " + rest
	}
	return "are positive on “" + title + "”"
}

// reliable finds a row that may enter a sentence.
func reliable(r *disclose.Release, k disclose.Key) (disclose.Row, bool) {
	row, ok := r.Find(k)
	return row, ok && row.Reliable()
}
