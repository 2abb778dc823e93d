package export

import (
	"encoding/json"
	"regexp"
	"strings"
)

// pythonID is how the exporter of 2016 to 2020 wrote what is JSON today.
var pythonID = regexp.MustCompile(`^\{'ImportId': '([^']+)'`)

// importID reads a cell of Qualtrics' third row of headings: the import id, and
// the choice it has where several columns share one, as in QID9_2. It returns ""
// for any other cell.
func importID(cell string) string {
	if !strings.HasPrefix(cell, "{") {
		return ""
	}
	if m := pythonID.FindStringSubmatch(cell); m != nil {
		return m[1]
	}
	var id struct {
		ImportID string          `json:"ImportId"`
		ChoiceID json.RawMessage `json:"choiceId"`
	}
	if json.Unmarshal([]byte(cell), &id) != nil || id.ImportID == "" {
		return ""
	}
	if choice := strings.Trim(string(id.ChoiceID), `"`); choice != "" && choice != "null" {
		return id.ImportID + "_" + choice
	}
	return id.ImportID
}

// question is the part of an import id, or of a name, that a question's columns
// share: QID9 of QID9_2, QID53#1 of QID53#1_10_1, Q5 of Q5_1.
var question = regexp.MustCompile(`^[A-Za-z]+[0-9.]*(#[0-9]+)?`)

func stemOf(c Column) string {
	name := c.ID
	if name == "" {
		name = c.Code
	}
	return question.FindString(name)
}
