package normalise

import (
	"slices"

	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/study"
)

// speedRule sets aside who answered faster than min_seconds: by the platform's
// own duration, or by its start and end.
type speedRule struct {
	seconds              int // 0: no rule
	duration, start, end int // fields, or -1
}

var (
	durationNames = study.Names{"Duration (in seconds)", "Duration", "Total time", "interviewtime"}
	startNames    = study.Names{"Start Date", "StartDate", "Start time", "Started", "startdate"}
	endNames      = study.Names{"End Date", "EndDate", "Completion time", "Ended", "submitdate"}
)

func (p *plan) planSpeed(cols *columns) {
	book := p.wave.Codebook
	p.speed = speedRule{seconds: book.MinSeconds, duration: -1, start: -1, end: -1}
	if book.MinSeconds == 0 {
		return
	}
	p.speed.duration = cols.first(durationNames)
	p.speed.start = cols.first(startNames)
	p.speed.end = p.completed
	if p.speed.end < 0 {
		p.speed.end = cols.first(endNames)
	}
	if p.speed.duration < 0 && (p.speed.start < 0 || p.speed.end < 0) {
		cols.diags.Errorf("missing-column", book.Pos, "min_seconds: %s has neither a duration nor a start and an end", p.file.Name)
		p.speed.seconds = 0
	}
}

// planDates lists the columns with times that matter: of completion, and where
// speed is told by them of start and end.
func (p *plan) planDates() {
	add := func(field int) {
		if field >= 0 && !slices.Contains(p.dated, field) {
			p.dated = append(p.dated, field)
		}
	}
	add(p.completed)
	if p.speed.seconds > 0 && p.speed.duration < 0 {
		add(p.speed.start)
		add(p.speed.end)
	}
}

// first is find without a problem when the file has none of the names.
func (c *columns) first(names study.Names) int {
	for _, n := range names {
		if found := c.byName[fold.String(n)]; len(found) == 1 {
			return found[0]
		}
	}
	return -1
}
