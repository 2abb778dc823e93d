package export

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Options are what the texts of a question's columns do not have in common, an open
// text beside them left aside. All of it is made up.
func TestOptionsOfTexts(t *testing.T) {
	for name, tc := range map[string]struct{ texts, want []string }{
		"as written":         {[]string{"Why? - Time", "Why? - Money", "Why? - Other - Text"}, []string{"Time", "Money", "Other - Text"}},
		"a selected choice":  {[]string{"Why? - Selected Choice - Time", "Why? - Selected Choice - Other", "Why? - Other - Text"}, []string{"Time", "Other", "Other - Text"}},
		"one, and its words": {[]string{"Why? - Selected Choice - Time", "Why? - Other - Text"}, []string{"Selected Choice - Time", "Other - Text"}},
		"a question's own":   {[]string{"Time - or not? - Now", "Time - or not? - Never", "Time - or not? - Other - Text"}, []string{"Now", "Never", "Other - Text"}},
		"without spaces":     {[]string{"Why?-Time", "Why?-Money", "Why?-Other"}, []string{"Time", "Money", "Other"}},
		"nothing in common":  {[]string{"Time", "Money", "Other"}, []string{"", "", ""}},
	} {
		var columns []Column
		for _, text := range tc.texts {
			columns = append(columns, Column{Text: text, Role: RoleQuestion, Open: strings.HasSuffix(text, "- Text")})
		}
		setOptions(columns)
		var got []string
		for i, c := range columns {
			got = append(got, c.Option)
			if c.Text != tc.texts[i] && !strings.Contains(name, "spaces") {
				t.Errorf("%s: text %q became %q", name, tc.texts[i], c.Text)
			}
		}
		if d := cmp.Diff(tc.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// Previews, tests and spam are told by code and by word, in several languages;
// real responses are never taken for them.
func TestQualtricsStatus(t *testing.T) {
	for word, want := range map[string]string{
		"Survey Preview": "preview", "1": "preview", "Umfragevorschau": "preview", "Aperçu du questionnaire": "preview", "Survey Test": "test", "2": "test", "Umfragetest": "test",
		"Spam": "spam", "8": "spam", "IP Address": "", "IP-Adresse": "", "Adresse IP": "", "0": "", "Imported": "", "4": "", "Offline Response": "", "16": "",
	} {
		if got := qualtricsStatus[strings.ToLower(word)]; got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
