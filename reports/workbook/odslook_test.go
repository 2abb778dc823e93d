package workbook

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The document says what it is, and has the dates of its fieldwork.
func TestODSProperties(t *testing.T) {
	w := madeUp(t)
	p, err := w.file.GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	meta := odsPartOf(t, w.ods, "meta.xml")
	for _, want := range []string{
		"<dc:title>" + p.Title + "<", "<dc:subject>" + p.Subject + "<", "<dc:description>" + p.Description + "<", "<dc:language>en-GB<",
		"<meta:creation-date>2023-02-14T00:00:00Z<", "<dc:date>2023-02-14T00:00:00Z<", "<dc:creator>caregap<", "<meta:keyword>capacity<", ">" + p.Version + "<",
	} {
		if p.Title == "" || p.Version == "" || !strings.Contains(meta, want) {
			t.Errorf("meta.xml has no %s", want)
		}
	}
	if styles := odsPartOf(t, w.ods, "styles.xml"); !strings.Contains(styles, `fo:language="en" fo:country="GB"`) {
		t.Error("the cells are in no language")
	}
}

// Every worksheet has its title, and only that, as a heading of the first level.
// Cells wrap, and there is no colour, fill, image or filter.
func TestODSLooks(t *testing.T) {
	w := madeUp(t)
	doc := readODS(t, w.ods)
	for _, s := range doc.Sheets {
		for i, r := range s.rows() {
			for j, c := range r.Cells {
				if c.Repeated == "" && (c.Style == "Heading_20_1") != (i == 0 && j == 0) {
					t.Errorf("%s!%s is in style %s", s.Name, cellName(j+1, i+1), c.Style)
				}
			}
		}
	}
	wrapped := 0
	for _, s := range doc.Styles {
		if s.Family == "table-cell" && s.Cell.Wrap != "wrap" {
			t.Errorf("style %s does not wrap", s.Name)
		} else if s.Family == "table-cell" {
			wrapped++
		}
	}
	if wrapped < 5 {
		t.Errorf("%d styles of cells", wrapped)
	}
	for _, part := range []string{"content.xml", "styles.xml", "settings.xml"} {
		for _, word := range []string{"fo:color", "background", "draw:", "<table:filter", "visibility", "Split"} {
			if strings.Contains(odsPartOf(t, w.ods, part), word) {
				t.Errorf("%s has %s", part, word)
			}
		}
	}
}

var fontSizes = regexp.MustCompile(`fo:font-size="([^"]*)"`)

// Arial 12, titles 16 bold, subtitles 14; the cover in front, with the cursor in A1.
func TestODSStyles(t *testing.T) {
	w := madeUp(t)
	styles := odsPartOf(t, w.ods, "styles.xml")
	_, heading, _ := strings.Cut(styles, `style:display-name="Heading 1"`)
	if !regexp.MustCompile(`^[^/]*.*?fo:font-size="16.00pt" fo:font-weight="bold"`).MatchString(heading) {
		t.Errorf("headings are %.400s", heading)
	}
	for _, m := range fontSizes.FindAllStringSubmatch(styles+odsPartOf(t, w.ods, "content.xml"), -1) {
		if !slices.Contains([]string{"12.00pt", "14.00pt", "16.00pt"}, m[1]) {
			t.Errorf("text of %s", m[1])
		}
	}
	settings := odsPartOf(t, w.ods, "settings.xml")
	if !strings.Contains(settings, `config:name="ActiveTable" config:type="string">Cover<`) {
		t.Error("the cover is not in front")
	}
	if n := strings.Count(settings, `config:name="CursorPositionY" config:type="int">0<`); n != len(w.file.GetSheetList()) {
		t.Errorf("the cursor is at the top of %d worksheets", n)
	}
}

// The second and further spaces in a row are kept, and numbers are shown with the
// commas and decimals of their format.
func TestODSTexts(t *testing.T) {
	for _, text := range []string{"a", "a b", "a  b", "a   b  c", "é  🙂", "a     "} {
		var got strings.Builder
		for _, n := range spaced(text) {
			if strings.Contains(n.text, "  ") {
				t.Errorf("%q is written with %q", text, n.text)
			}
			got.WriteString(n.text)
			for _, a := range n.attributes {
				got.WriteString(strings.Repeat(" ", int(a.Value[0]-'0')))
			}
		}
		if got.String() != text {
			t.Errorf("%q is written as %q", text, got.String())
		}
	}
	for _, tc := range []struct {
		f            float64
		format, want string
	}{
		{1234567.125, "#,##0.00", "1,234,567.12"}, {-123456, "#,##0", "-123,456"}, {-123, "#,##0.0", "-123.0"}, {2020, "0", "2020"}, {0, "#,##0.000", "0.000"},
	} {
		if got := shown(tc.f, tc.format); got != tc.want {
			t.Errorf("%v in %s is %q, want %q", tc.f, tc.format, got, tc.want)
		}
	}
}

// The style of a number asks for the decimals and commas that its text has.
func TestODSFormats(t *testing.T) {
	doc, seen := readODS(t, madeUp(t).ods), map[string]bool{}
	for _, s := range doc.Sheets {
		for _, r := range s.Body {
			for _, c := range r.Cells {
				if c.Type != "float" {
					continue
				}
				data := doc.style(c.Style).Data
				i := slices.IndexFunc(doc.Numbers, func(f odsReadFormat) bool { return f.Name == data })
				if i < 0 {
					t.Fatalf("%s: number %s has no format", s.Name, c.Value)
				}
				f := doc.Numbers[i].Number
				_, decimals, _ := strings.Cut(c.Text.text, ".")
				if f.Places != strconv.Itoa(len(decimals)) || f.Least != f.Places || strings.Contains(c.Text.text, ",") && f.Grouping != "true" {
					t.Errorf("%s: %q is in the format %+v", s.Name, c.Text.text, f)
				}
				seen[f.Places+f.Grouping] = true
			}
		}
	}
	for _, want := range []string{"0false", "0true", "1true", "2true", "3true"} {
		if !seen[want] {
			t.Errorf("no number is in a format of %s", want)
		}
	}
}
