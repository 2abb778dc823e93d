// Package keyfile holds the key that turns respondents' ids into hashes.
//
//  1. The key is the text of the file that CAREGAP_KEY_FILE names, which must be
//     there; else of .caregap-key in the study folder, which is made from the
//     system's random numbers when it is not.
//  2. A key is at least 32 bytes long, space around it aside.
//  3. On systems with such modes, a file that others can read is refused.
//
// Whoever has the key and a list of e-mail addresses can tell which hash is
// whose. Whoever loses it cannot link later exports to earlier ones.
package keyfile

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Name is the key file's name in a study folder.
const Name = ".caregap-key"

// Env names the variable that names another key file.
const Env = "CAREGAP_KEY_FILE"

const (
	minBytes = 32
	maxBytes = 4096 // a longer file is no key but a mistake
)

// Load returns the study's key and the key's id, 8 hex digits of its SHA-256,
// which manifests may hold. It makes a key where the study has none. The key
// never appears in an error.
func Load(studyDir string) (key []byte, id string, err error) {
	path := os.Getenv(Env)
	if path == "" {
		path = filepath.Join(studyDir, Name)
		if err := ensure(path); err != nil {
			return nil, "", err
		}
	}
	key, err = read(path)
	if err != nil {
		return nil, "", err
	}
	sum := sha256.Sum256(key)
	return key, hex.EncodeToString(sum[:])[:8], nil
}

//gosec:disable G304 G703 -- the key file that the user names is the one to read
func read(path string) ([]byte, error) {
	info, err := os.Stat(path) // before Open, which would wait at a pipe
	if err != nil {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("key file %s is not a plain file", path)
	}
	if err := private(path, info.Mode()); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	key := bytes.TrimSpace(data)
	switch {
	case len(data) > maxBytes:
		return nil, fmt.Errorf("key file %s is longer than %d bytes, which no key is", path, maxBytes)
	case len(key) < minBytes:
		return nil, fmt.Errorf("key file %s holds %d bytes; a key has at least %d", path, len(key), minBytes)
	}
	return key, nil
}

// ensure makes the key file where there is none. The name appears in one step
// with its content, so that neither a killed run nor another run at the same
// time can leave or see half a key.
func ensure(path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil // what else may be wrong, read says
	}
	tmp, err := write(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("make a key (or name a file that holds one in %s): %w", Env, err)
	}
	defer os.Remove(tmp)
	err = os.Link(tmp, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	// Some file systems have no links; there the last of two makers at once wins.
	if err := os.Rename(tmp, path); err != nil {
		return fmt.Errorf("make a key: %w", err)
	}
	return nil
}

// write puts a new key into a temporary file of dir, mode 0600.
//
//gosec:disable G104 -- the error that led here is reported; the file is a temporary one
func write(dir string) (path string, err error) {
	var random [32]byte
	if _, err := rand.Read(random[:]); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(dir, Name+"-*")
	if err != nil {
		return "", err
	}
	_, err = fmt.Fprintln(f, hex.EncodeToString(random[:]))
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}
