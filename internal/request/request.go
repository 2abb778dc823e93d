// Package request answers requests for estimates: one JSON object asks for one
// statistic of one design, and the answer has the form in which R's survey package
// was asked for the reference values.
//
//  1. Parse reads a request strictly: what it does not know is an error with the
//     path to it. Columns tells which columns it needs.
//  2. Load reads the columns of all requests from the file, once.
//  3. Data.Answer makes the design, takes its steps in their order, and makes the
//     statistic, of everyone or of each group. Columns as categories, designs and
//     samples are made once and shared by requests that say the same.
//  4. Run answers many side by side, in their order. A wrong request fails alone.
//
// Answers are R's, as far as a number is to be had; what is not, is null. An
// error says what is wrong and never holds a value of the file.
package request

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/caregap/caregap/internal/survey"
)

// Request asks for one statistic.
type Request struct {
	ID           json.RawMessage // a text or a number; nil without one
	Design       Design
	Steps        []Step
	By           []string
	Stat         Stat
	Lonely       survey.Lonely
	DomainLonely bool
	Levels       map[string][]string // categories of columns, in order

	key      string // of the design with its options: what samples depend on
	stepKeys []string
}

// lonely are the options by their names in R.
var lonely = []string{"fail", "certainty", "adjust", "average", "remove"}

// ParseLonely finds an option for lonely PSUs by its name in R.
func ParseLonely(name string) (survey.Lonely, bool) {
	for i, l := range lonely {
		if l == name {
			return survey.Lonely(i), true
		}
	}
	return 0, false
}

// Parse reads a request. The request that comes with an error has its ID, if
// that can be read. Keys that a reference case has beside them - its data's name,
// what is expected, notes - are left aside.
func Parse(line []byte) (*Request, error) {
	r := &Request{}
	d := &decoder{}
	line = bytes.TrimSpace(line)
	if !json.Valid(line) {
		d.add("", "no valid JSON")
		return r, d.err()
	}
	o := d.object("", line, "id", "design", "steps", "by", "stat", "lonely_psu", "adjust_domain_lonely", "levels",
		"data", "expected", "expected_survey_4_1_1", "note", "r_call", "rel_tol")
	if o.fields == nil {
		return r, d.err()
	}
	if o.has("id") {
		o.value("id")
		if t := typeOf(o.fields["id"]); t == "a text" || t == "a number" {
			r.ID = o.fields["id"]
		}
	}
	o.need("stat")
	r.Levels = o.levels("levels")
	r.Design = d.design("design", o.fields["design"])
	o.each("steps", func(path string, raw json.RawMessage) {
		r.Steps = append(r.Steps, d.step(path, raw))
		r.stepKeys = append(r.stepKeys, compacted(raw))
	})
	r.By = o.columns("by")
	o.apart("by", r.By)
	r.Stat = d.stat("stat", o.fields["stat"])
	o.designFor(r.Stat.Fn)
	r.Lonely, _ = ParseLonely(o.choice("lonely_psu", "option", lonely))
	r.DomainLonely = o.truth("adjust_domain_lonely")
	if err := d.err(); err != nil {
		return r, err
	}
	r.key = o.compact("design", "lonely_psu", "adjust_domain_lonely", "levels")
	return r, nil
}

// designFor notes a design that is missing, or that the statistic has no use for.
func (o object) designFor(fn string) {
	switch {
	case !slices.Contains(designless, fn):
		o.need("design")
	case o.has("design"):
		o.add("design", "%s knows of none", fn)
	}
}

// compact is the JSON of some fields without blanks.
func (o object) compact(keys ...string) string {
	var all string
	for _, key := range keys {
		all += compacted(o.fields[key]) + "\n"
	}
	return all
}

func compacted(raw json.RawMessage) string {
	var b bytes.Buffer
	_ = json.Compact(&b, raw) // it was valid, or is nothing
	return b.String()
}
