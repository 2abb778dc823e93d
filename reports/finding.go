package reports

import (
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// Headline is the first thing the report says and what it rests on. Survey and
// Wave are empty when no number rests on enough answers.
type Headline struct {
	Survey, Wave string
	Sentence     Sentence
	Intervals    string  // the intervals of its numbers, in the order told; "" where the sentence has them
	Willing      Willing // the numbers, when the finding is about the willing
}

// Finding composes the finding from the newest wave that carries it. From the
// strongest to the weakest: the willing and what they lack, a gap, the willing
// share alone, a mean. Averages of surveys and numbers on too few answers never enter.
func Finding(r *disclose.Release) Headline {
	waves := newestFirst(r.Study())
	attempts := []func(*disclose.Release, Wave) (Headline, bool){
		willingAndLacking, lackingOnly, gapAlone, willingOnly, meanAlone,
	}
	for _, attempt := range attempts {
		for _, w := range waves {
			if h, ok := attempt(r, w); ok {
				h.Survey, h.Wave = w.Survey, w.Wave
				return h
			}
		}
	}
	return Headline{Sentence: plain("No number in this release rests on enough answers to lead with.")}
}

func willingAndLacking(r *disclose.Release, wave Wave) (Headline, bool) {
	w := WillingIn(r, wave.Survey, wave.Wave, "", "")
	told := w.told()
	if !w.Share.Reliable() || len(told) == 0 {
		return Headline{}, false
	}
	s := plain("Of the ").strong(Percent(w.Share.Estimate), w.Will).then(" of respondents who " + w.Who(r.Study()) + ", ")
	return Headline{
		Sentence:  append(s, lacking(r.Study(), told)...),
		Intervals: intervals(r.Study(), append([]Lack{{Row: w.Share}}, told...)),
		Willing:   w,
	}, true
}

func lackingOnly(r *disclose.Release, wave Wave) (Headline, bool) {
	w := WillingIn(r, wave.Survey, wave.Wave, "", "")
	told := w.told()
	if len(told) == 0 {
		return Headline{}, false
	}
	s := plain("Of respondents who " + w.Who(r.Study()) + ", ")
	return Headline{Sentence: append(s, lacking(r.Study(), told)...), Intervals: intervals(r.Study(), told), Willing: w}, true
}

func willingOnly(r *disclose.Release, wave Wave) (Headline, bool) {
	w := WillingIn(r, wave.Survey, wave.Wave, "", "")
	if !w.Share.Reliable() {
		return Headline{}, false
	}
	s := Sentence{}.strong(Percent(w.Share.Estimate), w.Will).then(" of respondents " + w.Who(r.Study()) + ".")
	return Headline{Sentence: s, Intervals: intervals(r.Study(), []Lack{{Row: w.Share}}), Willing: w}, true
}

// Who is what the willing do, in words that can follow "who".
func (w Willing) Who(s *study.Study) string {
	if w.Item != "" {
		return they(MeasureName(s, w.Item))
	}
	return "score high on " + Lower(MeasureName(s, w.Will))
}

// lacking is "61% reported they lack the capacity, 44% the ability and 31% both."
func lacking(s *study.Study, told []Lack) Sentence {
	var out Sentence
	for i, l := range told {
		switch {
		case i > 0 && i == len(told)-1:
			out = out.then(" and ")
		case i > 0:
			out = out.then(", ")
		}
		construct := ""
		if len(l.Constructs) == 1 {
			construct = l.Constructs[0]
		}
		out = out.strong(Percent(l.Row.Estimate), construct)
		if i == 0 {
			out = out.then(" reported they lack")
		}
		out = out.then(" " + lacked(s, l, i > 0))
	}
	return out.then(".")
}

// lacked names what is lacked. After both sides were named, "both" is enough.
func lacked(s *study.Study, l Lack, named bool) string {
	switch {
	case len(l.Constructs) == 1:
		return "the " + Lower(MeasureName(s, l.Constructs[0]))
	case named && len(l.Constructs) == 2:
		return "both"
	case named:
		return "all " + CountWord(len(l.Constructs))
	}
	names := lowerNames(s, l.Constructs)
	for i := range names {
		names[i] = "the " + names[i]
	}
	return And(names)
}

func intervals(s *study.Study, told []Lack) string {
	list := make([]string, len(told))
	for i, l := range told {
		list[i] = PercentRange(l.Row)
	}
	noun := " intervals: "
	if len(list) == 1 {
		noun = " interval: "
	}
	return Level(s) + noun + And(list) + "."
}

func gapAlone(r *disclose.Release, wave Wave) (Headline, bool) {
	s := r.Study()
	for id, gap := range s.Framework.Gaps.All() {
		row, ok := reliable(r, disclose.Key{Measure: id, Statistic: "mean", Survey: wave.Survey, Wave: wave.Wave})
		if ok {
			return Headline{Sentence: gapSentence(s, gap, row)}, true
		}
	}
	return Headline{}, false
}

// gapSentence says which side is lower, only where the interval leaves out 0.
func gapSentence(s *study.Study, gap study.Gap, row disclose.Row) Sentence {
	places := s.Disclosure.Decimals
	of, minus := Lower(MeasureName(s, gap.Of)), Lower(MeasureName(s, gap.Minus))
	limits := " points (" + Range(row, places) + ")"
	size := row.Estimate
	word := "lower"
	switch {
	case row.Upper.Or(0) < 0:
		size, word = negative(size), "higher"
		limits = " points (" + Range(mirrored(row), places) + ")"
	case row.Lower.Or(0) <= 0:
		return plain("It is not clear whether respondents score lower on ", minus, " than on ", of, ": the gap is ").
			strong(Minus(size.Fixed(places)), gap.Minus).then(limits + ".")
	}
	return plain("Respondents scored ").strong(size.Fixed(places), gap.Minus).
		then(limits + " " + word + " on " + minus + " than on " + of + ".")
}

func meanAlone(r *disclose.Release, wave Wave) (Headline, bool) {
	s := r.Study()
	for id := range s.Framework.Constructs.All() {
		row, ok := reliable(r, disclose.Key{Measure: id, Statistic: "mean", Survey: wave.Survey, Wave: wave.Wave})
		if ok {
			places := s.Disclosure.Decimals
			return Headline{Sentence: plain("On a scale of 0 to 100, respondents scored ").strong(row.Estimate.Fixed(places), id).
				then(" on " + Lower(MeasureName(s, id)) + " (" + Range(row, places) + ").")}, true
		}
	}
	return Headline{}, false
}

func negative(v number.Value) number.Value {
	f, ok := v.Get()
	if !ok {
		return v
	}
	return number.Of(-f)
}

// mirrored is the interval of minus the number.
func mirrored(row disclose.Row) disclose.Row {
	row.Lower, row.Upper = negative(row.Upper), negative(row.Lower)
	return row
}
