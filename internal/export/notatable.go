package export

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"

	"github.com/caregap/caregap/internal/diag"
)

// beginning is how a kind of file begins that people give for an export and that
// is no table at all.
type beginning struct {
	what, hint string
	bytes      []string       // one of these
	text       *regexp.Regexp // or this
}

const asTable = "export the responses as CSV or as a workbook"

// beginnings are told by the first bytes, whatever the file is called. Nothing of
// what stands in such files is a heading, and so nothing of it may be shown.
var beginnings = []beginning{
	{what: "a web page or XML", hint: asTable + "; what was saved may be a page that asks to sign in",
		text: regexp.MustCompile(`(?i)^<(!doctype|!--|\?xml|(html|head|body|table)[ >])`)},
	{what: "JSON", hint: asTable, text: regexp.MustCompile(`^(\{\s*("[^"]|\})|\[\s*[{\["\]])`)},
	{what: "SQL", hint: asTable, text: regexp.MustCompile(`(?i)^(create (table|database) |insert into |drop table |-- mysql dump|pragma )`)},
	{what: "an e-mail", hint: "save the file that came with it, and name that",
		text: regexp.MustCompile(`(?i)^(from|to|subject|date|received|return-path|mime-version): [^\n]*\n([a-z-]+: |\s)`)},
	{what: "a PDF", hint: asTable, bytes: []string{"%PDF-"}},
	{what: "a text document (RTF)", hint: asTable, bytes: []string{`{\rtf`}},
	{what: "a picture", hint: asTable, bytes: []string{"\x89PNG", "GIF8", "\xFF\xD8\xFF"}},
	{what: "a packed file", hint: "unpack it, and name the file that is in it", bytes: []string{"\x1F\x8B", "7z\xBC\xAF", "Rar!", "\xFD7zXZ", "\x28\xB5\x2F\xFD"}},
	{what: "a file of SPSS", hint: "save it from SPSS as CSV, or export it again from the survey platform as CSV", bytes: []string{"$FL2@", "$FL3@"}},
	{what: "a file of Stata", hint: "save it from Stata as CSV, or export it again from the survey platform as CSV", bytes: []string{"<stata_dta>"}},
	{what: "a Parquet file", hint: asTable, bytes: []string{"PAR1"}},
}

func (b beginning) matches(head []byte) bool {
	if b.text != nil {
		return b.text.Match(head)
	}
	return slices.ContainsFunc(b.bytes, func(s string) bool { return bytes.HasPrefix(head, []byte(s)) })
}

// notATable tells a file that is no table by its first bytes, nil if it may be one.
// Qualtrics' import ids are JSON too.
func notATable(file io.ReaderAt, name string) *diag.Diagnostic {
	head := make([]byte, 1024)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil // whoever reads on will say so
	}
	head = bytes.TrimLeft(plainBytes(head[:n]), " \t\r\n")
	if bytes.Contains(head, []byte("ImportId")) {
		return nil
	}
	for _, b := range beginnings {
		if b.matches(head) {
			return &diag.Diagnostic{
				Code: "not-an-export", Pos: diag.Pos{File: name}, Hint: b.hint,
				Message: fmt.Sprintf("this is %s, not an export of responses", b.what),
			}
		}
	}
	return nil
}

// plainBytes leaves the mark of the encoding out, and the zeros of UTF-16.
func plainBytes(head []byte) []byte {
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return head[3:]
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return bytes.ReplaceAll(head[2:], []byte{0}, nil)
	}
	return head
}
