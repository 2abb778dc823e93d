//go:build !windows

package keyfile

import (
	"fmt"
	"io/fs"
)

// private returns an error where anybody but the owner may use the file.
func private(path string, mode fs.FileMode) error {
	if mode.Perm()&0o077 == 0 {
		return nil
	}
	return fmt.Errorf("key file %s can be read or changed by others (mode %04o); run: chmod 600 %s", path, mode.Perm(), path)
}
