package attack

import (
	"fmt"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/study"
)

// domain is everyone, or those of some categories: by the place of each variable
// its category, the last of which is "none given".
type domain struct {
	variables  []int
	categories []int
}

// addition says that the respondents of one domain are those of others.
type addition struct {
	whole int
	parts []int
}

// domains are all domains of a wave that its breakdowns speak of, those that have
// no row included.
type domains struct {
	list      []domain
	at        map[string]int
	additions []addition
	named     map[[2]string]int // by breakdown and category
}

// newDomains lists the domains of a wave's breakdowns: each breakdown's variables,
// and every choice of some of them, as a crossed breakdown adds up along each of
// its variables.
func newDomains(s *study.Study, asked func(variable string) bool) *domains {
	d := &domains{at: map[string]int{}, named: map[[2]string]int{}}
	d.place(domain{})
	done := map[string]bool{}
	for _, b := range s.Breakdowns {
		var variables []int
		for _, id := range b {
			if !asked(id) {
				variables = nil
				break
			}
			variables = append(variables, s.Framework.Variables.Index(id))
		}
		sort := slices.Sorted(slices.Values(variables))
		for set := 1; set < 1<<len(sort); set++ {
			var some []int
			for i, v := range sort {
				if set>>i&1 == 1 {
					some = append(some, v)
				}
			}
			if key := fmt.Sprint(some); !done[key] {
				done[key] = true
				d.cross(s, some)
			}
		}
		if variables != nil {
			d.name(s, b, variables)
		}
	}
	d.add(s)
	return d
}

func (x domain) key() string { return fmt.Sprint(x.variables, x.categories) }

func (d *domains) place(x domain) int {
	k := x.key()
	if at, ok := d.at[k]; ok {
		return at
	}
	d.at[k] = len(d.list)
	d.list = append(d.list, x)
	return len(d.list) - 1
}

func categories(s *study.Study, variable int) int {
	return len(s.Framework.Variables[variable].Value.Categories)
}

// cross lists every combination of categories of some variables.
func (d *domains) cross(s *study.Study, variables []int) {
	cells := []domain{{}}
	for _, v := range variables {
		var next []domain
		for _, c := range cells {
			for k := range categories(s, v) + 1 {
				next = append(next, domain{append(slices.Clone(c.variables), v), append(slices.Clone(c.categories), k)})
			}
		}
		cells = next
	}
	for _, c := range cells {
		d.place(c)
	}
}

// name finds the domains that rows name.
func (d *domains) name(s *study.Study, b study.Breakdown, variables []int) {
	for at, x := range d.list {
		if len(x.variables) != len(variables) {
			continue
		}
		var names []string
		for _, v := range variables {
			i := slices.Index(x.variables, v)
			if i < 0 || x.categories[i] == categories(s, v) {
				names = nil
				break
			}
			names = append(names, s.Framework.Variables[v].Value.Categories[x.categories[i]].ID)
		}
		if names != nil {
			d.named[[2]string{strings.Join(b, ":"), strings.Join(names, ":")}] = at
		}
	}
	d.named[[2]string{"", ""}] = 0
}

// add finds what adds up: along one more variable, a domain is the sum of its parts.
func (d *domains) add(s *study.Study) {
	d.named[[2]string{"", ""}] = 0
	for whole, x := range d.list {
		for v := range s.Framework.Variables {
			if slices.Contains(x.variables, v) {
				continue
			}
			var parts []int
			for k := range categories(s, v) + 1 {
				y := domain{slices.Clone(x.variables), slices.Clone(x.categories)}
				at, _ := slices.BinarySearch(y.variables, v)
				y.variables, y.categories = slices.Insert(y.variables, at, v), slices.Insert(y.categories, at, k)
				if place, ok := d.at[y.key()]; ok {
					parts = append(parts, place)
				}
			}
			if len(parts) > 0 {
				d.additions = append(d.additions, addition{whole, parts})
			}
		}
	}
}

// holds reports whether a respondent is in a domain.
func (x domain) holds(s *study.Study, r measuretest.Respondent) bool {
	for i, v := range x.variables {
		c := r.Variables[v]
		if c < 0 {
			c = categories(s, v)
		}
		if c != x.categories[i] {
			return false
		}
	}
	return true
}

// rest are the domains of the other categories of a single variable's category.
func (d *domains) rest(s *study.Study, at int) []int {
	x := d.list[at]
	var out []int
	for k := range categories(s, x.variables[0]) {
		if k != x.categories[0] {
			out = append(out, d.at[domain{x.variables, []int{k}}.key()])
		}
	}
	return out
}
