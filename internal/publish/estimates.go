package publish

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
)

// The columns of estimates.csv that key a row, and those that say its number.
var (
	keyColumns    = []string{"measure", "statistic", "level", "survey", "wave", "breakdown", "category", "contrast", "versus"}
	figureColumns = []string{"unit", "estimate", "se", "lower", "upper", "base", "effective_base", "deff", "df", "p_value", "p_adjusted", "base_rule", "flags"}
)

// figure is one row of a public estimates.csv.
type figure struct {
	key        [9]string // in the order of keyColumns
	unit       string
	status     string
	definition string
	estimate   float64 // with status ""
	written    string  // the estimate as printed
	text       string  // all figures, to compare
	core       [5]string
}

func (f figure) measure() string   { return f.key[0] }
func (f figure) statistic() string { return f.key[1] }
func (f figure) level() string     { return f.key[2] }
func (f figure) shown() bool       { return f.status == "" }

// headline reports whether a change of the row is worth words: a mean or main
// share of everyone in one survey and wave.
func (f figure) headline() bool {
	everyone := f.key[5] == "" && f.key[7] == "" && f.key[3] != "average"
	switch f.statistic() {
	case "mean":
		return everyone
	case "share":
		return everyone && (f.level() == "" || f.level() == "positive" || f.level() == "of_high")
	}
	return false
}

// readFigures reads an estimates.csv by its column names. A column that an
// earlier version did not have is empty.
func readFigures(data []byte) ([]figure, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("read the header: %w", err)
	}
	at := map[string]int{}
	for i, name := range header {
		at[name] = i
	}
	for _, name := range []string{"measure", "statistic", "estimate", "status"} {
		if _, ok := at[name]; !ok {
			return nil, fmt.Errorf("column %q is missing", name)
		}
	}
	var rows []figure
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		row, err := newFigure(func(name string) string {
			if i, ok := at[name]; ok {
				return record[i]
			}
			return ""
		})
		if err != nil {
			line, _ := r.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		rows = append(rows, row)
	}
}

func newFigure(field func(string) string) (figure, error) {
	f := figure{
		unit: strings.Clone(field("unit")), status: strings.Clone(field("status")),
		definition: strings.Clone(field("definition")), written: strings.Clone(field("estimate")),
	}
	for i, name := range keyColumns {
		f.key[i] = strings.Clone(field(name))
	}
	var text strings.Builder
	for _, name := range figureColumns {
		if name == "flags" {
			text.WriteString(strings.ReplaceAll(field(name), disclose.Revised, "")) // a revision passes
			continue
		}
		text.WriteString(field(name))
		text.WriteByte('\x1f') // no field holds it
	}
	f.text = text.String()
	for i, name := range core {
		f.core[i] = strings.Clone(field(name))
	}
	if !f.shown() {
		return f, nil
	}
	var err error
	f.estimate, err = strconv.ParseFloat(f.written, 64)
	if err != nil {
		return f, fmt.Errorf("estimate %q is no number", f.written)
	}
	return f, nil
}
