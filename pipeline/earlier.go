package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/publish"
)

// readAgainst reads the releases named with --against. The current release is
// looked at anyway.
func (r *run) readAgainst(current string) error {
	diags := &diag.List{}
	for _, dir := range r.Against {
		e, err := publish.ReadEarlier(dir)
		if err != nil {
			diags.Add(diag.Diagnostic{Code: "no-release", Pos: diag.Pos{File: dir}, Message: err.Error()})
			continue
		}
		known := e.ID == current || slices.ContainsFunc(r.earlier, func(x disclose.Earlier) bool { return x.ID == e.ID })
		if !known {
			r.earlier = append(r.earlier, e)
		}
	}
	slices.SortFunc(r.earlier, func(a, b disclose.Earlier) int { return strings.Compare(a.ID, b.ID) })
	for _, e := range r.earlier {
		r.also = append(r.also, e.ID)
	}
	return diags.Err()
}

// name is the id of a release of these inputs: the current one's where that rests
// on the same. Any other release replaces the current one, is audited against it
// and flags what it revises; and so its id covers that, and what --against names.
func (r *run) name(store *publish.Store, current string, inputs []publish.Input) string {
	r.against = ""
	if m, ok := manifestOf(store, current); ok {
		r.against = m.Against
	}
	id := func() string {
		return publish.ID(r.Version, inputs, strings.Join(append([]string{r.against}, r.also...), " "))
	}
	if id := id(); id == current || current == "" {
		return id
	}
	r.against = current
	return id()
}

// tellEarlier says how much an earlier release keeps from being shown.
func (r *run) tellEarlier(audit *disclose.Audit) {
	if audit.Earlier == 0 {
		return
	}
	r.diags.Add(diag.Diagnostic{Code: "earlier-release", Severity: diag.Warning, Pos: diag.Pos{File: "study.yaml"},
		Message: numbersWords(audit.Earlier) + " confidential, as they could be subtracted from those of an earlier release: too few respondents have come or gone since",
		Hint:    "publish again when more have answered; with --strict such a run stops instead"})
}

// tellWhole says of which waves nothing can be shown.
func (r *run) tellWhole(audit *disclose.Audit) {
	for _, w := range audit.Whole {
		r.diags.Add(diag.Diagnostic{Code: "wave-confidential", Severity: diag.Warning, Pos: diag.Pos{File: "study.yaml"},
			Message: fmt.Sprintf("survey %q, wave %q: all of its numbers are confidential: too few respondents, or too much follows from what little could be shown", w[0], w[1]),
			Hint:    "merge small categories, or leave a breakdown or the wave out; `caregap check` proposes merges"})
	}
}

func numbersWords(n int) string {
	if n == 1 {
		return "one more number is"
	}
	return number.Count(n) + " more numbers are"
}
