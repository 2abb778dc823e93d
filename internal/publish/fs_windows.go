package publish

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

const (
	accessDenied     = syscall.Errno(5) // also what renaming a folder says with a file open in it
	sharingViolation = syscall.Errno(32)
	lockViolation    = syscall.Errno(33)
)

// Symlink always fails. Making a link needs a right that few accounts have, and
// a link to a folder cannot be replaced in one step.
func (OS) Symlink(target, path string) error {
	return &os.LinkError{Op: "symlink", Old: target, New: path, Err: errors.ErrUnsupported}
}

// Sync flushes a file. Folders cannot be flushed here.
func (OS) Sync(path string) (err error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() {
		if closing := f.Close(); err == nil {
			err = closing
		}
	}()
	return f.Sync()
}

func heldOpen(err error) error {
	for _, held := range []syscall.Errno{accessDenied, sharingViolation, lockViolation} {
		if errors.Is(err, held) {
			return fmt.Errorf("%w: %w", err, ErrHeldOpen)
		}
	}
	return err
}
