package workbook

import (
	"archive/zip"
	"bytes"
	"hash/crc32"

	"github.com/xuri/excelize/v2"
)

const (
	odsType    = "application/vnd.oasis.opendocument.spreadsheet"
	odsVersion = "1.3"
)

// odsPart is one part of an OpenDocument file.
type odsPart struct {
	name string
	data []byte
}

// renderODS writes the worksheets as an OpenDocument spreadsheet (OASIS
// OpenDocument 1.3, parts 2 and 3): the same sheets, cells and looks as the .xlsx.
func renderODS(props excelize.DocProperties, sheets []sheet) ([]byte, error) {
	var parts []odsPart
	for _, p := range []struct {
		name string
		root node
	}{
		{"content.xml", odsContent(sheets)},
		{"styles.xml", odsStyles()},
		{"meta.xml", odsMeta(props)},
		{"settings.xml", odsSettings(sheets)},
		{"META-INF/manifest.xml", odsManifest("content.xml", "styles.xml", "meta.xml", "settings.xml")},
	} {
		data, err := p.root.document()
		if err != nil {
			return nil, err
		}
		parts = append(parts, odsPart{p.name, data})
	}
	return packODS(parts)
}

// packODS puts the parts into the file in their order, without times. The media
// type comes first, as it is, without an extra field, so that programs find it at
// byte 38 (part 2, 3.3).
func packODS(parts []odsPart) ([]byte, error) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	size := uint64(len(odsType))
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: "mimetype", Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(odsType)), CompressedSize64: size, UncompressedSize64: size,
	})
	if err != nil {
		return nil, err
	}
	if _, err := w.Write([]byte(odsType)); err != nil {
		return nil, err
	}
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(p.data); err != nil {
			return nil, err
		}
	}
	err = z.Close()
	return buf.Bytes(), err
}

// odsRoot is the root of a part, which knows all prefixes that the parts use.
func odsRoot(name string) node {
	const oasis = "urn:oasis:names:tc:opendocument:xmlns:"
	return el(name,
		"xmlns:office", oasis+"office:1.0",
		"xmlns:style", oasis+"style:1.0",
		"xmlns:table", oasis+"table:1.0",
		"xmlns:text", oasis+"text:1.0",
		"xmlns:number", oasis+"datastyle:1.0",
		"xmlns:fo", oasis+"xsl-fo-compatible:1.0",
		"xmlns:svg", oasis+"svg-compatible:1.0",
		"xmlns:meta", oasis+"meta:1.0",
		"xmlns:config", oasis+"config:1.0",
		"xmlns:dc", "http://purl.org/dc/elements/1.1/",
		"xmlns:xlink", "http://www.w3.org/1999/xlink",
		"xmlns:ooo", "http://openoffice.org/2004/office",
		"office:version", odsVersion)
}

// odsManifest lists the parts of the file (part 2, 3.2).
func odsManifest(parts ...string) node {
	root := el("manifest:manifest", "xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest:version", odsVersion).
		with(el("manifest:file-entry", "manifest:full-path", "/", "manifest:version", odsVersion, "manifest:media-type", odsType))
	for _, name := range parts {
		root = root.with(el("manifest:file-entry", "manifest:full-path", name, "manifest:media-type", "text/xml"))
	}
	return root
}
