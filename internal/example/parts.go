package example

import (
	"fmt"
	"strings"
)

// The parts of a workbook that are the same whatever it holds. ~ stands for the
// prefix of elements; see prefixed.

type relation struct{ kind, target string }

func relations(all ...relation) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, r := range all {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, i+1, r.kind, r.target)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

func (wb workbook) contentTypes() string {
	const main = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	overrides := [][2]string{
		{"/xl/workbook.xml", main + "sheet.main+xml"}, {"/xl/worksheets/sheet1.xml", main + "worksheet+xml"},
		{"/xl/styles.xml", main + "styles+xml"}, {"/xl/sharedStrings.xml", main + "sharedStrings+xml"},
		{"/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"},
	}
	if wb.table != "" {
		overrides = append(overrides, [2]string{"/xl/tables/table1.xml", main + "table+xml"})
	}
	var b strings.Builder
	b.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>`)
	for _, o := range overrides {
		fmt.Fprintf(&b, `<Override PartName="%s" ContentType="%s"/>`, o[0], o[1])
	}
	b.WriteString(`</Types>`)
	return b.String()
}

func (wb workbook) book() string {
	return `<~workbook ~xmlns xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<~workbookPr date1904="false"/><~sheets><~sheet name="` + escape(wb.sheet) + `" sheetId="1" r:id="rId1"/></~sheets></~workbook>`
}

func (wb workbook) styles() string {
	return `<~styleSheet ~xmlns><~numFmts count="1"><~numFmt numFmtId="164" formatCode="m/d/yy h:mm:ss"/></~numFmts>` +
		`<~fonts count="1"><~font><~sz val="11"/><~name val="Calibri"/></~font></~fonts>` +
		`<~fills count="2"><~fill><~patternFill patternType="none"/></~fill><~fill><~patternFill patternType="gray125"/></~fill></~fills>` +
		`<~borders count="1"><~border><~left/><~right/><~top/><~bottom/><~diagonal/></~border></~borders>` +
		`<~cellStyleXfs count="1"><~xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></~cellStyleXfs>` +
		`<~cellXfs count="2"><~xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<~xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></~cellXfs></~styleSheet>`
}

func (wb workbook) strings(shared *sharedStrings) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<~sst ~xmlns count="%d" uniqueCount="%d">`, shared.uses, len(shared.texts))
	for _, s := range shared.texts {
		fmt.Fprintf(&b, `<~si><~t xml:space="preserve">%s</~t></~si>`, escape(s))
	}
	b.WriteString(`</~sst>`)
	return b.String()
}

func (wb workbook) properties() string {
	return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>` + escape(wb.creator) + `</dc:creator></cp:coreProperties>`
}

// tablePart is the table around headings and data, whose extent is right.
func (wb workbook) tablePart(rows [][]cell) string {
	extent := fmt.Sprintf("A1:%s%d", columnName(len(rows[0])-1), len(rows))
	var b strings.Builder
	fmt.Fprintf(&b, `<~table ~xmlns id="1" name="%s" displayName="%s" ref="%s" totalsRowShown="0"><~autoFilter ref="%s"/><~tableColumns count="%d">`,
		wb.table, wb.table, extent, extent, len(rows[0]))
	for i, c := range rows[0] {
		// A table's own headings spell line breaks out.
		fmt.Fprintf(&b, `<~tableColumn id="%d" name="%s"/>`, i+1, strings.ReplaceAll(escape(c.text), "\n", "_x000a_"))
	}
	b.WriteString(`</~tableColumns></~table>`)
	return b.String()
}
