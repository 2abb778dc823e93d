package export

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/export/csvfile"
	"github.com/caregap/caregap/internal/export/record"
)

// Companion is a small table beside an export: a key to its codes, or the
// dictionary of its fields.
type Companion struct {
	Name string // of the file
	Rows [][]string
}

// maxCompanion bounds the companions that are looked into, in bytes.
const maxCompanion = 4 << 20

// companionName matches the names of such files.
var companionName = regexp.MustCompile(`(?i)(^|[^a-z])(key|.*dictionary)([^a-z].*)?\.csv$`)

// beside reads the CSV files next to an export whose names say that they explain
// one, in the order of their names: those that share the longest beginning with
// the export's own name first. One that shares a longer beginning with another
// file belongs to that. A file that cannot be read is none.
func beside(path string) []Companion {
	var out []Companion
	for _, name := range besideNames(path) {
		if rows := readTable(filepath.Join(filepath.Dir(path), name)); rows != nil {
			out = append(out, Companion{name, rows})
		}
	}
	return out
}

func besideNames(path string) []string {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	own := filepath.Base(path)
	var companions, exports []string
	for _, e := range entries {
		switch name := e.Name(); {
		case name == own || !e.Type().IsRegular():
		case companionName.MatchString(name):
			companions = append(companions, name)
		case slices.Contains([]string{".csv", ".tsv", ".txt", ".xlsx"}, strings.ToLower(filepath.Ext(name))):
			exports = append(exports, name)
		}
	}
	near := func(a, b string) int { return len(commonPrefix(a, b)) }
	companions = slices.DeleteFunc(companions, func(c string) bool {
		return slices.ContainsFunc(exports, func(e string) bool { return near(c, e) > near(c, own) })
	})
	slices.SortStableFunc(companions, func(a, b string) int { return near(b, own) - near(a, own) })
	return companions
}

// Companions names the files beside an export, in its folder, that explain its
// codes should it be of a platform that writes such files: its reading may rest on
// them as on itself.
func Companions(path string) []string {
	var out []string
	for _, c := range beside(path) {
		if (jisc{}).isKey(c.Rows) || (redcap{}).isDictionary(c.Rows) {
			out = append(out, c.Name)
		}
	}
	return out
}

// readTable reads a small CSV file whole, or nothing.
//
//gosec:disable G304 -- a regular file that was found in the folder of the export
func readTable(path string) [][]string {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || info.Size() > maxCompanion {
		return nil
	}
	r, err := csvfile.Open(file, info.Size(), csvfile.Options{CellBytes: maxCompanion, Columns: 100, ChunkBytes: csvfile.ChunkBytes})
	if err != nil {
		return nil
	}
	r.Begin(0, len(r.Head.Rows[0]))
	var rows [][]string
	for {
		c, err := r.Next()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			return nil
		}
		c.Scan(func(_ int, data []byte, cells []record.Cell) {
			row := make([]string, len(cells))
			for i, cell := range cells {
				row[i] = label(string(data[cell.Start:cell.End]))
			}
			rows = append(rows, row)
		})
		c.Release()
	}
}
