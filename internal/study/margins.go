package study

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/diag"
)

// marginColumns are the columns of a file of population totals.
var marginColumns = []string{"variable", "category", "population"}

// total is one line of such a file.
type total struct {
	variable, category string
	population         float64
	pos                diag.Pos // of the line
}

// readMargins reads a file of population totals: comma-separated, a line of
// headings and a line per category. What is wrong with it goes on the list.
func readMargins(name string, data []byte, list *diag.List) []total {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		list.Errorf("empty-file", diag.Pos{File: name}, "the file has nothing in it")
		return nil
	}
	if err != nil {
		list.Add(csvProblem(name, err))
		return nil
	}
	places, ok := marginPlaces(head)
	if !ok {
		list.Add(diag.Diagnostic{Code: "bad-margins", Pos: diag.Pos{File: name, Line: 1}, Hint: "separate them by commas",
			Message: fmt.Sprintf("expected the columns %s, found %s", strings.Join(marginColumns, ", "), short(strings.Join(head, ", ")))})
		return nil
	}
	return marginLines(name, r, places, list)
}

// marginPlaces finds the columns, in any order.
func marginPlaces(head []string) (places [3]int, ok bool) {
	for i, want := range marginColumns {
		places[i] = slices.IndexFunc(head, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), want) })
		if places[i] < 0 {
			return places, false
		}
	}
	return places, len(head) == len(marginColumns)
}

func marginLines(name string, r *csv.Reader, places [3]int, list *diag.List) []total {
	var out []total
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			list.Add(csvProblem(name, err))
			return out
		}
		line, _ := r.FieldPos(0)
		pos := diag.Pos{File: name, Line: line}
		if len(record) != len(marginColumns) {
			list.Errorf("bad-margins", pos, "expected %d fields, found %d", len(marginColumns), len(record))
			continue
		}
		field := func(i int) string { return strings.TrimSpace(record[places[i]]) }
		n, err := strconv.ParseFloat(field(2), 64)
		if err != nil || !(n >= 0) || math.IsInf(n, 0) {
			list.Errorf("bad-margins", pos, "%s %q: population %q is not a number of people, such as 1200", short(field(0)), short(field(1)), short(field(2)))
			n = math.NaN()
		}
		out = append(out, total{field(0), field(1), n, pos})
	}
}

func csvProblem(name string, err error) diag.Diagnostic {
	d := diag.Diagnostic{Code: "bad-margins", Pos: diag.Pos{File: name}, Message: "not a CSV file: " + err.Error()}
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		d.Pos.Line, d.Pos.Col, d.Message = parse.Line, parse.Column, "not a CSV file: "+parse.Err.Error()
	}
	return d
}
