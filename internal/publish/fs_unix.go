//go:build !windows

package publish

import (
	"errors"
	"os"
	"syscall"
)

// Symlink calls os.Symlink.
func (OS) Symlink(target, path string) error { return os.Symlink(target, path) }

// Sync flushes a file or folder. Some file systems cannot flush a folder and say
// EINVAL; nothing is lost by going on.
//
//gosec:disable G304 -- names in the output folder that checkName has let pass
func (OS) Sync(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() {
		if closing := f.Close(); err == nil {
			err = closing
		}
	}()
	if err := f.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) {
		return err
	}
	return nil
}

// heldOpen returns err: an open file can be renamed and removed here.
func heldOpen(err error) error { return err }
