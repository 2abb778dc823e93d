package csvfile

import (
	"errors"
	"runtime"
	"testing"

	"github.com/caregap/caregap/internal/diag"
)

// endless is a file of one repeated byte behind a beginning.
type endless struct {
	begin string
	fill  byte
}

func (e endless) ReadAt(p []byte, at int64) (int, error) {
	p[0] = e.fill
	for n := 1; n < len(p); n *= 2 {
		copy(p[n:], p[:n])
	}
	if at < int64(len(e.begin)) {
		copy(p, e.begin[at:])
	}
	return len(p), nil
}

// Gigabytes of one quotation mark, or of one line, are refused at the limit of a
// cell, in a few times the memory that it may take.
func TestEndless(t *testing.T) {
	const cell, memory = 1 << 20, 100 << 20
	for name, c := range map[string]struct {
		file endless
		size int64
		want string
	}{
		"an open quotation mark": {endless{"a,b\n\"", 'x'}, 10 << 30, "too-large@2"},
		"in UTF-16":              {endless{"\xff\xfea\x00,\x00b\x00\n\x00\"\x00", 'x'}, 1 << 30, "too-large@2"},
		"marks alone":            {endless{"", '"'}, 1 << 30, "too-large@1"},
		"one line":               {endless{"a,b\n1,", 'x'}, 1 << 30, "too-large@2"},
		"delimiters alone":       {endless{"", ','}, 1 << 30, "too-large@1"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if got := firstProblem(t, c.file, c.size, cell); got != c.want {
				t.Errorf("said %q, want %q", got, c.want)
			}
			runtime.ReadMemStats(&after)
			if used := after.TotalAlloc - before.TotalAlloc; used > memory {
				t.Errorf("took %d MiB in all, want at most %d", used>>20, memory>>20)
			}
		})
	}
}

// firstProblem is the code and row of what is said first.
func firstProblem(t *testing.T, file endless, size int64, cell int) string {
	t.Helper()
	r, err := Open(file, size, Options{CellBytes: cell, Columns: 1000, ChunkBytes: ChunkBytes})
	var p *diag.Problems
	switch {
	case errors.As(err, &p):
		return code(p.Diagnostics[0], 0)
	case err != nil:
		t.Fatal(err)
	}
	if got := readAll(t, r, 1); len(got.Codes) > 0 {
		return got.Codes[0]
	}
	return ""
}
