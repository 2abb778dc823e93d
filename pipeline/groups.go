package pipeline

import (
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
)

// countGroups counts a block's respondents by category, which is all that a check
// needs to tell small groups by.
func (s *waveSink) countGroups(b *normalise.Block) {
	if s.groups == nil {
		for _, v := range s.schema.Variables {
			s.groups = append(s.groups, make([]int, len(v.Variable.Categories)))
		}
	}
	for i, column := range b.Variables {
		for r, c := range column {
			if c >= 0 && int(c) < len(s.groups[i]) && (b.Weight == nil || b.Weight[r] > 0) {
				s.groups[i][c]++
			}
		}
	}
}

// proposeMerge says which groups would be shown if they were put together.
func (r *run) proposeMerge() {
	var groups []study.Group
	for _, s := range r.waves {
		for i, counts := range s.groups {
			if id := r.schema.Variables[i].ID; s.wave.Has(id) && len(counts) > 0 {
				groups = append(groups, study.Group{Survey: s.survey.ID, Wave: s.wave.ID, Variable: id, Respondents: counts})
			}
		}
	}
	if d, ok := r.study.ProposeMerge(groups); ok {
		r.diags.Add(d)
	}
}
