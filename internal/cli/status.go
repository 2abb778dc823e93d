package cli

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/term"
)

// statusLine shows how far the work is on the last line of a terminal. Where there
// is no terminal it shows nothing. Any number of goroutines may call it.
type statusLine struct {
	w     io.Writer // nil: show nothing
	width int
	every time.Duration

	mu   sync.Mutex
	last time.Time
	used int // characters on the line
}

// status is a line on standard error, unless that is no terminal, has a log on it,
// or is to be quiet.
func (a *app) status() *statusLine {
	s := &statusLine{every: 100 * time.Millisecond}
	if width, ok := terminal(a.stderr); ok && !a.common.quiet && a.common.log == "" {
		s.w, s.width = a.stderr, width
	}
	return s
}

// show says which stage is at work and how much of it is done; a total of 0 is not
// known. It is a pipeline.Options.Progress.
func (s *statusLine) show(stage string, done, total int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if s.w == nil || now.Sub(s.last) < s.every {
		return
	}
	s.last = now
	text := stage
	if total > 0 {
		text = fmt.Sprintf("%s %d%%", stage, min(100, 100*done/total))
	}
	s.write(printable(text))
}

// end wipes the line for good.
func (s *statusLine) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.used > 0 {
		s.write("")
		fmt.Fprint(s.w, "\r")
	}
	s.w = nil
}

// write replaces the line with spaces and carriage returns alone, which every
// terminal knows.
func (s *statusLine) write(text string) {
	if room := s.width - 1; utf8.RuneCountInString(text) > room {
		text = string([]rune(text)[:max(0, room)])
	}
	n := utf8.RuneCountInString(text)
	fmt.Fprint(s.w, "\r"+text+strings.Repeat(" ", max(0, s.used-n)))
	s.used = n
}

// terminal reports whether w is one, and how wide.
func terminal(w io.Writer) (width int, ok bool) {
	if s, isSink := w.(*sink); isSink {
		w = s.w
	}
	f, isFile := w.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width <= 0 {
		width = 80
	}
	return width, true
}

// colours reports whether w shows them: a terminal that knows the sequences, with
// NO_COLOR unset (no-color.org).
func colours(w io.Writer) bool {
	if os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	if runtime.GOOS == "windows" && os.Getenv("WT_SESSION") == "" {
		return false // the older console prints them as they are
	}
	_, ok := terminal(w)
	return ok
}
