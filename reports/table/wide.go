package table

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"github.com/gocarina/gocsv"

	"github.com/caregap/caregap/internal/bidi"
	"github.com/caregap/caregap/reports"
)

// tableCSV writes a table under its columns' ids. Numbers have their fixed
// places; codes stand as [c] where the number would.
func tableCSV(t reports.Table) ([]byte, error) {
	var b bytes.Buffer
	w := gocsv.NewSafeCSVWriter(csv.NewWriter(&b))
	record := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		record[i] = c.ID
	}
	if err := w.Write(record); err != nil {
		return nil, fmt.Errorf("table %s: %w", t.ID, err)
	}
	for _, row := range t.Rows {
		if len(row) != len(t.Columns) {
			return nil, fmt.Errorf("table %s: %d cells under %d columns", t.ID, len(row), len(t.Columns))
		}
		for i, cell := range row {
			record[i] = field(cell, t.Columns[i])
		}
		if err := w.Write(record); err != nil {
			return nil, fmt.Errorf("table %s: %w", t.ID, err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, fmt.Errorf("table %s: %w", t.ID, err)
	}
	return b.Bytes(), nil
}

// field is a cell as text; only what is neither number nor code is guarded.
func field(c reports.Cell, column reports.Column) string {
	s := c.String(column.Places)
	if c.Code != "" || c.Number.Known() {
		return s
	}
	return Safe(bidi.Bare(s))
}
