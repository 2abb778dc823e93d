package page

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/internal/weight"
	"github.com/caregap/caregap/reports"
)

// A section of the page reads at a grade under 9, and no paragraph of it over
// 13: the finding's own sentence with its four numbers is one of 11.
const (
	sectionGrade   = 9
	paragraphGrade = 13
)

// prose are the page's own sentences, section by section: paragraphs, lists and
// notes. Titles, and cells of tables, are no sentences.
func prose(p *page) map[string][]string {
	out := map[string][]string{}
	for i, s := range p.Sections {
		var texts []string
		told := func(list []reports.Told) {
			for _, x := range list {
				texts = append(texts, x.Text)
			}
		}
		figures := func(list []figure) {
			for _, f := range list {
				texts = append(append(texts, f.Drawn), f.Notes...)
			}
		}
		if i == 0 {
			texts = append(texts, lead(p), p.Asked, p.Intervals, p.Caution)
		}
		told(s.Intro)
		told(s.Told)
		texts = append(texts, s.Note)
		figures(s.Figures)
		for _, b := range s.Blocks {
			told(b.Text)
			told(b.Told)
			texts = append(append(texts, b.Note), b.List...)
			for _, c := range b.Codes {
				texts = append(texts, c.Words)
			}
			figures(b.Figures)
			for _, t := range b.Tables {
				texts = append(append(texts, t.Summary), t.Notes...)
			}
		}
		out[s.ID] = texts
	}
	return out
}

func lead(p *page) string {
	var b strings.Builder
	for _, s := range p.Lead {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Words that are not the page's own, and numbers in brackets, are left out: a
// survey's name and a question's words are what they are.
var (
	quoted  = regexp.MustCompile(`“[^”]*”`)
	limits  = regexp.MustCompile(`\([^)]*\d[^)]*\)`)
	ended   = regexp.MustCompile(`[.!?]+(\s|$)`)
	word    = regexp.MustCompile(`[A-Za-z][A-Za-z’'-]*|\d[\d.,]*%?`)
	vowels  = regexp.MustCompile(`[aeiouy]+`)
	surveys = strings.NewReplacer("NHS R&D Forum", "Forum", "Royal College of Physicians", "College", "NIHR Clinical Research Network", "Network")
)

// grade is the Flesch-Kincaid grade (Kincaid and others 1975): 0.39 words a
// sentence + 11.8 syllables a word - 15.59.
func grade(texts ...string) (grade float64, words int) {
	sentences, syllables := 0, 0
	for _, text := range texts {
		text = surveys.Replace(limits.ReplaceAllString(quoted.ReplaceAllString(text, "it"), ""))
		found := word.FindAllString(text, -1)
		if len(found) == 0 {
			continue
		}
		for _, w := range found {
			syllables += count(w)
		}
		words += len(found)
		sentences += max(1, len(ended.FindAllString(strings.TrimSpace(text), -1)))
	}
	if words == 0 {
		return 0, 0
	}
	return 0.39*float64(words)/float64(sentences) + 11.8*float64(syllables)/float64(words) - 15.59, words
}

// count estimates a word's syllables by its groups of vowels, less an e that is
// not spoken at its end. A number counts as one.
func count(w string) int {
	if unicode.IsDigit(rune(w[0])) {
		return 1
	}
	w = strings.ToLower(w)
	n := len(vowels.FindAllString(w, -1))
	silent := strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "le") && !strings.HasSuffix(w, "ee")
	silent = silent || strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "ted") && !strings.HasSuffix(w, "ded")
	if silent && n > 1 {
		n--
	}
	return max(1, n)
}

func TestGradeOfKnownTexts(t *testing.T) {
	for _, c := range []struct {
		text      string
		low, high float64
	}{
		{"The cat sat on the mat.", -2, 0},
		{"A gap is one score minus another for the same person. The report shows the mean of these.", 1, 4},
		{"Heterogeneity notwithstanding, the methodological considerations underpinning multidimensional operationalisation necessitate circumspection.", 30, 60},
	} {
		if got, _ := grade(c.text); got < c.low || got > c.high {
			t.Errorf("%q: grade %.1f", c.text, got)
		}
	}
}

func pages(t *testing.T) map[string]*page {
	t.Helper()
	out := map[string]*page{}
	for name, r := range map[string]*disclose.Release{
		"whole": weightedRelease(t), "small": disclosetest.Of(t, small(disclosetest.Study())), "all hidden": hidden(t, disclosetest.Study()),
	} {
		p, err := build(r, figures(), reports.Tables(r))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = p
	}
	return out
}

// weightedRelease has all that a page can speak of, weights to match a population too.
func weightedRelease(t *testing.T) *disclose.Release {
	t.Helper()
	s := disclosetest.Study()
	s.Weights = study.Map[study.Weights]{{ID: "rcp", Value: study.Weights{File: "margins/rcp.csv", Bounds: weight.Bounds{Lower: 0.5, Upper: 2.5},
		Margins: []weight.Population{{Variable: weight.Variable{ID: "setting"}}}}}}
	rows := disclosetest.Rows(s)
	for i := range rows {
		rows[i].Unraked = number.Of(12.34)
	}
	half := []weight.MarginCategory{{Variable: "setting", Category: "rural", Respondents: 300, Before: 0.5, Target: 0.4, After: 0.4}, {Variable: "setting", Category: "city", Respondents: 300, Before: 0.5, Target: 0.6, After: 0.6}}
	r, _, err := disclose.Protect(disclose.Evidence{
		ID: "3f9a1c07be42", Version: "0.1.0", Study: s, Table: disclosetest.Table(rows), Ledgers: disclosetest.Ledgers(s, 640, 40),
		Weights: []disclose.WeightSummary{{Survey: "rcp", Wave: "2023", Source: "raked", KishEffect: number.Of(1.2), EffectiveBase: number.Of(500), MinOverMean: number.Of(0.3), MaxOverMean: number.Of(3)}},
		Rakings: []disclose.Raking{{Survey: "rcp", Wave: "2023", Margins: half, AtLower: 12, AtUpper: 30}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReadingGrade(t *testing.T) {
	for name, p := range pages(t) {
		total := 0
		for section, texts := range prose(p) {
			got, words := grade(texts...)
			total += words
			if words > 0 && got >= sectionGrade {
				t.Errorf("%s: section %s reads at grade %.1f", name, section, got)
			}
			for _, text := range texts {
				if g, words := grade(text); words >= 8 && g >= paragraphGrade {
					t.Errorf("%s: grade %.1f: %s", name, g, text)
				}
			}
		}
		if total < 500 {
			t.Errorf("%s: this test read %d words", name, total)
		}
	}
}

// What the page never says: of whom nobody asked, why things are so, that a
// sample stands for more than it does, that less will is better.
func TestWordsThatAreNeverSaid(t *testing.T) {
	never := regexp.MustCompile(`(?i)\b(NHS staff|because of|due to|caused? by|representative|proves?|proven|significant(ly)?|better|worse|improve[ds]?|leads to|NA|n/a)\b`)
	for name, p := range pages(t) {
		for section, texts := range prose(p) {
			for _, text := range texts {
				if found := never.FindString(quoted.ReplaceAllString(text, "")); found != "" {
					t.Errorf("%s, %s: %q in %q", name, section, found, text)
				}
			}
		}
	}
}
