package workbook

import (
	"fmt"
	"slices"
	"strings"
)

// notebook numbers notes in the order of their first use. The same words are the
// same note wherever they are used.
type notebook struct {
	texts []string
	used  [][]string // the worksheets that use each note
}

func (n *notebook) any() bool { return len(n.texts) > 0 }

// mark notes down what a worksheet says and returns the markers for its title.
func (n *notebook) mark(sheetName string, texts []string) string {
	var markers []string
	for _, t := range texts {
		t = sentence(t)
		if t == "" {
			continue
		}
		i := slices.Index(n.texts, t)
		if i < 0 {
			i = len(n.texts)
			n.texts, n.used = append(n.texts, t), append(n.used, nil)
		}
		if slices.Contains(n.used[i], sheetName) {
			continue
		}
		n.used[i] = append(n.used[i], sheetName)
		markers = append(markers, marker(i))
	}
	return strings.Join(markers, " ")
}

func marker(i int) string { return fmt.Sprintf("[note %d]", i+1) }

// sheet is the Notes worksheet.
func (n *notebook) sheet() sheet {
	g := &grid{name: "notes", columns: []column{{header: "Note number"}, {header: "Note text"}, {header: "Worksheets"}}}
	for i, t := range n.texts {
		g.rows = append(g.rows, []cell{words(marker(i)), words(t), words(strings.Join(n.used[i], ", "))})
	}
	return sheet{
		name:   "Notes",
		about:  "Notes that the tables refer to",
		lines:  []line{{"Notes", title}, {oneTable, body}},
		table:  g,
		widths: []float64{22, 80, 40},
	}
}
