package study

import (
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/diag"
)

// place is where a value stands in a file, and the key it stands under.
type place struct {
	key, value diag.Pos
	bad        bool // the value could not be decoded; that has been said
}

// places finds the line of any value of a decoded file by its path, so that the
// structs need not carry a position for every scalar. Where a codebook extends
// another, the places of both are laid over each other like their values.
type places map[keyPath]place

// keyPath is the keys and list indices that lead to a value.
type keyPath string

// Both are control characters, which badText keeps out of every key.
const (
	pathSeparator = "\x1f"
	indexMark     = "\x1e"
)

// to joins keys (string) and indices (int) to a path.
func to(parts ...any) keyPath { return keyPath("").to(parts...) }

// to goes on from p.
func (p keyPath) to(parts ...any) keyPath {
	for _, part := range parts {
		s, ok := part.(string)
		if !ok {
			s = indexMark + strconv.Itoa(part.(int))
		}
		if p != "" {
			p += pathSeparator
		}
		p += keyPath(s)
	}
	return p
}

// parent is the keyPath of the mapping or list around p.
func (p keyPath) parent() keyPath {
	if i := strings.LastIndex(string(p), pathSeparator); i >= 0 {
		return p[:i]
	}
	return ""
}

// String writes the path for messages: items.want_more.scale. Places in lists
// are left out, since lines and columns say them better.
func (p keyPath) String() string {
	var keys []string
	for part := range strings.SplitSeq(string(p), pathSeparator) {
		if !strings.HasPrefix(part, indexMark) {
			keys = append(keys, short(part))
		}
	}
	return strings.Join(keys, ".")
}

// prefix is the path as the start of a message, or nothing at the top.
func (p keyPath) prefix() string {
	if p == "" {
		return ""
	}
	return p.String() + ": "
}

// value is where the value at p stands, or the nearest that is around it.
func (s places) value(p keyPath) diag.Pos {
	for {
		if at, ok := s[p]; ok {
			return at.value
		}
		if p == "" {
			return diag.Pos{}
		}
		p = p.parent()
	}
}

// key is where the key of p stands, or the nearest value around it.
func (s places) key(p keyPath) diag.Pos {
	if at, ok := s[p]; ok {
		return at.key
	}
	return s.value(p)
}

// given reports whether the file has a value at p.
func (s places) given(p keyPath) bool { _, ok := s[p]; return ok }

// sound reports whether the file has a value at p that could be decoded.
func (s places) sound(p keyPath) bool { at, ok := s[p]; return ok && !at.bad }
