package export

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// qualtrics writes names, texts and import ids in three rows of headings; its
// legacy exporter names (V1..V10) and texts in two; and people remove the second
// and third. The texts are in the language of whoever exported them, so nothing
// is recognised by them except in legacy files, where they are English.
type qualtrics struct{}

func (qualtrics) Name() string { return "qualtrics" }

// qualtricsOwn are the platform's own columns, of all exporters, folded.
var qualtricsOwn = map[string]Role{
	"responseid": RoleID, "_recordid": RoleID,
	"startdate": RoleTime, "enddate": RoleTime, "recordeddate": RoleTime, "duration (in seconds)": RoleTime,
	"status": RoleStatus, "finished": RoleStatus, "progress": RoleStatus,
	"responseset": RoleOther, "distributionchannel": RoleOther, "userlanguage": RoleOther,
	"name": RolePersonal, "emailaddress": RolePersonal, "ipaddress": RolePersonal,
	"recipientlastname": RolePersonal, "recipientfirstname": RolePersonal, "recipientemail": RolePersonal,
	"externalreference": RolePersonal, "externaldatareference": RolePersonal,
	"locationlatitude": RolePersonal, "locationlongitude": RolePersonal, "locationaccuracy": RolePersonal,
}

// qualtricsSignature are the names of which four tell an export whose other
// headings were removed.
var qualtricsSignature = []string{
	"startdate", "enddate", "status", "progress", "duration (in seconds)", "finished", "recordeddate", "responseid",
	"distributionchannel", "userlanguage",
}

var responseID = regexp.MustCompile(`^R_[A-Za-z0-9]{11,17}$`)

func (q qualtrics) Score(h Head) (int, []string) {
	if row := importRow(h); row > 0 {
		return certain, []string{fmt.Sprintf("row %d of the headings holds Qualtrics' import ids", row+1)}
	}
	if q.legacy(h) {
		return certain, []string{"headings V1 to V10 over ResponseID and ResponseSet"}
	}
	var found []string
	for _, name := range qualtricsSignature {
		if i := h.find(0, name); i >= 0 {
			found = append(found, label(h.At(0, i)))
		}
	}
	id := h.find(0, "responseid")
	switch {
	case len(found) >= 4:
		return likely + len(found), []string{"headings " + strings.Join(found, ", ")}
	case id >= 0 && len(found) > 1 && (responseID.MatchString(h.At(1, id)) || responseID.MatchString(h.At(2, id))):
		return possible, []string{"headings " + strings.Join(found, ", ") + ", and response ids that begin with R_"}
	}
	return 0, nil
}

// importRow is the row, from 0, whose cells are import ids, or -1.
func importRow(h Head) int {
	for row := 1; row < 3; row++ {
		for i := range h.Width() {
			if importID(h.At(row, i)) != "" {
				return row
			}
		}
	}
	return -1
}

func (qualtrics) legacy(h Head) bool {
	for i := range 10 {
		if h.At(0, i) != fmt.Sprintf("V%d", i+1) {
			return false
		}
	}
	return fold.String(h.At(1, 0)) == "responseid" && fold.String(h.At(1, 1)) == "responseset"
}

func (q qualtrics) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: q.Name(), SeenUnanswered: "-99", Separator: ","}
	ids := importRow(h)
	switch {
	case ids > 0:
		l.Variant, l.HeaderRows = "current", ids+1
		if slices.ContainsFunc(h.Rows[ids], pythonID.MatchString) {
			l.Variant = "2016 to 2020"
		}
	case q.legacy(h):
		l.Variant, l.HeaderRows = "legacy", 2
	case q.textRow(h):
		l.Variant, l.HeaderRows = "no import ids", 2
	default:
		l.Variant, l.HeaderRows = "names only", 1
	}
	for i := range h.Width() {
		l.Columns = append(l.Columns, q.column(h, l, i, ids))
	}
	options(l.Columns)
	q.markers(&l)
	return l, nil
}

// textRow reports whether row 2 holds texts and not a response.
func (qualtrics) textRow(h Head) bool {
	id := h.find(0, "responseid")
	if id < 0 || h.At(1, id) == "" || responseID.MatchString(h.At(1, id)) {
		return false
	}
	return len(h.Rows) < 3 || responseID.MatchString(h.At(2, id))
}

func (qualtrics) column(h Head, l Layout, i, ids int) Column {
	c := Column{Position: i + 1, Code: label(h.At(0, i)), Role: RoleQuestion}
	c.Text = c.Code
	if l.HeaderRows > 1 && ids != 1 { // the row of texts may have been removed
		c.Text = label(h.At(1, i))
	}
	if ids > 0 {
		c.ID = importID(h.At(ids, i))
	}
	for _, name := range []string{c.Code, c.Text, c.ID} {
		if role, own := qualtricsOwn[fold.String(name)]; own && !strings.HasPrefix(c.ID, "QID") {
			c.Role = role
			return c
		}
	}
	if c.Code == "" && c.Text == "" || ids > 0 && !strings.HasPrefix(c.ID, "QID") || strings.Contains(c.ID, "Topics") {
		c.Role = RoleOther // embedded data, and what text analysis adds
	}
	c.Open = strings.HasSuffix(c.Code, "_TEXT") || specify.MatchString(c.Text) && strings.HasSuffix(c.ID, "TEXT")
	return c
}

// markers finds the columns that tell previews, tests, spam and unfinished rows.
func (qualtrics) markers(l *Layout) {
	for i, c := range l.Columns {
		if c.Role != RoleStatus {
			continue
		}
		is := func(name string) bool {
			return fold.String(c.Code) == name || fold.String(c.Text) == name || fold.String(c.ID) == name
		}
		switch {
		case is("status"):
			l.Status = &Status{Column: i, Reasons: qualtricsStatus}
		case is("finished"):
			l.Completion = append([]Completion{{Column: i, Done: finished}}, l.Completion...)
		case is("progress"):
			l.Completion = append(l.Completion, Completion{Column: i, Done: complete})
		}
	}
}

// qualtricsStatus has the words and the codes of the Status column; ordinary,
// imported and offline responses are real ones.
var qualtricsStatus = map[string]string{
	"survey preview": "preview", "1": "preview",
	"survey test": "test", "2": "test",
	"spam": "spam", "possible spam": "spam", "8": "spam",
}

func finished(cell []byte) bool {
	cell = bytes.TrimSpace(cell)
	return bytes.Equal(cell, []byte("1")) || bytes.EqualFold(cell, []byte("true"))
}

func complete(cell []byte) bool { return bytes.Equal(bytes.TrimSpace(cell), []byte("100")) }
