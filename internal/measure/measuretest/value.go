package measuretest

import (
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
)

// Value is a respondent's value of a measure - for a share 1 in it and 0 not -
// and whether they are in its base. Statistics are mean, share, and those of
// quantiles, for which an item's value is its code.
func Value(f *study.Framework, r Respondent, measure, statistic, level string) (y float64, ok bool) {
	switch f.KindOf(measure) {
	case study.KindConstruct:
		return Score(f, r, measure)
	case study.KindGap:
		g, _ := f.Gaps.Get(measure)
		of, okOf := Score(f, r, g.Of)
		minus, okMinus := Score(f, r, g.Minus)
		return of - minus, okOf && okMinus
	case study.KindItem:
		return itemValue(f, r, measure, statistic, level)
	case study.KindQuadrant:
		return quadrantValue(f, r, measure, level)
	}
	c, _ := f.Choices.Get(measure)
	tick := r.Ticks[c.Options.Index(level)]
	return float64(tick), tick >= 0
}

// Score is the mean of the percents of the maximum possible of the answered
// items, where at least min_answered of the items were answered.
func Score(f *study.Framework, r Respondent, construct string) (float64, bool) {
	c, _ := f.Constructs.Get(construct)
	sum, answered := 0.0, 0
	for _, id := range c.Items {
		if p, ok := percent(f, r, id); ok {
			sum += p
			answered++
		}
	}
	if answered == 0 || float64(answered) < c.MinAnswered.Float()*float64(len(c.Items)) {
		return 0, false
	}
	return sum / float64(answered), true
}

func percent(f *study.Framework, r Respondent, id string) (float64, bool) {
	item, scale, _ := f.ItemScale(id)
	a := r.Answers[f.Items.Index(id)]
	p := 100 * float64(a) / float64(scale.Codes()-1)
	if item.Reversed {
		p = 100 - p
	}
	return p, a >= 0
}

// positive reports whether an answer, from 0, is among the positive ones: those
// of the scale, mirrored for a reversed item. The negative ones are the mirror
// images of these, less what is positive itself.
func positive(f *study.Framework, id string, answer int) (yes, no bool) {
	item, scale, _ := f.ItemScale(id)
	mirrored := scale.Codes() - 1 - answer
	if item.Reversed {
		answer, mirrored = mirrored, answer
	}
	yes = slices.Contains(scale.Positive, scale.Label(answer))
	return yes, !yes && slices.Contains(scale.Positive, scale.Label(mirrored))
}

//gosec:disable G115 -- samples of tests are small
func itemValue(f *study.Framework, r Respondent, id, statistic, level string) (float64, bool) {
	_, scale, _ := f.ItemScale(id)
	a := r.Answers[f.Items.Index(id)]
	switch {
	case statistic == "mean":
		return percent(f, r, id)
	case statistic != "share":
		if a < 0 {
			return 0, false
		}
		return float64(scale.Code(a)), true
	case level == "unsure":
		kind := normalise.Kind(Missing - a)
		base := a >= 0 || kind == normalise.Unsure || kind == normalise.NotApplicable || kind == normalise.SeenUnanswered || kind == normalise.Refused
		return indicator(a < 0 && kind == normalise.Unsure), base
	case a < 0:
		return 0, false
	}
	yes, no := positive(f, id, a)
	switch level {
	case "positive":
		return indicator(yes), true
	case "negative":
		return indicator(no), true
	case "neutral":
		return indicator(!yes && !no), true
	}
	return indicator(strconv.Itoa(scale.Code(a)) == level), true
}

// high tells on which side of a construct a respondent stands: by the headline
// item's answer, or by a score of at least the threshold. strictlyLow is a
// negative answer, or not high by score.
func high(f *study.Framework, r Respondent, construct string, threshold float64) (isHigh, strictlyLow, known bool) {
	c, _ := f.Constructs.Get(construct)
	if c.Headline != "" {
		a := r.Answers[f.Items.Index(c.Headline)]
		if a < 0 {
			return false, false, false
		}
		yes, no := positive(f, c.Headline, a)
		return yes, no, true
	}
	score, ok := Score(f, r, construct)
	// Scores differ by far more than this; a rounding error is no step.
	isHigh = score >= threshold-1e-9
	return isHigh, !isHigh, ok
}

func quadrantValue(f *study.Framework, r Respondent, id, level string) (float64, bool) {
	q, _ := f.Quadrants.Get(id)
	in, strict := true, true
	firstHigh := false
	for i, construct := range slices.Concat(q.High, q.Low) {
		threshold, _ := f.Constructs.Get(construct)
		at := threshold.Positive.Float()
		if number, ok := strings.CutPrefix(level, "at_"); ok {
			at, _ = strconv.ParseFloat(number, 64)
		}
		isHigh, strictlyLow, known := high(f, r, construct, at)
		if !known {
			return 0, false
		}
		if i < len(q.High) {
			in = in && isHigh
			firstHigh = firstHigh || i == 0 && isHigh
			continue
		}
		in = in && !isHigh
		strict = strict && strictlyLow
	}
	switch level {
	case "of_high":
		return indicator(in), firstHigh
	case "strict":
		return indicator(in && strict), true
	}
	return indicator(in), true
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
