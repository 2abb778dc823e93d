package chart

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"math"
)

// indexed makes an image of at most 256 colours: the few of the house and the
// shades at their edges. It is written several times faster than 24 bits a
// pixel, and is smaller. Shades beyond 256 lose low bits, the same ones each time.
func (m *memory) indexed(src *image.RGBA) *image.Paletted {
	out := &image.Paletted{Pix: sized(&m.indices, src.Rect.Dx()*src.Rect.Dy()), Stride: src.Rect.Dx(), Rect: src.Rect}
	for drop := 0; ; drop++ {
		if reduce(src, out, drop) {
			return out
		}
	}
}

// reduce reports whether the palette had room for the picture's colours.
func reduce(src *image.RGBA, out *image.Paletted, drop int) bool {
	p := places{out: out, drop: drop, index: make(map[uint32]uint8, 256)}
	out.Palette = make(color.Palette, 0, 256)
	for t := bg; t <= wedge; t++ { // the house's own colours stay exact; the page's is the first
		p.find(pack(t.rgba()))
	}
	for y := range src.Rect.Dy() {
		from, to := src.Pix[y*src.Stride:(y+1)*src.Stride], out.Pix[y*out.Stride:(y+1)*out.Stride]
		if y > 0 && bytes.Equal(from, src.Pix[(y-1)*src.Stride:y*src.Stride]) {
			copy(to, out.Pix[(y-1)*out.Stride:y*out.Stride])
			continue
		}
		if !p.row(from, to) {
			return false
		}
	}
	return true
}

// places gives colours their places in a palette.
type places struct {
	out   *image.Paletted
	drop  int // low bits that colours lose
	index map[uint32]uint8
	last  [256]struct { // the colours met last, by a few of their bits
		colour uint32
		place  uint8
	}
}

// row reports whether the palette had room for a row's colours.
func (p *places) row(from, to []byte) bool {
	clear(to)
	for x := 0; x < len(to); x++ {
		c := binary.LittleEndian.Uint32(from[4*x:])
		if c == math.MaxUint32 {
			x += whiteRun(from[4*x:]) - 1
			continue
		}
		near := &p.last[(c*0x9e3779b1)>>24]
		if near.colour != c {
			place, ok := p.find(c)
			if !ok {
				return false
			}
			near.colour, near.place = c, place
		}
		to[x] = near.place
	}
	return true
}

// whiteRun is how many pixels from the first on are white, whose bits are all
// ones. Most of a picture is.
func whiteRun(from []byte) int {
	n := 0
	for ; len(from) >= 8 && binary.LittleEndian.Uint64(from) == math.MaxUint64; from = from[8:] {
		n += 2
	}
	for ; len(from) >= 4 && binary.LittleEndian.Uint32(from) == math.MaxUint32; from = from[4:] {
		n++
	}
	return n
}

func pack(c color.RGBA) uint32 {
	return uint32(c.R) | uint32(c.G)<<8 | uint32(c.B)<<16 | uint32(c.A)<<24
}

// find returns a colour's place, the next one for a new colour, and whether
// there was room.
//
//gosec:disable G115 -- the bytes of a colour, and a palette of at most 256
func (p *places) find(c uint32) (uint8, bool) {
	key := fewer(c, p.drop)
	if n, ok := p.index[key]; ok {
		return n, true
	}
	if len(p.out.Palette) == 256 {
		return 0, false
	}
	n := uint8(len(p.out.Palette))
	p.index[key] = n
	p.out.Palette = append(p.out.Palette, color.RGBA{uint8(c), uint8(c >> 8), uint8(c >> 16), 255})
	return n, true
}

// fewer drops the low bits of each channel: colours that then agree share a place.
func fewer(c uint32, drop int) uint32 {
	keep := uint32(0xff) << drop & 0xff
	return c & (keep<<16 | keep<<8 | keep)
}
