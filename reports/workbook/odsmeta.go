package workbook

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// odsMeta says of the document what the .xlsx says of itself.
func odsMeta(p excelize.DocProperties) node {
	meta := el("office:meta").with(el("meta:generator").says("caregap"))
	for _, m := range []struct{ name, value string }{
		{"dc:title", p.Title},
		{"dc:subject", p.Subject},
		{"dc:description", p.Description},
		{"dc:language", p.Language},
		{"meta:initial-creator", p.Creator},
		{"dc:creator", p.LastModifiedBy},
		{"meta:creation-date", p.Created},
		{"dc:date", p.Modified},
	} {
		if m.value != "" {
			meta = meta.with(el(m.name).says(m.value))
		}
	}
	for word := range strings.SplitSeq(p.Keywords, ", ") {
		meta = meta.with(el("meta:keyword").says(word))
	}
	meta = meta.with(el("meta:user-defined", "meta:name", "Release", "meta:value-type", "string").says(p.Version))
	return odsRoot("office:document-meta").with(meta)
}

// odsSettings opens the first worksheet with the cursor in A1, and hides gridlines.
func odsSettings(sheets []sheet) node {
	noGrid := configItem("ShowGrid", "boolean", "false")
	tables := el("config:config-item-map-named", "config:name", "Tables")
	for _, s := range sheets {
		tables = tables.with(el("config:config-item-map-entry", "config:name", s.name).
			with(configItem("CursorPositionX", "int", "0"), configItem("CursorPositionY", "int", "0"), noGrid))
	}
	view := el("config:config-item-map-entry").
		with(configItem("ViewId", "string", "view1"), tables, configItem("ActiveTable", "string", sheets[0].name), noGrid)
	set := el("config:config-item-set", "config:name", "ooo:view-settings").
		with(el("config:config-item-map-indexed", "config:name", "Views").with(view))
	return odsRoot("office:document-settings").with(el("office:settings").with(set))
}

func configItem(name, kind, value string) node {
	return el("config:config-item", "config:name", name, "config:type", kind).says(value)
}
