package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestPublishReplacesCurrent(t *testing.T) {
	out := filepath.Join(t.TempDir(), "not", "yet", "there")
	s := open(t, out, OS{})
	if id, ok, err := s.Current(); id != "" || ok || err != nil {
		t.Errorf("before the first release: %q, %v, %v", id, ok, err)
	}
	if _, err := s.CurrentPublic("tables/estimates.csv"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file of no release: %v", err)
	}
	for n := 1; n <= 3; n++ {
		publishID(t, s, idOf(n), 5)
		wantCurrent(t, out, idOf(n))
	}
	wantOnly(t, out, idOf(1), idOf(2), idOf(3))
	data, err := s.CurrentPublic("tables/estimates.csv")
	if err != nil || string(data) != string(content(idOf(3), "tables/estimates.csv")) {
		t.Errorf("file of the current release: %q, %v", data, err)
	}
}

func TestPublishGoesBack(t *testing.T) {
	out := t.TempDir()
	s := open(t, out, OS{})
	for _, n := range []int{1, 2, 1} {
		publishID(t, s, idOf(n), 1)
		wantCurrent(t, out, idOf(n)) // the private folder, pruned in between, is back
	}
	wantOnly(t, out, idOf(1), idOf(2))
}

func TestAbortLeavesTheLastRelease(t *testing.T) {
	out := t.TempDir()
	s := open(t, out, OS{})
	publishID(t, s, idOf(1), 5)
	staged := stage(t, s, idOf(2))
	if err := staged.Abort(); err != nil {
		t.Fatal(err)
	}
	if err := staged.Publish(5); err == nil {
		t.Error("a release was published after it was given up")
	}
	wantCurrent(t, out, idOf(1))
	wantOnly(t, out, idOf(1))
	again := stage(t, s, idOf(2))
	if err := errors.Join(again.Publish(5), again.Abort()); err != nil {
		t.Fatal(err)
	}
	wantCurrent(t, out, idOf(2))
}

func TestStageRemovesWhatAKilledRunLeft(t *testing.T) {
	out := t.TempDir()
	s := open(t, out, OS{})
	publishID(t, s, idOf(1), 5)
	stage(t, s, idOf(2)) // never published, never given up
	if err := os.WriteFile(filepath.Join(out, "releases", ".tmp-current-0123"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	publishID(t, s, idOf(3), 5)
	wantOnly(t, out, idOf(1), idOf(3))
}

func TestPrivateModesUnderAnyUmask(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("file modes do not exist on Windows")
	}
	for _, mask := range []int{0, 0o022, 0o077} {
		out := t.TempDir()
		old := setUmask(mask)
		s := open(t, out, OS{})
		staged := stage(t, s, idOf(1))
		// Other stages write here by themselves, and do not think of modes.
		err := os.WriteFile(filepath.Join(staged.PrivateDir(), "respondents", "loose"), nil, 0o666)
		setUmask(old)
		if err != nil {
			t.Fatal(err)
		}
		if err := staged.Publish(5); err != nil {
			t.Fatal(err)
		}
		seen := 0
		err = filepath.WalkDir(filepath.Join(out, "releases", idOf(1), "private"), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			want := fs.FileMode(0o600)
			if d.IsDir() {
				want = 0o700
			}
			if err == nil && info.Mode().Perm() != want {
				t.Errorf("umask %03o: %s has mode %03o, want %03o", mask, d.Name(), info.Mode().Perm(), want)
			}
			seen++
			return err
		})
		if err != nil || seen != 7 {
			t.Errorf("umask %03o: saw %d files and folders, %v; want 7", mask, seen, err)
		}
	}
}

func TestKeepsThePrivateFoldersOfTheNewest(t *testing.T) {
	withPrivate := func(out string) string {
		var ids []string
		for n := 1; n <= 5; n++ {
			if _, err := os.Stat(filepath.Join(out, "releases", idOf(n), "private")); err == nil {
				ids = append(ids, idOf(n)[11:])
			}
		}
		return strings.Join(ids, "")
	}
	for _, c := range []struct {
		keep int
		want string
	}{{0, "2"}, {1, "2"}, {2, "25"}, {3, "235"}, {9, "12345"}} {
		out := t.TempDir()
		s := open(t, out, OS{})
		for _, n := range []int{1, 4, 3, 5} {
			publishID(t, s, idOf(n), 9)
			// A clock that is wrong by a year forwards: order must still hold.
			if n == 3 {
				ahead := time.Now().AddDate(1, 0, 0)
				if err := os.Chtimes(filepath.Join(out, "releases", idOf(n)), ahead, ahead); err != nil {
					t.Fatal(err)
				}
			}
		}
		publishID(t, s, idOf(2), c.keep)
		if got := withPrivate(out); got != c.want {
			t.Errorf("keep %d: private folders of %s are left, want %s", c.keep, got, c.want)
		}
		wantCurrent(t, out, idOf(2))
		wantOnly(t, out, idOf(1), idOf(2), idOf(3), idOf(4), idOf(5))
	}
}

func TestLock(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	unlock, err := open(t, out, OS{}).Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := open(t, out, OS{}).Lock(t.Context()); !errors.Is(err, ErrLocked) {
		t.Errorf("second run: %v; want ErrLocked", err)
	}
	if waited := time.Since(began); waited > time.Second {
		t.Errorf("second run waited %v", waited)
	}
	unlock()
	unlock, err = open(t, out, OS{}).Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	unlock()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := open(t, out, OS{}).Lock(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted run: %v", err)
	}
}

func TestNames(t *testing.T) {
	s := open(t, t.TempDir(), OS{})
	staged, err := s.Stage(idOf(1))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", ".", "..", "../x", "a/../../x", "/x", "a//b", "a/", `a\b`, `..\x`, "C:x", "x:stream", "a\nb", ".hidden", "a/.hidden/b"} {
		if err := staged.WritePublic(name, nil); err == nil {
			t.Errorf("WritePublic took %q", name)
		}
		if err := staged.WritePrivate(name, nil); err == nil {
			t.Errorf("WritePrivate took %q", name)
		}
		if _, err := s.CurrentPublic(name); err == nil || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("CurrentPublic took %q: %v", name, err)
		}
	}
	if err := errors.Join(staged.WritePublic("a.csv", nil), staged.WritePublic("a.csv", nil)); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file was written twice: %v", err)
	}
	unnamed, err := s.Stage("")
	if err != nil {
		t.Fatal(err)
	}
	if err := unnamed.Publish(1); err == nil {
		t.Error("a release without an id was published")
	}
	for _, id := range []string{"", "../../../x", "0123456789AB"} {
		if err := unnamed.Name(id); err == nil {
			t.Errorf("Name took the id %q", id)
		}
	}
	for _, id := range []string{"../../../x", "0123456789AB", "0123456789abc"} {
		if _, err := s.Stage(id); err == nil {
			t.Errorf("Stage took the id %q", id)
		}
	}
}
