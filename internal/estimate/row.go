package estimate

import "github.com/caregap/caregap/internal/number"

// Key names one number of a release.
type Key struct {
	Measure   string // id of a construct, gap, item, quadrant or choice
	Statistic string // mean, median, lower_quartile, upper_quartile, share, difference
	Level     string // of a share: positive, negative, neutral, unsure, a code, an option; of_high, strict, at_60
	Survey    string // id, or average
	Wave      string // id; for an average the latest waves joined by +
	Breakdown string // "" for everyone; a variable; crossed ones joined by :
	Category  string // the category; crossed ones joined by :
	Contrast  string // of a difference: wave, survey, category
	Versus    string // of a difference: the earlier wave, the first survey, rest
}

// Row is one number in full precision, before protection.
type Row struct {
	Key
	Unit       string // score, points, percent, scale
	Definition string
	BaseRule   string
	Status     string // "", x, w, z or b
	Flags      string // u

	Estimate, SE, Lower, Upper number.Value
	Base                       int          // unweighted respondents
	WeightedBase               number.Value // sum of the base's weights over the mean weight of the wave's respondents; means and shares
	EffectiveBase, Deff, DF    number.Value
	PValue                     number.Value

	Unraked number.Value // the estimate with the design's weights alone, where raked ones are used

	// What protection needs to know and nobody else may see.

	Respondents   int          // of the category or, for everyone, of the wave, whatever they answered
	Count         int          // unweighted respondents in the numerator of a share
	Options       []int        // of an item's share unsure: unweighted respondents by option; nil where nobody
	Joint         []int        // of a quadrant's share: respondents of the domain by their states on all sides; see measure.Sides
	Squares       number.Value // of a construct's mean: the sum of squared scores, were weights equal
	Organisations int          // organisations in the domain, where the breakdown is by organisation; else -1
	RestBase      int          // of a difference from the rest: the rest's respondents
	Parts         []string     // of an average: the surveys in it
	Stat          string       // for a difference: the statistic that is compared (mean or share)
}
