package pipeline_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/dataset"
)

// dumpRespondents puts the Parquet data set of a release into one CSV for R: a
// row per respondent, waves in the order of their folders, respondents in file
// order under their number in the wave, no hashes and no times. An item is its
// code, or the kind of missing. People who are named are numbered.
func dumpRespondents(t *testing.T, folder string, people map[[2]string]map[int]int) []byte {
	t.Helper()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	var header []string
	row, wave := 0, ""
	for _, part := range parts(t, folder) {
		columns := readPart(t, part)
		if header == nil {
			header = dumpHeader(columns)
			writeRecord(t, w, header)
		}
		if dir := filepath.Dir(part); dir != wave {
			wave, row = dir, 0
		}
		for r := range columns[0].Valid {
			row++
			writeRecord(t, w, dumpRecord(columns, wave, row, r, people))
		}
	}
	w.Flush()
	return out.Bytes()
}

// parts lists a data set's Parquet files by name.
func parts(t *testing.T, folder string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".parquet") {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func readPart(t *testing.T, path string) []dataset.Column {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	columns, err := dataset.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return columns
}

const missing = "__missing"

func left(c dataset.Column) bool { return c.Name == "respondent" || c.Name == "completed" }

// ofItem tells an item's column of missing kinds, which joins its codes, from
// that of a choice, whose options precede it.
func ofItem(columns []dataset.Column, i int) bool {
	return i > 0 && strings.TrimSuffix(columns[i].Name, missing) == columns[i-1].Name
}

func dumpHeader(columns []dataset.Column) []string {
	out := []string{"survey", "wave", "row", "person"}
	for i, c := range columns {
		if !left(c) && !ofItem(columns, i) {
			out = append(out, c.Name)
		}
	}
	return out
}

func dumpRecord(columns []dataset.Column, wave string, row, r int, people map[[2]string]map[int]int) []string {
	_, id, _ := strings.Cut(filepath.Base(wave), "=")
	_, survey, _ := strings.Cut(filepath.Base(filepath.Dir(wave)), "=")
	out := []string{survey, id, strconv.Itoa(row), ""}
	if n, named := people[[2]string{survey, id}][row-1]; named {
		out[3] = strconv.Itoa(n)
	}
	for i, c := range columns {
		switch {
		case left(c):
		case !ofItem(columns, i):
			out = append(out, cell(c, r))
		case c.Valid[r]:
			out[len(out)-1] = cell(c, r)
		}
	}
	return out
}

func cell(c dataset.Column, r int) string {
	switch {
	case !c.Valid[r]:
		return ""
	case c.Ints != nil:
		return strconv.Itoa(int(c.Ints[r]))
	case c.Doubles != nil:
		return strconv.FormatFloat(c.Doubles[r], 'g', -1, 64)
	}
	return c.Texts[r]
}

func writeRecord(t *testing.T, w *csv.Writer, record []string) {
	t.Helper()
	if err := w.Write(record); err != nil {
		t.Fatal(err)
	}
}

// pack and unpack compress and read what is committed; pack has no time in it.
func pack(t *testing.T, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func records(t *testing.T, data []byte) [][]string {
	t.Helper()
	out, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func unpack(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	out, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return out
}
