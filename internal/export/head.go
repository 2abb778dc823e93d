package export

import (
	"regexp"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// Head is what a platform is recognised by: the first records of a file or sheet
// that say something, as text. The rows are of unequal length as the file has
// them; those after the headings are answers, and must not be put into a message.
type Head struct {
	File   string // as in messages
	Format string // csv or xlsx
	Sheet  string
	Rows   [][]string
	at     []int              // the record of each row, from the file's first that says something; nil: the rows' own numbers
	beside func() []Companion // nil: nothing
}

// saying leaves the rows out that say nothing.
func (h Head) saying(rows [][]string) Head {
	for i, row := range rows {
		if said(row) > 0 {
			h.Rows, h.at = append(h.Rows, row), append(h.at, i)
		}
	}
	return h
}

// said counts the cells of a row that say something.
func said(row []string) int {
	n := 0
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// from is the head without its first rows.
func (h Head) from(row int) Head {
	h.Rows = h.Rows[row:]
	if h.at != nil {
		h.at = h.at[row:]
	}
	return h
}

// record is the record of a row.
func (h Head) record(row int) int {
	if h.at == nil {
		return row
	}
	return h.at[row]
}

// after is the record after the first n rows.
func (h Head) after(n int) int {
	if n = min(n, len(h.Rows)); n == 0 {
		return 0
	}
	return h.record(n-1) + 1
}

// widened gives the first row as many cells as the rows of headings under it
// have: where they are the wider ones, a platform left blanks off. Sheets leave
// them off also over columns that nobody gave a heading.
func (h Head) widened(headings int) Head {
	width := h.Width()
	for row := 1; row < min(headings, len(h.Rows)); row++ {
		width = max(width, lastSaid(h.Rows[row]))
	}
	if h.Format == "xlsx" {
		width = max(width, h.unheaded(headings))
	}
	if width > h.Width() {
		h.Rows = slices.Clone(h.Rows)
		h.Rows[0] = append(slices.Clone(h.Rows[0]), make([]string, width-len(h.Rows[0]))...)
	}
	return h
}

// lastSaid is the number of cells up to the last that says something.
func lastSaid(row []string) int {
	n := len(row)
	for n > 0 && strings.TrimSpace(row[n-1]) == "" {
		n--
	}
	return n
}

// unheaded is how many columns at least a quarter of the responses of the head, and
// two, reach.
func (h Head) unheaded(headings int) int {
	var widths []int
	for row := headings; row < len(h.Rows); row++ {
		widths = append(widths, lastSaid(h.Rows[row]))
	}
	slices.SortFunc(widths, func(a, b int) int { return b - a })
	if at := max(1, len(widths)/4); at < len(widths) {
		return widths[at]
	}
	return 0
}

// companions are the small tables beside the export that may explain its codes.
func (h Head) companions() []Companion {
	if h.beside == nil {
		return nil
	}
	return h.beside()
}

// At returns the trimmed text of a cell, "" where there is none.
func (h Head) At(row, column int) string {
	if row >= len(h.Rows) || column >= len(h.Rows[row]) {
		return ""
	}
	return strings.TrimSpace(h.Rows[row][column])
}

// Width is the number of columns: that of the first row.
func (h Head) Width() int {
	if len(h.Rows) == 0 {
		return 0
	}
	return len(h.Rows[0])
}

// find returns the column of a row that is called one of names, folded, or -1.
func (h Head) find(row int, names ...string) int {
	for i := range h.Width() {
		if slices.Contains(names, fold.String(h.At(row, i))) {
			return i
		}
	}
	return -1
}

// lead is the first column that has a heading: tables may begin with blank ones.
func (h Head) lead() int {
	for i := range h.Width() {
		if h.At(0, i) != "" {
			return i
		}
	}
	return 0
}

func (h Head) pos() diag.Pos { return diag.Pos{File: h.File, Sheet: h.Sheet} }

// probe tells by a cell of a platform's own column whether its row is a response.
type probe struct {
	column   int
	response func(cell string) bool
}

// probes finds a platform's own columns by their headings, squeezed.
func (h Head) probes(own map[string]func(string) bool) []probe {
	var out []probe
	for i := range h.Width() {
		if response, ok := own[squeeze(h.At(0, i))]; ok {
			out = append(out, probe{i, response})
		}
	}
	return out
}

// maxHeadings is how many rows of headings a platform may have.
const maxHeadings = 5

// response is the first row that is a response by one of the probes, or -1 if
// none of the first rows is.
func (h Head) response(probes []probe) int {
	for row := 1; row < min(maxHeadings+1, len(h.Rows)); row++ {
		for _, p := range probes {
			if p.response(h.At(row, p.column)) {
				return row
			}
		}
	}
	return -1
}

var (
	timeCell   = regexp.MustCompile(`^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b|^\d{5}(\.\d+)?$`)
	numberCell = regexp.MustCompile(`^\d+(\.\d+)?([eE]\+?\d+)?$`) // Excel writes long ids as 1.14E+10
)

// isTime reports whether a cell is a date, with or without a time, or the number
// that Excel has for one.
func isTime(cell string) bool { return timeCell.MatchString(cell) }

func isNumber(cell string) bool { return numberCell.MatchString(cell) }

// squeeze folds a heading and takes out all but its letters and digits: copies of
// exports write IP Address, IP.Address and ip_address.
func squeeze(heading string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x80 {
			return r
		}
		return -1
	}, fold.String(heading))
}
