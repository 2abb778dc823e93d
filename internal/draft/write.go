package draft

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/caregap/caregap/internal/diag"
)

// Write writes a drafted study into dir, all of it or nothing. A file that is there
// already is never written over: what is in the way is a *diag.Problems.
func (f Folder) Write(dir string) error {
	w := writer{dir: dir}
	if err := w.free(f); err != nil {
		return err
	}
	if err := w.all(f); err != nil {
		w.undo()
		return err
	}
	return nil
}

// writer remembers what it made, so as to take it away again.
type writer struct {
	dir  string
	made []string
}

func (w *writer) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

// free reports the files that are in the way, all of them, and exports that would
// become one.
func (w *writer) free(f Folder) error {
	var list diag.List
	check := func(name string) {
		if _, err := os.Lstat(w.path(name)); !errors.Is(err, fs.ErrNotExist) {
			list.Add(diag.Diagnostic{Code: "in-the-way", Pos: diag.Pos{File: filepath.ToSlash(w.path(name))},
				Message: "there is a file of this name, and nothing is written over", Hint: "name another folder, or move the file"})
		}
	}
	for _, file := range f.Files {
		check(file.Name)
	}
	for i, c := range f.Exports {
		if !c.there {
			check(c.Name)
		}
		if slices.ContainsFunc(f.Exports[:i], func(o Copy) bool { return o.Name == c.Name }) {
			list.Add(diag.Diagnostic{Code: "same-name", Pos: diag.Pos{File: filepath.ToSlash(c.From)},
				Message: "two exports have this file's name, and a study keeps its exports in one folder", Hint: "rename one of them"})
		}
	}
	return list.Err()
}

func (w *writer) all(f Folder) error {
	if err := w.folder(w.dir, 0o755); err != nil {
		return err
	}
	for _, file := range f.Files {
		if err := w.file(file.Name, 0o644, func(out io.Writer) error { _, err := io.WriteString(out, file.Text); return err }); err != nil {
			return err
		}
	}
	for _, c := range f.Exports {
		if c.there {
			continue
		}
		if err := w.file(c.Name, 0o600, c.copy); err != nil {
			return err
		}
	}
	return nil
}

func (c Copy) copy(out io.Writer) error {
	in, err := os.Open(c.From)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, in.Close())
}

// file makes a file that is not there, in a folder that is made if need be. Folders
// of exports are for their owner alone.
//
//gosec:disable G304 -- the folder and the exports are the user's own arguments
func (w *writer) file(name string, mode fs.FileMode, fill func(io.Writer) error) error {
	path := w.path(name)
	folder := fs.FileMode(0o755)
	if mode == 0o600 {
		folder = 0o700
	}
	if err := w.folder(filepath.Dir(path), folder); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	w.made = append(w.made, path)
	return errors.Join(fill(out), out.Close())
}

// folder makes a folder and those above it.
func (w *writer) folder(path string, mode fs.FileMode) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	if up := filepath.Dir(path); up != path {
		if err := w.folder(up, 0o755); err != nil {
			return err
		}
	}
	if err := os.Mkdir(path, mode); err != nil {
		return err
	}
	w.made = append(w.made, path)
	return nil
}

// undo takes away what was made, the last first.
func (w *writer) undo() {
	for _, path := range slices.Backward(w.made) {
		_ = os.Remove(path) // what cannot be removed now could not have been made
	}
}
