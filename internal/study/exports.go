package study

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/diag"
)

// exports finds the export files of one wave: literal paths as they are, globs
// expanded and sorted. A literal path that is a folder or cannot be read is left
// to the room that opens exports, which says more about it.
func (l *loader) exports(written Names, at places, p keyPath) []string {
	var out []string
	for i, w := range written {
		refer := at.value(p.to(i))
		if w == "" {
			continue
		}
		for _, name := range l.export(w, refer) {
			if slices.Contains(out, name) {
				l.list.Errorf("duplicate-export", refer, "export %q is named twice in this wave", name)
				continue
			}
			out = append(out, name)
		}
	}
	return out
}

// export returns the files that one path or glob stands for.
func (l *loader) export(written string, refer diag.Pos) []string {
	name, wrong := l.folder.resolve("", written)
	if wrong != nil {
		l.refuse(refer, wrong)
		return nil
	}
	_, err := os.Lstat(l.folder.full(name))
	switch {
	case isGlob(name) && err != nil: // a file may have [1] in its name
		return l.matches(name, refer)
	case l.folder.leaves(name):
		l.refuse(refer, linkOutside(written))
		return nil
	case errors.Is(err, fs.ErrNotExist):
		l.list.Add(l.folder.missing(name, refer))
		return nil
	}
	return []string{name}
}

// matches are the files that fit a pattern. Links that lead outside are refused:
// what is read would not be what the folder holds.
func (l *loader) matches(pattern string, refer diag.Pos) []string {
	if dir := path.Dir(pattern); !isGlob(dir) && l.folder.leaves(dir) {
		l.refuse(refer, linkOutside(dir))
		return nil
	}
	names, err := l.folder.glob(pattern)
	switch {
	case err != nil:
		l.list.Errorf("bad-pattern", refer, "%q is not a pattern: a [ has no ]", short(pattern))
	case len(names) == 0:
		l.list.Add(diag.Diagnostic{Code: "no-match", Pos: refer, Message: fmt.Sprintf("no file matches %q", short(pattern)), Hint: l.folder.holds(path.Dir(pattern))})
	}
	return slices.DeleteFunc(names, func(n string) bool {
		leaves := l.folder.leaves(n)
		if leaves {
			l.refuse(refer, linkOutside(n))
		}
		return leaves
	})
}

// holds names a few files of a folder, for a pattern that fits none of them.
func (f folder) holds(dir string) string {
	if isGlob(dir) {
		return ""
	}
	entries, err := os.ReadDir(filepath.Join(f.dir, filepath.FromSlash(dir)))
	if err != nil {
		return fmt.Sprintf("there is no folder %q", dir)
	}
	const few = 3
	var names []string
	for _, e := range entries {
		if !e.IsDir() && e.Name()[0] != '.' {
			names = append(names, strconv.Quote(e.Name()))
		}
	}
	switch {
	case len(names) == 0:
		return fmt.Sprintf("%q holds no files", dir)
	case len(names) > few:
		names = append(names[:few], "and others")
	}
	return fmt.Sprintf("%q holds %s", dir, strings.Join(names, ", "))
}
