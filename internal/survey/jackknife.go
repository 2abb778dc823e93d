package survey

// jackknife are replicates that leave out a PSU each.
type jackknife struct {
	deletions []deletion
	psus      int
	strata    [][]int32 // PSUs of the strata that have a replicate for each of them
	simple    bool      // there are no other replicates
}

// deletion leaves out a PSU and multiplies others by factor: those of its
// stratum, or all.
type deletion struct {
	psu     int32
	stratum int32 // -1: all others
	factor  float64
}

func (j *jackknife) fill(r int, f []float64) {
	d := j.deletions[r]
	if d.stratum < 0 {
		fillWith(f, d.factor)
	} else {
		fillWith(f, 1)
		for _, p := range j.strata[d.stratum] {
			f[p] = d.factor
		}
	}
	f[d.psu] = 0
}

// rank of the multipliers of the PSUs with a size above 0. The row of a PSU is 1
// for every replicate plus a row that is 0 outside its stratum and adds up to 0
// over it. So a whole stratum gives the row of ones and n_h - 1 more, a part of
// one a row for each PSU, and any PSU without replicates the row of ones.
func (j *jackknife) rank(size []float64) int {
	rank, within, ones := 0, 0, false
	for _, psus := range j.strata {
		here := 0
		for _, p := range psus {
			if size[p] > 0 {
				here++
			}
		}
		rank, within = rank+here, within+here
		if here == len(psus) {
			rank, ones = rank-1, true
		}
	}
	for _, n := range size {
		if n > 0 {
			within--
		}
	}
	if ones || within < 0 {
		rank++
	}
	return rank
}

// makeJackknife leaves out each PSU of each stratum in turn: JK1 with one stratum,
// else JKn. The squared deviations of a stratum have their own (1 - f_h)(n_h -
// 1)/n_h (Wolter 2007, 4.5), and lonely strata are as in R's jknweights.
func makeJackknife(first *firstStage, lonely Lonely) *Replicates {
	j := &jackknife{psus: first.psus, simple: true}
	out := &Replicates{Scale: 1, factors: j}
	all := float64(len(first.strata))
	for _, h := range first.strata {
		switch n := float64(len(h.psus)); {
		case h.takenWhole():
		case len(h.psus) > 1:
			j.addStratum(h.psus)
			for range h.psus {
				out.RScales = append(out.RScales, (1-h.fraction)*(n-1)/n)
			}
		case lonely == LonelyAdjust && all > 1:
			j.deletions = append(j.deletions, deletion{h.psus[0], -1, all / (all - 1)})
			out.RScales = append(out.RScales, (all-1)/all)
			j.simple = false
		default:
			out.Fixed = append(out.Fixed, h.name)
		}
	}
	if lonely == LonelyAverage && len(out.RScales) > 0 {
		out.Scale = float64(first.psus) / float64(len(out.RScales))
	}
	return out
}

//gosec:disable G115 -- strata are no more than rows, which are counted in int32
func (j *jackknife) addStratum(psus []int32) {
	n := float64(len(psus))
	for _, p := range psus {
		j.deletions = append(j.deletions, deletion{p, int32(len(j.strata)), n / (n - 1)})
	}
	j.strata = append(j.strata, psus)
}

// adder takes the PSU left out from sums made once: those of everyone, and of each
// stratum. What a replicate changes is then the same however many PSUs there are.
func (j *jackknife) adder(t [][]float64) func(r int, sums []float64) {
	all := make([]float64, len(t[0]))
	for _, x := range t {
		addScaled(all, 1, x)
	}
	strata := make([][]float64, len(j.strata))
	for h, psus := range j.strata {
		strata[h] = make([]float64, len(all))
		addUp(t, psus, strata[h])
	}
	return func(r int, sums []float64) {
		d := j.deletions[r]
		if d.stratum < 0 {
			addScaled(sums, d.factor, all)
		} else {
			addScaled(sums, 1, all)
			addScaled(sums, d.factor-1, strata[d.stratum])
		}
		addScaled(sums, -d.factor, t[d.psu])
	}
}
