package export

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/fold"
)

// dictionaryStart are the first headings of every data dictionary, squeezed: those
// of the file that people download, and of the one that programs do.
var dictionaryStart = [][]string{{"variablefieldname", "fieldname"}, {"formname"}}

// isDictionary recognises a data dictionary.
func (redcap) isDictionary(rows [][]string) bool {
	if len(rows) == 0 || len(rows[0]) < 6 {
		return false
	}
	for i, want := range dictionaryStart {
		if !slices.Contains(want, squeeze(rows[0][i])) {
			return false
		}
	}
	return true
}

// dictionary is what a data dictionary says of each field.
type dictionary map[string]dictionaryField

type dictionaryField struct {
	label    string
	choices  []Value
	personal bool
	words    bool
}

func newDictionary(rows [][]string) dictionary {
	d := dictionary{}
	at := func(headings ...string) int {
		return slices.IndexFunc(rows[0], func(s string) bool {
			return slices.ContainsFunc(headings, func(h string) bool { return strings.HasPrefix(squeeze(s), h) })
		})
	}
	words, choices, kind, identifier := at("fieldlabel"), at("choices", "selectchoices"), at("fieldtype"), at("identifier")
	cell := func(row []string, i int) string {
		if i < 0 || i >= len(row) {
			return ""
		}
		return label(row[i])
	}
	for _, row := range rows[1:] {
		f := dictionaryField{label: cell(row, words), personal: fold.String(cell(row, identifier)) == "y"}
		switch fold.String(cell(row, kind)) {
		case "radio", "dropdown", "checkbox":
			f.choices = dictionaryChoices(cell(row, choices))
		case "yesno":
			f.choices = []Value{{"1", "Yes"}, {"0", "No"}}
		case "truefalse":
			f.choices = []Value{{"1", "True"}, {"0", "False"}}
		case "text", "notes":
			f.words = true
		}
		d[cell(row, 0)] = f
	}
	return d
}

// dictionaryChoices reads "1, one | 2, two".
func dictionaryChoices(text string) []Value {
	var out []Value
	for _, part := range strings.Split(text, "|") {
		if code, words, ok := strings.Cut(part, ","); ok {
			out = append(out, Value{strings.TrimSpace(code), strings.TrimSpace(words)})
		}
	}
	return out
}

// fits reports whether the dictionary knows most of an export's fields: there may
// be that of another project beside it.
func (d dictionary) fits(columns []Column) bool {
	fields, known := 0, 0
	for _, c := range columns {
		if c.Role != RoleQuestion {
			continue
		}
		fields++
		if _, ok := d[d.field(c)]; ok {
			known++
		}
	}
	return 2*known > fields
}

// field is the name of a column's field: that of its question for a check box.
func (dictionary) field(c Column) string {
	if m := redcapBox.FindStringSubmatch(c.Code); m != nil {
		return m[1]
	}
	return c.Code
}

// explain gives columns the words of the dictionary.
func (d dictionary) explain(columns []Column) {
	for i := range columns {
		c := &columns[i]
		box := ""
		if m := redcapBox.FindStringSubmatch(c.Code); m != nil {
			box = boxCode(m[2])
		}
		f, known := d[d.field(*c)]
		if !known {
			continue
		}
		c.Words = f.words
		if f.personal && c.Role == RoleQuestion {
			c.Role = RolePersonal
		}
		if f.label != "" {
			c.Text = f.label
		}
		if box == "" {
			c.Values = f.choices
			continue
		}
		for _, v := range f.choices {
			if strings.EqualFold(v.Code, box) {
				c.Option = v.Label
			}
		}
		c.Text = join(f.label, c.Option)
	}
}
