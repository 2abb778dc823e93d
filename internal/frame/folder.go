package frame

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
)

// openFolder opens the Parquet files below a folder as one. A folder that is
// called column=value adds that column.
//
//gosec:disable G104 G304 -- the file was only read, and the error that led here is reported; the user names the file on the command line, to be read with the user's own rights
func openFolder(folder, name string) (*File, error) {
	paths, err := parquetFiles(folder)
	if err != nil {
		return nil, unreadable(name, err)
	}
	if len(paths) == 0 {
		return nil, problem(diag.Diagnostic{Code: "no-file", Pos: diag.Pos{File: name}, Message: "the folder has no Parquet file"})
	}
	var parts []part
	done := false
	defer func() {
		if !done {
			(&parquetFile{parts: parts}).close()
		}
	}()
	for _, path := range paths {
		rel, err := filepath.Rel(folder, path)
		if err != nil {
			return nil, err
		}
		rel = filepath.ToSlash(rel)
		keys := keysOf(rel)
		if len(parts) > 0 && !slices.EqualFunc(keys, parts[0].keys, func(a, b key) bool { return a.column == b.column }) {
			return nil, problem(diag.Diagnostic{
				Code: "partitions", Pos: diag.Pos{File: name + "/" + rel}, Message: "its folders name other columns than those of " + parts[0].name,
			})
		}
		f, err := os.Open(path)
		if err != nil {
			return nil, unreadable(name+"/"+rel, err)
		}
		parts = append(parts, part{file: f, name: name + "/" + rel, keys: keys})
	}
	out, err := openParquet(name, parts)
	done = err == nil
	return out, err
}

// keysOf are the column=value of a path's folders, as Hive writes them.
func keysOf(path string) []key {
	var out []key
	folders := strings.Split(path, "/")
	for _, folder := range folders[:len(folders)-1] {
		column, value, ok := strings.Cut(folder, "=")
		if !ok {
			continue
		}
		if plain, err := url.PathUnescape(value); err == nil {
			value = plain
		}
		if value == "__HIVE_DEFAULT_PARTITION__" {
			value = ""
		}
		out = append(out, key{column, value})
	}
	return out
}
