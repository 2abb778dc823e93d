package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// packer collects the parts of a workbook and writes them sorted, with one fixed
// time. excelize writes streamed sheets in the order of a map.
type packer struct {
	out   io.Writer
	parts []*part
}

type part struct {
	name string
	bytes.Buffer
}

func newPacker(w io.Writer) excelize.ZipWriter { return &packer{out: w} }

// Create returns the writer of a new part.
func (p *packer) Create(name string) (io.Writer, error) {
	added := &part{name: name}
	p.parts = append(p.parts, added)
	return added, nil
}

// AddFS is part of excelize's interface; a new workbook never calls it.
func (p *packer) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the file.
func (p *packer) Close() error {
	slices.SortFunc(p.parts, func(a, b *part) int {
		return cmp.Or(cmp.Compare(rank(a.name), rank(b.name)), strings.Compare(a.name, b.name))
	})
	z := zip.NewWriter(p.out)
	for _, part := range p.parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: earliest})
		if err != nil {
			return err
		}
		if _, err := w.Write(finish(part.name, part.Bytes())); err != nil {
			return err
		}
	}
	return z.Close()
}

// rank puts first the two parts by which programs know the file for a workbook.
func rank(name string) int {
	switch name {
	case "[Content_Types].xml":
		return 0
	case "_rels/.rels":
		return 1
	}
	return 2
}

var filterButtons = regexp.MustCompile(`<autoFilter[^>]*(/>|></autoFilter>)`)

// finish takes the filter buttons from a table, which excelize always adds, and
// lets rows grow, whose height excelize always fixes. Neither can be found inside
// a text, where < and > are escaped.
func finish(name string, data []byte) []byte {
	switch {
	case strings.HasPrefix(name, "xl/tables/"):
		return filterButtons.ReplaceAll(data, nil)
	case strings.HasPrefix(name, "xl/worksheets/sheet"):
		return bytes.ReplaceAll(data, []byte(` customHeight="1">`), []byte(">"))
	}
	return data
}
