//go:build !windows

package publish

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What somebody put in the place of a release's file - a pipe, a link to a device, a
// file of a terabyte - is an error at once, and nothing is read of it.
func TestFilesThatNeverEnd(t *testing.T) {
	pipe := func(path string) error { return syscall.Mkfifo(path, 0o600) }
	device := func(path string) error { return os.Symlink("/dev/zero", path) }
	sparse := func(path string) error {
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		defer f.Close()
		return f.Truncate(1 << 40)
	}
	for _, c := range []struct {
		name, file, want string
		place            func(path string) error
	}{
		{"a pipe for a table", "public/tables/estimates.csv", "is not a plain file", pipe},
		{"a device for a table", "public/tables/estimates.csv", "is not a plain file", device},
		{"a terabyte for a table", "public/tables/estimates.csv", "has more than 1024 MiB", sparse},
		{"a pipe for current", "../../current", "neither a link nor a text file", pipe},
		{"a device for current", "../../current", "names no release", device},
		{"a terabyte for current", "../../current", "too long to name a release", sparse},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := t.TempDir()
			s := open(t, out, OS{})
			publishID(t, s, idOf(1), 5)
			path := filepath.Join(out, "releases", idOf(1), filepath.FromSlash(c.file))
			_ = os.Remove(path) // it may not be there
			if err := c.place(path); err != nil {
				t.Skip("this file system cannot have it: ", err)
			}
			done := make(chan error, 1)
			go func() {
				_, err := s.CurrentPublic("tables/estimates.csv")
				done <- err
			}()
			select {
			case err := <-done:
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("error %v, want one that says %q", err, c.want)
				}
			case <-time.After(5 * time.Second):
				t.Fatal("still reading after 5 seconds")
			}
		})
	}
}
