package workbook

import (
	"strings"
	"unicode"
)

// Row heights are worked out here because not every spreadsheet program does it on
// opening a file. They are hints: a row stays free to grow when someone edits it.

// maxHeight is the tallest row that spreadsheets allow, in points.
const maxHeight = 409

// size is the font size of a kind, in points.
func (k kind) size() float64 {
	switch k {
	case title:
		return 16
	case subtitle:
		return 14
	}
	return fontSize
}

func (k kind) bold() bool { return k == title || k == subtitle || k == header }

// height is how tall a row must be for its texts to show whole, in points.
func height(cells []cell, widths []float64, k kind) float64 {
	lines := 1
	for i, c := range cells {
		lines = max(lines, wrapped(c.text, widths[i], k))
	}
	h := float64(lines)*k.size()*1.25 + 1
	if k == subtitle {
		h += 10 // space above: subtitles stand at the bottom of their row
	}
	return min(h, maxHeight)
}

// wrapped is the number of lines that a text takes in a column as wide as so many
// digits of the default font.
func wrapped(text string, width float64, k kind) int {
	room := (width - 1) * digit * fontSize / k.size()
	if k.bold() {
		room /= 1.08
	}
	lines, used := 1, 0.0
	for word := range strings.FieldsSeq(text) {
		w := extent(word)
		switch {
		case used == 0 || used+space+w <= room:
			used += space + w
		default:
			lines, used = lines+1, w
		}
		for used > room+space { // a word longer than the line is broken
			lines, used = lines+1, used-room
		}
	}
	return lines
}

// Widths of Arial's characters in em, near enough to count lines.
const (
	digit = 0.556
	space = 0.278
)

func extent(word string) float64 {
	sum := 0.0
	for _, r := range word {
		switch {
		case strings.ContainsRune("ijlI.,:;'|!()[]ftr/-", r):
			sum += 0.3
		case strings.ContainsRune("cksvxyz", r):
			sum += 0.5
		case strings.ContainsRune("mwMW%@", r):
			sum += 0.86
		case unicode.IsUpper(r):
			sum += 0.7
		case r > 0x2e80: // ideographs and symbols are as wide as they are tall
			sum++
		default:
			sum += digit
		}
	}
	return sum
}
