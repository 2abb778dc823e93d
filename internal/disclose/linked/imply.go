package linked

import "slices"

// implied says that a number is known though its own rows are hidden, and by which
// cells of the domain.
type implied struct{ domain, quantity int }

// imply notes what follows from the scores that are shown: a question whose others
// are shown beside the score of all of them is as good as shown itself, where all
// rest on equally many respondents; and so is the score of one question.
func (s *System) imply(open map[[2]int]bool, know func(domain, quantity int)) {
	s.By = map[implied][]int{}
	for d := range s.Domains {
		for _, c := range s.Constructs {
			if c.Base >= 0 && len(c.Items) > 0 {
				s.implyItem(d, c, open, know)
			}
		}
		for _, side := range s.Joint.Sides {
			if side.High >= 0 && len(s.Constructs[side.Construct].Items) == 1 {
				s.implyScore(d, side, open, know)
			}
		}
	}
}

func (s *System) cellOf(quantity int) int { return s.Quantities[quantity].Cell }

func (s *System) implyItem(d int, c Construct, open map[[2]int]bool, know func(domain, quantity int)) {
	if !open[[2]int{d, s.cellOf(c.Base)}] {
		return
	}
	hidden, by := -1, []int{s.cellOf(c.Base)}
	for _, i := range c.Items {
		q := s.Items[i].Base
		if s.Truth[d][q] != s.Truth[d][c.Base] {
			return
		}
		switch {
		case open[[2]int{d, s.cellOf(q)}]:
			by = append(by, s.cellOf(q))
		case hidden >= 0:
			return
		default:
			hidden = i
		}
	}
	if hidden < 0 {
		return
	}
	x := &s.Items[hidden]
	for _, q := range slices.Concat([]int{x.Base}, x.Nets[:], x.Answers, x.Rests) {
		s.known(d, q, by, know)
	}
}

func (s *System) implyScore(d int, side Side, open map[[2]int]bool, know func(domain, quantity int)) {
	c := s.Constructs[side.Construct]
	item := s.cellOf(s.Items[c.Items[0]].Base)
	if open[[2]int{d, item}] && !open[[2]int{d, s.cellOf(c.Base)}] {
		s.known(d, side.High, []int{item}, know)
		s.known(d, c.Base, []int{item}, know)
	}
}

func (s *System) known(d, q int, by []int, know func(domain, quantity int)) {
	if q >= 0 && !s.Known[d][q] {
		know(d, q)
		s.By[implied{d, q}] = by
	}
}

// GivenBy lists the cells of a domain that give a hidden number away together.
func (s *System) GivenBy(d, q int) []int { return s.By[implied{d, q}] }
