package chart

import (
	"image/color"
	"strconv"
)

// tint is a colour of the house by what it means. Drawings name tints, never
// hex values, so that a page can map each to a variable of its style sheet.
type tint int

const (
	none tint = iota
	bg
	ink
	soft
	line
	pale
	bar
	slate
	will
	ability
	capacity
	onWill
	onAbility
	onCapacity
	wedge
)

// palette holds the class and the light-mode hex of each tint. Contrast on
// white is 3:1 or more for whatever carries meaning; line, pale, bar and wedge
// only ever stand behind a mark or beside a printed number.
var palette = [...]struct{ class, hex string }{
	none:       {"", ""},
	bg:         {"bg", "#ffffff"},
	ink:        {"ink", "#15191d"},
	soft:       {"soft", "#4b5661"},
	line:       {"line", "#d9d9d9"},
	pale:       {"pale", "#e9edf0"},
	bar:        {"bar", "#c9d0d6"},
	slate:      {"slate", "#5f6b76"},
	will:       {"will", "#12436d"},
	ability:    {"ability", "#28a197"},
	capacity:   {"capacity", "#801650"},
	onWill:     {"on-will", "#ffffff"},
	onAbility:  {"on-ability", "#0e1216"},
	onCapacity: {"on-capacity", "#ffffff"},
	wedge:      {"wedge", "#edf2f7"},
}

func (t tint) class() string { return palette[t].class }
func (t tint) hex() string   { return palette[t].hex }

// rgba is the tint as a colour of a picture.
//
//gosec:disable G115 -- the bytes of a colour
func (t tint) rgba() color.RGBA {
	n, err := strconv.ParseUint(t.hex()[1:], 16, 32)
	if err != nil {
		panic("chart: " + err.Error())
	}
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}
}

// on is the tint of text set on t.
func (t tint) on() tint {
	switch t {
	case will:
		return onWill
	case ability:
		return onAbility
	case capacity:
		return onCapacity
	}
	return bg
}
