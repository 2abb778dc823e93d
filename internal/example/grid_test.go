package example

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/study"
	"golang.org/x/text/encoding/charmap"
)

// grid is a committed export read by means that the program does not use:
// encoding/csv and encoding/xml. It is what the codebooks are held against.
type grid struct {
	names [][]string // each column's names, folded: code and full text
	rows  [][]string // of the same width; blank records are left out
}

func readGrid(t *testing.T, st, file, platform string) grid {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, st, file))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := parseGrid(file, data)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	headers := map[string]int{"surveymonkey": 2, "qualtrics": 3, "msforms": 1, "generic": 1}[platform]
	g := grid{names: headNames(platform, rows[:headers])}
	for _, row := range rows[headers:] {
		for len(row) < len(g.names) {
			row = append(row, "")
		}
		if strings.TrimSpace(strings.Join(row, "")) != "" {
			g.rows = append(g.rows, row)
		}
	}
	return g
}

func parseGrid(file string, data []byte) ([][]string, error) {
	if strings.HasSuffix(file, ".xlsx") {
		return sheetOf(data)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
		if err != nil {
			return nil, err
		}
		data = decoded
	}
	return csv.NewReader(bytes.NewReader(data)).ReadAll()
}

func headNames(platform string, head [][]string) [][]string {
	names := make([][]string, len(head[0]))
	question := ""
	for i := range names {
		if head[0][i] != "" {
			question = head[0][i]
		}
		switch platform {
		case "surveymonkey":
			full := question
			if row := head[1][i]; row != "" && row != "Response" && row != "Open-Ended Response" {
				full += " - " + row
			}
			names[i] = []string{fold.String(full)}
		case "qualtrics":
			names[i] = []string{fold.String(head[0][i]), fold.String(head[1][i])}
		default:
			names[i] = []string{fold.String(head[0][i])}
		}
	}
	return names
}

// column returns the place of the first name that the file has, which must have
// it once.
func (g grid) column(t *testing.T, what string, alternatives study.Names) int {
	t.Helper()
	for _, name := range alternatives {
		var found []int
		for i, names := range g.names {
			for _, n := range names {
				if n == fold.String(name) && (len(found) == 0 || found[len(found)-1] != i) {
					found = append(found, i)
				}
			}
		}
		switch len(found) {
		case 0:
			continue
		case 1:
			return found[0]
		}
		t.Errorf("%s: %d columns are named %q", what, len(found), name)
		return -1
	}
	t.Errorf("%s: no column is named %q", what, alternatives)
	return -1
}

// pattern returns the columns that a pattern with a star at its end fits, with
// the last part of each one's text.
func (g grid) pattern(pattern string) (columns []int, options []string) {
	prefix := strings.TrimSuffix(fold.String(pattern), "*")
	for i, names := range g.names {
		fits := false
		for _, n := range names {
			fits = fits || strings.HasPrefix(n, prefix)
		}
		if !fits {
			continue
		}
		text := names[len(names)-1]
		columns = append(columns, i)
		options = append(options, text[strings.LastIndex(text, " - ")+3:])
	}
	return columns, options
}
