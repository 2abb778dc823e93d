package chart

import (
	"image"
	"math"
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/vector"
)

// steps is how many places of a pixel a letter may begin at; shades is how many
// levels its edge has. Both are few, so that a picture needs few colours and
// letters are drawn once and then stamped.
const (
	steps  = 4
	shades = 16
)

// stamp is a letter as it covers pixels: levels from 0 to shades-1, row by row,
// its origin left of and above the pen.
type stamp struct {
	x, y, w, h int
	levels     []uint8
}

// stampKey names a stamp: which letter of which face, how many pixels a font
// unit has, how far right of a whole pixel it begins, and how wide a casing is
// around it.
type stampKey struct {
	glyph  *glyph
	scale  float64
	step   int
	casing float64
}

// stamps are made once for all pictures, which are drawn side by side. What is
// in them depends on the key alone.
var stamps = struct {
	mu   sync.Mutex
	made map[stampKey]*stamp
}{made: map[stampKey]*stamp{}}

func stampOf(k stampKey) *stamp {
	stamps.mu.Lock()
	defer stamps.mu.Unlock()
	if s, ok := stamps.made[k]; ok {
		return s
	}
	s := newStamp(k.glyph, k.scale, float64(k.step)/steps)
	if k.casing > 0 {
		s = s.grown(k.casing)
	}
	stamps.made[k] = s
	return s
}

// newStamp fills an outline at so many pixels a font unit, right by a part of a
// pixel.
//
//gosec:disable G115 -- a level is at most 255 before and after
func newStamp(g *glyph, scale, right float64) *stamp {
	if len(g.segments) == 0 {
		return &stamp{}
	}
	x1, y1, x2, y2 := bounds(g.segments, scale, right)
	s := &stamp{x: x1, y: y1, w: x2 - x1, h: y2 - y1}
	r := vector.NewRasterizer(s.w, s.h)
	at := func(seg sfnt.Segment, i int) (x, y float32) {
		return float32(float64(seg.Args[i].X)*scale + right - float64(x1)), float32(float64(seg.Args[i].Y)*scale - float64(y1))
	}
	for i, seg := range g.segments {
		switch seg.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				r.ClosePath()
			}
			r.MoveTo(at(seg, 0))
		case sfnt.SegmentOpLineTo:
			r.LineTo(at(seg, 0))
		case sfnt.SegmentOpQuadTo:
			bx, by := at(seg, 0)
			cx, cy := at(seg, 1)
			r.QuadTo(bx, by, cx, cy)
		case sfnt.SegmentOpCubeTo:
			bx, by := at(seg, 0)
			cx, cy := at(seg, 1)
			dx, dy := at(seg, 2)
			r.CubeTo(bx, by, cx, cy, dx, dy)
		}
	}
	r.ClosePath()
	mask := image.NewAlpha(image.Rect(0, 0, s.w, s.h))
	r.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	s.levels = mask.Pix
	for i, a := range s.levels {
		s.levels[i] = uint8((int(a)*(shades-1) + 127) / 255)
	}
	return s
}

// bounds are the pixels that an outline may touch.
func bounds(segments sfnt.Segments, scale, right float64) (x1, y1, x2, y2 int) {
	loX, loY, hiX, hiY := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, seg := range segments {
		n := map[sfnt.SegmentOp]int{sfnt.SegmentOpMoveTo: 1, sfnt.SegmentOpLineTo: 1, sfnt.SegmentOpQuadTo: 2, sfnt.SegmentOpCubeTo: 3}[seg.Op]
		for _, p := range seg.Args[:n] {
			x, y := float64(p.X)*scale+right, float64(p.Y)*scale
			loX, loY, hiX, hiY = min(loX, x), min(loY, y), max(hiX, x), max(hiY, y)
		}
	}
	return int(math.Floor(loX)), int(math.Floor(loY)), int(math.Ceil(hiX)) + 1, int(math.Ceil(hiY)) + 1
}

// grown is a stamp with so many pixels more on every side, round at corners.
func (s *stamp) grown(by float64) *stamp {
	if s.w == 0 {
		return s
	}
	n := int(math.Ceil(by))
	out := &stamp{x: s.x - n, y: s.y - n, w: s.w + 2*n, h: s.h + 2*n}
	out.levels = make([]uint8, out.w*out.h)
	for dy := -n; dy <= n; dy++ {
		reach := int(math.Sqrt(max(by*by-float64(dy*dy), 0)))
		for y := range s.h {
			to := out.levels[(y+n+dy)*out.w:]
			for x, level := range s.levels[y*s.w : (y+1)*s.w] {
				if level == 0 {
					continue
				}
				for i := x + n - reach; i <= x+n+reach; i++ {
					to[i] = max(to[i], level)
				}
			}
		}
	}
	return out
}
