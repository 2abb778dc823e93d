package study

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// setDefaults fills in what the files leave open. It runs once, on a study that
// has no errors; a codebook that two waves share is filled twice with the same.
func (s *Study) setDefaults(file *StudyFile) {
	s.Confidence, s.Meaningful = 0.95, 5
	if file.Confidence != "" {
		s.Confidence = file.Confidence.Float()
	}
	if file.Meaningful != "" {
		s.Meaningful = file.Meaningful.Float()
	}
	s.Framework.setDefaults()
	s.Disclosure = file.Disclosure.settings(s.Framework)
	for _, v := range s.Surveys {
		for _, w := range v.Waves {
			w.Codebook.setDefaults()
		}
	}
}

func (f *Framework) setDefaults() {
	for i := range f.Constructs {
		c := &f.Constructs[i].Value
		orDecimal(&c.Positive, "75")
		orDecimal(&c.MinAnswered, "0.5")
		orNames(&c.Statistics, "mean", "median")
	}
	for i := range f.Items {
		orNames(&f.Items[i].Value.Statistics, "mean")
	}
	for i := range f.Gaps {
		g := &f.Gaps[i].Value
		orNames(&g.Statistics, "mean", "median")
		if g.Title == "" {
			g.Title = f.constructTitle(g.Of) + " minus " + inSentence(f.constructTitle(g.Minus))
		}
	}
	for i := range f.Quadrants {
		if q := &f.Quadrants[i].Value; q.Title == "" {
			q.Title = f.quadrantTitle(*q)
		}
	}
}

func (f *Framework) constructTitle(id string) string {
	c, _ := f.Constructs.Get(id)
	return c.Title
}

// quadrantTitle is made of the sides: "High will and ability, low capacity".
func (f *Framework) quadrantTitle(q Quadrant) string {
	var parts []string
	if len(q.High) > 0 {
		parts = append(parts, "high "+f.and(q.High))
	}
	if len(q.Low) > 0 {
		parts = append(parts, "low "+f.and(q.Low))
	}
	title := strings.Join(parts, ", ")
	return strings.ToUpper(title[:1]) + title[1:]
}

// and joins the titles of constructs as a sentence does: a, b and c.
func (f *Framework) and(ids Names) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = inSentence(f.constructTitle(id))
	}
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// inSentence lowers the first letter of a title, unless the word is an
// abbreviation such as NHS.
func inSentence(title string) string {
	first, size := utf8.DecodeRuneInString(title)
	second, _ := utf8.DecodeRuneInString(title[size:])
	if unicode.IsUpper(second) {
		return title
	}
	return string(unicode.ToLower(first)) + title[size:]
}

func (d DisclosureFile) settings(f *Framework) Disclosure {
	out := Disclosure{
		MinBase: orInt(d.MinBase, 10), MinCount: orInt(d.MinCount, 5), DistributionBase: orInt(d.DistributionBase, 100),
		Decimals: orInt(d.Decimals, 1), KeepReleases: orInt(d.KeepReleases, 5),
	}
	ids := f.sensitive()
	for _, id := range d.Sensitive {
		if id == "all" {
			out.SensitiveAll = true
			continue
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	out.Sensitive = slices.Compact(ids)
	return out
}

// sensitive lists what the framework itself declares so.
func (f *Framework) sensitive() Names {
	var ids Names
	add := func(id string, yes bool) {
		if yes {
			ids = append(ids, id)
		}
	}
	for id, v := range f.Items.All() {
		add(id, v.Sensitive)
	}
	for id, v := range f.Choices.All() {
		add(id, v.Sensitive)
	}
	for id, v := range f.Quadrants.All() {
		add(id, v.Sensitive)
	}
	for id, v := range f.Variables.All() {
		add(id, v.Sensitive)
	}
	return ids
}

func (c *Codebook) setDefaults() {
	orText(&c.Duplicates, "last")
	orText(&c.Unknown, "fail")
	for i := range c.Items {
		v := &c.Items[i].Value
		v.Version = max(v.Version, 1)
		orText(&v.Unknown, c.Unknown)
	}
	for i := range c.Choices {
		v := &c.Choices[i].Value
		v.Version = max(v.Version, 1)
		orText(&v.Unknown, c.Unknown)
	}
	for i := range c.Variables {
		orText(&c.Variables[i].Value.Unknown, c.Unknown)
	}
}

func orText(v *string, otherwise string) {
	if *v == "" {
		*v = otherwise
	}
}

func orDecimal(v *Decimal, otherwise Decimal) {
	if *v == "" {
		*v = otherwise
	}
}

func orNames(v *Names, otherwise ...string) {
	if len(*v) == 0 {
		*v = slices.Clone(otherwise)
	}
}

func orInt(v *int, otherwise int) int {
	if v == nil {
		return otherwise
	}
	return *v
}
