package chart

import (
	"image/color"
	"math"
	"testing"
)

// contrast is that of two colours by WCAG 2.2: from 1 to 21.
func contrast(a, b color.RGBA) float64 {
	luminance := func(c color.RGBA) float64 {
		linear := func(v uint8) float64 {
			f := float64(v) / 255
			if f <= 0.04045 {
				return f / 12.92
			}
			return math.Pow((f+0.055)/1.055, 2.4)
		}
		return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
	}
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return max(x, y) / min(x, y)
}

func TestColoursCanBeToldApart(t *testing.T) {
	for _, c := range []struct {
		name  string
		a, b  tint
		least float64
	}{
		{"will on the page", will, bg, 3},
		{"ability on the page", ability, bg, 3},
		{"capacity on the page", capacity, bg, 3},
		{"ink on the page", ink, bg, 7},
		{"soft text on the page", soft, bg, 4.5},
		{"rows on the page", slate, bg, 4.5},
		{"will beside ability", will, ability, 3},
		{"ability beside capacity", ability, capacity, 3},
		{"rows beside rows set aside", slate, ink, 3},
		{"a mark on a grey bar", ink, bar, 3},
		{"will's mark on a grey bar", will, bar, 3},
		{"capacity's mark on a grey bar", capacity, bar, 3},
		{"text on will", onWill, will, 4.5},
		{"text on ability", onAbility, ability, 4.5},
		{"text on capacity", onCapacity, capacity, 4.5},
		{"text on the wedge", ink, wedge, 4.5},
		{"soft text on what is left of all", soft, pale, 4.5},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := contrast(c.a.rgba(), c.b.rgba()); got < c.least {
				t.Errorf("%.2f to 1, want %g", got, c.least)
			}
		})
	}
}
