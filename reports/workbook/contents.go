package workbook

// oneTable is what the second row of every worksheet with a table says.
const oneTable = "This worksheet contains one table."

// contents is the worksheet that leads to all the others.
func contents(sheets []sheet) sheet {
	g := &grid{name: "table_of_contents", columns: []column{{header: "Sheet name"}, {header: "Table description"}}}
	for _, s := range sheets {
		g.rows = append(g.rows, []cell{{text: s.name, link: s.name}, words(s.about)})
	}
	return sheet{
		name: "Contents",
		lines: []line{
			{"Contents", title},
			{oneTable, body},
			{"It lists the worksheets that follow, with a link to each.", body},
		},
		table:  g,
		widths: []float64{36, 90},
	}
}
