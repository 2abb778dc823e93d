package attack

import "math"

// What enumeration may cost: answers of so many respondents at the most, and so
// many ways in which they may have answered.
const (
	mostAnswers = 60
	mostWays    = 300000
)

// enumerate goes through all ways in which the respondents of a small domain may
// have answered a question, as far as what is known of them allows: whole numbers
// that fit a base, a mean with its error, and whatever else was shown.
func (s *search) enumerate() error {
	for _, f := range s.fronts {
		if f.weights != nil {
			continue
		}
		for d := range f.domains.list {
			for _, id := range s.study.Framework.Items.IDs() {
				if x := f.items[id]; x != nil && s.wanted(f, d, x) {
					if err := s.ways(f, d, x); err != nil {
						return err
					}
				}
			}
		}
	}
	if err := s.s.propagate(); err != nil {
		return err
	}
	s.mark("enumeration")
	return nil
}

// wanted reports whether there is a target among an item's answers in a domain.
func (s *search) wanted(f *front, d int, x *item) bool {
	base := f.counts[d][x.answered]
	if !s.s.fixed(base) || s.s.lo[base] > mostAnswers {
		return false
	}
	for _, t := range s.targets {
		if t.found == "" && t.front == f && t.d == d && t.among(f.counts[d], x) {
			return true
		}
	}
	return false
}

// among reports whether a target is made of an item's answers.
func (t *target) among(v []int, x *item) bool {
	own := map[int]bool{v[x.answered]: true}
	for _, q := range x.options {
		own[v[q]] = true
	}
	return t.inside(func(v int) bool { return own[v] })
}

// ways tries all answers and keeps what is possible of each option and target.
func (s *search) ways(f *front, d int, x *item) error {
	e := &enumeration{s: s.s, vars: terms(f.counts[d], ones(x.options)), total: math.Round(s.s.lo[f.counts[d][x.answered]])}
	e.gather()
	for _, t := range s.targets {
		if t.found == "" && t.front == f && t.d == d && t.among(f.counts[d], x) {
			e.targets = append(e.targets, t)
		}
	}
	e.start()
	e.try(0, e.total)
	if e.visited > mostWays {
		s.given++
		return nil
	}
	if e.possible == 0 {
		return contradiction("no answers fit " + s.describe(e.vars[0].v))
	}
	for i, v := range e.vars {
		if _, err := s.s.tighten(v.v, e.low[i], e.high[i]); err != nil {
			return err
		}
	}
	for i, t := range e.targets {
		if t.count == nil {
			if e.most[i] <= t.truth+t.half+1e-9 && e.least[i] >= t.truth-t.half-1e-9 {
				t.found = "enumeration"
			}
			continue
		}
		t.low, t.high = max(t.low, e.least[i]), min(t.high, e.most[i])
		if t.narrow() {
			t.found = "enumeration"
		}
	}
	return nil
}

// enumeration is the search through the answers to one question in one domain.
type enumeration struct {
	s           *system
	vars        []term
	total       float64
	rows        []row // of the options alone
	x           map[int]float64
	low, high   []float64
	targets     []*target
	least, most []float64
	visited     int
	possible    int
}

// gather takes the rows that speak of the options and of what is fixed.
func (e *enumeration) gather() {
	own := map[int]bool{}
	for _, v := range e.vars {
		own[v.v] = true
	}
	seen := map[int]bool{}
	for _, v := range e.vars {
		for _, i := range e.s.of[v.v] {
			if seen[i] {
				continue
			}
			seen[i] = true
			r := &e.s.rows[i]
			lo, hi := r.lo, r.hi
			var kept []term
			for _, t := range r.terms {
				if own[t.v] {
					kept = append(kept, t)
					continue
				}
				from, to := e.s.span(t)
				lo, hi = lo-to, hi-from
			}
			e.rows = append(e.rows, row{kept, lo, hi})
		}
	}
}

func (e *enumeration) start() {
	e.x = map[int]float64{}
	for range e.vars {
		e.low, e.high = append(e.low, math.Inf(1)), append(e.high, math.Inf(-1))
	}
	for range e.targets {
		e.least, e.most = append(e.least, math.Inf(1)), append(e.most, math.Inf(-1))
	}
}

// try gives option i and those after it the respondents that are left.
func (e *enumeration) try(i int, left float64) {
	v := e.vars[i].v
	lo, hi := math.Ceil(e.s.lo[v]-rounding), math.Floor(min(e.s.hi[v], left)+rounding)
	if i == len(e.vars)-1 {
		if left >= lo && left <= hi {
			e.x[v] = left
			e.visit()
		}
		return
	}
	for n := lo; n <= hi && e.visited <= mostWays; n++ {
		e.x[v] = n
		e.try(i+1, left-n)
	}
}

func (e *enumeration) value(terms []term) float64 {
	sum := 0.0
	for _, t := range terms {
		sum += t.a * e.x[t.v]
	}
	return sum
}

func (e *enumeration) visit() {
	e.visited++
	for _, r := range e.rows {
		sum := e.value(r.terms)
		if sum < r.lo-rounding || sum > r.hi+rounding {
			return
		}
	}
	e.possible++
	for i, v := range e.vars {
		e.low[i], e.high[i] = min(e.low[i], e.x[v.v]), max(e.high[i], e.x[v.v])
	}
	for i, t := range e.targets {
		value := 0.0
		if t.count == nil {
			value = e.value(t.sum) / e.total
		} else {
			for _, x := range t.count {
				if y, ok := e.x[x.v]; ok {
					value += x.a * y
				} else {
					value += x.a * e.total
				}
			}
		}
		e.least[i], e.most[i] = min(e.least[i], value), max(e.most[i], value)
	}
}
