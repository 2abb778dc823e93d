package survey

// Estimate gives the numbers of a statistic with their covariance. Rows that the
// statistic cannot take, because one of its values is missing, count as outside.
// The error is a *Problems for strata with one PSU, or what the statistic finds.
func (s *Sample) Estimate(st Statistic) (*Estimates, error) {
	p, err := s.part(st, s.rows())
	if err != nil {
		return nil, err
	}
	out := s.estimates(p)
	if s.reps != nil {
		out.V, out.Undefined = s.reps.covariance(out.Theta, s.replicateEstimates(p))
		return out.finished(st), nil
	}
	plan, err := s.design.plan(func() []int32 { return s.stay(p.kept) })
	if err != nil {
		return nil, err
	}
	out.V = s.linearised([]*part{p}).covariance(plan, false)
	return out.finished(st), nil
}

// part is a statistic on some of the rows.
type part struct {
	st    byRow
	given []int32 // rows with a weight
	kept  []int32 // rows that the statistic can take, those of weight 0 included
	rows  []int32 // both
	theta []float64
}

func (s *Sample) part(st Statistic, rows []int32) (*part, error) {
	p := &part{kept: rows, given: weighted(rows, s.weights)}
	if l, ok := st.(Listwise); ok {
		kept, err := l.Observed(rows)
		if err != nil {
			return nil, err
		}
		p.kept = kept
	}
	p.rows = weighted(p.kept, s.weights)
	p.st = s.byRow(st)
	p.theta = p.st.estimateAt(p.rows, s.weights)
	return p, nil
}

// stay are the rows that a sample has left when kept are those that take part: all
// of them where weights were adjusted.
func (s *Sample) stay(kept []int32) []int32 {
	if s.Adjusted() {
		return s.rows()
	}
	return kept
}

// estimates are those of a part without their covariance.
func (s *Sample) estimates(p *part) *Estimates {
	out := &Estimates{Theta: p.theta, N: len(p.rows), Missing: len(p.given) - len(p.rows), SumWeights: sumWeights(p.rows, s.weights), rounding: s.rounding()}
	out.DF = s.dfOfRows(p.given)
	out.DFObserved = out.DF
	if out.Missing > 0 {
		out.DFObserved = s.dfOfRows(p.rows)
	}
	out.nobs = out.N
	if s.reps != nil {
		out.nobs = len(p.kept) // R counts rows of weight 0 here
	}
	if st, ok := p.st.(simple); ok {
		out.simple = st.simpleVariance(p.rows, s.weights, p.theta, out.nobs)
	}
	return out
}

// linearisation has the unit totals of parts, by stage and then part. Where weights
// were adjusted all columns are in one block, as adjustments reach every row.
type linearisation struct {
	stages [][]*block
}

func (s *Sample) linearised(parts []*part) *linearisation {
	l := &linearisation{stages: make([][]*block, len(s.design.stages))}
	talliers := make([]*tallier, len(s.design.stages))
	for i, stage := range s.design.stages {
		talliers[i] = newTallier(stage)
	}
	if s.Adjusted() {
		l.add(talliers, s.rows(), s.residuals(parts))
		return l
	}
	for _, p := range parts {
		l.add(talliers, p.rows, s.columns(p))
	}
	return l
}

// columns calls use with x = w z of each number of a part, for each of its rows.
// x is overwritten by the next.
func (s *Sample) columns(p *part) func(use func(x []float64)) {
	return func(use func(x []float64)) {
		x := make([]float64, len(p.rows))
		fill := p.st.lineariseAt(p.rows, s.weights, p.theta)
		for i := range p.theta {
			fill(i, x)
			for j, k := range p.rows {
				x[j] *= s.weights[k]
			}
			use(x)
		}
	}
}

// residuals does the same for all parts in turn, for every row that the sample has,
// with the residuals of the adjustments in the order they were made.
func (s *Sample) residuals(parts []*part) func(use func(x []float64)) {
	rows, all := s.rows(), make([]float64, len(s.weights))
	left := make([]float64, len(rows))
	return func(use func(x []float64)) {
		for _, p := range parts {
			s.columns(p)(func(x []float64) {
				clear(all)
				for j, k := range p.rows {
					all[k] = x[j]
				}
				for _, r := range s.steps {
					r.Residual(all)
				}
				for j, k := range rows {
					left[j] = all[k]
				}
				use(left)
			})
		}
	}
}

func (l *linearisation) add(talliers []*tallier, rows []int32, columns func(use func(x []float64))) {
	tallies := make([]*tally, len(talliers))
	blocks := make([]*block, len(talliers))
	for i, t := range talliers {
		tallies[i] = t.of(rows)
		blocks[i] = &block{units: tallies[i].units}
	}
	columns(func(x []float64) {
		for i, t := range tallies {
			blocks[i].values = append(blocks[i].values, t.sums(x))
		}
	})
	for i, b := range blocks {
		l.stages[i] = append(l.stages[i], b)
	}
}

// covariance is that of all columns.
func (l *linearisation) covariance(p plan, apart bool) [][]float64 {
	size := 0
	for _, b := range l.stages[0] {
		size += len(b.values)
	}
	v := squareMatrix(size)
	for i, stage := range p {
		centred := make([]*block, len(l.stages[i]))
		for j, b := range l.stages[i] {
			centred[j] = stage.centred(b)
		}
		stage.covariance(centred, apart, v)
	}
	return v
}

// one is the part of the linearisation that is of one block.
func (l *linearisation) one(block int) *linearisation {
	out := &linearisation{}
	for _, blocks := range l.stages {
		out.stages = append(out.stages, blocks[block:block+1])
	}
	return out
}

// byRow lets a statistic that looks at all rows have a list of them.
func (s *Sample) byRow(st Statistic) byRow {
	if b, ok := st.(byRow); ok {
		return b
	}
	return everyRow{st}
}

type everyRow struct{ Statistic }

func (d everyRow) estimateAt(rows []int32, w []float64) []float64 {
	return d.Estimate(masked(rows, w))
}

func (d everyRow) lineariseAt(rows []int32, w, theta []float64) func(i int, z []float64) {
	w, all := masked(rows, w), make([]float64, len(w))
	return func(i int, z []float64) {
		d.Linearise(w, theta, i, all)
		for j, k := range rows {
			z[j] = all[k]
		}
	}
}

// masked are the weights of rows, and 0 elsewhere.
func masked(rows []int32, w []float64) []float64 {
	out := make([]float64, len(w))
	for _, k := range rows {
		out[k] = w[k]
	}
	return out
}
