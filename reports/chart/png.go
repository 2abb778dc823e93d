package chart

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"sync"

	"git.sr.ht/~sbinet/gg"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// dotsPerUnit makes the picture twice as wide as the drawing: 1440 pixels.
const dotsPerUnit = 2

// painter replays marks on a gonum canvas, one point of which is a unit. Its
// origin is bottom left, so y is turned round.
//
// Text is filled as outlines rather than with FillString: gonum's image canvas
// takes a font's kerning in units of 1/64 pixel whatever the size, which squeezes
// labels, and loads the face anew for every string.
type painter struct {
	*vgimg.Canvas
	h float64
}

func (p *painter) at(x, y float64) vg.Point {
	return vg.Point{X: vg.Length(x), Y: vg.Length(p.h - y)}
}

// memory is the buffers of one picture, which take megabytes and are used again.
type memory struct {
	pixels  []uint8
	indices []uint8
	encoder *png.EncoderBuffer
}

// Get and Put make memory a png.EncoderBufferPool of one buffer.
func (m *memory) Get() *png.EncoderBuffer  { return m.encoder }
func (m *memory) Put(b *png.EncoderBuffer) { m.encoder = b }

var memories = sync.Pool{New: func() any { return &memory{} }}

// grown returns n bytes of a buffer, whatever they held.
func grown(b *[]uint8, n int) []uint8 {
	if cap(*b) < n {
		*b = make([]uint8, n)
	}
	return (*b)[:n]
}

// writePNG draws the picture at twice its size.
func (c *canvas) writePNG() ([]byte, error) {
	m := memories.Get().(*memory)
	defer memories.Put(m)
	height := c.h + c.below
	bounds := image.Rect(0, 0, int(c.w*dotsPerUnit+0.5), int(height*dotsPerUnit+0.5))
	picture := &image.RGBA{Pix: grown(&m.pixels, 4*bounds.Dx()*bounds.Dy()), Stride: 4 * bounds.Dx(), Rect: bounds}
	p := &painter{newCanvas(picture), height}
	for _, mark := range c.all() {
		mark.paint(p)
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: m}
	if err := encoder.Encode(&b, m.indexed(picture)); err != nil {
		return nil, fmt.Errorf("encode picture: %w", err)
	}
	return b.Bytes(), nil
}

// newCanvas is gonum's canvas on a picture. The context is made here because
// gonum would copy the picture for its own.
func newCanvas(picture *image.RGBA) *vgimg.Canvas {
	ctx := gg.NewContextForRGBA(picture)
	ctx.SetLineCapButt()
	ctx.InvertY()
	return vgimg.NewWith(vgimg.UseDPI(72*dotsPerUnit), vgimg.UseImageWithContext(picture, ctx))
}

// indexed makes an image of at most 256 colours: the few of the house and the
// shades at their edges. It is written several times faster than 24 bits a
// pixel, and is smaller. Shades beyond 256 lose low bits, the same ones each time.
func (m *memory) indexed(src *image.RGBA) *image.Paletted {
	out := &image.Paletted{Pix: grown(&m.indices, src.Rect.Dx()*src.Rect.Dy()), Stride: src.Rect.Dx(), Rect: src.Rect}
	for drop := 0; ; drop++ {
		if reduce(src, out, drop) {
			return out
		}
	}
}

// reduce reports whether the palette had room for the picture's colours.
func reduce(src *image.RGBA, out *image.Paletted, drop int) bool {
	out.Palette = make(color.Palette, 0, 256)
	index := make(map[uint32]uint8, 256)
	for t := bg; t <= wedge; t++ { // the house's own colours stay exact
		add(out, index, pack(t.rgba()), drop)
	}
	for y := range src.Rect.Dy() {
		from, to := src.Pix[y*src.Stride:(y+1)*src.Stride], out.Pix[y*out.Stride:(y+1)*out.Stride]
		if y > 0 && bytes.Equal(from, src.Pix[(y-1)*src.Stride:y*src.Stride]) {
			copy(to, out.Pix[(y-1)*out.Stride:y*out.Stride])
			continue
		}
		if !reduceRow(out, index, from, to, drop) {
			return false
		}
	}
	return true
}

