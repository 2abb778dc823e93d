// Package example makes the exports of the example studies in testdata/studies.
// Everything in them is made up: no respondent, name, trust or answer is real.
//
//  1. People are drawn: where they work, who they are, and how much will,
//     ability and capacity for research they have (people.go, effects.go).
//  2. For each wave some of them answer. An answer is what they have of a
//     construct, plus what is peculiar to the question (answers.go).
//  3. What real exports suffer from is planted among them: previews, tests,
//     duplicates, people who left early (records.go). Each is counted as it is
//     planted, and so the ledger owes nothing to any reader (ledger.go).
//  4. The survey's platform says it all in its own layout (surveymonkey.go,
//     qualtrics.go, msforms.go), as CSV or as a workbook (table.go, workbook.go).
//
// Beside the example and the smallest study there are those that are made for
// their shape (shapes.go, form.go).
//
// All arithmetic is on whole numbers. Floating point may round differently where
// a processor fuses multiplication and addition, and the files must be the same
// on every machine.
package example

//go:generate go run ./gen ../../testdata/studies

import (
	"fmt"
	"slices"
	"strings"
)

// File is one made file. Path is relative to testdata/studies, with slashes.
type File struct {
	Path string
	Data []byte
}

// Files returns every made file of the example studies, sorted by path.
func Files() ([]File, error) {
	var files []File
	for _, st := range studies() {
		made, err := st.files()
		if err != nil {
			return nil, fmt.Errorf("study %s: %w", st.id, err)
		}
		files = append(files, made...)
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

// fieldStudy is a study folder and the waves whose exports lie in it.
type fieldStudy struct {
	id    string
	waves []wave
	shape bool // made for its shape: the README sums its files up
}

func studies() []fieldStudy {
	return []fieldStudy{
		{id: "care", waves: careWaves()},
		{id: "minimal", waves: minimalWaves()},
		{id: "hidden", waves: hiddenWaves(), shape: true},
		{id: "ungrouped", waves: ungroupedWaves(), shape: true},
		{id: "large", waves: largeWaves(), shape: true},
		{id: "long", waves: longWaves(), shape: true},
		{id: "scripts", waves: scriptsWaves(), shape: true},
	}
}

func (st fieldStudy) files() ([]File, error) {
	files := make([]File, 0, len(st.waves)+1)
	ledgers := make([]Ledger, 0, len(st.waves))
	for _, w := range st.waves {
		records := w.records()
		data, err := w.write(w, records)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", w.survey, w.id, err)
		}
		files = append(files, File{Path: st.id + "/" + w.file, Data: data})
		ledgers = append(ledgers, w.ledger(records))
	}
	account, err := encodeLedgers(ledgers)
	if err != nil {
		return nil, err
	}
	return append(files, File{Path: st.id + "/ledger.json", Data: account}), nil
}
