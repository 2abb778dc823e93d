// Package xlsxfile reads the sheets of .xlsx workbooks in constant memory.
//
//  1. Open takes the zip archive apart in memory, within limits, and reads the
//     small parts: which sheets there are, which styles are dates, which epoch.
//  2. The shared strings become one run of bytes and their places in it.
//  3. Sheet inflates a sheet's bytes. Reader.Next, called by one goroutine at a
//     time, cuts them where a row begins; Chunk.Scan, on any goroutine, reads
//     cells by a forward scan that knows no more XML than sheets have.
//
// Nothing is unpacked onto a disk. A sheet's declared dimension is ignored, cell
// and row references are honoured, and rows that hold nothing but style are
// blank records. Cells become text: numbers the shortest that reads back the
// same, dates by their number format as ISO dates, formulas their last results.
// Element names are matched without their namespace prefix, which some writers
// put on every element.
package xlsxfile

import (
	"archive/zip"
	"fmt"
	"io"
	"math"
	"path"
	"strings"

	"github.com/caregap/caregap/internal/diag"
)

// ChunkBytes is how much of a sheet Next inflates at once.
const ChunkBytes = 512 << 10

// Options bound what a workbook may make the program do. All are needed.
type Options struct {
	UnpackedBytes int64 // of all parts together
	TextBytes     int64 // of the shared strings, which are held in memory
	Ratio         int64 // unpacked over packed size, of parts over 16 MiB
	Columns       int
	CellBytes     int
	ChunkBytes    int // see ChunkBytes; tests make it small
}

// Sheet is one worksheet of a workbook.
type Sheet struct {
	Name   string
	Hidden bool
	part   string
}

// Book is an open workbook.
type Book struct {
	Sheets []Sheet

	parts   map[string]*zip.File // by lower-case name, with slashes
	opt     Options
	epoch   epoch
	styles  []dateKind
	shared  sharedStrings
	strings string // name of the part with shared strings
	loaded  bool
}

// Open reads what a workbook says about itself. Its errors are *diag.Problems
// where the content is to blame; their diagnostics name no file.
//
//gosec:disable G115 -- limits are positive
func Open(r io.ReaderAt, size int64, opt Options) (*Book, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, problem("not-a-workbook", "this is no workbook, or a damaged one: its zip archive cannot be read", again)
	}
	b := &Book{parts: make(map[string]*zip.File, len(archive.File)), opt: opt}
	var total uint64
	for _, f := range archive.File {
		b.parts[key(f.Name)] = f
		if total += f.UncompressedSize64; total > uint64(opt.UnpackedBytes) || f.UncompressedSize64 > math.MaxInt64 {
			return nil, b.unpacksTooMuch()
		}
	}
	if err := b.readWorkbook(); err != nil {
		return nil, err
	}
	return b, nil
}

func (b *Book) unpacksTooMuch() error {
	return problem("too-large", fmt.Sprintf("the workbook unpacks to more than %d MiB", b.opt.UnpackedBytes>>20), "")
}

const again = "open it in Excel and save it as Excel Workbook (.xlsx), or export it again"

func problem(code, message, hint string) error {
	return &diag.Problems{Diagnostics: []diag.Diagnostic{{Code: code, Message: message, Hint: hint}}}
}

// damaged is the problem of a part that is not what it should be.
func damaged(part string) error {
	return problem("damaged-workbook", fmt.Sprintf("the workbook's part %s cannot be read", part), again)
}

func key(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// bombSize is below what a part's ratio does not matter: repetitive sheets pack
// well, and this much does no harm.
const bombSize = 16 << 20

// open opens a part by name.
//
//gosec:disable G115 -- limits are positive
func (b *Book) open(name string) (io.ReadCloser, error) {
	f := b.parts[key(name)]
	if f == nil {
		return nil, damaged(path.Base(name))
	}
	if f.UncompressedSize64 > bombSize && f.UncompressedSize64/max(f.CompressedSize64, 1) > uint64(b.opt.Ratio) {
		return nil, problem("too-large", fmt.Sprintf("the workbook's part %s unpacks to more than %d times its size", path.Base(name), b.opt.Ratio),
			"such a file is made to exhaust memory; do not open it unless you know its source")
	}
	if f.Flags&1 != 0 {
		return nil, problem("encrypted-workbook", "the zip archive is encrypted", "unpack it with its password and give the file inside")
	}
	in, err := f.Open()
	if err != nil {
		return nil, damaged(path.Base(name))
	}
	return in, nil
}
