//go:build !windows

package publish

import "syscall"

func setUmask(mask int) (old int) { return syscall.Umask(mask) }
