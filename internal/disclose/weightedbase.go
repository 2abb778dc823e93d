package disclose

import (
	"math"

	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/study"
)

// weightedMargin is the categories of one breakdown for one measure, survey and wave.
type weightedMargin struct{ measure, survey, wave, breakdown string }

// weightedBases gives the shares of answers and ticks their weighted base, but
// nothing in a margin in which anything is hidden. Unweighted bases alone say of
// two hidden categories how many they are together; with weighted bases as well,
// and weights that are the same throughout a category and known, they would say
// how many each is. Where all weights are equal, both bases are one number.
func (r *Release) weightedBases(e Evidence) {
	holed := map[weightedMargin]bool{}
	for i := range r.rows {
		if row := &r.rows[i]; row.Status == Confidential && row.Contrast == "" {
			holed[weightedMarginOf(row.Key)] = true
		}
	}
	unequal := unequalWeights(e.Table.Rows)
	for i := range e.Table.Rows {
		from := &e.Table.Rows[i]
		at, ok := r.index[from.Key]
		if !ok || !r.rows[at].Shown() || !bannered(e.Study, from.Key) {
			continue
		}
		if unequal[[2]string{from.Survey, from.Wave}] && holed[weightedMarginOf(from.Key)] {
			continue
		}
		r.rows[at].WeightedBase = from.WeightedBase.Round(0)
	}
}

// unequalWeights finds the waves in which some weighted base is not the base.
func unequalWeights(rows []estimate.Row) map[[2]string]bool {
	out := map[[2]string]bool{}
	for i := range rows {
		r := &rows[i]
		if w, ok := r.WeightedBase.Get(); ok && math.Abs(w-float64(r.Base)) > 1e-6*w {
			out[[2]string{r.Survey, r.Wave}] = true
		}
	}
	return out
}

func weightedMarginOf(k Key) weightedMargin {
	return weightedMargin{k.Measure, k.Survey, k.Wave, k.Breakdown}
}

// bannered reports whether a number stands in banner tables: the positive answers
// to a question, the ticks of an answer.
func bannered(s *study.Study, k Key) bool {
	if k.Statistic != "share" {
		return false
	}
	switch s.Framework.KindOf(k.Measure) {
	case study.KindItem:
		return k.Level == "positive"
	case study.KindChoice:
		return true
	}
	return false
}
