package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// point makes `current` name a release, in one rename. What it replaces may be
// a link or a text file.
func (s *Store) point(id string) error {
	tmp := s.temporary(currentName)
	if err := s.writePointer(tmp, releasesName+"/"+id); err != nil {
		return fmt.Errorf("point to the new release: %w", err)
	}
	if err := s.rename(tmp, s.current()); err != nil {
		return fmt.Errorf("point to the new release: %w", errors.Join(err, s.fs.RemoveAll(tmp)))
	}
	return s.flush(s.out)
}

// writePointer makes a link, or a text file where there are no links. The target
// is relative, so that the whole output folder may be moved.
func (s *Store) writePointer(path, target string) error {
	if err := s.fs.Symlink(filepath.FromSlash(target), path); err == nil {
		return nil
	}
	if err := s.fs.WriteFile(path, []byte(target+"\n"), 0o644); err != nil {
		return err
	}
	return s.fs.Sync(path)
}

// published is a release folder that still has its private part.
type published struct {
	id       string
	modified time.Time
}

// list returns the releases' folders, the newest first. Their order is that of
// the folders' times, which stamp keeps rising; ids settle what is left.
func (s *Store) list() ([]published, error) {
	entries, err := s.fs.ReadDir(s.releases())
	if err != nil {
		return nil, fmt.Errorf("look at the releases: %w", err)
	}
	var all []published
	for _, e := range entries {
		if !e.IsDir() || !idPattern.MatchString(e.Name()) {
			continue
		}
		info, err := s.fs.Lstat(s.release(e.Name()))
		if err != nil {
			return nil, fmt.Errorf("look at the releases: %w", err)
		}
		all = append(all, published{e.Name(), info.ModTime()})
	}
	slices.SortFunc(all, func(a, b published) int {
		if c := b.modified.Compare(a.modified); c != 0 {
			return c
		}
		return strings.Compare(b.id, a.id)
	})
	return all, nil
}

// stamp sets a folder's time to now, or past every release's where the clock
// was set back, so that times tell the order of releases.
func (s *Store) stamp(dir string) error {
	all, err := s.list()
	if err != nil {
		return err
	}
	now := time.Now()
	if len(all) > 0 && !now.After(all[0].modified) {
		now = all[0].modified.Add(2 * time.Second) // the coarsest file systems count in twos
	}
	if err := s.fs.Chtimes(dir, now); err != nil {
		return fmt.Errorf("date the release: %w", err)
	}
	return nil
}

// prune removes the private folders of all but the current release and the
// keep-1 newest others. Each is renamed first, so that none is ever found half
// removed.
func (s *Store) prune(keep int, current string) error {
	all, err := s.list()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotPruned, err)
	}
	kept, errs := 1, []error(nil)
	for _, r := range all {
		private := filepath.Join(s.release(r.id), privateName)
		if _, err := s.fs.Lstat(private); r.id == current || errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if kept < keep {
			kept++
			continue
		}
		errs = append(errs, s.discard(private))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("%w: %w", ErrNotPruned, err)
	}
	return nil
}

func (s *Store) discard(private string) error {
	tmp := s.temporary("old")
	if err := s.rename(private, tmp); err != nil {
		return err
	}
	return s.fs.RemoveAll(tmp)
}