// reduceRow reports whether the palette had room for the row's colours.
func reduceRow(out *image.Paletted, index map[uint32]uint8, from, to []byte, drop int) bool {
	white := pack(bg.rgba())
	last, place := white, index[fewer(white, drop)]
	blank := place
	for x := range to {
		switch c := binary.LittleEndian.Uint32(from[4*x:]); c {
		case last:
		case white:
			last, place = white, blank
		default:
			n, ok := add(out, index, c, drop)
			if !ok {
				return false
			}
			last, place = c, n
		}
		to[x] = place
	}
	return true
}

func pack(c color.RGBA) uint32 {
	return uint32(c.R) | uint32(c.G)<<8 | uint32(c.B)<<16 | uint32(c.A)<<24
}

// add finds a colour's place in the palette, the next one for a new colour. It
// reports whether there was room.
//
//gosec:disable G115 -- the bytes of a colour, and a palette of at most 256
func add(out *image.Paletted, index map[uint32]uint8, c uint32, drop int) (uint8, bool) {
	key := fewer(c, drop)
	if n, ok := index[key]; ok {
		return n, true
	}
	if len(out.Palette) == 256 {
		return 0, false
	}
	n := uint8(len(out.Palette))
	index[key] = n
	out.Palette = append(out.Palette, color.RGBA{uint8(c), uint8(c >> 8), uint8(c >> 16), 255})
	return n, true
}

// fewer drops the low bits of each channel: colours that then agree share a place.
func fewer(c uint32, drop int) uint32 {
	keep := uint32(0xff) << drop & 0xff
	return c & (keep<<16 | keep<<8 | keep)
}

func (m rectMark) paint(p *painter) {
	outline := []point{{m.x, m.y}, {m.x + m.w, m.y}, {m.x + m.w, m.y + m.h}, {m.x, m.y + m.h}}
	pathMark{points: outline, closed: true, fill: m.fill, stroke: m.stroke}.paint(p)
}

func (m pathMark) paint(p *painter) {
	var path vg.Path
	for i, pt := range m.points {
		if i == 0 {
			path.Move(p.at(pt.x, pt.y))
			continue
		}
		path.Line(p.at(pt.x, pt.y))
	}
	if m.closed {
		path.Close()
	}
	p.fillStroke(path, m.fill, m.stroke)
}

func (m circleMark) paint(p *painter) {
	var path vg.Path
	path.Move(p.at(m.x+m.r, m.y))
	path.Arc(p.at(m.x, m.y), vg.Length(m.r), 0, 2*math.Pi)
	path.Close()
	p.fillStroke(path, m.fill, m.stroke)
}

func (p *painter) fillStroke(path vg.Path, fill tint, s stroke) {
	if fill != none {
		p.SetColor(fill.rgba())
		p.Fill(path)
	}
	if s.width <= 0 {
		return
	}
	p.SetColor(s.tint.rgba())
	p.SetLineWidth(vg.Length(s.width))
	dash := make([]vg.Length, len(s.dash))
	for i, d := range s.dash {
		dash[i] = vg.Length(d)
	}
	p.SetLineDash(dash, 0)
	p.Stroke(path)
}

func (m textMark) paint(p *painter) {
	path := m.outline(p)
	s := stroke{}
	if m.halo {
		s = stroke{tint: bg, width: 4}
	}
	p.fillStroke(path, none, s)
	p.fillStroke(path, m.tint, stroke{})
}

// outline is the text as one path.
func (m textMark) outline(p *painter) vg.Path {
	t := face(m.bold)
	scale := m.size / float64(t.upem)
	left := m.left()
	var path vg.Path
	t.each(m.s, func(g *glyph, pen float64) {
		at := func(i int, s sfnt.Segment) vg.Point {
			return p.at(left+(pen+float64(s.Args[i].X))*scale, m.y+float64(s.Args[i].Y)*scale)
		}
		for _, s := range g.segments {
			switch s.Op {
			case sfnt.SegmentOpMoveTo:
				path.Move(at(0, s))
			case sfnt.SegmentOpLineTo:
				path.Line(at(0, s))
			case sfnt.SegmentOpQuadTo:
				path.QuadTo(at(0, s), at(1, s))
			case sfnt.SegmentOpCubeTo:
				path.CubeTo(at(0, s), at(1, s), at(2, s))
			}
		}
	})
	return path
}
