package draft

import "slices"

// A side is what a construct of the framework stands for.
type side struct {
	id, title string
	stems     map[string]bool
}

// sides are told by words: will is motivation, ability is capability, capacity is
// opportunity - time, money, staff, managers, culture.
var sides = []side{
	{"will", "Will", stems("want wish like keen interested motivated willing enthusiastic enjoy value worth intend hope belongs")},
	{"ability", "Ability", stems("skill skilled confident confidence know knowledge able ability understand trained training experience competent familiar expertise")},
	{"capacity", "Capacity", stems("time support funding fund money resource resources staff cover covered workload manager protected facilities equipment capacity encourages backs backed allocated")},
}

// unsorted is where items go whose words do not say on which side they are.
const unsorted = "to_sort"

func stems(words string) map[string]bool {
	out := map[string]bool{}
	for w := range setOf(words) {
		out[stemOf(w)] = true
	}
	return out
}

// sideOf is the side of which a wording has more words than of any other, or
// unsorted.
func sideOf(wording string) string {
	best, most, tie := unsorted, 0, false
	for _, s := range sides {
		n := 0
		for _, w := range tokens(wording) {
			if s.stems[w] {
				n++
			}
		}
		switch {
		case n > most:
			best, most, tie = s.id, n, false
		case n == most && n > 0:
			tie = true
		}
	}
	if tie {
		return unsorted
	}
	return best
}

// against are words by which an item may be worded the other way round.
var against = setOf("not no never lack without difficult hard pressure pushed barrier prevents stops don't can't cannot isn't leave left others rarely")

func contrary(wording string) bool {
	return slices.ContainsFunc(words(wording), func(w string) bool { return against[w] })
}

// about are words of questions that say who somebody is rather than what they
// think.
var about = setOf(`age gender sex education qualification qualifications degree ethnicity ethnic income region country location role profession professional grade band
	department specialty speciality occupation employment employed staff sector marital relationship religion disability sexuality setting rural discipline institution
	organisation trust hospital county nationality language post position`)

// aboutPerson reports whether a question asks who somebody is.
func aboutPerson(q *question) bool {
	all := words(q.wording)
	if len(all) > 14 || q.grid >= 0 {
		return false
	}
	return slices.ContainsFunc(all, func(w string) bool { return about[w] })
}
