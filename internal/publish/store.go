package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

const (
	lockName     = ".lock"
	currentName  = "current"
	releasesName = "releases"
	publicName   = "public"
	privateName  = "private"
	tmpPrefix    = ".tmp-"
)

var idPattern = regexp.MustCompile(`^[0-9a-f]{12}$`)

// Store is an output folder. Its methods other than Lock, Current and
// CurrentPublic want the lock held.
type Store struct {
	out   string
	fs    FS
	pause time.Duration // between tries at a file that is held open
}

// Open looks at the output folder out and makes nothing. It refuses a folder
// whose releases/ is a link, which could lead private data anywhere.
func Open(out string, fsys FS) (*Store, error) {
	s := &Store{out: out, fs: fsys, pause: 200 * time.Millisecond}
	if err := s.check(s.releases()); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Store) releases() string         { return filepath.Join(s.out, releasesName) }
func (s *Store) current() string          { return filepath.Join(s.out, currentName) }
func (s *Store) release(id string) string { return filepath.Join(s.releases(), id) }

// check returns an error unless path is a true folder or absent.
func (s *Store) check(path string) error {
	info, err := s.fs.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("look at the output folder: %w", err)
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("%s is a link; a release is only written to a true folder", path)
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder", path)
	}
	return nil
}

// Lock takes the output folder for one run, making it where it is missing, and
// does not wait: with another run at work the error is ErrLocked. The system
// lets go of the lock of a run that dies.
func (s *Store) Lock(ctx context.Context) (unlock func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := s.fs.MkdirAll(s.releases(), 0o755); err != nil {
		return nil, fmt.Errorf("make the output folder: %w", err)
	}
	path := filepath.Join(s.out, lockName)
	if info, err := s.fs.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a plain file", path)
	}
	lock := flock.New(path)
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the output folder: %w", err)
	}
	if !ok {
		return nil, fmt.Errorf("%s: %w", path, ErrLocked)
	}
	// Close also unlocks; what it could report, the end of the process mends.
	return func() { _ = lock.Close() }, nil
}

// Current returns the id of the release that counts; ok is false where there is
// none yet, or where its folder was removed by hand.
func (s *Store) Current() (id string, ok bool, err error) {
	target, err := s.readCurrent()
	if err != nil || target == "" {
		return "", false, err
	}
	folder, id, found := strings.Cut(target, "/")
	if !found || folder != releasesName || !idPattern.MatchString(id) {
		return "", false, fmt.Errorf("%s names no release; remove it and run again", s.current())
	}
	if err := s.check(s.release(id)); err != nil {
		return "", false, err
	}
	if _, err := s.fs.Lstat(s.release(id)); err != nil {
		return "", false, nil
	}
	return id, true, nil
}

// maxPointer is more than any name of a release needs.
const maxPointer = 4096

// readCurrent returns what the link or text file holds, "" where there is none.
func (s *Store) readCurrent() (string, error) {
	info, err := s.fs.Lstat(s.current())
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("find the current release: %w", err)
	}
	var target string
	switch mode := info.Mode(); {
	case mode&fs.ModeSymlink != 0:
		target, err = s.fs.Readlink(s.current())
	case mode.IsRegular() && info.Size() > maxPointer:
		return "", fmt.Errorf("%s is too long to name a release; remove it and run again", s.current())
	case mode.IsRegular():
		var text []byte
		text, err = s.fs.ReadFile(s.current())
		target = strings.TrimSpace(string(text))
	default:
		return "", fmt.Errorf("%s is neither a link nor a text file", s.current())
	}
	if err != nil {
		return "", fmt.Errorf("find the current release: %w", err)
	}
	return filepath.ToSlash(target), nil
}

// CurrentPublic returns a file of the current release's public folder by its
// name with slashes; the error is fs.ErrNotExist where there is no such release
// or file.
func (s *Store) CurrentPublic(name string) ([]byte, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	id, ok, err := s.Current()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("read %s of the current release: %w", name, fs.ErrNotExist)
	}
	return s.Public(id, name)
}

// Public returns a file of any release's public folder, likewise.
func (s *Store) Public(id, name string) ([]byte, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	if !idPattern.MatchString(id) {
		return nil, fmt.Errorf("%q is the id of no release", id)
	}
	data, err := s.fs.ReadFile(filepath.Join(s.release(id), publicName, filepath.FromSlash(name)))
	if err != nil {
		return nil, fmt.Errorf("read release %s: %w", id, err)
	}
	return data, nil
}

// rename tries again for a moment where another program, often a virus scanner,
// holds a file open.
func (s *Store) rename(from, to string) error {
	var err error
	for range 5 {
		if err = s.fs.Rename(from, to); !errors.Is(err, ErrHeldOpen) {
			return err
		}
		time.Sleep(s.pause)
	}
	return err
}
