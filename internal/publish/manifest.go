package publish

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/caregap/caregap/internal/study"
)

// SchemaVersion is the version of the manifests' and tables' layout. It rises
// when a reader of the last one would be misled.
const SchemaVersion = 1

// Manifest is public/manifest.json: what a release is and rests on. It holds
// nothing that differs between two runs of the same inputs.
type Manifest struct {
	SchemaVersion int      `json:"schema_version"`
	ID            string   `json:"id"`
	Version       string   `json:"version"` // of the program
	Study         Titles   `json:"study"`
	Against       string   `json:"against,omitempty"`      // release that it replaced, was compared with and audited against
	AlsoAgainst   []string `json:"also_against,omitempty"` // other releases that it was audited against
	Settings      Settings `json:"settings"`
	Counts        Counts   `json:"counts"`
	Inputs        []Input  `json:"inputs"`
}

// Titles say which study it is.
type Titles struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Notice string `json:"notice,omitempty"`
}

// Settings are those of study.yaml that change what is published.
type Settings struct {
	Surveys          []string   `json:"surveys"` // those that took part
	Breakdowns       [][]string `json:"breakdowns"`
	SamePeople       [][]string `json:"same_people"`
	Confidence       float64    `json:"confidence"`
	Meaningful       float64    `json:"meaningful"`
	MinBase          int        `json:"min_base"`
	MinCount         int        `json:"min_count"`
	Sensitive        []string   `json:"sensitive"`
	SensitiveAll     bool       `json:"sensitive_all"`
	DistributionBase int        `json:"distribution_base"`
	Decimals         int        `json:"decimals"`
	KeepReleases     int        `json:"keep_releases"`
	Weights          []Weights  `json:"weights,omitempty"`
}

// Weights are a survey's, where they are raked to population totals.
type Weights struct {
	Survey string    `json:"survey"`
	Rake   string    `json:"rake"`             // file of the totals, which is among the inputs
	Bounds []float64 `json:"bounds,omitempty"` // lower and upper
}

// Counts count the rows of tables/estimates.csv.
type Counts struct {
	Published  int `json:"published"`  // with figures
	Suppressed int `json:"suppressed"` // with status c
}

// PrivateManifest is private/manifest.json: the public one with what belongs to
// this very run.
type PrivateManifest struct {
	Manifest
	KeyID    string    `json:"key_id"` // names the key that hashed ids, and tells nothing of it
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished"`
}

// TitlesOf returns the study's titles.
func TitlesOf(s *study.Study) Titles { return Titles{ID: s.ID, Title: s.Title, Notice: s.Notice} }

// SettingsOf returns the study's settings.
func SettingsOf(s *study.Study) Settings {
	d := s.Disclosure
	surveys := make([]string, len(s.Surveys))
	for i, v := range s.Surveys {
		surveys[i] = v.ID
	}
	return Settings{
		Surveys: surveys, Breakdowns: lists(s.Breakdowns), SamePeople: lists(s.SamePeople),
		Confidence: s.Confidence, Meaningful: s.Meaningful,
		MinBase: d.MinBase, MinCount: d.MinCount, DistributionBase: d.DistributionBase,
		Decimals: d.Decimals, KeepReleases: d.KeepReleases,
		Sensitive: append([]string{}, d.Sensitive...), SensitiveAll: d.SensitiveAll, Weights: weightsOf(s),
	}
}

// weightsOf lists the weights of the surveys that took part.
func weightsOf(s *study.Study) []Weights {
	var out []Weights
	for id, w := range s.Weights.All() {
		if s.Survey(id) == nil {
			continue
		}
		x := Weights{Survey: id, Rake: study.PublicName(w.File)}
		if w.Bounded() {
			x.Bounds = []float64{w.Bounds.Lower, w.Bounds.Upper}
		}
		out = append(out, x)
	}
	return out
}

// lists copies lists of names; none is an empty list, as JSON has null apart.
func lists[L ~[]string](from []L) [][]string {
	to := make([][]string, len(from))
	for i, l := range from {
		to[i] = append([]string{}, l...)
	}
	return to
}

// EncodeManifest writes a Manifest or PrivateManifest as JSON: fields in the
// order of the struct, indented, with a line end.
func EncodeManifest[M Manifest | PrivateManifest](m M) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return nil, fmt.Errorf("write the manifest: %w", err)
	}
	return b.Bytes(), nil
}

// DecodeManifest reads what EncodeManifest wrote, and what later versions add.
func DecodeManifest[M Manifest | PrivateManifest](data []byte) (M, error) {
	var m M
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("read the manifest: %w", err)
	}
	return m, nil
}
