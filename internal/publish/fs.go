package publish

import (
	"fmt"
	"io/fs"
	"os"
	"time"
)

// FS is what publishing asks of a file system. Paths are the system's own. An
// implementation returns an error that is ErrHeldOpen where another program's
// open file is in the way.
type FS interface {
	Lstat(path string) (fs.FileInfo, error)
	ReadDir(path string) ([]fs.DirEntry, error)
	// ReadFile reads a plain file, no link, of at most maxRead bytes.
	ReadFile(path string) ([]byte, error)
	// WriteFile makes a file that must not exist yet.
	WriteFile(path string, data []byte, mode fs.FileMode) error
	// MkdirAll makes a folder and those above it, where they are missing.
	MkdirAll(path string, mode fs.FileMode) error
	Chmod(path string, mode fs.FileMode) error
	Chtimes(path string, modified time.Time) error
	// Sync flushes a file or folder to the disk.
	Sync(path string) error
	// Rename replaces a file or link at to in one step.
	Rename(from, to string) error
	// Symlink makes a link, or fails where links are not to be had or could not be
	// replaced in one step.
	Symlink(target, path string) error
	Readlink(path string) (string, error)
	// RemoveAll removes a file, a link (not what it names) or a folder.
	RemoveAll(path string) error
}

// OS is the file system of the machine.
type OS struct{}

var _ FS = OS{}

// Lstat calls os.Lstat.
func (OS) Lstat(path string) (fs.FileInfo, error) { return os.Lstat(path) }

// ReadDir calls os.ReadDir: entries come sorted by name.
func (OS) ReadDir(path string) ([]fs.DirEntry, error) { return os.ReadDir(path) }

// maxRead is the most that is read of a file in the output folder. A table of a
// million rows has a quarter of it.
const maxRead = 1 << 30

// ReadFile reads a file that publishing wrote. What others put in its place - a link,
// a pipe that never ends, a device - is an error.
//
//gosec:disable G304 -- names in the output folder that checkName has let pass
func (OS) ReadFile(path string) ([]byte, error) {
	info, err := os.Lstat(path) // before Open, which would wait at a pipe
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a plain file", path)
	case info.Size() > maxRead:
		return nil, fmt.Errorf("%s has more than %d MiB", path, maxRead>>20)
	}
	return os.ReadFile(path)
}

// WriteFile makes a new file.
//
//gosec:disable G304 -- names in the output folder that checkName has let pass
func (OS) WriteFile(path string, data []byte, mode fs.FileMode) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() {
		if closing := f.Close(); err == nil {
			err = closing
		}
	}()
	_, err = f.Write(data)
	return err
}

// MkdirAll calls os.MkdirAll.
func (OS) MkdirAll(path string, mode fs.FileMode) error { return os.MkdirAll(path, mode) }

// Chmod calls os.Chmod.
func (OS) Chmod(path string, mode fs.FileMode) error { return os.Chmod(path, mode) }

// Chtimes sets the time of modification and leaves that of access.
func (OS) Chtimes(path string, modified time.Time) error {
	return os.Chtimes(path, time.Time{}, modified)
}

// Rename calls os.Rename.
func (OS) Rename(from, to string) error { return heldOpen(os.Rename(from, to)) }

// Readlink calls os.Readlink.
func (OS) Readlink(path string) (string, error) { return os.Readlink(path) }

// RemoveAll calls os.RemoveAll.
func (OS) RemoveAll(path string) error { return heldOpen(os.RemoveAll(path)) }
