// Package study reads the files an analyst owns - study.yaml, framework.yaml
// and the codebooks - and says all that is wrong with them at once.
//
//  1. Each file is parsed to YAML nodes and decoded strictly against the structs
//     of files.go: unknown keys, wrong types and duplicates are diagnostics with
//     line and column.
//  2. Codebooks that extend others are joined, globs are expanded, defaults set.
//  3. References are checked: every id that is named exists, every label is on
//     its scale, every category on its variable.
//
// What Load returns is complete: no default is left to later stages.
package study

import (
	"github.com/caregap/caregap/internal/diag"
)

// Study is a whole, valid study.
type Study struct {
	Dir  string // the folder that holds study.yaml; never printed
	Path string // study.yaml as the user named it

	ID, Title, Notice string
	Framework         *Framework
	Surveys           []*Survey
	Breakdowns        []Breakdown
	Weights           Map[Weights] // by survey: where weights are raked
	SamePeople        []Names
	Confidence        float64 // 0.95
	Meaningful        float64 // points
	Disclosure        Disclosure
	Published         []Published
	Merged            Map[[]MergeRule] // the merge rules; they have been applied

	// Files are the study files read, relative to Dir with slashes, sorted.
	Files []string
}

// Survey is one survey with its waves in the order of study.yaml.
type Survey struct {
	ID, Title string
	Waves     []*Wave
}

// Wave is one round of a survey. Exports are paths relative to Dir, with
// slashes, globs expanded, in the order given and sorted within a glob.
type Wave struct {
	ID        string
	Exports   []string
	Codebook  *Codebook // extends resolved; its Names are those of the file that says so
	Fieldwork Fieldwork
	Pos       diag.Pos
}

// Survey returns the survey with that id, or nil.
func (s *Study) Survey(id string) *Survey {
	for _, v := range s.Surveys {
		if v.ID == id {
			return v
		}
	}
	return nil
}

// Latest returns the survey's last wave.
func (s *Survey) Latest() *Wave { return s.Waves[len(s.Waves)-1] }

// Wave returns the wave with that id, or nil.
func (s *Survey) Wave(id string) *Wave {
	for _, w := range s.Waves {
		if w.ID == id {
			return w
		}
	}
	return nil
}
