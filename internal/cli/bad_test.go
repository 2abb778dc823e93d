package cli

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what the program says now into testdata/bad/run")

const badRuns = "../../testdata/bad/run"

// private are texts of the made-up respondents that no output may hold.
var private = []string{"example.org", "remark", "Secret"}

// TestBadInput runs each case of testdata/bad/run: the files of base.txtar, but
// for those that the case replaces, makes (make) or removes (remove). The program
// must say every line of want, publish nothing and end with exit code 3.
func TestBadInput(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(badRuns, "*.txtar"))
	if err != nil || len(names) < 2 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range names {
		if filepath.Base(name) == "base.txtar" {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			want := badCase(t, name)
			got := runBad(t, caseFolder(t, name))
			if *update {
				rewriteWant(t, name, got)
				return
			}
			if want == "" {
				t.Fatal("the case wants nothing to be said")
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("what is said (-want +got):\n%s", d)
			}
		})
	}
}

// TestGoodBase: without a case's changes the study has no problem.
func TestGoodBase(t *testing.T) {
	dir := caseFolder(t, filepath.Join(badRuns, "base.txtar"))
	var out, errs bytes.Buffer
	if code := Run(t.Context(), []string{"run", dir, "--quiet"}, strings.NewReader(""), &out, &errs); code != exitDone || errs.Len() > 0 {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
}

func badCase(t *testing.T, name string) (want string) {
	t.Helper()
	return files(t, name)["want"]
}

func files(t *testing.T, name string) map[string]string {
	t.Helper()
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range a.Files {
		out[f.Name] = string(f.Data)
	}
	return out
}

// caseFolder lays a case's study out in a new folder.
func caseFolder(t *testing.T, name string) string {
	t.Helper()
	all, own := files(t, filepath.Join(badRuns, "base.txtar")), files(t, name)
	base := all["exports/staff-2024.csv"]
	for _, gone := range strings.Fields(own["remove"]) {
		delete(all, gone)
	}
	for n, data := range own {
		if !slices.Contains([]string{"want", "remove", "make"}, n) {
			all[n] = data
		}
	}
	for line := range strings.Lines(own["make"]) {
		n, what, _ := strings.Cut(strings.TrimSpace(line), " ")
		maker := makers[what]
		if maker == nil {
			t.Fatalf("nobody knows how to make %q", what)
		}
		all[n] = maker(t, base)
	}
	dir := t.TempDir()
	for n, data := range all {
		full := filepath.Join(dir, filepath.FromSlash(n))
		if data == folder {
			must(t, os.MkdirAll(full, 0o755))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(full), 0o755))
		must(t, os.WriteFile(full, []byte(data), 0o600))
	}
	return dir
}

// runBad runs a study that has problems and returns what is said about them.
func runBad(t *testing.T, dir string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := Run(t.Context(), []string{"run", dir}, strings.NewReader(""), &out, &errs); code != exitProblems {
		t.Errorf("exit code %d, want %d", code, exitProblems)
	}
	for _, secret := range append(private, dir) {
		if strings.Contains(out.String()+errs.String(), secret) {
			t.Errorf("the output holds %q:\n%s%s", secret, out.String(), errs.String())
		}
	}
	nothingPublished(t, filepath.Join(dir, "out"))
	return errs.String()
}

// nothingPublished checks that an output folder has no release, nor the rest of one.
func nothingPublished(t *testing.T, out string) {
	t.Helper()
	if _, err := os.Lstat(filepath.Join(out, "current")); err == nil {
		t.Error("there is a current release")
	}
	left, err := os.ReadDir(filepath.Join(out, "releases"))
	if err == nil && len(left) > 0 {
		t.Errorf("releases/ holds %s", left[0].Name())
	}
}

func rewriteWant(t *testing.T, name, got string) {
	t.Helper()
	a, err := txtar.ParseFile(name)
	must(t, err)
	a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
	a.Files = append(a.Files, txtar.File{Name: "want", Data: []byte(got)})
	must(t, os.WriteFile(name, txtar.Format(a), 0o644))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// folder stands for a folder in the place of a file.
const folder = "\x00folder"

const oleHeader = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// makers make the files that cannot stand in a text archive, some from the good
// export.
var makers = map[string]func(t *testing.T, base string) string{
	"folder":      func(*testing.T, string) string { return folder },
	"empty":       func(*testing.T, string) string { return "" },
	"text":        func(_ *testing.T, base string) string { return base },
	"header-only": func(_ *testing.T, base string) string { return base[:strings.Index(base, "\n")+1] },
	"nul":         func(_ *testing.T, base string) string { return strings.Replace(base, "Agree", "Ag\x00ree", 2) },
	"cut-short":   func(_ *testing.T, base string) string { return base + `r99,True,2024-03-30,"Agree` },
	"legacy":      func(*testing.T, string) string { return oleHeader + strings.Repeat("\x00", 4000) },
	"encrypted": func(*testing.T, string) string {
		wide := strings.Join(strings.Split("EncryptedPackage", ""), "\x00") + "\x00"
		return oleHeader + strings.Repeat("\x00", 1000) + wide + strings.Repeat("\x00", 1000)
	},
	"no-zip": func(*testing.T, string) string { return "PK\x03\x04 and then nothing that a zip file has" },
	"bomb":   func(t *testing.T, _ string) string { return workbook(t, strings.Repeat(" ", 64<<20)) },
	"damaged": func(t *testing.T, _ string) string {
		return workbook(t, sheetRows+`<row r="4"><c r="A4" t="inlineStr"><is><t>Secr`)
	},
}

const sheetRows = `<row r="1"><c r="A1" t="inlineStr"><is><t>Respondent</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>`

// workbook is a small workbook whose only sheet holds the given rows.
func workbook(t *testing.T, rows string) string {
	t.Helper()
	const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const pkg = "http://schemas.openxmlformats.org/package/2006/relationships"
	parts := []struct{ name, data string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>`},
		{"_rels/.rels", fmt.Sprintf(`<Relationships xmlns=%q><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>`, pkg, rel)},
		{"xl/workbook.xml", fmt.Sprintf(`<workbook xmlns=%q xmlns:r=%q><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`, main, rel)},
		{"xl/_rels/workbook.xml.rels", fmt.Sprintf(`<Relationships xmlns=%q><Relationship Id="rId1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`, pkg, rel)},
		{"xl/worksheets/sheet1.xml", fmt.Sprintf(`<worksheet xmlns=%q><sheetData>%s</sheetData></worksheet>`, main, rows)},
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		must(t, err)
		_, err = io.WriteString(w, p.data)
		must(t, err)
	}
	must(t, z.Close())
	return b.String()
}
