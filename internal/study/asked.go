package study

import "slices"

// Kind is what an id of the framework stands for.
type Kind string

// The kinds of ids. All but KindVariable are measures.
const (
	KindNone      Kind = ""
	KindConstruct Kind = "construct"
	KindItem      Kind = "item"
	KindGap       Kind = "gap"
	KindQuadrant  Kind = "quadrant"
	KindChoice    Kind = "choice"
	KindVariable  Kind = "variable"
)

// KindOf tells what id stands for; ids are unique over all kinds.
func (f *Framework) KindOf(id string) Kind {
	switch {
	case f.Constructs.Index(id) >= 0:
		return KindConstruct
	case f.Items.Index(id) >= 0:
		return KindItem
	case f.Gaps.Index(id) >= 0:
		return KindGap
	case f.Quadrants.Index(id) >= 0:
		return KindQuadrant
	case f.Choices.Index(id) >= 0:
		return KindChoice
	case f.Variables.Index(id) >= 0:
		return KindVariable
	}
	return KindNone
}

// Measures returns the ids of everything that is estimated, in the order of the
// framework: constructs, items, gaps, quadrants, choices.
func (f *Framework) Measures() []string {
	return slices.Concat(f.Constructs.IDs(), f.Items.IDs(), f.Gaps.IDs(), f.Quadrants.IDs(), f.Choices.IDs())
}

// ConstructOf returns the construct that holds an item, or "".
func (f *Framework) ConstructOf(item string) string {
	for id, c := range f.Constructs.All() {
		if slices.Contains(c.Items, item) {
			return id
		}
	}
	return ""
}

// ItemScale returns an item with its scale.
func (f *Framework) ItemScale(item string) (Item, Scale, bool) {
	it, ok := f.Items.Get(item)
	if !ok {
		return Item{}, Scale{}, false
	}
	sc, ok := f.Scales.Get(it.Scale)
	return it, sc, ok
}

// in reports whether an entry limited to some waves holds for this one.
func in(waves Names, wave string) bool { return len(waves) == 0 || slices.Contains(waves, wave) }

// Has reports whether the wave's codebook maps the item, choice or variable for
// this wave.
func (w *Wave) Has(id string) bool {
	if w == nil || w.Codebook == nil {
		return false
	}
	if src, ok := w.Codebook.Items.Get(id); ok {
		return in(src.Waves, w.ID)
	}
	if src, ok := w.Codebook.Choices.Get(id); ok {
		return in(src.Waves, w.ID)
	}
	src, ok := w.Codebook.Variables.Get(id)
	return ok && in(src.Waves, w.ID)
}

// ItemsAsked returns the construct's items that the wave asks, in the order of
// the construct. A score needs min_answered of these.
func (s *Study) ItemsAsked(construct string, survey *Survey, wave *Wave) []string {
	c, _ := s.Framework.Constructs.Get(construct)
	var out []string
	for _, id := range c.Items {
		if wave.Has(id) {
			out = append(out, id)
		}
	}
	return out
}

// Asked reports whether a measure or variable has an answer in that wave:
//
//   - an item, choice or variable where the codebook maps it for the wave;
//   - a construct where any of its items is asked;
//   - a gap where both its constructs are;
//   - a quadrant where each side can be decided: the headline item, where a
//     construct has one, else any item.
func (s *Study) Asked(survey, wave, measure string) bool {
	v := s.Survey(survey)
	if v == nil {
		return false
	}
	return s.asked(v, v.Wave(wave), measure)
}

func (s *Study) asked(v *Survey, w *Wave, measure string) bool {
	if w == nil {
		return false
	}
	f := s.Framework
	switch f.KindOf(measure) {
	case KindItem, KindChoice, KindVariable:
		return w.Has(measure)
	case KindConstruct:
		return len(s.ItemsAsked(measure, v, w)) > 0
	case KindGap:
		g, _ := f.Gaps.Get(measure)
		return s.asked(v, w, g.Of) && s.asked(v, w, g.Minus)
	case KindQuadrant:
		q, _ := f.Quadrants.Get(measure)
		for _, side := range slices.Concat(q.High, q.Low) {
			if !s.decided(v, w, side) {
				return false
			}
		}
		return true
	}
	return false
}

// decided reports whether the wave can tell high from low on a construct.
func (s *Study) decided(v *Survey, w *Wave, construct string) bool {
	if c, _ := s.Framework.Constructs.Get(construct); c.Headline != "" {
		return w.Has(c.Headline)
	}
	return s.asked(v, w, construct)
}
