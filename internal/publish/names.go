package publish

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"unicode"
)

// checkName returns an error unless name is a path with slashes that stays
// below its folder on every system: nothing absolute, no .., no backslash, no
// drive or stream colon, no control character, no hidden file.
func checkName(name string) error {
	if !fs.ValidPath(name) || name == "." || !filepath.IsLocal(filepath.FromSlash(name)) {
		return fmt.Errorf("file name %q leads out of the release", name)
	}
	if strings.ContainsAny(name, `\:`) || strings.ContainsFunc(name, unicode.IsControl) {
		return fmt.Errorf("file name %q holds a character that some systems forbid", name)
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return fmt.Errorf("file name %q is hidden", name)
		}
	}
	return nil
}
