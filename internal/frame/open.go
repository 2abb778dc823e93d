package frame

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/caregap/caregap/internal/diag"
)

// Open opens a CSV or Parquet file, or a folder of Parquet files. name is what
// messages call it. What is wrong with the file is a *diag.Problems.
//
//gosec:disable G104 G304 -- the file was only read, and the error that led here is reported; the user names the file on the command line, to be read with the user's own rights
func Open(path, name string) (*File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unreadable(name, err)
	}
	if info.IsDir() {
		return openFolder(path, name)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(name, err)
	}
	out, err := openFile(file, info.Size(), name)
	if err != nil {
		file.Close()
		return nil, err
	}
	return out, nil
}

func openFile(file *os.File, size int64, name string) (*File, error) {
	var head [4]byte
	n, err := file.ReadAt(head[:], 0)
	switch {
	case n < len(head) && size >= int64(len(head)):
		return nil, fmt.Errorf("%s: %w", name, err)
	case string(head[:]) == "PAR1":
		return openParquet(name, []part{{file: file, name: name}})
	case string(head[:]) == "PK\x03\x04":
		return nil, problem(diag.Diagnostic{
			Code: "unknown-format", Pos: diag.Pos{File: name}, Message: "a workbook or another archive, neither CSV nor Parquet", Hint: "save the sheet as CSV UTF-8",
		})
	}
	return openCSV(table{name, file, size})
}

// unreadable is the problem of a file that is not there, else an error.
func unreadable(name string, err error) error {
	if !os.IsNotExist(err) {
		if pathError, ok := err.(*fs.PathError); ok {
			err = pathError.Err
		}
		return fmt.Errorf("%s: %w", name, err)
	}
	return problem(diag.Diagnostic{Code: "no-file", Pos: diag.Pos{File: name}, Message: "no such file", Hint: "name a CSV or Parquet file, or a folder of Parquet files"})
}

// parquetFiles are the Parquet files below a folder, in the order of their names.
// Names that begin with a point or an underscore are other programs' notes.
func parquetFiles(folder string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path != folder && (d.Name()[0] == '.' || d.Name()[0] == '_'):
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir() && filepath.Ext(path) == ".parquet":
			out = append(out, path)
		}
		return nil
	})
	return out, err
}
