package pipeline

import (
	"fmt"
	"slices"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/study"
)

// mayMeet reports whether the people of a wave may be met in another: of the same
// survey, or of one that same_people names with it.
func (r *run) mayMeet(v *study.Survey) bool { return len(v.Waves) > 1 || r.linkedSurvey(v.ID) }

// linkedSurvey reports whether a survey is named in same_people.
func (r *run) linkedSurvey(id string) bool {
	return slices.ContainsFunc(r.study.SamePeople, func(group study.Names) bool { return slices.Contains(group, id) })
}

// overlaps counts the people that two surveys of one same_people group share, in
// any of their waves.
func (r *run) overlaps() []disclose.SharedPeople {
	var out []disclose.SharedPeople
	for _, group := range r.study.SamePeople {
		for i, a := range group {
			for _, b := range group[i+1:] {
				first, second := r.peopleOf(a), r.peopleOf(b)
				if len(first) == 0 || len(second) == 0 {
					r.cannotLink(a, len(first))
					r.cannotLink(b, len(second))
					continue
				}
				shared := 0
				for p := range first {
					if second[p] {
						shared++
					}
				}
				out = append(out, disclose.SharedPeople{Surveys: [2]string{a, b}, People: shared})
			}
		}
	}
	return out
}

func (r *run) peopleOf(survey string) map[uint64]bool {
	out := map[uint64]bool{}
	for _, s := range r.waves {
		if s.survey.ID == survey && s.kept != nil {
			s.kept.People(func(_ int, person uint64, _ int32) { out[person] = true })
		}
	}
	return out
}

// cannotLink warns of a survey whose exports name nobody. A survey that --survey
// leaves out is passed over.
func (r *run) cannotLink(survey string, people int) {
	v := r.study.Survey(survey)
	if people > 0 || v == nil {
		return
	}
	r.diags.Add(diag.Diagnostic{Code: "people-unknown", Severity: diag.Warning, Pos: diag.Pos{File: "study.yaml"},
		Message: fmt.Sprintf("same_people names survey %q, but none of its respondents has a person: who answered twice cannot be told", survey),
		Hint:    "name the column that tells people apart as person: in its codebook"})
}
