package export

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// limeSurvey writes one row of headings: codes, texts, or both. Parts of a
// question stand in brackets.
type limeSurvey struct{}

func (limeSurvey) Name() string { return "limesurvey" }

// limeOwn are the platform's own headings, as codes and as words, folded.
var limeOwn = map[string]Role{
	"id": RoleID, "response id": RoleID, "submitdate": RoleTime, "date submitted": RoleTime, "lastpage": RoleStatus, "last page": RoleStatus,
	"startlanguage": RoleOther, "start language": RoleOther, "seed": RoleOther, "token": RolePersonal, "access code": RolePersonal,
	"startdate": RoleTime, "date started": RoleTime, "datestamp": RoleTime, "date last action": RoleTime,
	"ipaddr": RolePersonal, "ip address": RolePersonal, "refurl": RoleOther, "referrer url": RoleOther, "interviewtime": RoleTime, "total time": RoleTime,
}

// limeSignature are those that only this platform writes.
var limeSignature = []string{
	"submitdate", "date submitted", "lastpage", "last page", "startlanguage", "start language", "seed", "datestamp", "date last action", "interviewtime",
}

var (
	limeCode   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*\[[A-Za-z0-9]+\](\[\d\])?$`)
	limePart   = regexp.MustCompile(`^(.*?\S)\s*\[([^\[\]]*)\]$`)
	limeTiming = regexp.MustCompile(`^(groupTime\d+|\S+Time)$`)
	limeBoth   = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9]*(?:\[[^\[\]]*\])*)(?:\. |: | - |_\. )(.+)$`)
)

// own folds a heading for the tables above: underscores may stand for spaces, and
// a code may come before the words.
func (limeSurvey) own(heading string) string {
	name := fold.String(strings.ReplaceAll(heading, "_", " "))
	if m := limeBoth.FindStringSubmatch(heading); m != nil {
		if code := fold.String(m[1]); limeOwn[code] != "" {
			return code
		}
	}
	return name
}

func (l limeSurvey) Score(h Head) (int, []string) {
	var found []string
	parts := 0
	for i := range h.Width() {
		heading := label(h.At(0, i))
		if slices.Contains(limeSignature, l.own(heading)) {
			found = append(found, heading)
		}
		if limeCode.MatchString(heading) {
			parts++
		}
	}
	reasons := []string{"headings " + strings.Join(found, ", ")}
	if parts > 0 {
		reasons = append(reasons, plural(parts, "heading")+" such as q1[SQ001]")
	}
	switch n := len(found); {
	case n >= 3:
		return certain, reasons
	case n == 2, n == 1 && parts > 1:
		return likely, reasons
	case parts > 2:
		return possible, reasons[1:]
	}
	return 0, nil
}

func (s limeSurvey) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: s.Name(), Variant: "texts", HeaderRows: 1, Guarded: true}
	if h.find(0, "submitdate", "lastpage", "startlanguage") >= 0 {
		l.Variant = "codes"
	}
	for i := range h.Width() {
		c := s.column(label(h.At(0, i)), i)
		l.Columns = append(l.Columns, c)
		if l.Variant == "texts" && c.ID != "" {
			l.Variant = "codes and texts"
		}
		switch s.own(c.Code) {
		case "submitdate", "date submitted":
			l.Completion = []Completion{{Column: i, Done: notBlank}}
		}
	}
	return l, nil
}

func notBlank(cell []byte) bool { return len(bytes.TrimSpace(cell)) > 0 }

func (s limeSurvey) column(heading string, i int) Column {
	c := Column{Position: i + 1, Code: heading, Text: heading, Role: RoleQuestion}
	if role, own := limeOwn[s.own(heading)]; own {
		c.Role = role
		if m := limeBoth.FindStringSubmatch(heading); m != nil {
			c.ID, c.Code, c.Text = heading, m[1], m[2]
		}
		return c
	}
	switch {
	case heading == "":
		c.Role = RoleOther
		return c
	case limeTiming.MatchString(heading):
		c.Role = RoleTime
		return c
	}
	if m := limeBoth.FindStringSubmatch(heading); m != nil {
		c.ID, c.Code, c.Text = heading, m[1], m[2]
	}
	if m := limePart.FindStringSubmatch(c.Text); m != nil {
		c.Option, c.Text = m[2], join(m[1], m[2])
		part := fold.String(m[2])
		c.Open = part == "other" || part == "comment" || strings.HasSuffix(part, "comment")
	}
	return c
}
