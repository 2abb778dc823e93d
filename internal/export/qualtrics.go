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

// qualtricsOwn are the platform's own columns, of all exporters, squeezed.
var qualtricsOwn = map[string]Role{
	"responseid": RoleID, "recordid": RoleID,
	"startdate": RoleTime, "enddate": RoleTime, "recordeddate": RoleTime, "durationinseconds": RoleTime,
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
	"startdate", "enddate", "status", "progress", "durationinseconds", "finished", "recordeddate", "responseid",
	"distributionchannel", "userlanguage",
}

// qualtricsResponse tells the cells of responses from the texts of headings.
var qualtricsResponse = map[string]func(string) bool{
	"startdate": isTime, "enddate": isTime, "recordeddate": isTime, "progress": isNumber, "durationinseconds": isNumber,
	"responseid": responseID.MatchString, "finished": isTrueOrFalse, "status": isNumber, "userlanguage": language.MatchString,
}

var language = regexp.MustCompile(`^[A-Z]{2}(-[A-Z]{2})?$`)

func isTrueOrFalse(cell string) bool {
	return slices.Contains([]string{"true", "false", "0", "1"}, strings.ToLower(cell))
}

var (
	responseID = regexp.MustCompile(`^R_[A-Za-z0-9]{11,17}$`)
	legacyName = regexp.MustCompile(`^V([1-9]|10)$`)
)

func (q qualtrics) Score(h Head) (int, []string) {
	if row := importRow(h); row >= 0 {
		return certain, []string{fmt.Sprintf("row %d of the headings holds Qualtrics' import ids", row+1)}
	}
	if q.legacy(h) {
		return certain, []string{"headings V1, V2, ... over names such as ResponseID"}
	}
	var found []string
	seconds := false // no other platform calls its duration so
	for i := range h.Width() {
		if name := squeeze(h.At(0, i)); slices.Contains(qualtricsSignature, name) {
			found = append(found, label(h.At(0, i)))
			seconds = seconds || name == "durationinseconds"
		}
	}
	reasons := []string{"headings " + strings.Join(found, ", ")}
	switch ids := hasResponseID(h); {
	case len(found) >= 4:
		return likely + len(found), reasons
	case ids && len(found) > 0:
		return likely, []string{reasons[0] + ", and response ids that begin with R_"}
	case ids, seconds && len(found) > 1:
		return possible, reasons
	}
	return 0, nil
}

// hasResponseID reports whether a column of the first responses holds the
// platform's ids. Where one stands in the first row, there are no headings.
func hasResponseID(h Head) bool {
	if slices.ContainsFunc(h.Rows[0], responseID.MatchString) {
		return false
	}
	for row := 1; row < min(maxHeadings, len(h.Rows)); row++ {
		if slices.ContainsFunc(h.Rows[row], responseID.MatchString) {
			return true
		}
	}
	return false
}

// importRow is the row, from 0, whose cells are import ids, or -1. The names above
// them are no title: they fill their row.
func importRow(h Head) int {
	for row := range min(3, len(h.Rows)) {
		for i := range h.Width() {
			if importID(h.At(row, i)) != "" && 2*said(h.Rows[0]) >= said(h.Rows[row]) {
				return row
			}
		}
	}
	return -1
}

// legacy recognises names such as V1 over the names of the platform's own columns,
// whichever of them are left.
func (qualtrics) legacy(h Head) bool {
	n := 0
	for i := range h.Width() {
		if _, own := qualtricsOwn[squeeze(h.At(1, i))]; own && legacyName.MatchString(h.At(0, i)) {
			n++
		}
	}
	return n >= 3
}

func (q qualtrics) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: q.Name(), SeenUnanswered: "-99", Separator: ","}
	ids := importRow(h)
	switch headings := h.response(h.probes(qualtricsResponse)); {
	case ids >= 0:
		l.Variant, l.HeaderRows = "current", max(ids+1, headings)
		if slices.ContainsFunc(h.Rows[ids], pythonID.MatchString) {
			l.Variant = "2016 to 2020"
		}
	case q.legacy(h):
		l.Variant, l.HeaderRows = "legacy", 2
	case headings > 1:
		l.Variant, l.HeaderRows = "no import ids", headings
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

func (qualtrics) column(h Head, l Layout, i, ids int) Column {
	c := Column{Position: i + 1, Code: label(h.At(0, i)), Role: RoleQuestion}
	c.Text = c.Code
	switch { // the row of texts may have been removed, or come last
	case l.HeaderRows > 1 && ids != 1:
		c.Text = label(h.At(1, i))
	case l.HeaderRows > 2:
		c.Text = label(h.At(2, i))
	}
	if ids >= 0 {
		c.ID = importID(h.At(ids, i))
	}
	if ids == 0 { // so may have been the names
		c.Code, c.Text = c.ID, c.ID
	}
	for _, name := range []string{squeeze(c.Code), fold.String(c.Text), squeeze(c.ID)} {
		if role, own := qualtricsOwn[name]; own && !strings.HasPrefix(c.ID, "QID") {
			c.Role = role
			return c
		}
	}
	if c.Code == "" && c.Text == "" || ids >= 0 && !strings.HasPrefix(c.ID, "QID") || strings.Contains(c.ID, "Topics") {
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
			return squeeze(c.Code) == name || squeeze(c.Text) == name || squeeze(c.ID) == name
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
	// as exports in other languages may have it
	"umfragevorschau": "preview", "umfragenvorschau": "preview", "vorschau der umfrage": "preview", "vorschau": "preview", "umfragetest": "test", "testumfrage": "test",
	"aperçu de l'enquête": "preview", "aperçu du questionnaire": "preview", "aperçu": "preview", "test de l'enquête": "test", "test du questionnaire": "test",
	"vista previa de la encuesta": "preview", "vista previa": "preview", "prueba de la encuesta": "test", "prueba de encuesta": "test",
	"anteprima del sondaggio": "preview", "anteprima dell'indagine": "preview", "anteprima": "preview", "test del sondaggio": "test", "test dell'indagine": "test",
	"enquêtevoorbeeld": "preview", "voorbeeld van enquête": "preview", "enquêtetest": "test", "visualização da pesquisa": "preview", "teste de pesquisa": "test",
	"correo no deseado": "spam", "preview": "preview", "test": "test",
}

// finishedWords say that a response is finished: what the platform writes, and what
// spreadsheets of other languages and people make of it.
var finishedWords = []string{"1", "true", "yes", "y", "finished", "complete", "completed", "wahr", "vrai", "verdadero", "vero", "waar"}

func finished(cell []byte) bool {
	cell = bytes.TrimSpace(cell)
	return slices.ContainsFunc(finishedWords, func(word string) bool { return bytes.EqualFold(cell, []byte(word)) })
}

func complete(cell []byte) bool { return bytes.Equal(bytes.TrimSpace(cell), []byte("100")) }
