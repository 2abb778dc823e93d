package study

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
)

// folder is a study's folder. Names below it are relative with slashes, the same
// on every system, and nothing outside it is opened by a study file, unless
// anywhere is allowed: names then may begin with .. too.
type folder struct {
	dir      string // as the user named it
	real     string // with links resolved
	anywhere bool
}

// open finds the folder and the name of the study file in it. The problem, if
// any, is put on the list.
func openFolder(userPath string, list *diag.List) (folder, string, bool, error) {
	at := diag.Pos{File: filepath.ToSlash(userPath)}
	info, err := os.Stat(userPath)
	if problem(list, at, "there is no such file or folder", err) {
		return folder{}, "", false, nil
	}
	if err != nil {
		return folder{}, "", false, fmt.Errorf("opening the study: %w", err)
	}
	dir, name := filepath.Dir(userPath), filepath.Base(userPath)
	if info.IsDir() {
		dir, name = userPath, "study.yaml"
	}
	real, err := filepath.EvalSymlinks(dir)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		return folder{}, "", false, fmt.Errorf("opening the study: %w", err)
	}
	return folder{dir: dir, real: real}, name, true, nil
}

// problem turns an I/O error that is the user's to mend into a diagnostic.
func problem(list *diag.List, at diag.Pos, missing string, err error) bool {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		list.Errorf("missing-file", at, "%s", missing)
	case errors.Is(err, fs.ErrPermission):
		list.Errorf("unreadable-file", at, "the file may not be read by this user")
	default:
		return false
	}
	return true
}

// read returns the bytes of a study file. refer is where it is named, and is
// where its absence is reported; the top file stands for itself.
//
//gosec:disable G304 -- names pass resolve and leaves first
func (f folder) read(name string, refer diag.Pos, list *diag.List) ([]byte, bool, error) {
	full := f.full(name)
	info, err := os.Stat(full)
	if err == nil && info.IsDir() {
		list.Errorf("not-a-file", refer, "%q is a folder, not a file", name)
		return nil, false, nil
	}
	if err == nil && !info.Mode().IsRegular() {
		list.Errorf("not-a-file", refer, "%q is no regular file", name) // a pipe would never end
		return nil, false, nil
	}
	if err == nil && info.Size() > maxFileBytes {
		list.Errorf("file-too-large", diag.Pos{File: name}, "the file has more than %d MiB", maxFileBytes>>20)
		return nil, false, nil
	}
	data, err := os.ReadFile(full)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		list.Add(f.missing(name, refer))
		return nil, false, nil
	case problem(list, diag.Pos{File: name}, "", err):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("reading %s: %w", name, errors.Unwrap(err))
	}
	return data, true, nil
}

// missing is the problem of a file that is not there.
func (f folder) missing(name string, refer diag.Pos) diag.Diagnostic {
	d := diag.Diagnostic{Code: "missing-file", Pos: refer, Message: fmt.Sprintf("there is no file %q", name)}
	dir := path.Dir(name)
	entries, err := os.ReadDir(f.full(dir))
	if err != nil {
		d.Hint = fmt.Sprintf("there is no folder %q", dir)
		return d
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if near := diag.Nearest(path.Base(name), names); near != "" {
		d.Hint = fmt.Sprintf("nearest: %q", path.Join(dir, near))
	}
	return d
}

func (f folder) full(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

// isGlob reports whether a path has the wildcards of path.Match.
func isGlob(name string) bool { return strings.ContainsAny(name, "*?[") }

// glob returns the files that match, sorted. Folders, hidden files and the lock
// files of office programs (~$...) never do.
func (f folder) glob(pattern string) ([]string, error) {
	above, below := climb(pattern)
	matches, err := fs.Glob(os.DirFS(f.full(above)), below)
	if err != nil {
		return nil, err
	}
	for i := range matches {
		matches[i] = path.Join(above, matches[i])
	}
	matches = slices.DeleteFunc(matches, func(name string) bool {
		base := path.Base(name)
		if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") {
			return true
		}
		info, err := os.Stat(f.full(name))
		return err != nil || info.IsDir()
	})
	slices.Sort(matches)
	return matches, nil
}
