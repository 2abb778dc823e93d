package study

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
)

// check looks for what is wrong between and within files that could be read,
// and applies the merge rules. It finds as much as it can: a check whose ground
// is missing is left out, since that ground has its own diagnostic.
func (l *loader) check(s *Study, file *StudyFile, at, fwAt places) error {
	f := &frameworkCheck{f: s.Framework, checker: checker{l.list, fwAt}}
	f.all()
	merged := l.merge(s, file, at)
	sc := &studyCheck{s: s, file: file, checker: checker{l.list, at}}
	sc.all()
	for _, name := range l.books() {
		c := &codebookCheck{f: f, c: l.codebooks[name], waves: l.wavesOf(), merged: merged, checker: checker{l.list, l.codebooks[name].places}}
		c.all()
	}
	if !l.list.HasErrors() {
		sc.coverage()
	}
	declared := s.Framework.declared()
	merged.apply(s, l)
	return l.weights(s, file, at, merged, declared)
}

// books are the codebooks that could be read, sorted by file.
func (l *loader) books() []string {
	var names []string
	for name, c := range l.codebooks {
		if c != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// wavesOf gives the waves that each file is used for, itself or by a codebook
// that extends it.
func (l *loader) wavesOf() map[string][]string {
	out := map[string][]string{}
	for _, name := range l.books() {
		c := l.codebooks[name]
		for _, file := range c.chain {
			for _, u := range c.users {
				if !slices.Contains(out[file], u.wave) {
					out[file] = append(out[file], u.wave)
				}
			}
		}
	}
	return out
}

// checker adds problems with the values of one file.
type checker struct {
	list *diag.List
	at   places
}

// problem adds an error at the value of p.
func (c checker) problem(code string, p keyPath, format string, args ...any) {
	c.list.Errorf(code, c.at.value(p), format, args...)
}

// unknown adds an error about an id that names nothing, with the nearest.
func (c checker) unknown(p keyPath, id string, candidates []string, format string, args ...any) {
	c.list.Add(diag.Diagnostic{Code: "unknown-id", Pos: c.at.value(p), Message: fmt.Sprintf(format, args...), Hint: nearestHint(id, candidates)})
}

// twice reports the ids that a list names more than once.
func (c checker) twice(p keyPath, names Names, what string) {
	for i, n := range names {
		if n != "" && slices.Contains(names[:i], n) {
			c.problem("duplicate-id", p.to(i), "%s: %q is named twice", what, short(n))
		}
	}
}

// among reports the names that are none of the candidates.
func (c checker) among(p keyPath, names Names, candidates []string, what, kind string) {
	for i, n := range names {
		if n != "" && !slices.Contains(candidates, n) {
			c.unknown(p.to(i), n, candidates, "%s: there is no %s %q", what, kind, short(n))
		}
	}
}

// within reports a number that is out of its range.
func (c checker) within(p keyPath, ok bool, value any, expected string) {
	if c.at.sound(p) && !ok {
		c.problem("out-of-range", p, "%s%v is out of range; expected %s", p.prefix(), value, expected)
	}
}

var idPattern = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// reserved are words that results use as levels, categories or surveys.
var reserved = []string{"average", "all", "rest", "positive", "neutral", "negative", "unsure", "of_high", "strict"}

// schemaColumns are columns of the one schema, which the framework's own stand
// beside.
var schemaColumns = []string{"survey", "wave", "respondent", "completed", "weight", "design_weight", "stratum", "psu"}

// id checks the form of an id that stands at pos.
func (c checker) id(pos diag.Pos, what, id string) {
	switch {
	case id == "": // said by requirement
	case !idPattern.MatchString(id):
		c.list.Add(diag.Diagnostic{Code: "bad-id", Pos: pos, Message: fmt.Sprintf("%s id %q is not made of a-z, 0-9 and _, a letter first", what, short(id)), Hint: idHint(id)})
	case slices.Contains(reserved, id):
		c.list.Errorf("reserved-id", pos, "%s id %q is a word that results use; reserved are %s", what, id, strings.Join(reserved, ", "))
	}
}

var notInID = regexp.MustCompile(`[^a-z0-9]+`)

// idHint is the id that was likely meant.
func idHint(id string) string {
	s := strings.Trim(notInID.ReplaceAllString(strings.ToLower(id), "_"), "_")
	if idPattern.MatchString(s) && len(s) <= 60 {
		return fmt.Sprintf("such as %q", s)
	}
	return ""
}

// nearestHint names the candidate nearest to a word. Nobody means a name of
// hundreds of letters, and comparing one would take its time.
func nearestHint(word string, candidates []string) string {
	if len(word) > 200 {
		return ""
	}
	return diag.NearestHint(word, candidates)
}
