package export

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fixtures is the folder of the made-up exports.
const fixtures = "../../testdata/exports"

var update = flag.Bool("update", false, "write the made-up workbooks anew")

// serial is a cell that holds a time, as Excel counts days.
type serial float64

// page is a sheet of a made-up workbook: cells are texts, numbers or serials.
type page struct {
	name   string
	hidden bool
	rows   [][]any
}

// texts makes cells of lines with bars between them.
func texts(lines ...string) (rows [][]any) {
	for _, line := range lines {
		var row []any
		for _, cell := range strings.Split(line, "|") {
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	return rows
}

// surveyMonkeyRows is a sheet as the platform writes it: times as serials, ids as
// numbers.
func surveyMonkeyRows() [][]any {
	rows := texts("Respondent ID|Start Date|What is your role?||What stops you?|", "||Response|Other (please specify)|Lack of time|Lack of funding")
	for i, answers := range texts("Doctor||Lack of time|", "Nurse|||Lack of funding", "|Porter|Lack of time|Lack of funding") {
		rows = append(rows, append([]any{114_000_000_01.0 + float64(i), serial(45352.375 + float64(i))}, answers...))
	}
	return rows
}

func formsRows() [][]any {
	rows := texts("ID|Start time|Completion time|Email|Name|Last modified time|What is your role?\u00a0|What stops you?")
	for i, answers := range texts("Doctor|Lack of time;Other;", "Nurse|Lack of funding;", "Nurse|") {
		rows = append(rows, append([]any{float64(i + 1), serial(45352.375 + float64(i)), serial(45352.379 + float64(i)), "anonymous", "", ""}, answers...))
	}
	return rows
}

var qualtricsLines = []string{
	"StartDate|Status|Progress|Finished|ResponseId|Q1|Q2_1|Q2_2", "Start Date|Response Type|Progress|Finished|Response ID|How far do you agree?|What stops you? - Time|What stops you? - Money",
	`{"ImportId":"startDate","timeZone":"Europe/London"}|{"ImportId":"status"}|{"ImportId":"progress"}|{"ImportId":"finished"}|{"ImportId":"_recordId"}|{"ImportId":"QID1"}|{"ImportId":"QID2","choiceId":"1"}|{"ImportId":"QID2","choiceId":"2"}`,
	"2024-03-01 09:00:00|IP Address|100|True|R_000000000000001|Agree|Time|", "2024-03-01 09:10:00|Survey Preview|100|True|R_000000000000002|Disagree||Money", "2024-03-02 09:00:00|IP Address|60|False|R_000000000000003|||",
}

// books are the made-up workbooks. The one of Microsoft Forms has what theirs have:
// a prefix on every element, and a dimension that is wrong.
var books = []struct {
	name, prefix, dimension string
	pages                   []page
}{
	{"qualtrics-three.xlsx", "", "A1:H6", []page{{"Sheet0", false, texts(qualtricsLines...)}}},
	{"qualtrics-two.xlsx", "", "A1:H5", []page{{"Sheet0", false, texts(append([]string{qualtricsLines[0], qualtricsLines[1]}, qualtricsLines[3:]...)...)}}},
	{"surveymonkey.xlsx", "", "", []page{
		{"Notes", false, texts("Exported for the steering group", "Ask the survey team before use")},
		{"Sheet", false, surveyMonkeyRows()},
		{"Old", true, texts("Respondent ID|What is your role?", "|Response")},
	}},
	{"msforms.xlsx", "x:", "A1", []page{{"Sheet1", false, formsRows()}}},
	{"googleforms.xlsx", "", "A1:C4", []page{{"Form Responses 1", false, append(texts("Timestamp|What is your role?|What stops you?", "||"),
		[]any{serial(45352.375), "Doctor", "Lack of time, Other"}, []any{serial(45353.5), "Nurse", ""})}}},
	{"generic-sheets.xlsx", "", "A1", []page{
		{"About", false, texts("What|Staff survey 2024", "Who|Made up")},
		{"Headings", false, texts("Role|Trust|Skills")},
		{"Data", false, texts("Staff survey 2024|||", "|||", "||Role|Trust|Skills|Time", "||Doctor|A|Agree|Disagree", "||Nurse|A|Agree|Agree", "||Nurse|B|Disagree|", "|||||")},
		{"Pivot", false, texts("Row Labels|Agree|Grand Total", "Doctor|1|1")},
		{"Raw", true, texts("Role|Trust|Skills", "Doctor|A|Agree")},
	}},
	{"ambiguous.xlsx", "", "", []page{{"2023", false, texts("Role|Trust|Skills", "Doctor|A|Agree")}, {"2024", false, texts("Role|Trust|Skills", "Doctor|A|Agree")}}},
	{"not-summary.xlsx", "", "", []page{
		{"Question 1", false, texts("What is your role?||", "Answer Choices|Responses|", "Doctor|40.00%|160", "|Answered|160", "|Skipped|3")},
		{"Question 2", false, texts("What stops you?||", "Answer Choices|Responses|", "Time|40.00%|160", "|Answered|160", "|Skipped|3")},
	}},
}

// TestFixtureBooks proves that the workbooks are what is made here.
func TestFixtureBooks(t *testing.T) {
	for _, b := range books {
		want := bookBytes(t, b.prefix, b.dimension, b.pages)
		name := filepath.Join(fixtures, b.name)
		if *update {
			if err := os.WriteFile(name, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(name)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what is made here (%v): go test ./internal/export -run FixtureBooks -update", b.name, err)
		}
	}
}

// bookBytes writes a workbook, uncompressed so that its bytes are always the same.
func bookBytes(t *testing.T, prefix, dimension string, pages []page) []byte {
	const (
		office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		rels   = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	)
	xmlns := `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	if prefix != "" {
		xmlns = `xmlns:` + strings.TrimSuffix(prefix, ":") + strings.TrimPrefix(xmlns, "xmlns")
	}
	el := func(name, attrs, content string) string {
		return "<" + prefix + name + attrs + ">" + content + "</" + prefix + name + ">"
	}
	shared := &sharedTexts{at: map[string]int{}}
	var sheets, relations strings.Builder
	var parts []string
	for i, p := range pages {
		state := ""
		if p.hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&sheets, `<%ssheet name="%s" sheetId="%d"%s r:id="r%d"/>`, prefix, p.name, i+1, state, i)
		fmt.Fprintf(&relations, `<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i, office, i+1)
		size := ""
		if dimension != "" {
			size = "<" + prefix + `dimension ref="` + dimension + `"/>`
		}
		content := size + el("sheetData", "", rowsXML(el, p.rows, shared))
		parts = append(parts, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), el("worksheet", " "+xmlns, content))
	}
	styles := el("numFmts", "", "<"+prefix+`numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/>`) +
		el("cellXfs", "", "<"+prefix+`xf numFmtId="0"/><`+prefix+`xf numFmtId="164" applyNumberFormat="1"/>`)
	parts = append(parts,
		"xl/workbook.xml", el("workbook", " "+xmlns+` xmlns:r="`+office+`"`, el("sheets", "", sheets.String())),
		"xl/_rels/workbook.xml.rels", rels+relations.String()+`<Relationship Id="s" Type="`+office+`/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t" Type="`+office+`/styles" Target="styles.xml"/></Relationships>`,
		"xl/sharedStrings.xml", el("sst", " "+xmlns, shared.xml(el)),
		"xl/styles.xml", el("styleSheet", " "+xmlns, styles),
		"_rels/.rels", rels+`<Relationship Id="r" Type="`+office+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"[Content_Types].xml", contentTypes(len(pages)))
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, `<?xml version="1.0" encoding="UTF-8"?>`+parts[i+1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func rowsXML(el func(name, attrs, content string) string, rows [][]any, shared *sharedTexts) string {
	var out strings.Builder
	for r, row := range rows {
		var cells strings.Builder
		for c, cell := range row {
			ref := fmt.Sprintf(` r="%c%d"`, 'A'+c, r+1)
			switch v := cell.(type) {
			case string:
				if v != "" {
					cells.WriteString(el("c", ref+` t="s"`, el("v", "", fmt.Sprint(shared.index(v)))))
				}
			case serial:
				cells.WriteString(el("c", ref+` s="1"`, el("v", "", fmt.Sprint(float64(v)))))
			default:
				cells.WriteString(el("c", ref, el("v", "", fmt.Sprintf("%.0f", v))))
			}
		}
		out.WriteString(el("row", fmt.Sprintf(` r="%d"`, r+1), cells.String()))
	}
	return out.String()
}

type sharedTexts struct {
	list []string
	at   map[string]int
}

func (s *sharedTexts) index(text string) int {
	if i, ok := s.at[text]; ok {
		return i
	}
	s.at[text] = len(s.list)
	s.list = append(s.list, text)
	return len(s.list) - 1
}

func (s *sharedTexts) xml(el func(name, attrs, content string) string) string {
	var out strings.Builder
	for _, text := range s.list {
		out.WriteString(el("si", "", el("t", ` xml:space="preserve"`, html.EscapeString(text))))
	}
	return out.String()
}

func contentTypes(sheets int) string {
	const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	out := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + kind + `sheet.main+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="` + kind + `sharedStrings+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + kind + `styles+xml"/>`
	for i := range sheets {
		out += fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, kind)
	}
	return out + `</Types>`
}
