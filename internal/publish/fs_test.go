package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// faultyFS is the machine's file system with calls that go wrong. fault sees
// each call's name and path and returns what shall go wrong, or nil.
type faultyFS struct {
	OS
	fault func(call, path string) error
}

func (f faultyFS) WriteFile(path string, data []byte, mode fs.FileMode) error {
	if err := f.fault("write", path); err != nil {
		return err
	}
	return f.OS.WriteFile(path, data, mode)
}

func (f faultyFS) MkdirAll(path string, mode fs.FileMode) error {
	if err := f.fault("mkdir", path); err != nil {
		return err
	}
	return f.OS.MkdirAll(path, mode)
}

func (f faultyFS) Sync(path string) error {
	if err := f.fault("sync", path); err != nil {
		return err
	}
	return f.OS.Sync(path)
}

func (f faultyFS) Rename(from, to string) error {
	if err := f.fault("rename", to); err != nil {
		return err
	}
	return f.OS.Rename(from, to)
}

func (f faultyFS) Symlink(target, path string) error {
	if err := f.fault("symlink", path); err != nil {
		return err
	}
	return f.OS.Symlink(target, path)
}

func (f faultyFS) RemoveAll(path string) error {
	if err := f.fault("remove", path); err != nil {
		return err
	}
	return f.OS.RemoveAll(path)
}

// open returns a Store on out that does not wait between tries.
func open(t *testing.T, out string, fsys FS) *Store {
	t.Helper()
	s, err := Open(out, fsys)
	if err != nil {
		t.Fatal(err)
	}
	s.pause = 0
	return s
}

// idOf returns a made-up id.
func idOf(n int) string { return fmt.Sprintf("%012x", n) }

// stage writes a small release.
func stage(t *testing.T, s *Store, id string) *Staging {
	t.Helper()
	staged, err := s.Stage(id)
	if err != nil {
		t.Fatal(err)
	}
	if err := fill(staged, id); err != nil {
		t.Fatal(err)
	}
	return staged
}

var (
	publicFiles  = []string{"index.html", "manifest.json", "tables/estimates.csv"}
	privateFiles = []string{"manifest.json", "respondents/survey=rcp/wave=2020/part.parquet"}
)

func fill(staged *Staging, id string) error {
	var errs []error
	for _, name := range publicFiles {
		errs = append(errs, staged.WritePublic(name, content(id, name)))
	}
	for _, name := range privateFiles {
		errs = append(errs, staged.WritePrivate(name, content(id, name)))
	}
	return errors.Join(errs...)
}

func content(id, name string) []byte { return []byte(strings.Repeat(id+" "+name+"\n", 50)) }

func publishID(t *testing.T, s *Store, id string, keep int) {
	t.Helper()
	if err := stage(t, s, id).Publish(keep); err != nil {
		t.Fatal(err)
	}
}

// wantCurrent checks that the release is current and whole.
func wantCurrent(t *testing.T, out, id string) {
	t.Helper()
	got, ok, err := open(t, out, OS{}).Current()
	if err != nil || !ok || got != id {
		t.Fatalf("current is %q, %v, %v; want %q", got, ok, err, id)
	}
	for _, err := range whole(out, id) {
		t.Error(err)
	}
}

// whole returns what is wrong with a release folder.
func whole(out, id string) []error {
	var errs []error
	check := func(folder string, names []string) {
		for _, name := range names {
			data, err := OS{}.ReadFile(filepath.Join(out, "releases", id, folder, filepath.FromSlash(name)))
			if err != nil || string(data) != string(content(id, name)) {
				errs = append(errs, fmt.Errorf("%s of %s/%s: %d bytes, %w", name, id, folder, len(data), err))
			}
		}
	}
	check("public", publicFiles)
	check("private", privateFiles)
	return errs
}

// wantOnly checks that OUT and its releases hold nothing else.
func wantOnly(t *testing.T, out string, releases ...string) {
	t.Helper()
	for dir, want := range map[string]string{out: "current releases", filepath.Join(out, "releases"): strings.Join(releases, " ")} {
		entries, err := OS{}.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			if e.Name() != lockName {
				names = append(names, e.Name())
			}
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s holds %q, want %q", filepath.Base(dir), got, want)
		}
	}
}
