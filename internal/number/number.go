// Package number holds figures that may be undefined, and is the one place
// where numbers become text.
package number

import (
	"math"
	"strconv"
	"strings"
)

// Value is a finite figure or nothing. The zero value is nothing.
type Value struct {
	f  float64
	ok bool
}

// Of returns the figure f, or nothing when f is NaN or infinite.
func Of(f float64) Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Value{}
	}
	return Value{f, true}
}

// Get returns the figure and whether there is one.
func (v Value) Get() (float64, bool) { return v.f, v.ok }

// Or returns the figure, or other where there is none.
func (v Value) Or(other float64) float64 {
	if v.ok {
		return v.f
	}
	return other
}

// Known reports whether there is a figure.
func (v Value) Known() bool { return v.ok }

// Round returns the figure rounded to places decimals, as Fixed prints it.
func (v Value) Round(places int) Value {
	if !v.ok {
		return v
	}
	f, err := strconv.ParseFloat(Fixed(v.f, places), 64)
	if err != nil {
		panic("number: " + err.Error())
	}
	return Value{f, true}
}

// Full prints the shortest text that reads back as the same figure, or "".
func (v Value) Full() string {
	if !v.ok {
		return ""
	}
	return strconv.FormatFloat(v.f, 'g', -1, 64)
}

// Fixed prints the figure with exactly places decimals, or "".
func (v Value) Fixed(places int) string {
	if !v.ok {
		return ""
	}
	return Fixed(v.f, places)
}

// Fixed prints f with exactly places decimals and never a negative zero.
func Fixed(f float64, places int) string {
	s := strconv.FormatFloat(f, 'f', places, 64)
	if strings.HasPrefix(s, "-") && strings.Trim(s, "-0.") == "" {
		return s[1:]
	}
	return s
}

// Count prints a whole number with commas between thousands: 12,345.
func Count(n int) string { return grouped(strconv.Itoa(n)) }

// Grouped prints f as Fixed does, with commas between thousands: -1,234.5.
func Grouped(f float64, places int) string { return grouped(Fixed(f, places)) }

// grouped puts commas into the whole part of a printed number.
func grouped(s string) string {
	first := len(s) - len(strings.TrimPrefix(s, "-"))
	point := strings.IndexByte(s+".", '.')
	for i := point - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
