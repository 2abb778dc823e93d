package export

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/diag"
)

// All files of this package's tests are made up, unless a test says otherwise.

func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// content is all of a file.
type content struct {
	rows    [][]string
	numbers []int // as a spreadsheet shows them
	records int
	codes   []string
}

func readAll(t testing.TB, f *File) content {
	t.Helper()
	var out content
	for want := 0; ; want++ {
		c, err := f.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if c.Index != want {
			t.Errorf("chunk %d, want %d", c.Index, want)
		}
		n, problems := c.Scan(func(r *Row) {
			var row []string
			for i := range r.Len() {
				row = append(row, string(r.Field(i)))
			}
			if r.Field(r.Len()+len(f.Folds)) != nil {
				t.Error("a field past the end")
			}
			out.rows = append(out.rows, row)
			out.numbers = append(out.numbers, out.records+r.Record+1)
		})
		for _, d := range problems {
			out.codes = append(out.codes, fmt.Sprintf("%s@%d", d.Code, out.records+d.Pos.Row))
		}
		out.records += n
		c.Release()
	}
	for _, d := range f.Uneven() {
		out.codes = append(out.codes, fmt.Sprintf("%s@%d", d.Code, d.Pos.Row))
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	return out
}

// archive makes a zip file of names and contents in turn.
func archive(t testing.TB, parts ...string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		p, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(p, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

func TestRefused(t *testing.T) {
	encrypted := ole + strings.Repeat("\x00", 2000) + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	tests := []struct {
		name, file, content string
		opt                 Options
		code                string
		row                 int
		words               string // that the message or hint must have
	}{
		{"empty", "a.csv", "", Options{}, "empty-file", 0, "nothing in it"},
		{"blank", "a.csv", "\n,,\n", Options{}, "empty-file", 0, "nothing in it"},
		{"headings only", "a.csv", "id,Q1\n", Options{}, "header-only", 0, "no responses"},
		{"headings and blank records", "a.csv", "id,Q1\n\n,\n", Options{}, "header-only", 0, "no responses"},
		{"two rows of headings only", "a.csv", "Respondent ID,Question\n,Response\n", Options{}, "header-only", 0, "no responses"},
		{"unterminated in the headings", "a.csv", "id,\"Q1\n1,2\n", Options{}, "unterminated-quote", 1, "never closed"},
		{"ragged headings", "a.csv", "Respondent ID,Question,\n,Response\n1,2,\n", Options{}, "ragged-row", 2, "2 fields found, 3 expected"},
		{"too many columns", "a.csv", "a,b,c\n1,2,3\n", Options{Limits: Limits{Columns: 2}}, "too-large", 0, ""},
		{"no workbook", "a.xlsx", "id,Q1\n1,2\n", Options{}, "not-a-workbook", 0, "no Excel workbook"},
		{"zip of something", "a.zip", archive(t, "a.csv", "id,Q1\n"), Options{}, "not-a-workbook", 0, "unpack it"},
		{"cut-off zip", "a.xlsx", "PK\x03\x04", Options{}, "not-a-workbook", 0, "cannot be read"},
		{"legacy workbook", "a.xls", ole + "\x00", Options{}, "legacy-xls", 0, "Excel Workbook (.xlsx)"},
		{"encrypted workbook", "a.xlsx", encrypted, Options{}, "encrypted-workbook", 0, "password"},
		{"unknown platform", "a.csv", "id,Q1\n1,2\n", Options{Platform: "surveymonkeys"}, "unknown-platform", 0, `nearest: "surveymonkey"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, problems := Open(write(t, test.file, test.content), "exports/"+test.file, test.opt)
			if f != nil || len(problems) == 0 {
				t.Fatalf("opened, with %v", problems)
			}
			d := problems[0]
			if d.Code != test.code || d.Pos.Row != test.row || d.Pos.File != "exports/"+test.file || d.Severity != diag.Error {
				t.Errorf("%+v, want %s in row %d", d, test.code, test.row)
			}
			if !strings.Contains(d.Message+d.Hint, test.words) {
				t.Errorf("%s; want the words %q", d, test.words)
			}
			if strings.Contains(d.String(), os.TempDir()) {
				t.Errorf("an absolute path in %q", d)
			}
		})
	}
}

func TestNoFile(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{dir: "is-directory", filepath.Join(dir, "none.csv"): "missing-file"} {
		_, problems := Open(path, "exports", Options{})
		if len(problems) != 1 || problems[0].Code != want {
			t.Errorf("%v, want %s", problems, want)
		}
	}
}

// What a file is called does not matter where its bytes are clear.
func TestFacts(t *testing.T) {
	path := write(t, "made-up.txt", "\xEF\xBB\xBFid;Q1\r\n7;\"a\r\nb\"\r\n\r\n8;c;\r\n")
	f, problems := Open(path, "made-up.txt", Options{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got := []any{f.Name, f.Format, f.Encoding, f.BOM, f.Delimiter, f.Platform, f.HeaderRows, len(f.Columns)}
	if d := cmp.Diff([]any{"made-up.txt", "csv", "utf-8", true, ";", "generic", 1, 2}, got); d != "" {
		t.Error(d)
	}
	want := content{rows: [][]string{{"7", "a\r\nb"}, {"8", "c"}}, numbers: []int{2, 4}, records: 4}
	if d := cmp.Diff(want, readAll(t, f), cmp.AllowUnexported(content{})); d != "" {
		t.Error(d)
	}
}

// Chunks of any size give the same rows under the same numbers.
func TestChunks(t *testing.T) {
	var text strings.Builder
	text.WriteString("\nRespondent ID,Question,,Other\n,A,B,Response\n")
	for i := range 300 {
		fmt.Fprintf(&text, "%d,\"yes,\n\"\"no\"\"\",,%d\n", i, i*i)
		if i%7 == 0 {
			text.WriteString(",,,\n")
		}
	}
	path := write(t, "made-up.csv", text.String())
	read := func(chunk int) content {
		testChunkBytes = chunk
		defer func() { testChunkBytes = 0 }()
		f, problems := Open(path, "made-up.csv", Options{})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return readAll(t, f)
	}
	want := read(1 << 20)
	if len(want.rows) != 300 || want.numbers[0] != 4 || want.numbers[1] != 6 {
		t.Fatalf("%d rows, the first in rows %v", len(want.rows), want.numbers[:2])
	}
	for _, chunk := range []int{1, 10, 100, 1000} {
		if d := cmp.Diff(want, read(chunk), cmp.AllowUnexported(content{})); d != "" {
			t.Errorf("chunks of %d:\n%s", chunk, d)
		}
	}
}

// No answer may reach a message, whatever is wrong with it.
func TestNoAnswerInMessages(t *testing.T) {
	const secret = "Canary"
	for _, bad := range []string{"1," + secret + ",3\n", "1,\"" + secret + "\n", "1,5\" " + secret + "\n", secret + "\n", "\x00" + secret + ",1\n"} {
		f, problems := Open(write(t, "a.csv", "id,Q1\n1,2\n"+bad), "a.csv", Options{})
		if f == nil {
			t.Fatal(problems)
		}
		for {
			c, err := f.Next()
			if err != nil {
				break
			}
			_, found := c.Scan(func(*Row) {})
			problems = append(problems, found...)
		}
		f.Close()
		if len(problems) == 0 {
			t.Errorf("%q: no problem", bad)
		}
		for _, d := range problems {
			if strings.Contains(d.String(), secret) {
				t.Errorf("%q is in %q", secret, d)
			}
		}
	}
}
