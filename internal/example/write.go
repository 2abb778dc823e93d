package example

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Write puts every made file into dir, which is testdata/studies. A file that
// holds the same already is left alone.
//
//gosec:disable G301 G304 G306 -- made-up data, kept in the project's source; files of the made-up data, below the folder that the generator names
func Write(dir string) error {
	files, err := Files()
	if err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		old, err := os.ReadFile(path)
		if err == nil && f.Matches(old) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Matches reports whether data is the file: byte for byte, or for a workbook the
// same parts in the same order. How tightly a part is packed is up to the
// release of Go, and says nothing about the study.
func (f File) Matches(data []byte) bool {
	if bytes.Equal(f.Data, data) {
		return true
	}
	if !strings.HasSuffix(f.Path, ".xlsx") {
		return false
	}
	made, err := unpack(f.Data)
	if err != nil {
		return false
	}
	found, err := unpack(data)
	return err == nil && made == found
}

// unpack lists the parts of a workbook with their times and contents.
//
//gosec:disable G110 -- a workbook that this package has just made
func unpack(data []byte) (string, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", err
	}
	var all strings.Builder
	for _, part := range z.File {
		fmt.Fprintf(&all, "%q %s\n", part.Name, part.Modified.UTC())
		r, err := part.Open()
		if err != nil {
			return "", err
		}
		if _, err := io.Copy(&all, r); err != nil {
			return "", err
		}
		if err := r.Close(); err != nil {
			return "", err
		}
	}
	return all.String(), nil
}
