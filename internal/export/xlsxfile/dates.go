package xlsxfile

import (
	"math"
	"regexp"
	"strings"
	"time"
)

// epoch says what day serial number 0 is.
type epoch bool

const (
	epoch1900 epoch = false // with a 29 February 1900 that never was
	epoch1904 epoch = true
)

// dateKind is what a number format shows of a number: a date, a time, both, or
// neither.
type dateKind uint8

const (
	showsDate dateKind = 1 << iota
	showsTime
	elapsed // hours beyond 24
)

// dateStyles returns the kind of each cell style.
func dateStyles(s stylesXML) []dateKind {
	custom := make(map[int]dateKind, len(s.Formats))
	for _, f := range s.Formats {
		custom[f.ID] = formatKind(f.Code)
	}
	kinds := make([]dateKind, len(s.Cells))
	for i, c := range s.Cells {
		if k, ok := custom[c.Format]; ok {
			kinds[i] = k
			continue
		}
		kinds[i] = builtin(c.Format)
	}
	return kinds
}

// builtin is the kind of a number format that has no code in the file
// (ECMA-376-1, 18.8.30; 27 to 36 and 50 to 58 are East Asian).
func builtin(id int) dateKind {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return showsDate
	case id == 46:
		return showsTime | elapsed
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45, id == 47, id == 55, id == 56:
		return showsTime
	case id == 22:
		return showsDate | showsTime
	}
	return 0
}

var (
	// unshown is what a format prints or does as it stands: quoted text, escaped,
	// padding and filling characters, colours, conditions and locales.
	unshown   = regexp.MustCompile(`"[^"]*"?|[\\_*].|\[[^\]]*\]?`)
	stopwatch = regexp.MustCompile(`(?i)\[(h+|m+|s+)\]`)
	halfDay   = regexp.MustCompile(`(?i)am/pm|a/p`)
	general   = regexp.MustCompile(`(?i)general`)
)

// formatKind tells by a format's code what it shows.
func formatKind(code string) dateKind {
	var kind dateKind
	if stopwatch.MatchString(unquoted(code)) {
		kind = showsTime | elapsed
	}
	code = unshown.ReplaceAllString(code, "")
	code, _, _ = strings.Cut(code, ";")
	if halfDay.MatchString(code) {
		kind |= showsTime
		code = halfDay.ReplaceAllString(code, "")
	}
	code = strings.ToLower(general.ReplaceAllString(code, ""))
	if strings.ContainsAny(code, "hs") {
		kind |= showsTime
	}
	if strings.ContainsAny(code, "yd") || strings.Contains(code, "m") && kind == 0 {
		kind |= showsDate
	}
	return kind
}

var quotedText = regexp.MustCompile(`"[^"]*"?|\\.`)

func unquoted(code string) string { return quotedText.ReplaceAllString(code, "") }

// lastSerial is 31 December 9999.
const lastSerial = 2958465

// appendDate writes a serial number as YYYY-MM-DD, YYYY-MM-DD HH:MM:SS or
// HH:MM:SS; ok is false where it stands for no date that Excel could show.
func appendDate(dst []byte, serial float64, kind dateKind, e epoch) (out []byte, ok bool) {
	seconds := int64(math.Round(serial * 86400))
	days, second := seconds/86400, seconds%86400
	switch {
	case !(serial >= 0) || days > lastSerial:
		return dst, false
	case kind&elapsed != 0:
		return appendClock(dst, seconds), true
	case serial < 1 && e == epoch1900 && (kind&showsTime != 0 || second > 0):
		return appendClock(dst, seconds), true
	case serial < 1 && kind&showsDate == 0:
		return appendClock(dst, seconds), true
	case serial < 1 && e == epoch1900:
		return dst, false
	}
	dst = appendDay(dst, days, e)
	if second > 0 || kind&showsTime != 0 {
		dst = appendClock(append(dst, ' '), second)
	}
	return dst, true
}

func appendDay(dst []byte, days int64, e epoch) []byte {
	first := time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	if e == epoch1900 {
		first = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		switch {
		case days == 60:
			return append(dst, "1900-02-29"...)
		case days < 60:
			days++
		}
	}
	return first.AddDate(0, 0, int(days)).AppendFormat(dst, time.DateOnly)
}

func appendClock(dst []byte, seconds int64) []byte {
	dst = appendTwo(dst, seconds/3600)
	dst = appendTwo(append(dst, ':'), seconds/60%60)
	return appendTwo(append(dst, ':'), seconds%60)
}
