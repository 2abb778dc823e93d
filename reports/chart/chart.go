// Package chart draws the figures of a release as SVG and PNG.
//
//  1. A story finds what the study calls will, ability and capacity, and which
//     quadrants say who lacks what.
//  2. Each kind of figure reads its rows from the release and lays them out:
//     titles and alternative texts are composed from the same rows.
//  3. The layout is drawn on a canvas that only records: texts, lines,
//     rectangles, circles, short paths. It is drawn twice, 720 and 328 units wide.
//  4. What was recorded is written as SVG, with classes by which a page restyles
//     it, and as PNG through gonum/plot's image canvas.
//
// A hidden number has no figures in a release, so there is nothing here that
// could draw one: its code stands where the estimate would.
package chart

import (
	"context"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// plan is a figure that is still to be drawn: its words, and its layout as a
// function of the canvas.
type plan struct {
	id, title, drawn, alt string
	notes                 []string
	table                 string
	notice                string // the study's notice, which files carry
	layout                func(*canvas)
}

// Draw draws every figure of the release, in the order of the report. The
// figures are made side by side; their bytes depend on the release alone.
func Draw(ctx context.Context, r *disclose.Release) ([]reports.Figure, error) {
	plans := plans(r)
	figures := make([]reports.Figure, len(plans))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0)) // each holds a picture of some megabytes
	for i, p := range plans {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			figure, err := p.figure()
			if err != nil {
				return fmt.Errorf("figure %s: %w", p.id, err)
			}
			figures[i] = figure
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return figures, nil
}

// plans are the figures of a release in their fixed order.
func plans(r *disclose.Release) []plan {
	s := newStory(r)
	var out []plan
	out = append(out, s.finding()...)
	out = append(out, s.sideBySide()...)
	out = append(out, s.changes()...)
	out = append(out, s.quadrants()...)
	out = append(out, s.cut()...)
	out = append(out, s.gapsByGroup()...)
	out = append(out, s.heldBack()...)
	out = append(out, s.choices()...)
	out = append(out, s.items()...)
	out = append(out, s.accounted()...)
	out = append(out, s.weights()...)
	out = append(out, s.published()...)
	for i := range out {
		out[i].notice = s.s.Notice
	}
	return out
}

func (p plan) figure() (reports.Figure, error) {
	file, narrow := p.draw(wideWidth).under(p.notice).framed(), p.draw(narrowWidth)
	picture, err := file.writePNG()
	if err != nil {
		return reports.Figure{}, err
	}
	desc := p.alt
	if p.notice != "" {
		desc = sentences(p.notice) + " " + p.alt
	}
	return reports.Figure{
		ID: p.id, Title: p.title, Drawn: p.drawn, Alt: p.alt, Notes: p.notes, TableID: p.table,
		SVG: file.writeSVG(p.title, desc), Narrow: narrow.writeSVG(p.title, desc), PNG: picture,
	}, nil
}

func (p plan) draw(width float64) *canvas {
	c := &canvas{w: width}
	p.layout(c)
	return c
}

// Files are the files of the figures: figures/<id>.svg and figures/<id>.png.
func Files(figures []reports.Figure) []reports.File {
	var out []reports.File
	for _, f := range figures {
		out = append(out, reports.File{Name: "figures/" + f.ID + ".svg", Data: f.SVG})
		out = append(out, reports.File{Name: "figures/" + f.ID + ".png", Data: f.PNG})
	}
	return out
}
