package publish

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"
)

// Input is a file that a release rests on. It converts to disclose.Input.
type Input struct {
	Path   string `json:"path"` // relative to the study folder, with slashes
	SHA256 string `json:"sha256"`
	Kind   string `json:"kind"` // study, export, or key: what explains an export
}

// ID names a release: the first 12 hex digits of SHA-256 over the program's
// version, the study files and exports in any order, and the id of the release
// it replaces and is compared with ("" for none). Each part is hashed with its length, so
// that no two lists read alike.
func ID(version string, inputs []Input, previous string) string {
	sorted := slices.SortedFunc(slices.Values(inputs), func(a, b Input) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Path, b.Path), cmp.Compare(a.SHA256, b.SHA256))
	})
	h := sha256.New()
	add := func(parts ...string) {
		for _, p := range parts {
			fmt.Fprintf(h, "%d:%s", len(p), p)
		}
	}
	add("caregap release", version, previous)
	for _, in := range sorted {
		add(in.Kind, in.Path, in.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// HashFile returns a file's SHA-256 in hex and its size in bytes. It reads the
// file piece by piece.
//
//gosec:disable G304 -- the study's own files, which study.Load has checked
func HashFile(path string) (sha256Hex string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.CopyBuffer(h, onlyReader{f}, make([]byte, 1<<20))
	if err != nil {
		return "", 0, fmt.Errorf("hash a file: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), size, nil
}

// onlyReader hides *os.File's WriteTo, which would not use the large buffer.
type onlyReader struct{ io.Reader }
