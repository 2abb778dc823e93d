package export

import (
	"io"
	"os"
	"path/filepath"
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

// companions are the words by which the name of such a file is known.
var companions = []string{"key", "dictionary"}

// beside reads the CSV files next to an export whose names say that they explain
// one, in the order of their names: those that share the longest beginning with
// the export's own name first. A file that cannot be read is none.
func beside(path string) []Companion {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	own := filepath.Base(path)
	var names []string
	for _, e := range entries {
		if e.Name() != own && e.Type().IsRegular() && explains(e.Name()) {
			names = append(names, e.Name())
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return len(commonPrefix(b, own)) - len(commonPrefix(a, own)) })
	var out []Companion
	for _, name := range names {
		if rows := readTable(filepath.Join(filepath.Dir(path), name)); rows != nil {
			out = append(out, Companion{name, rows})
		}
	}
	return out
}

func explains(name string) bool {
	name = strings.ToLower(name)
	return filepath.Ext(name) == ".csv" && slices.ContainsFunc(companions, func(word string) bool { return strings.Contains(name, word) })
}

// readTable reads a small CSV file whole, or nothing.
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
