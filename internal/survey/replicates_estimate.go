package survey

// Smooth is a Statistic that is a function of weighted sums over the rows, as
// totals, means and ratios are. The sums of each PSU then stand for its rows, and a
// replicate costs its PSUs.
type Smooth interface {
	Statistic
	// Sums is how many sums there are.
	Sums() int
	// Add adds what row k, which was observed, has with weight w to the sums.
	Add(k int, w float64, sums []float64)
	// Of gives the numbers of the sums. A number that is not to be had is NaN.
	Of(sums []float64) []float64
}

// replicateEstimates are the numbers of parts, one after the other, in each
// replicate. Rows that a part took may have weight 0 there.
func (s *Sample) replicateEstimates(parts ...*part) [][]float64 {
	ways, byRows := make([]replicateWay, len(parts)), false
	for i, p := range parts {
		ways[i] = s.byPSU(p)
		if ways[i] == nil {
			ways[i], byRows = func(_ int, w []float64) []float64 { return p.st.estimateAt(p.rows, w) }, true
		}
	}
	each := make([][]float64, s.reps.Len())
	w, f := make([]float64, len(s.weights)), make([]float64, s.reps.psus)
	for r := range each {
		if byRows {
			s.replicate(r, w, f)
		}
		for _, way := range ways {
			each[r] = append(each[r], way(r, w)...)
		}
	}
	return each
}

// replicateWay gives a part's numbers in replicate r, where rows have weights w.
type replicateWay func(r int, w []float64) []float64

// byPSU goes by the sums of PSUs, where there are multipliers of their weights and
// the statistic is smooth; else it is nil.
func (s *Sample) byPSU(p *part) replicateWay {
	var st Statistic = p.st
	if e, ok := st.(everyRow); ok {
		st = e.Statistic
	}
	smooth, ok := st.(Smooth)
	if !ok || s.reps.columns != nil {
		return nil
	}
	add, sums := s.adder(s.sumPSUs(smooth, p.rows)), make([]float64, smooth.Sums())
	return func(r int, _ []float64) []float64 {
		fillWith(sums, 0)
		add(r, sums)
		return smooth.Of(sums)
	}
}

// sumPSUs are the sums of each PSU's rows with the weights of the full sample.
func (s *Sample) sumPSUs(st Smooth, rows []int32) [][]float64 {
	t := make([][]float64, s.reps.psus)
	for p := range t {
		t[p] = make([]float64, st.Sums())
	}
	for _, k := range rows {
		st.Add(int(k), s.weights[k], t[s.reps.psu[k]])
	}
	return t
}

// adder adds up the sums of the PSUs for a replicate.
func (s *Sample) adder(t [][]float64) func(r int, sums []float64) {
	if j, ok := s.reps.factors.(*jackknife); ok {
		return j.adder(t)
	}
	f := make([]float64, len(t))
	return func(r int, sums []float64) {
		s.reps.factors.fill(r, f)
		for p, x := range t {
			addScaled(sums, f[p], x)
		}
	}
}

func addScaled(sums []float64, by float64, x []float64) {
	for i, v := range x {
		sums[i] += by * v
	}
}

func addUp(t [][]float64, of []int32, sums []float64) {
	for _, p := range of {
		addScaled(sums, 1, t[p])
	}
}
