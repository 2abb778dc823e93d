package chart

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/caregap/caregap/reports"
)

// element is one element of an SVG with its text.
type element struct {
	name string
	attr map[string]string
	text string
}

// parse reads SVG strictly.
func parse(t *testing.T, svg []byte) []element {
	t.Helper()
	var out []element
	open := false
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attr: map[string]string{}}
			for _, a := range token.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			out = append(out, e)
			open = true
		case xml.EndElement:
			open = false
		case xml.CharData:
			if open {
				out[len(out)-1].text += string(token)
			}
		}
	}
}

func markupFigures(t *testing.T) []reports.Figure {
	r := madeUp(t, markup())
	return draw(t, func() ([]reports.Figure, error) { return Draw(context.Background(), r) })
}

func TestFilesStandAlone(t *testing.T) {
	elements := regexp.MustCompile("^(svg|g|title|desc|rect|circle|path|text)$")
	hex := map[string]bool{"none": true}
	for tint := bg; tint <= wedge; tint++ {
		hex[tint.hex()] = true
	}
	for _, f := range append(example(t), markupFigures(t)...) {
		for _, svg := range [][]byte{f.SVG, f.Narrow} {
			all := parse(t, svg)
			root := all[0].attr
			if root["role"] != "img" || root["viewBox"] == "" || root["width"] != "159mm" || root["aria-labelledby"] != "title desc" {
				t.Errorf("%s: root %v", f.ID, root)
			}
			if all[1].name != "title" || all[1].text != valid(f.Title) || all[2].name != "desc" || all[2].text != "Made-up data. "+valid(f.Alt) {
				t.Errorf("%s: title %q, description %q", f.ID, all[1].text, all[2].text)
			}
			for _, e := range all {
				if !elements.MatchString(e.name) {
					t.Errorf("%s: element %s", f.ID, e.name)
				}
				for _, a := range []string{"fill", "stroke"} {
					if v, ok := e.attr[a]; ok && !hex[v] {
						t.Errorf("%s: %s is %s", f.ID, a, v)
					}
				}
			}
		}
	}
}

// valid is a text as XML can hold it.
func valid(s string) string {
	return strings.NewReplacer("\x00", "\ufffd", "\x1b", "\ufffd").Replace(s)
}

func TestInlineLeavesColoursToThePage(t *testing.T) {
	class := map[string]bool{"wide": true, "narrow": true}
	for _, m := range regexp.MustCompile(`\.([a-z0-9-]+)\{`).FindAllStringSubmatch(Style(), -1) {
		class[m[1]] = true
	}
	for _, f := range append(example(t), markupFigures(t)...) {
		for want, svg := range map[string][]byte{"wide": f.SVG, "narrow": f.Narrow} {
			before, all := parse(t, svg), parse(t, Inline(svg))
			if all[0].attr["class"] != want || all[0].attr["aria-hidden"] != "true" || all[0].attr["width"] != "" {
				t.Errorf("%s: root %v", f.ID, all[0].attr)
			}
			if want == "wide" { // the notice is for files
				before = before[:len(before)-2]
			}
			if len(all) != len(before)-3 { // title, description, ground
				t.Errorf("%s: %d elements of %d", f.ID, len(all), len(before))
			}
			for i, e := range all[1:] {
				if e.text != before[i+4].text {
					t.Errorf("%s: text %q became %q", f.ID, before[i+4].text, e.text)
				}
				if e.attr["stroke"] != "" || e.attr["fill"] != "" && e.attr["fill"] != "none" {
					t.Errorf("%s: %s keeps a colour: %v", f.ID, e.name, e.attr)
				}
				for _, c := range strings.Fields(e.attr["class"]) {
					if !class[c] {
						t.Errorf("%s: class %s is not in the style sheet", f.ID, c)
					}
				}
			}
		}
	}
}

func TestFilesCarryTheNotice(t *testing.T) {
	for _, f := range example(t) {
		all := parse(t, f.SVG)
		if last := all[len(all)-1]; last.text != "Made-up data" {
			t.Errorf("%s ends in %q", f.ID, last.text)
		}
		inline := parse(t, Inline(f.SVG))
		for _, e := range inline {
			if e.text == "Made-up data" {
				t.Errorf("%s: the notice is in the page's drawing", f.ID)
			}
		}
		file, page := strings.Fields(all[0].attr["viewBox"])[3], strings.Fields(inline[0].attr["viewBox"])[3]
		if len(page) > len(file) || page == file {
			t.Errorf("%s: the file is %s high, the page's drawing %s", f.ID, file, page)
		}
	}
}

func TestInlineLeavesOtherInputAlone(t *testing.T) {
	for _, s := range []string{"", "<svg>", "<p>fill=\"#fff\"</p>", "<svg viewBox=\"0 0 1 1\"><desc>no end"} {
		if got := string(Inline([]byte(s))); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestPictures(t *testing.T) {
	for _, f := range example(t) {
		for _, chunk := range chunks(f.PNG) {
			if !strings.Contains("IHDR pHYs PLTE IDAT IEND", chunk) {
				t.Errorf("%s: chunk %s", f.ID, chunk)
			}
		}
		img, err := png.Decode(bytes.NewReader(f.PNG))
		if err != nil {
			t.Fatal(err)
		}
		box := parse(t, f.SVG)[0].attr["viewBox"]
		if w := img.Bounds().Dx(); w != 1878 {
			t.Errorf("%s: %d pixels wide, viewBox %s", f.ID, w, box)
		}
		colours := img.(*image.Paletted)
		count := map[uint8]int{}
		for _, p := range colours.Pix {
			count[p]++
		}
		for _, tint := range []tint{bg, ink} {
			if count[uint8(colours.Palette.Index(tint.rgba()))] == 0 {
				t.Errorf("%s: no %s in the picture", f.ID, tint.class())
			}
		}
	}
}

// chunks are the types of a PNG's chunks.
func chunks(b []byte) []string {
	var out []string
	for b = b[8:]; len(b) >= 8; {
		n := int(b[0])<<24 | int(b[1])<<16 | int(b[2])<<8 | int(b[3])
		out = append(out, string(b[4:8]))
		b = b[12+n:]
	}
	return out
}

func TestPalettesOfManyShadesShrink(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for i := range 64 * 64 {
		copy(src.Pix[4*i:], []byte{uint8(i), uint8(i >> 4), uint8(i >> 6), 255})
	}
	out := (&memory{}).indexed(src)
	if n := len(out.Palette); n > 256 || n < 20 {
		t.Errorf("%d colours", n)
	}
	for i, p := range out.Pix {
		r, g, b, _ := out.Palette[p].RGBA()
		for j, v := range []uint32{r >> 8, g >> 8, b >> 8} {
			if d := int(v) - int(src.Pix[4*i+j]); d > 64 || d < -64 {
				t.Fatalf("pixel %d is off by %d", i, d)
			}
		}
	}
}
