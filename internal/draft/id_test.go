package draft

import (
	"regexp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestIDs(t *testing.T) {
	s := newIDs("time")
	for _, c := range []struct{ text, want string }{
		{"I have the time for research", "time_research"},
		{"I have time for research", "time_research_2"},
		{"I have time for research in my working week", "time_research_working_week"},
		{"Größe des Café", "groe_des_cafe"},
		{"Age", "age"},
		{"Age", "age_2"},
		{"Survey", "survey_2"}, // reserved
		{"Time", "time_2"},     // taken
		{"???", "q"},
		{"18 - 24", "q_18_24"},
		{"日本語", "q_2"},
	} {
		if got := s.of(c.text, "q"); got != c.want {
			t.Errorf("%q becomes %s, want %s", c.text, got, c.want)
		}
	}
}

// Ids have the form that study files want, are none of the words that are reserved,
// and are handed out once.
func TestIDsAreIDs(t *testing.T) {
	form := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	rapid.Check(t, func(r *rapid.T) {
		s := newIDs()
		seen := map[string]bool{}
		for _, text := range rapid.SliceOfN(rapid.OneOf(texts(), rapid.SampledFrom(reserved), rapid.SampledFrom([]string{"Age", "age?", "All"})), 1, 12).Draw(r, "texts") {
			id := s.of(text, "q")
			if !form.MatchString(id) || seen[id] || slices.Contains(reserved, id) || len(id) > 100 {
				r.Fatalf("%q becomes %q", text, id)
			}
			seen[id] = true
		}
	})
}
