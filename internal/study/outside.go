package study

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/personal"
)

var drive = regexp.MustCompile(`^[A-Za-z]:`)

// PublicName is what may be published of the name of a study's file. Folders that
// lie outside the study's are often named after people and machines, exports after
// who made them.
func PublicName(name string) string {
	if above, _ := climb(name); above != "" {
		name = "(outside)/" + path.Base(name)
	}
	return personal.FileName(name)
}

// climb splits the .. at the beginning of a clean name from the rest.
func climb(name string) (above, below string) {
	below = name
	for strings.HasPrefix(below, "../") {
		below = below[len("../"):]
	}
	return strings.TrimSuffix(name[:len(name)-len(below)], "/"), below
}

// outside is the problem, still without its place, of a path that a study may
// name only where that is allowed.
func outside(format string, args ...any) *diag.Diagnostic {
	return &diag.Diagnostic{Code: "outside-study", Message: fmt.Sprintf(format, args...), Hint: "copy the file into the folder, or allow it with --allow-outside if you trust the study"}
}

func linkOutside(written string) *diag.Diagnostic {
	return outside("path %q is a link that leads outside the study's folder", short(written))
}

// resolve joins a path of a study file, relative to base, to a name below the
// folder, or says what is wrong with it.
func (f folder) resolve(base, written string) (string, *diag.Diagnostic) {
	if strings.Contains(written, `\`) {
		return "", &diag.Diagnostic{Code: "outside-study", Message: fmt.Sprintf("path %q has a backslash; write / on every system", short(written))}
	}
	if path.IsAbs(written) || drive.MatchString(written) {
		return f.absolute(written)
	}
	name := path.Join(base, written)
	if !f.anywhere && (name == ".." || strings.HasPrefix(name, "../")) {
		return "", outside("path %q leads outside the study's folder", short(written))
	}
	return name, nil
}

// absolute names an absolute path as seen from the folder.
func (f folder) absolute(written string) (string, *diag.Diagnostic) {
	if !f.anywhere {
		return "", outside("path %q is absolute; files are named relative to the study's folder", short(written))
	}
	from, err := filepath.Abs(f.dir)
	if err != nil {
		return "", outside("path %q is absolute, and the study's folder has no place", short(written))
	}
	name, err := filepath.Rel(from, filepath.FromSlash(written))
	if err != nil {
		return "", &diag.Diagnostic{Code: "outside-study", Message: fmt.Sprintf("path %q cannot be reached from the study's folder", short(written)), Hint: "keep both on one drive"}
	}
	return filepath.ToSlash(name), nil
}

// Leaves reports whether a name below a study's folder is in truth outside it: it,
// or a folder above it, is a link that leads away. In a folder that is not there
// nothing is.
func Leaves(dir, name string) bool {
	real, err := filepath.EvalSymlinks(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false // there is nothing in it
	}
	if err == nil {
		real, err = filepath.Abs(real)
	}
	return err == nil && folder{dir: dir, real: real}.leaves(name)
}

// leaves reports whether name is in truth outside the folder, which it may not be:
// itself or a folder above it is a link that leads away.
func (f folder) leaves(name string) bool {
	if f.anywhere {
		return false
	}
	real, err := filepath.EvalSymlinks(f.full(name))
	if errors.Is(err, fs.ErrNotExist) && name != "." {
		return f.leaves(path.Dir(name)) // nor may what is missing be looked for out there
	}
	if err != nil {
		return false // it cannot be opened either
	}
	if real, err = filepath.Abs(real); err != nil {
		return true
	}
	rel, err := filepath.Rel(f.real, real)
	return err != nil || !filepath.IsLocal(rel)
}
