package example

import (
	"fmt"
	"strings"
)

// person is someone who may answer. The fields hold indices of categories.
type person struct {
	first, last, email string

	trust, staff, region, setting, sex, grade, experience int

	has traits
}

// trust is a made-up organisation. What its people have in common is what makes
// their answers alike, and design effects larger than one.
type trust struct {
	code            string
	region, setting int
	size            int
	common          traits
}

func newTrusts(s source, n int) []trust {
	trusts := make([]trust, n)
	for i := range trusts {
		trusts[i] = trust{
			code:    fmt.Sprintf("RX%03d", i+1),
			region:  s.pick(regionWeights),
			setting: s.pick([]int{30, 70}),
			size:    s.between(2, 12),
			common:  traits{s.normal() * 220 / 1000, s.normal() * 200 / 1000, s.normal() * 400 / 1000},
		}
	}
	return trusts
}

// newStaff draws research delivery staff, who work in the trusts.
func newStaff(s source, trusts []trust, n int) []person {
	sizes := make([]int, len(trusts))
	for i, t := range trusts {
		sizes[i] = t.size
	}
	people := make([]person, n)
	for i := range people {
		p := newPerson(s, i)
		p.trust = s.pick(sizes)
		t := trusts[p.trust]
		p.region, p.setting, p.staff = t.region, t.setting, s.pick(staffWeights)
		p.has = newTraits(s).plus(t.common, staffEffects[p.staff], sexEffects[p.sex], settingEffects[p.setting], regionEffects[p.region])
		people[i] = p
	}
	return people
}

// newPhysicians draws physicians, who are asked one by one.
func newPhysicians(s source, n int) []person {
	people := make([]person, n)
	for i := range people {
		p := newPerson(s, i)
		p.region, p.setting, p.grade = s.pick(regionWeights), s.pick([]int{260, 740}), s.pick(gradeWeights)
		p.staff = staffMedical
		p.has = newTraits(s).plus(gradeEffects[p.grade], sexEffects[p.sex], settingEffects[p.setting], regionEffects[p.region])
		people[i] = p
	}
	return people
}

func newPerson(s source, number int) person {
	first, last := firstNames[s.below(len(firstNames))], lastNames[s.below(len(lastNames))]
	return person{
		first: first, last: last,
		email:      fmt.Sprintf("%s.%s.%d@example.org", strings.ToLower(first), strings.ToLower(last), number+1),
		sex:        s.pick(sexWeights),
		experience: s.pick(experienceWeights),
	}
}

// newTraits draws three traits with a variance of one that share a fifth of it.
func newTraits(s source) traits {
	shared := s.normal()
	var t traits
	for i := range t {
		t[i] = (450*shared + 893*s.normal()) / 1000
	}
	return t
}

var firstNames = []string{
	"Alma", "Bertie", "Clover", "Dunstan", "Effie", "Fergal", "Greta", "Hamza", "Imani", "Jory", "Kezia", "Lowen",
	"Mabli", "Nadia", "Osric", "Priya", "Quentin", "Rosalind", "Senan", "Tamsin", "Ursula", "Viraj", "Winifred", "Yusuf",
}

var lastNames = []string{
	"Ashgrove", "Bellweather", "Coldstream", "Dewhurst", "Elderfield", "Fairbrook", "Greenhalt", "Hollowell", "Inglemoor", "Juniper", "Kestrelby", "Larkmead",
	"Mossbank", "Northwold", "Oakhanger", "Penhallow", "Quillon", "Ravensworth", "Silverdale", "Thistlewood", "Underhay", "Vellacott", "Winterbourne", "Yarrowby",
}
