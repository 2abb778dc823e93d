package normalise

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// layouts are what is read under each order, in the words of the time package,
// which is the second implementation.
var commonLayouts = []string{
	"2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02", "2006/01/02 15:04:05", "2006/1/2",
	"2006-01-02T15:04:05Z", "2.1.2006", "02.01.2006 15:04", "2006-01-02 15:04:05.000",
}

var orderLayouts = map[dateOrder][]string{
	dayFirst:   {"2/1/2006 15:04:05", "2/1/2006 15:04", "2/1/06 15:04", "02/01/2006", "2/1/2006 3:04:05 PM", "2/1/06", "2/1/2006 3:04pm", "2-1-2006 15:04"},
	monthFirst: {"1/2/2006 15:04:05", "1/2/2006 15:04", "1/2/06 15:04", "01/02/2006", "1/2/2006 3:04:05 PM", "1/2/06", "1/2/2006 3:04pm", "1-2-2006 15:04"},
}

func TestSecondsAsTimeParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		order := rapid.SampledFrom([]dateOrder{dayFirst, monthFirst}).Draw(t, "order")
		layout := rapid.SampledFrom(append(commonLayouts, orderLayouts[order]...)).Draw(t, "layout")
		at := time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(t, "seconds"), 0).UTC()
		text := at.Format(layout)
		want, err := time.Parse(layout, text)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := order.seconds([]byte(text))
		if !ok || got != want.Unix() {
			t.Fatalf("%q as %q: %d, %t; want %d", text, layout, got, ok, want.Unix())
		}
	})
}

// Whatever digits and marks come together: what the time package reads is read
// the same.
func TestSecondsOfAnyText(t *testing.T) {
	text := rapid.StringMatching(`[0-3]?[0-9][/.-][0-3]?[0-9][/.-](20)?[0-9]{2}( [0-2]?[0-9]:[0-6][0-9](:[0-6][0-9])?( [AP]M)?)?`)
	rapid.Check(t, func(t *rapid.T) {
		s := text.Draw(t, "text")
		for order, layouts := range orderLayouts {
			for _, layout := range layouts {
				want, err := time.Parse(layout, s)
				if err != nil {
					continue
				}
				if got, ok := order.seconds([]byte(s)); !ok || got != want.Unix() {
					t.Fatalf("%q: %d, %t; want %d", s, got, ok, want.Unix())
				}
			}
		}
	})
}

func TestNoTimes(t *testing.T) {
	for _, text := range []string{
		"", " ", "1/2", "1/2/", "13/13/2024", "30/02/2024", "2023-02-29", "2024-13-01", "2024-01-02 25:00", "2024-01-02 10:60", "2024-01-02 10:00:60",
		"2024-01-02 13:00 PM", "2024-01-02x", "45359.5", "5-Jan", "yesterday", "1/2-2024", "2024-01-02 10:00 in the morning", "0/1/2024", "1/2/024",
		"2024-01-02 10", "2024-01-02 10:00+", "99999999999", "2024-1-002",
	} {
		for _, o := range []dateOrder{dayFirst, monthFirst} {
			if s, ok := o.seconds([]byte(text)); ok {
				t.Errorf("%q is read as %d", text, s)
			}
		}
	}
}

// A zone is passed over: times of one file are compared as written.
func TestZonesArePassedOver(t *testing.T) {
	want, _ := dayFirst.seconds([]byte("2024-03-31 01:30:00"))
	for _, text := range []string{"2024-03-31T01:30:00Z", "2024-03-31 01:30:00 BST", "2024-03-31T01:30:00+01:00", "2024-03-31 01:30:00 GMT+1", "2024-03-31 01:30:00.250 +0100", " 2024-03-31, 01:30 "} {
		if got, ok := dayFirst.seconds([]byte(text)); !ok || got != want {
			t.Errorf("%q: %d, %t; want %d", text, got, ok, want)
		}
	}
}

func FuzzSeconds(f *testing.F) {
	for _, s := range []string{"2024-01-02 03:04:05", "1/2/24 3:04 PM", "2.1.2024", "1/2", "2024-01-02T03:04:05.999+01:00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, cell []byte) {
		s, ok := dayFirst.seconds(cell)
		if ok && (s < -62167219200 || s > 253402300799) {
			t.Errorf("%q is %d, outside of four-digit years", cell, s)
		}
		iso, err := time.Parse(time.DateTime, string(cell))
		if err == nil && (!ok || s != iso.Unix()) {
			t.Errorf("%q: %d, %t; want %d", cell, s, ok, iso.Unix())
		}
	})
}

// The order of a file's dates is told by the column as a whole, the platform only
// where every date can be read both ways; and who was last follows from it.
func TestOrderOfDates(t *testing.T) {
	book := lines("version: 1", "id: ID", "completed: End", "items: {want: {column: Q1}}")
	for _, tc := range []struct {
		name, first, second, other string
		want                       string // the answer that stays
		reads                      int
	}{
		{"day first by default", "03/04/2024", "02/05/2024", "03/04/2024", "Agree", 2},
		{"month first by one date", "03/04/2024", "02/05/2024", "03/31/2024", "Disagree", 3},
		{"day first by one date", "03/04/2024", "02/05/2024", "31/03/2024", "Agree", 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l := load(t, testFramework, book, lines("ID,End,Q1", "1,"+tc.first+",Disagree", "1,"+tc.second+",Agree", "2,"+tc.other+",Neither")).quiet(t)
			if len(l.rows) != 2 || l.rows[0].Items["want"] != tc.want && l.rows[1].Items["want"] != tc.want {
				t.Errorf("rows %v, want one with %q", l.rows, tc.want)
			}
			if l.reads != tc.reads {
				t.Errorf("read %d times, want %d", l.reads, tc.reads)
			}
			for _, r := range l.rows {
				if r.Completed == NoTime {
					t.Error("a time was not read")
				}
			}
		})
	}
}

// Dates that the column's order cannot read are counted.
func TestMixedDates(t *testing.T) {
	l := load(t, testFramework, lines("version: 1", "completed: End", "items: {want: {column: Q1}}"),
		lines("End,Q1", "31/03/2024,Agree", "30/03/2024,Agree", "03/31/2024,Agree", "soon,Agree", ",Agree"))
	if got, want := said(l.diags), "exports/a.csv, column \"End\": warning: not a date in 2 rows (rows 4, 5)\n"; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
}
