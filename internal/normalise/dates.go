package normalise

import (
	"bytes"

	"github.com/caregap/caregap/internal/export"
)

// dateOrder is which number of 3/4/2024 is the day.
type dateOrder uint8

const (
	dayFirst dateOrder = iota
	monthFirst
)

// datesSeen counts, in one file, the dates that only one order can read.
type datesSeen struct{ dayFirst, monthFirst int }

// order is the one that reads more dates; what the platform writes where the
// dates do not tell. It depends on the file alone, not on the order in force.
func (s datesSeen) order(f *export.File) dateOrder {
	switch {
	case s.dayFirst > s.monthFirst:
		return dayFirst
	case s.monthFirst > s.dayFirst || f.Platform == "surveymonkey":
		return monthFirst
	}
	return dayFirst
}

// noteDates counts what a row's dates tell about their order.
func (w *worker) noteDates(r *export.Row) {
	for _, field := range w.p.dated {
		d, _, ok := readDate(bytes.TrimSpace(r.Field(field)))
		if !ok || d.yearFirst() || d.sep == '.' {
			continue
		}
		_, day := d.resolve(dayFirst)
		_, month := d.resolve(monthFirst)
		switch {
		case day && !month:
			w.piece.dates.dayFirst++
		case month && !day:
			w.piece.dates.monthFirst++
		}
	}
}

// seconds reads a time as written, whatever its zone, as seconds since 1970. It
// does not allocate.
func (o dateOrder) seconds(cell []byte) (int64, bool) {
	cell = bytes.TrimSpace(cell)
	d, rest, ok := readDate(cell)
	if !ok {
		return 0, false
	}
	day, ok := d.resolve(o)
	if !ok {
		return 0, false
	}
	clock, ok := readClock(rest)
	return day*86400 + clock, ok
}

// date is three numbers as written, and how many digits each has.
type date struct {
	n, digits [3]int
	sep       byte
}

func (d date) yearFirst() bool { return d.digits[0] == 4 }

// readDate reads three numbers with one separator between them.
func readDate(c []byte) (d date, rest []byte, ok bool) {
	for i := range d.n {
		if i > 0 {
			if len(c) == 0 || c[0] != '/' && c[0] != '-' && c[0] != '.' || i == 2 && c[0] != d.sep {
				return d, nil, false
			}
			d.sep, c = c[0], c[1:]
		}
		d.n[i], d.digits[i], c = readNumber(c, 4)
		if d.digits[i] == 0 {
			return d, nil, false
		}
	}
	return d, c, true
}

// readNumber reads up to most digits.
func readNumber(c []byte, most int) (n, digits int, rest []byte) {
	for digits < most && digits < len(c) && c[digits] >= '0' && c[digits] <= '9' {
		n = n*10 + int(c[digits]-'0')
		digits++
	}
	return n, digits, c[digits:]
}

// resolve tells year, month and day apart and returns the days since 1970. Dates
// with full stops are written day first everywhere.
func (d date) resolve(o dateOrder) (int64, bool) {
	y, m, day := d.n[0], d.n[1], d.n[2]
	if !d.yearFirst() {
		day, m, y = d.n[0], d.n[1], d.n[2]
		if o == monthFirst && d.sep != '.' {
			day, m = m, day
		}
		switch {
		case d.digits[0] > 2 || d.digits[2] != 2 && d.digits[2] != 4:
			return 0, false
		case d.digits[2] == 2 && y >= 69:
			y += 1900
		case d.digits[2] == 2:
			y += 2000
		}
	} else if d.digits[2] > 2 {
		return 0, false
	}
	if d.digits[1] > 2 || m < 1 || m > 12 || day < 1 || day > daysIn(y, m) {
		return 0, false
	}
	return days(y, m, day), true
}

func daysIn(y, m int) int {
	switch {
	case m == 2 && y%4 == 0 && (y%100 != 0 || y%400 == 0):
		return 29
	case m == 2:
		return 28
	case m == 4 || m == 6 || m == 9 || m == 11:
		return 30
	}
	return 31
}

// days counts from 1970-01-01 in the proleptic Gregorian calendar: years begin
// in March, so that the leap day is their last (Hatcher 1984).
func days(y, m, d int) int64 {
	y += 400 // one whole cycle of 146,097 days, so that year 0 divides as the others
	if m <= 2 {
		y, m = y-1, m+12
	}
	return int64(365*y+y/4-y/100+y/400+(153*(m-3)+2)/5+d-1) - 719468 - 146097
}

// readClock reads what follows a date: nothing, or a time of day, with AM or PM
// and a zone that is passed over.
func readClock(c []byte) (int64, bool) {
	if len(c) == 0 {
		return 0, true
	}
	if c[0] != 'T' && c[0] != ' ' && c[0] != ',' {
		return 0, false
	}
	h, digits, c := readNumber(bytes.TrimLeft(c[1:], " "), 2)
	if digits == 0 || len(c) == 0 || c[0] != ':' {
		return 0, false
	}
	m, digits, c := readNumber(c[1:], 2)
	if digits != 2 {
		return 0, false
	}
	s, c, ok := readSeconds(c)
	if !ok || m > 59 || s > 59 {
		return 0, false
	}
	if h, c, ok = readHalf(h, bytes.TrimLeft(c, " ")); !ok || h > 23 || !isZone(c) {
		return 0, false
	}
	return int64(h*3600 + m*60 + s), true
}

// readSeconds reads :05 and passes over a fraction of a second.
func readSeconds(c []byte) (s int, rest []byte, ok bool) {
	if len(c) == 0 || c[0] != ':' {
		return 0, c, true
	}
	s, digits, c := readNumber(c[1:], 2)
	if len(c) > 1 && (c[0] == '.' || c[0] == ',') && c[1] >= '0' && c[1] <= '9' {
		c = bytes.TrimLeft(c[1:], "0123456789")
	}
	return s, c, digits == 2
}

// readHalf reads AM or PM.
func readHalf(h int, c []byte) (hour int, rest []byte, ok bool) {
	if len(c) < 2 || c[1]|0x20 != 'm' || c[0]|0x20 != 'a' && c[0]|0x20 != 'p' {
		return h, c, true
	}
	ok = h <= 12 // 0:15 AM is written too, for a quarter past midnight
	h %= 12
	if c[0]|0x20 == 'p' {
		h += 12
	}
	return h, bytes.TrimLeft(c[2:], " "), ok
}

// isZone reports whether text is a time zone: Z, BST, +01:00, GMT+1.
func isZone(c []byte) bool {
	letters := 0
	for letters < len(c) && c[letters]|0x20 >= 'a' && c[letters]|0x20 <= 'z' {
		letters++
	}
	c = c[letters:]
	if letters > 5 || len(c) == 0 {
		return letters <= 5
	}
	if c[0] != '+' && c[0] != '-' {
		return false
	}
	_, hours, c := readNumber(c[1:], 2)
	if len(c) > 0 && c[0] == ':' {
		c = c[1:]
	}
	_, minutes, c := readNumber(c, 2)
	return hours > 0 && minutes != 1 && len(c) == 0
}
