package publish

import (
	"fmt"
	"io/fs"
	"path/filepath"
)

// seal makes the staged folder fit to be a release: nothing in it but files and
// folders, private ones closed to others, and everything on the disk.
func (t *Staging) seal() error {
	if err := t.walk(t.PrivateDir(), t.close); err != nil {
		return err
	}
	return t.walk(t.dir, func(path string, _ fs.FileMode) error { return t.store.flush(path) })
}

// close takes a private file or folder from others. The mode is set, not asked
// for, as those who made it may not have thought of it.
func (t *Staging) close(path string, mode fs.FileMode) error {
	if mode.IsDir() {
		return t.restrict(path, 0o700)
	}
	return t.restrict(path, 0o600)
}

// walk calls visit for every file and folder below dir, contents first, then
// for dir itself.
func (t *Staging) walk(dir string, visit func(path string, mode fs.FileMode) error) error {
	entries, err := t.store.fs.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("check the release: %w", err)
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch mode := e.Type(); {
		case mode.IsDir():
			err = t.walk(path, visit)
		case mode.IsRegular():
			err = visit(path, mode)
		default:
			err = fmt.Errorf("%s is neither a file nor a folder; a release holds nothing else", path)
		}
		if err != nil {
			return err
		}
	}
	return visit(dir, fs.ModeDir)
}

func (s *Store) flush(path string) error {
	if err := s.fs.Sync(path); err != nil {
		return fmt.Errorf("flush the release to the disk: %w", err)
	}
	return nil
}
