// Package gen makes the export and the study that caregap is measured with. All
// of it is made up, from a fixed seed: the same number of rows, the same bytes.
package gen

import (
	"bufio"
	"io"
	"math/rand/v2"
	"strconv"
)

// Levels are the answers of every item, the lowest first.
var Levels = []string{"Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"}

// Regions and Groups are the categories of the two breakdowns.
var (
	Regions = []string{"North East and Yorkshire", "North West", "Midlands", "East of England", "London", "South East", "South West"}
	Groups  = []string{
		"Medical and dental", "Registered nursing and midwifery", "Allied health professions", "Healthcare scientists", "Pharmacy",
		"Psychological professions", "Research delivery staff", "Management", "Administrative and clerical",
	}
)

// Items is how many agreement items the export has.
const Items = 30

const (
	organisations = 220
	comment       = `"We need protected time, and ""backfill"" for clinics"`
	blockBytes    = 1 << 20
)

// Header names the columns: ten about the respondent, and the items.
func Header() []string {
	names := []string{"ResponseId", "StartDate", "EndDate", "Duration", "Organisation", "Region", "StaffGroup", "Age", "Weight", "Comment"}
	for i := range Items {
		names = append(names, "Q"+strconv.Itoa(i+1))
	}
	return names
}

// Write writes an export with a header and rows respondents: one in ten has a
// quoted comment, one answer in twenty is blank.
func Write(w io.Writer, rows int) error {
	out := bufio.NewWriterSize(w, blockBytes)
	line := []byte(nil)
	for i, name := range Header() {
		if i > 0 {
			line = append(line, ',')
		}
		line = append(line, name...)
	}
	if _, err := out.Write(append(line, '\n')); err != nil {
		return err
	}
	rnd := rand.New(rand.NewPCG(1, 1))
	for n := range rows {
		line = appendRow(line[:0], rnd, n)
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

func appendRow(b []byte, rnd *rand.Rand, n int) []byte {
	b = appendPadded(append(b, "R_"...), n, 12)
	b = appendPadded(append(b, ",2020-"...), 1+rnd.IntN(9), 2)
	b = appendPadded(append(b, '-'), 1+rnd.IntN(28), 2)
	b = appendPadded(append(b, " 09:"...), rnd.IntN(60), 2)
	b = appendPadded(append(b, ":00,2020-09-"...), 1+rnd.IntN(28), 2)
	b = strconv.AppendInt(append(b, " 10:00:00,"...), int64(60+rnd.IntN(2000)), 10)
	b = appendPadded(append(b, ",RXX"...), rnd.IntN(organisations), 3)
	b = append(append(b, ','), Regions[rnd.IntN(len(Regions))]...)
	b = append(append(b, ','), Groups[rnd.IntN(len(Groups))]...)
	b = strconv.AppendInt(append(b, ','), int64(20+rnd.IntN(45)), 10)
	b = strconv.AppendFloat(append(b, ','), 0.2+2*rnd.Float64(), 'f', 4, 64)
	b = append(b, ',')
	if rnd.IntN(10) == 0 {
		b = append(b, comment...)
	}
	lowest := rnd.IntN(3) // a respondent's answers lie near each other
	for range Items {
		b = append(b, ',')
		if rnd.IntN(20) > 0 {
			b = append(b, Levels[lowest+rnd.IntN(3)]...)
		}
	}
	return append(b, '\n')
}

// appendPadded appends n with zeros before it to width digits.
func appendPadded(b []byte, n, width int) []byte {
	digits := strconv.Itoa(n)
	for range width - len(digits) {
		b = append(b, '0')
	}
	return append(b, digits...)
}
