package xlsxfile

import (
	"errors"
	"io"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export/record"
)

// HeadRecords is how many rows a Head holds at most.
const HeadRecords = 40

// Head is the beginning of a sheet: how many blank rows come before the first
// that says something, and the rows from there on, those left out included.
type Head struct {
	Lead  int
	Rows  [][]string
	Whole bool // there is nothing after Rows
}

// Head reads the beginning of a sheet. A sheet without any text has no Rows.
func (b *Book) Head(s Sheet) (Head, error) {
	r, err := b.Rows(s)
	if err != nil {
		return Head{}, err
	}
	defer r.Close()
	h := Head{Whole: true}
	for len(h.Rows) < HeadRecords {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			return h, nil
		}
		if err != nil {
			return h, err
		}
		_, problems := c.Scan(func(number int, data []byte, cells []record.Cell) {
			h.add(c.First()+number, data, cells)
		})
		if len(problems) > 0 && len(h.Rows) == 0 {
			return h, &diag.Problems{Diagnostics: problems}
		}
		c.Release()
	}
	h.Whole = h.Whole && r.cut.done
	return h, nil
}

// add takes a row by its number from 1.
func (h *Head) add(number int, data []byte, cells []record.Cell) {
	if len(h.Rows) == 0 {
		h.Lead = number - 1
	}
	at := number - h.Lead - 1
	if at >= HeadRecords {
		h.Whole = false
		return
	}
	for len(h.Rows) < at {
		h.Rows = append(h.Rows, nil)
	}
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = string(data[c.Start:c.End])
	}
	h.Rows = append(h.Rows, row)
}
