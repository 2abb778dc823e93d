package publish

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
)

// Staging is a release that is being made. Nobody but its maker looks at it.
type Staging struct {
	store *Store
	id    string
	dir   string
	done  bool
}

// Stage starts a release under its id, and removes what killed runs left. The id
// may be "", when the inputs are still being read; Name gives it then.
func (s *Store) Stage(id string) (*Staging, error) {
	if id != "" && !idPattern.MatchString(id) {
		return nil, badID(id)
	}
	if err := s.check(s.releases()); err != nil {
		return nil, err
	}
	if err := s.fs.MkdirAll(s.releases(), 0o755); err != nil {
		return nil, fmt.Errorf("make the output folder: %w", err)
	}
	if err := s.sweep(); err != nil {
		return nil, err
	}
	t := &Staging{store: s, id: id, dir: s.temporary(id)}
	if err := s.fs.MkdirAll(t.PublicDir(), 0o755); err != nil {
		return nil, fmt.Errorf("start a release: %w", err)
	}
	if err := t.private(""); err != nil {
		return nil, err
	}
	return t, nil
}

func badID(id string) error { return fmt.Errorf("release id %q: want 12 hex digits", id) }

// Name gives the release its id.
func (t *Staging) Name(id string) error {
	if !idPattern.MatchString(id) {
		return badID(id)
	}
	t.id = id
	return nil
}

// temporary returns a new path in releases/, so that a later rename never
// crosses file systems and OUT itself holds nothing unfinished.
func (s *Store) temporary(what string) string {
	var random [6]byte
	_, _ = rand.Read(random[:]) // never fails: see crypto/rand
	return filepath.Join(s.releases(), tmpPrefix+what+"-"+hex.EncodeToString(random[:]))
}

// sweep removes unfinished work. The lock says that nobody is at it.
func (s *Store) sweep() error {
	entries, err := s.fs.ReadDir(s.releases())
	if err != nil {
		return fmt.Errorf("look at the releases: %w", err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), tmpPrefix) {
			continue
		}
		if err := s.fs.RemoveAll(s.release(e.Name())); err != nil {
			return fmt.Errorf("remove what an earlier run left: %w", err)
		}
	}
	return nil
}

// PublicDir is the folder of what may be shared.
func (t *Staging) PublicDir() string { return filepath.Join(t.dir, publicName) }

// PrivateDir is the folder of what may not be shared. It has mode 0700; Publish
// gives all that was put into it 0700 and 0600.
func (t *Staging) PrivateDir() string { return filepath.Join(t.dir, privateName) }

// WritePublic writes a new file of the public folder; name has slashes.
func (t *Staging) WritePublic(name string, data []byte) error {
	if err := checkName(name); err != nil {
		return err
	}
	file := filepath.Join(t.PublicDir(), filepath.FromSlash(name))
	if err := t.store.fs.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("write the release: %w", err)
	}
	return t.write(file, data, 0o644)
}

// WritePrivate writes a new file of the private folder, mode 0600 whatever the
// umask; name has slashes.
func (t *Staging) WritePrivate(name string, data []byte) error {
	if err := checkName(name); err != nil {
		return err
	}
	if err := t.private(path.Dir(name)); err != nil {
		return err
	}
	file := filepath.Join(t.PrivateDir(), filepath.FromSlash(name))
	if err := t.write(file, data, 0o600); err != nil {
		return err
	}
	return t.restrict(file, 0o600)
}

func (t *Staging) write(file string, data []byte, mode fs.FileMode) error {
	if err := t.store.fs.WriteFile(file, data, mode); err != nil {
		return fmt.Errorf("write the release: %w", err)
	}
	return nil
}

// private makes a folder below the private one.
func (t *Staging) private(name string) error {
	dir := filepath.Join(t.PrivateDir(), filepath.FromSlash(name))
	if err := t.store.fs.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("write the release: %w", err)
	}
	return t.restrict(dir, 0o700)
}

func (t *Staging) restrict(path string, mode fs.FileMode) error {
	if err := t.store.fs.Chmod(path, mode); err != nil {
		return fmt.Errorf("close the private folder to others: %w", err)
	}
	return nil
}

// Abort removes the unfinished release. After Publish it does nothing.
func (t *Staging) Abort() error {
	if t.done {
		return nil
	}
	t.done = true
	if err := t.store.fs.RemoveAll(t.dir); err != nil {
		return fmt.Errorf("remove the unfinished release: %w", err)
	}
	return nil
}

// Publish makes the release the current one and keeps the private folders of
// keep releases, this one among them. On an error the last release is still
// current, unless it is ErrNotPruned.
func (t *Staging) Publish(keep int) error {
	if t.done {
		return errors.New("release was published or given up before")
	}
	if t.id == "" {
		return badID(t.id)
	}
	if err := t.seal(); err != nil {
		return err
	}
	if err := t.install(); err != nil {
		return err
	}
	if err := t.store.point(t.id); err != nil {
		return err
	}
	t.done = true
	return t.store.prune(keep, t.id)
}

// install gives the staged folder its name. Where these very inputs were
// released before, the folder of that time stands: same id, same bytes. Only
// its private folder may have gone since, and is put back.
func (t *Staging) install() error {
	s, final := t.store, t.store.release(t.id)
	if err := s.check(final); err != nil {
		return err
	}
	_, err := s.fs.Lstat(final)
	if errors.Is(err, fs.ErrNotExist) {
		if err := s.stamp(t.dir); err != nil {
			return err
		}
		if err := s.rename(t.dir, final); err != nil {
			return fmt.Errorf("name the release: %w", err)
		}
		return s.flush(s.releases())
	}
	if err != nil {
		return fmt.Errorf("look at the releases: %w", err)
	}
	return t.merge(final)
}

func (t *Staging) merge(final string) error {
	s, private := t.store, filepath.Join(final, privateName)
	if err := s.check(private); err != nil {
		return err
	}
	if _, err := s.fs.Lstat(private); errors.Is(err, fs.ErrNotExist) {
		if err := s.rename(t.PrivateDir(), private); err != nil {
			return fmt.Errorf("put the private folder back: %w", err)
		}
	}
	if err := s.fs.RemoveAll(t.dir); err != nil {
		return fmt.Errorf("remove the second copy of the release: %w", err)
	}
	if err := s.stamp(final); err != nil {
		return err
	}
	return s.flush(final)
}
