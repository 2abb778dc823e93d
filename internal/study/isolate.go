package study

import (
	"slices"

	"github.com/caregap/caregap/internal/bidi"
)

// Isolated is the study with all its words fit to stand in sentences: those that
// run from right to left are in isolates, so that they leave numbers and words
// beside them in their place. Ids are what they were.
func (s *Study) Isolated() *Study {
	out := *s
	out.Title, out.Notice = bidi.Isolate(s.Title), bidi.Isolate(s.Notice)
	out.Surveys = slices.Clone(s.Surveys)
	for i, v := range s.Surveys {
		survey := *v
		survey.Title = bidi.Isolate(v.Title)
		out.Surveys[i] = &survey
	}
	out.Published = slices.Clone(s.Published)
	for i := range out.Published {
		out.Published[i].Source = bidi.Isolate(out.Published[i].Source)
	}
	if s.Framework != nil {
		out.Framework = s.Framework.isolated()
	}
	return &out
}

func (f *Framework) isolated() *Framework {
	out := *f
	out.Scales = each(f.Scales, func(x *Scale) {
		x.Options, x.Positive, x.Unscored = isolates(x.Options), isolates(x.Positive), isolates(x.Unscored)
	})
	out.Constructs = each(f.Constructs, func(x *Construct) { x.Title = bidi.Isolate(x.Title) })
	out.Items = each(f.Items, func(x *Item) { x.Title = bidi.Isolate(x.Title) })
	out.Gaps = each(f.Gaps, func(x *Gap) { x.Title = bidi.Isolate(x.Title) })
	out.Quadrants = each(f.Quadrants, func(x *Quadrant) { x.Title = bidi.Isolate(x.Title) })
	label := func(x *string) { *x = bidi.Isolate(*x) }
	out.Choices = each(f.Choices, func(x *Choice) { x.Title, x.Options = bidi.Isolate(x.Title), each(x.Options, label) })
	out.Variables = each(f.Variables, func(x *Variable) { x.Title, x.Categories = bidi.Isolate(x.Title), each(x.Categories, label) })
	return &out
}

// each is a copy of a map with every value changed.
func each[T any](m Map[T], change func(*T)) Map[T] {
	out := slices.Clone(m)
	for i := range out {
		change(&out[i].Value)
	}
	return out
}

func isolates(words Names) Names {
	out := slices.Clone(words)
	for i, w := range out {
		out[i] = bidi.Isolate(w)
	}
	return out
}
