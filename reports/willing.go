package reports

import (
	"cmp"
	"slices"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
)

// Willing is the finding's numbers in one survey and wave: the share that is
// high on will and, of those, the shares that lack something. Rows may be
// without figures; what a sentence may use is the caller's to ask of each.
type Willing struct {
	Survey, Wave string
	Will         string // the construct
	Item         string // its headline item, whose positive share is Share; "" without
	Share        disclose.Row
	Lacks        []Lack // one construct each, in the framework's order
	Both         Lack   // all of them; Quadrant "" where the framework has no such share
	Neither      Lack   // none of them
}

// Lack is the share, of those high on will, who are low on constructs.
type Lack struct {
	Quadrant   string
	Constructs []string
	Row        disclose.Row
}

// Will returns the construct that gaps are measured from, "" without any.
func Will(s *study.Study) string {
	if len(s.Framework.Gaps) > 0 {
		return s.Framework.Gaps[0].Value.Of
	}
	for _, q := range s.Framework.Quadrants.All() {
		if len(q.High) == 1 && len(q.Low) > 0 {
			return q.High[0]
		}
	}
	return ""
}

// WillingIn collects the finding's numbers for one survey and wave, for
// everyone or for a category of a breakdown.
func WillingIn(r *disclose.Release, survey, wave, breakdown, category string) Willing {
	s := r.Study()
	w := Willing{Survey: survey, Wave: wave, Will: Will(s)}
	if w.Will == "" {
		return w
	}
	key := disclose.Key{Statistic: "share", Survey: survey, Wave: wave, Breakdown: breakdown, Category: category}
	find := func(measure, level string) disclose.Row {
		k := key
		k.Measure, k.Level = measure, level
		if row, ok := r.Find(k); ok {
			return row
		}
		return disclose.Row{Key: k, Status: disclose.NotApplicable}
	}
	w.Share = disclose.Row{Key: key, Status: disclose.NotApplicable}
	if c, _ := s.Framework.Constructs.Get(w.Will); c.Headline != "" {
		w.Item, w.Share = c.Headline, find(c.Headline, "positive")
	}
	for id, q := range s.Framework.Quadrants.All() {
		w.place(id, q, find)
	}
	return w
}

// place puts one quadrant where it belongs in the finding, if anywhere.
func (w *Willing) place(id string, q study.Quadrant, find func(measure, level string) disclose.Row) {
	if len(q.High) == 0 || q.High[0] != w.Will {
		return
	}
	alone := len(q.High) == 1
	switch {
	case alone && len(q.Low) == 0 && w.Item == "":
		w.Share = find(id, "")
	case alone && len(q.Low) == 1:
		w.Lacks = append(w.Lacks, Lack{id, q.Low, find(id, "of_high")})
	case alone && len(q.Low) > 1 && w.Both.Quadrant == "":
		w.Both = Lack{id, q.Low, find(id, "of_high")}
	case !alone && len(q.Low) == 0 && w.Neither.Quadrant == "":
		w.Neither = Lack{id, q.High[1:], find(id, "of_high")}
	}
}

// All lists the shares of those high on will, in the order they are told.
func (w Willing) All() []Lack {
	all := slices.Clone(w.Lacks)
	for _, l := range []Lack{w.Both, w.Neither} {
		if l.Quadrant != "" {
			all = append(all, l)
		}
	}
	return all
}

// told are the shares a sentence may use: reliable ones, "neither" left out.
func (w Willing) told() []Lack {
	var out []Lack
	for _, l := range w.All() {
		if l.Row.Reliable() && l.Quadrant != w.Neither.Quadrant {
			out = append(out, l)
		}
	}
	return out
}

// Wave is one wave of one survey.
type Wave struct{ Survey, Wave string }

// Waves lists every survey and wave in the study's order.
func Waves(s *study.Study) []Wave {
	var out []Wave
	for _, v := range s.Surveys {
		for _, w := range v.Waves {
			out = append(out, Wave{v.ID, w.ID})
		}
	}
	return out
}

// LatestWaves lists each survey's latest wave in the study's order.
func LatestWaves(s *study.Study) []Wave {
	var out []Wave
	for _, v := range s.Surveys {
		if len(v.Waves) > 0 {
			out = append(out, Wave{v.ID, v.Latest().ID})
		}
	}
	return out
}

// newestFirst orders all waves by the end of fieldwork, the newest first; those
// without dates follow, by survey and with each survey's latest wave first.
func newestFirst(s *study.Study) []Wave {
	waves := Waves(s)
	survey := func(w Wave) int {
		return slices.IndexFunc(s.Surveys, func(v *study.Survey) bool { return v.ID == w.Survey })
	}
	place := func(w Wave) int {
		return slices.IndexFunc(s.Survey(w.Survey).Waves, func(v *study.Wave) bool { return v.ID == w.Wave })
	}
	slices.SortStableFunc(waves, func(a, b Wave) int {
		return cmp.Or(
			cmp.Compare(asked(s, b), asked(s, a)),
			cmp.Compare(survey(a), survey(b)),
			cmp.Compare(place(b), place(a)),
		)
	})
	return waves
}

// asked is the day fieldwork ended, or began where only that is known.
func asked(s *study.Study, w Wave) string {
	f := Fieldwork(s, w)
	return cmp.Or(f.To, f.From)
}

// Fieldwork is how a wave was asked.
func Fieldwork(s *study.Study, w Wave) study.Fieldwork {
	if v := s.Survey(w.Survey); v != nil {
		if wave := v.Wave(w.Wave); wave != nil {
			return wave.Fieldwork
		}
	}
	return study.Fieldwork{}
}
