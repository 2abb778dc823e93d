package chart

import (
	"image"
	"image/color"
	"math"

	"git.sr.ht/~sbinet/gg"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// painter replays marks on a picture.
//
//   - Upright and level lines and rectangles are filled here, with their edges on
//     whole pixels, so that they are sharp and take no colours but their own.
//   - Letters are stamped; see stamp.
//   - Circles and other paths go through gonum's canvas, whose origin is bottom
//     left and one point of which is a pixel.
type painter struct {
	*vgimg.Canvas
	picture *image.RGBA
	scale   float64 // pixels a unit
	margin  float64 // units around the drawing
}

// newPainter begins a picture in the page's colour. The context is made here
// because gonum would copy the picture for its own.
func newPainter(picture *image.RGBA, scale, margin float64) *painter {
	ctx := gg.NewContextForRGBA(picture)
	ctx.SetLineCapButt()
	ctx.InvertY()
	canvas := vgimg.NewWith(vgimg.UseDPI(72), vgimg.UseImageWithContext(picture, ctx))
	return &painter{canvas, picture, scale, margin}
}

// at is a point of the drawing in pixels of gonum's canvas.
func (p *painter) at(pt point) vg.Point {
	x, y := p.pixel(pt.x), p.pixel(pt.y)
	return vg.Point{X: vg.Length(x), Y: vg.Length(float64(p.picture.Rect.Dy()) - y)}
}

// pixel is how many pixels a coordinate is from the picture's edge.
func (p *painter) pixel(v float64) float64 { return (v + p.margin) * p.scale }

// fill colours pixels from x1, y1 to before x2, y2.
func (p *painter) fill(x1, y1, x2, y2 int, c color.RGBA) {
	bounds := p.picture.Rect
	x1, y1, x2, y2 = max(x1, 0), max(y1, 0), min(x2, bounds.Dx()), min(y2, bounds.Dy())
	if x1 >= x2 || y1 >= y2 {
		return
	}
	first := p.picture.Pix[y1*p.picture.Stride+4*x1 : y1*p.picture.Stride+4*x2]
	for i := 0; i < len(first); i += 4 {
		first[i], first[i+1], first[i+2], first[i+3] = c.R, c.G, c.B, c.A
	}
	for y := y1 + 1; y < y2; y++ {
		copy(p.picture.Pix[y*p.picture.Stride+4*x1:], first)
	}
}

func nearest(f float64) int { return int(math.Floor(f + .5)) }

func (m rectMark) paint(p *painter) {
	if m.fill != none {
		p.fill(nearest(p.pixel(m.x)), nearest(p.pixel(m.y)), nearest(p.pixel(m.x+m.w)), nearest(p.pixel(m.y+m.h)), m.fill.rgba())
	}
	if m.stroke.width <= 0 {
		return
	}
	a, b := point{m.x, m.y}, point{m.x + m.w, m.y + m.h}
	half := m.stroke.width / 2
	p.line(point{a.x - half, a.y}, point{b.x + half, a.y}, m.stroke)
	p.line(point{a.x - half, b.y}, point{b.x + half, b.y}, m.stroke)
	p.line(point{a.x, a.y}, point{a.x, b.y}, m.stroke)
	p.line(point{b.x, a.y}, point{b.x, b.y}, m.stroke)
}

func (m pathMark) paint(p *painter) {
	if len(m.points) == 2 && (m.points[0].x == m.points[1].x || m.points[0].y == m.points[1].y) {
		p.line(m.points[0], m.points[1], m.stroke)
		return
	}
	var path vg.Path
	for i, pt := range m.points {
		if i == 0 {
			path.Move(p.at(pt))
			continue
		}
		path.Line(p.at(pt))
	}
	if m.closed {
		path.Close()
	}
	p.fillStroke(path, m.fill, m.stroke)
}

// line draws a level or upright line, dash by dash. It is as many whole pixels
// wide wherever it lies.
func (p *painter) line(a, b point, s stroke) {
	level := a.y == b.y
	from, to, across := min(a.x, b.x), max(a.x, b.x), a.y
	if !level {
		from, to, across = min(a.y, b.y), max(a.y, b.y), a.x
	}
	wide := max(nearest(s.width*p.scale), 1)
	edge := nearest(p.pixel(across) - float64(wide)/2)
	on, off := to-from, 0.0
	if len(s.dash) > 1 {
		on, off = s.dash[0], s.dash[1]
	}
	c := s.tint.rgba()
	for ; from < to; from += on + off {
		begin, end := nearest(p.pixel(from)), nearest(p.pixel(min(from+on, to)))
		if level {
			p.fill(begin, edge, end, edge+wide, c)
		} else {
			p.fill(edge, begin, edge+wide, end, c)
		}
	}
}

func (m circleMark) paint(p *painter) {
	centre := p.at(point{m.x, m.y})
	radius := vg.Length(m.r * p.scale)
	var path vg.Path
	path.Move(vg.Point{X: centre.X + radius, Y: centre.Y})
	path.Arc(centre, radius, 0, 2*math.Pi)
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
	p.SetLineWidth(vg.Length(s.width * p.scale))
	dash := make([]vg.Length, len(s.dash))
	for i, d := range s.dash {
		dash[i] = vg.Length(d * p.scale)
	}
	p.SetLineDash(dash, 0)
	p.Stroke(path)
}

// haloWidth is how far the casing of a text reaches, in units.
const haloWidth = 2.0

func (m textMark) paint(p *painter) {
	t := face(m.bold)
	scale := m.size / float64(t.upem)
	left, base := m.left(), nearest(p.pixel(m.y))
	put := func(casing float64, c color.RGBA) {
		t.each(m.s, func(g *glyph, pen float64) {
			x := nearest(p.pixel(left+pen*scale) * steps)
			whole, step := x/steps, x%steps
			p.stamp(stampOf(stampKey{g, scale * p.scale, step, casing}), whole, base, c)
		})
	}
	if m.halo {
		put(haloWidth*p.scale, bg.rgba())
	}
	put(0, m.tint.rgba())
}

// stamp puts a letter with its pen at x, y.
func (p *painter) stamp(s *stamp, x, y int, c color.RGBA) {
	x, y = x+s.x, y+s.y
	bounds := p.picture.Rect
	for row := range s.h {
		if y+row < 0 || y+row >= bounds.Dy() {
			continue
		}
		to := p.picture.Pix[(y+row)*p.picture.Stride:]
		for i, level := range s.levels[row*s.w : (row+1)*s.w] {
			if level == 0 || x+i < 0 || x+i >= bounds.Dx() {
				continue
			}
			pixel := to[4*(x+i) : 4*(x+i)+3 : 4*(x+i)+3]
			pixel[0], pixel[1], pixel[2] = mixed(pixel[0], c.R, level), mixed(pixel[1], c.G, level), mixed(pixel[2], c.B, level)
		}
	}
}

// mixed is a channel with so much of another over it.
//
//gosec:disable G115 -- between two bytes
func mixed(under, over, level uint8) uint8 {
	const full = shades - 1
	return uint8((int(under)*(full-int(level)) + int(over)*int(level) + full/2) / full)
}
