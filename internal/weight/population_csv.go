package weight

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/caregap/caregap/internal/diag"
)

// record is a row of the file: the three fields in the order of populationColumns.
type record struct {
	fields [3]string
	at     [3]diag.Pos
}

// records splits the file.
func (r *populationReader) records(data []byte) ([]record, bool) {
	top := diag.Pos{File: r.file, Line: 1}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		r.problem("bad-encoding", diag.Pos{File: r.file}, "save it as CSV UTF-8", "the file is not text in UTF-8")
		return nil, false
	}
	in := csv.NewReader(bytes.NewReader(data))
	in.Comma, in.FieldsPerRecord, in.ReuseRecord = separator(data), -1, true
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		r.problem("empty-file", top, "", "the file is empty; expected the columns %s", strings.Join(populationColumns, ", "))
		return nil, false
	}
	var order [3]int
	if err == nil {
		var ok bool
		if order, ok = r.header(header, in); !ok {
			return nil, false
		}
	}
	var records []record
	for err == nil {
		var fields []string
		if fields, err = in.Read(); err == nil {
			records = r.split(records, fields, order, in)
		}
	}
	var wrong *csv.ParseError
	if errors.As(err, &wrong) {
		r.problem("bad-csv", diag.Pos{File: r.file, Line: wrong.Line, Col: wrong.Column}, "", "%v", wrong.Err)
		return nil, false
	}
	return records, true
}

// separator is the comma, or what stands in the first line instead.
func separator(data []byte) rune {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	for _, c := range []byte{',', ';', '\t'} {
		if bytes.IndexByte(first, c) >= 0 {
			return rune(c)
		}
	}
	return ','
}

// header finds where the columns stand.
func (r *populationReader) header(names []string, in *csv.Reader) (order [3]int, ok bool) {
	order, ok = [3]int{-1, -1, -1}, true
	for i, name := range names {
		at := r.at(in, i)
		name = strings.ToLower(strings.TrimSpace(name))
		switch c := slices.Index(populationColumns, name); {
		case c < 0:
			r.problem("unknown-column", at, diag.NearestHint(name, populationColumns), "unknown column %q, expected %s", name, strings.Join(populationColumns, ", "))
			ok = false
		case order[c] >= 0:
			r.problem("duplicate-column", at, "", "column %q is there twice", name)
			ok = false
		default:
			order[c] = i
		}
	}
	for c, i := range order {
		if i < 0 {
			r.problem("missing-column", diag.Pos{File: r.file, Line: 1}, "", "there is no column %q", populationColumns[c])
			ok = false
		}
	}
	return order, ok
}

func (r *populationReader) at(in *csv.Reader, field int) diag.Pos {
	line, col := in.FieldPos(field)
	return diag.Pos{File: r.file, Line: line, Col: col}
}

// split adds a row's fields; blank rows are none.
func (r *populationReader) split(records []record, fields []string, order [3]int, in *csv.Reader) []record {
	var rec record
	if strings.TrimSpace(strings.Join(fields, "")) == "" {
		return records
	}
	if len(fields) != len(order) {
		r.problem("ragged-row", r.at(in, 0), "a number with a comma needs quotation marks, or no comma", "the row has %d fields, expected %d", len(fields), len(order))
		return records
	}
	for c, i := range order {
		rec.fields[c], rec.at[c] = strings.TrimSpace(fields[i]), r.at(in, i)
	}
	return append(records, rec)
}
