package example

// traits is what someone has of will, ability and capacity, in thousandths of a
// standard deviation from the average respondent.
type traits [3]int

const (
	will = iota
	ability
	capacity
)

func (t traits) plus(others ...traits) traits {
	for _, o := range others {
		for i := range t {
			t[i] += o[i]
		}
	}
	return t
}

// Categories are indices into these lists. The groups are meant to be of very
// unequal size, and two of the staff groups to be tiny.
const (
	staffMedical = iota
	staffNursing
	staffAHP
	staffTechnical
	staffSupport
	staffScientists
	staffAdmin
	staffManagement
)

var (
	staffWeights = []int{110, 505, 165, 16, 62, 13, 92, 37}
	staffEffects = []traits{
		staffMedical:    {120, 300, -60},
		staffNursing:    {30, -40, -140},
		staffAHP:        {160, -60, -40},
		staffTechnical:  {60, 180, 120},
		staffSupport:    {-120, -320, -60},
		staffScientists: {280, 420, 260},
		staffAdmin:      {-330, -280, 240},
		staffManagement: {-40, 60, 380},
	}

	gradeWeights = []int{28, 84, 268, 62, 558}
	gradeEffects = []traits{{140, -420, -200}, {170, -260, -180}, {190, 60, -120}, {-60, -140, -60}, {-60, 110, 80}}

	regionWeights = []int{120, 140, 170, 90, 240, 130, 110}
	regionEffects = []traits{{40, 20, -20}, {0, 0, 60}, {-30, -40, -60}, {20, 40, 0}, {60, 90, 80}, {-10, 10, -70}, {30, -20, 20}}

	settingEffects = []traits{{190, -120, -150}, {-50, 40, 50}} // rural, city

	sexWeights = []int{560, 425, 6, 9}
	sexEffects = []traits{{20, -130, -140}, {-20, 130, 140}, {0, 0, 0}, {0, 0, 0}}

	experienceWeights = []int{110, 290, 240, 230, 130}
)

// weightOf is the respondent's sampling weight in ten-thousandths: grades and
// sexes answer unequally, and London more than others.
func weightOf(p person) int {
	grade := []int{1720, 1460, 1030, 1240, 890}[p.grade]
	sex := []int{940, 1090, 1000, 1000}[p.sex]
	region := []int{1060, 1020, 1100, 1150, 820, 1010, 1080}[p.region]
	return grade * sex / 1000 * region / 100
}
