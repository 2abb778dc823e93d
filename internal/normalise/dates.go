package normalise

import (
	"strings"
	"time"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/study"
)

// dateOrder is how a file writes dates with slashes.
type dateOrder uint8

const (
	dayFirst dateOrder = iota
	monthFirst
)

var isoLayouts = []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02", time.RFC3339}

var slashLayouts = map[dateOrder][]string{
	dayFirst:   {"2/1/2006 15:04:05", "2/1/2006 15:04", "2/1/06 15:04:05", "2/1/06 15:04", "2/1/2006", "2/1/2006 3:04:05 PM", "2/1/06", "2/1/2006 3:04 PM"},
	monthFirst: {"1/2/2006 15:04:05", "1/2/2006 15:04", "1/2/06 15:04:05", "1/2/06 15:04", "1/2/2006", "1/2/2006 3:04:05 PM", "1/2/06", "1/2/2006 3:04 PM"},
}

// seconds reads a time as written, without a zone, as seconds since 1970.
func (o dateOrder) seconds(cell []byte) (int64, bool) {
	if s, ok := isoSeconds(cell); ok {
		return s, true
	}
	text := strings.TrimSpace(string(cell))
	layouts := isoLayouts
	if strings.Contains(text, "/") && len(text) > 2 && text[4:min(5, len(text))] != "-" {
		layouts = slashLayouts[o]
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, text); err == nil {
			return t.Unix(), true
		}
	}
	return 0, false
}

// isoSeconds is the short way for 2006-01-02 15:04:05.
func isoSeconds(c []byte) (int64, bool) {
	if len(c) != 19 || c[4] != '-' || c[7] != '-' || c[10] != ' ' && c[10] != 'T' || c[13] != ':' || c[16] != ':' {
		return 0, false
	}
	var n [6]int
	for i, at := range [6][2]int{{0, 4}, {5, 7}, {8, 10}, {11, 13}, {14, 16}, {17, 19}} {
		for _, d := range c[at[0]:at[1]] {
			if d < '0' || d > '9' {
				return 0, false
			}
			n[i] = n[i]*10 + int(d-'0')
		}
	}
	if n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > 31 || n[3] > 23 || n[4] > 59 || n[5] > 60 {
		return 0, false
	}
	return days(n[0], n[1], n[2])*86400 + int64(n[3]*3600+n[4]*60+n[5]), true
}

// days counts from 1970-01-01 in the proleptic Gregorian calendar: years begin
// in March, so that the leap day is their last (Hatcher 1984).
func days(y, m, d int) int64 {
	if m <= 2 {
		y, m = y-1, m+12
	}
	return int64(365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 1 - 719468)
}

// learn looks at the column as a whole: a first number above 12 is a day.
func learnDates(f *export.File, samples []string) dateOrder {
	order := dayFirst
	if f.Platform == "surveymonkey" {
		order = monthFirst
	}
	for _, s := range samples {
		parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == ' ' })
		if len(parts) < 3 || !strings.Contains(s, "/") {
			continue
		}
		switch {
		case len(parts[0]) == 2 && parts[0] > "12" && parts[0] <= "31":
			return dayFirst
		case len(parts[1]) == 2 && parts[1] > "12" && parts[1] <= "31":
			return monthFirst
		}
	}
	return order
}

// speedRule sets aside who answered faster than min_seconds: by the platform's
// own duration, or by its start and end.
type speedRule struct {
	seconds              int // 0: no rule
	duration, start, end int // fields, or -1
}

var (
	durationNames = study.Names{"Duration (in seconds)", "Duration", "Total time", "interviewtime"}
	startNames    = study.Names{"Start Date", "StartDate", "Start time", "Started", "startdate"}
	endNames      = study.Names{"End Date", "EndDate", "Completion time", "Ended", "submitdate"}
)

func (p *plan) planSpeed(cols *columns) {
	book := p.wave.Codebook
	p.speed = speedRule{seconds: book.MinSeconds, duration: -1, start: -1, end: -1}
	if book.MinSeconds == 0 {
		return
	}
	p.speed.duration = cols.first(durationNames)
	p.speed.start = cols.first(startNames)
	p.speed.end = p.completed
	if p.speed.end < 0 {
		p.speed.end = cols.first(endNames)
	}
	if p.speed.duration < 0 && (p.speed.start < 0 || p.speed.end < 0) {
		cols.diags.Errorf("missing-column", book.Pos, "min_seconds: %s has neither a duration nor a start and an end", p.file.Name)
	}
}

// first is find without a problem when the file has none of the names.
func (c *columns) first(names study.Names) int {
	for _, n := range names {
		if found := c.byName[fold.String(n)]; len(found) == 1 {
			return found[0]
		}
	}
	return -1
}
