package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// Whatever goes wrong while a release is made, the last one stays current and
// whole, the error says what happened, and the next run succeeds.
func TestFaultsLeaveTheLastRelease(t *testing.T) {
	held := fmt.Errorf("the process cannot access the file: %w", ErrHeldOpen)
	for _, c := range []struct {
		name, call, path string
		err              error
		want             string
	}{
		{"disk full at a report", "write", "index.html", syscall.ENOSPC, "write the release: "},
		{"disk full at data", "write", "part.parquet", syscall.ENOSPC, "write the release: "},
		{"disk full at the flush", "sync", "estimates.csv", syscall.ENOSPC, "flush the release to the disk: "},
		{"folder not writable", "mkdir", "releases", fs.ErrPermission, "make the output folder: "},
		{"staging folder not writable", "mkdir", "public", fs.ErrPermission, "start a release: "},
		{"release folder not renamed", "rename", idOf(2), fs.ErrPermission, "name the release: "},
		{"file of the release held open", "rename", idOf(2), held, "name the release: "},
		{"current not replaced", "rename", "current", fs.ErrPermission, "point to the new release: "},
		{"current held open", "rename", "current", held, "close it and run again"},
		{"neither link nor file", "pointer", "", syscall.ENOSPC, "point to the new release: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := t.TempDir()
			publishID(t, open(t, out, OS{}), idOf(1), 5)
			s := open(t, out, faultyFS{fault: func(call, path string) error {
				if call == c.call && filepath.Base(path) == c.path {
					return c.err
				}
				if c.call == "pointer" && strings.HasPrefix(filepath.Base(path), ".tmp-current-") {
					return c.err
				}
				return nil
			}})
			err := attempt(s, idOf(2))
			if !errors.Is(err, c.err) || !strings.Contains(fmt.Sprint(err), c.want) {
				t.Errorf("error %v; want %q and its cause", err, c.want)
			}
			wantCurrent(t, out, idOf(1))
			publishID(t, open(t, out, OS{}), idOf(2), 5)
			wantCurrent(t, out, idOf(2))
			wantOnly(t, out, idOf(1), idOf(2))
		})
	}
}

func attempt(s *Store, id string) error {
	staged, err := s.Stage(id)
	if err != nil {
		return err
	}
	if err := fill(staged, id); err != nil {
		return errors.Join(err, staged.Abort())
	}
	if err := staged.Publish(5); err != nil {
		return errors.Join(err, staged.Abort())
	}
	return nil
}

func TestHeldOpenForAMoment(t *testing.T) {
	out, tries := t.TempDir(), 0
	s := open(t, out, faultyFS{fault: func(call, path string) error {
		if call == "rename" && filepath.Base(path) == "current" {
			if tries++; tries < 4 {
				return ErrHeldOpen
			}
		}
		return nil
	}})
	publishID(t, s, idOf(1), 5)
	wantCurrent(t, out, idOf(1))
	if tries != 4 {
		t.Errorf("tried %d times, want 4", tries)
	}
}

func TestNotPrunedIsSaid(t *testing.T) {
	out, fail := t.TempDir(), true
	s := open(t, out, faultyFS{fault: func(call, path string) error {
		if fail && strings.HasPrefix(filepath.Base(path), ".tmp-old-") && call == "remove" {
			return ErrHeldOpen
		}
		return nil
	}})
	publishID(t, s, idOf(1), 1)
	if err := stage(t, s, idOf(2)).Publish(1); !errors.Is(err, ErrNotPruned) || !errors.Is(err, ErrHeldOpen) {
		t.Errorf("error %v; want ErrNotPruned for ErrHeldOpen", err)
	}
	wantCurrent(t, out, idOf(2))
	if _, err := os.Stat(filepath.Join(out, "releases", idOf(1), "private")); err == nil {
		t.Error("the old private folder still has its name")
	}
	fail = false
	publishID(t, s, idOf(3), 1)
	wantOnly(t, out, idOf(1), idOf(2), idOf(3))
}

// noLinks is a file system as on most Windows machines.
func noLinks(call, _ string) error {
	if call == "symlink" {
		return errors.ErrUnsupported
	}
	return nil
}

func TestCurrentAsATextFile(t *testing.T) {
	out := t.TempDir()
	s := open(t, out, faultyFS{fault: noLinks})
	for n := 1; n <= 3; n++ {
		publishID(t, s, idOf(n), 5)
		wantCurrent(t, out, idOf(n))
		text, err := os.ReadFile(filepath.Join(out, "current"))
		if err != nil || string(text) != "releases/"+idOf(n)+"\n" {
			t.Errorf("current holds %q, %v", text, err)
		}
	}
	wantOnly(t, out, idOf(1), idOf(2), idOf(3))
}

func TestCurrentTurnsFromTextToLinkAndBack(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no links are made on Windows")
	}
	out := t.TempDir()
	for n, fault := range []func(call, path string) error{noLinks, func(string, string) error { return nil }, noLinks} {
		publishID(t, open(t, out, faultyFS{fault: fault}), idOf(n+1), 5)
		wantCurrent(t, out, idOf(n+1))
	}
}

func TestCurrentThatNamesNoRelease(t *testing.T) {
	for _, text := range []string{"", "/etc", "../elsewhere", "releases/../../x", "releases", "releases/0123456789AB", "else/0123456789ab"} {
		out := t.TempDir()
		if err := os.WriteFile(filepath.Join(out, "current"), []byte(text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		id, ok, err := open(t, out, OS{}).Current()
		if ok || (err == nil) != (text == "") {
			t.Errorf("current %q gives %q, %v, %v", text, id, ok, err)
		}
	}
	out := t.TempDir()
	s := open(t, out, OS{})
	publishID(t, s, idOf(1), 5)
	if err := os.RemoveAll(filepath.Join(out, "releases", idOf(1))); err != nil {
		t.Fatal(err)
	}
	if id, ok, err := s.Current(); ok || err != nil {
		t.Errorf("after the release was removed by hand: %q, %v, %v", id, ok, err)
	}
	publishID(t, s, idOf(1), 5)
	wantCurrent(t, out, idOf(1))
}

func TestLinksAreRefused(t *testing.T) {
	elsewhere := t.TempDir()
	link := func(t *testing.T, path string) {
		if err := os.Symlink(elsewhere, path); err != nil {
			t.Skip("links cannot be made on this machine: ", err)
		}
	}
	t.Run("releases", func(t *testing.T) {
		out := t.TempDir()
		link(t, filepath.Join(out, "releases"))
		if _, err := Open(out, OS{}); err == nil || !strings.Contains(err.Error(), "is a link") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("a release", func(t *testing.T) {
		out := t.TempDir()
		s := open(t, out, OS{})
		publishID(t, s, idOf(1), 5)
		link(t, filepath.Join(out, "releases", idOf(2)))
		if err := attempt(s, idOf(2)); err == nil || !strings.Contains(err.Error(), "is a link") {
			t.Errorf("error %v", err)
		}
		wantCurrent(t, out, idOf(1))
	})
	t.Run("in a release", func(t *testing.T) {
		s := open(t, t.TempDir(), OS{})
		staged := stage(t, s, idOf(1))
		link(t, filepath.Join(staged.PublicDir(), "figures"))
		if err := staged.Publish(5); err == nil || !strings.Contains(err.Error(), "neither a file nor a folder") {
			t.Errorf("error %v", err)
		}
	})
	if entries, err := os.ReadDir(elsewhere); err != nil || len(entries) != 0 {
		t.Errorf("something was written through a link: %v, %v", entries, err)
	}
}
