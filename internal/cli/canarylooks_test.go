package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/publish"
)

// canaryBook is an export's table as a workbook; its sheet is named after a person.
func canaryBook(t *testing.T, c canaryExport, sheet string) []byte {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(c.table())).ReadAll()
	must(t, err)
	escaped := func(text string) string {
		var b bytes.Buffer
		must(t, xml.EscapeText(&b, []byte(text)))
		return b.String()
	}
	var cells strings.Builder
	for _, row := range rows {
		cells.WriteString("<row>")
		for _, cell := range row {
			cells.WriteString(`<c t="inlineStr"><is><t xml:space="preserve">` + escaped(cell) + `</t></is></c>`)
		}
		cells.WriteString("</row>")
	}
	const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"_rels/.rels", `<Relationships><Relationship Id="r" Type="` + kind + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns:r="` + kind + `"><sheets><sheet name="` + escaped(sheet) + `" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="` + kind + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet><sheetData>` + cells.String() + `</sheetData></worksheet>`},
	} {
		w, err := z.Create(part[0])
		must(t, err)
		_, err = w.Write([]byte(part[1]))
		must(t, err)
	}
	must(t, z.Close())
	return out.Bytes()
}

// What inspect, its drafts and init say and write of exports, CSV and workbook, and
// what estimate says of their columns, holds no canary; nor do the drafts.
func TestCanariesAreNotLookedAt(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	dir := canaryStudy(t, func(c canaryExport) string { return c.book("unknown: invalid", c.skills, c.done) })
	framework := filepath.Join(dir, "framework.yaml")
	for _, c := range canaryExports {
		file := filepath.Join(dir, "exports", c.survey+".csv")
		book := filepath.Join(dir, "books", c.survey+".xlsx")
		must(t, os.MkdirAll(filepath.Dir(book), 0o700))
		must(t, os.WriteFile(book, canaryBook(t, c, "Responses"), 0o600))
		calls := [][]string{}
		for _, f := range []string{file, book} {
			calls = append(calls, []string{"inspect", f}, []string{"inspect", f, "--json"}, []string{"inspect", f, "--quiet", "--log", "json"}, []string{"inspect", f, "--codebook"},
				[]string{"inspect", f, "--codebook", "--framework", framework}, []string{"inspect", f, "--platform", "generic", "--json"})
		}
		for _, what := range []string{c.name, c.person, c.remark, c.role} {
			calls = append(calls, []string{"estimate", file, "--share", what}, []string{"estimate", file, "--mean", what, "--by", what, "--json"},
				[]string{"estimate", file, "--share", c.time, "--by", what}, []string{"estimate", file, "--mean", c.time, "--stratum", what, "--psu", what, "--nest"})
		}
		for _, args := range calls {
			said, code := says(t, args...)
			if code != exitDone && code != exitProblems {
				t.Errorf("%v: exit code %d:\n%s", args, code, said)
			}
			tellTale(t, strings.Join(args, " "), []byte(strings.ReplaceAll(said, filepath.ToSlash(dir), "")))
		}
	}
	drafted := filepath.Join(dir, "drafted")
	exports, err := filepath.Glob(filepath.Join(dir, "exports", "*.csv"))
	must(t, err)
	for _, extra := range [][]string{{"--json"}, {"--log", "json"}} {
		must(t, os.RemoveAll(drafted))
		said, code := says(t, append(append([]string{"init", drafted}, exports...), extra...)...)
		if code != exitDone {
			t.Fatalf("init: exit code %d:\n%s", code, said)
		}
		tellTale(t, "init", []byte(strings.ReplaceAll(said, filepath.ToSlash(dir), "")))
		must(t, os.RemoveAll(filepath.Join(drafted, "exports"))) // the exports themselves
		if n := searchCanaries(t, drafted); n < 3+len(canaryExports) {
			t.Errorf("only %d drafted files were searched", n)
		}
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v, %v", left, err)
	}
}

// says is all that a command prints.
func says(t *testing.T, args ...string) (string, int) {
	t.Helper()
	var out, errs bytes.Buffer
	code := Run(t.Context(), args, strings.NewReader(""), &out, &errs)
	return out.String() + errs.String(), code
}

// Names of exports, sheets, keys and dictionaries are often named after people, and
// what stands in keys and dictionaries was typed by some: none of it is published.
func TestCanariesInNames(t *testing.T) {
	for _, c := range canaryExports {
		t.Run(c.survey, func(t *testing.T) {
			dir := canaryStudy(t, func(c canaryExport) string {
				return c.book("unknown: invalid", c.skills, c.done, "sheet: Answers to Jane Canaryson")
			})
			file := "exports/Jane Canaryson " + canaries["PHONE"] + ".xlsx"
			must(t, os.WriteFile(filepath.Join(dir, file), canaryBook(t, c, "Answers to Jane Canaryson"), 0o600))
			must(t, os.Remove(filepath.Join(dir, "exports", c.survey+".csv")))
			must(t, os.WriteFile(filepath.Join(dir, "exports", "Jane Canaryson key.csv"), []byte("Q1,Ask Jane Canaryson\n1,Jane Canaryson\n2,"+canaries["MAIL"]+"\n"), 0o600))
			must(t, os.WriteFile(filepath.Join(dir, "exports", "Jane Canaryson DataDictionary.csv"), []byte("Variable / Field Name,Form Name,Section Header,Field Type,Field Label,Choices\n"+
				"role,a,,radio,Ask Jane Canaryson,\"1, Jane Canaryson | 2, "+canaries["POST"]+"\"\n"), 0o600))
			top := fmt.Sprintf("version: 1\nid: canaries\ntitle: Made-up canaries\nframework: framework.yaml\nbreakdowns: [role, trust]\nsurveys:\n"+
				"  - {id: %s, title: %s, codebook: codebooks/%s.yaml, waves: [{id: \"2024\", exports: [%q]}]}\n", c.survey, c.survey, c.survey, file)
			must(t, os.WriteFile(filepath.Join(dir, "study.yaml"), []byte(top), 0o600))
			if said, code := says(t, "run", dir, "--json"); code != exitDone {
				t.Fatalf("exit code %d:\n%s", code, said)
			}
			public := filepath.Join(dir, "out", "current", "public")
			resolved, err := filepath.EvalSymlinks(public)
			must(t, err)
			if n := searchCanaries(t, resolved); n < 15 {
				t.Errorf("only %d public files were searched", n)
			}
		})
	}
}

// A run that fails, whatever for, says and leaves no more than one that is done.
func TestCanariesInFailures(t *testing.T) {
	canaryRun := func(t *testing.T, ctx context.Context, dir string, args ...string) int {
		t.Helper()
		var out, errs bytes.Buffer
		code := Run(ctx, append([]string{"run", dir, "--json", "--log", "json"}, args...), strings.NewReader(""), &out, &errs)
		tellTale(t, "what is said", []byte(strings.ReplaceAll(out.String()+errs.String(), filepath.ToSlash(dir), "")))
		searchCanaries(t, dir, "exports", "codebooks")
		return code
	}
	for name, c := range map[string]struct {
		code int
		run  func(t *testing.T, dir string) int
	}{
		"failed": {exitFailed, func(t *testing.T, dir string) int {
			must(t, os.WriteFile(filepath.Join(dir, "out"), nil, 0o600))
			return canaryRun(t, t.Context(), dir)
		}},
		"stopped": {exitStopped, func(t *testing.T, dir string) int {
			top, err := os.ReadFile(filepath.Join(dir, "study.yaml"))
			must(t, err)
			must(t, os.WriteFile(filepath.Join(dir, "study.yaml"), append(top, "disclosure: {min_base: 500}\n"...), 0o600))
			return canaryRun(t, t.Context(), dir)
		}},
		"locked": {exitLocked, func(t *testing.T, dir string) int {
			store, err := publish.Open(filepath.Join(dir, "out"), publish.OS{})
			must(t, err)
			unlock, err := store.Lock(t.Context())
			must(t, err)
			defer unlock()
			return canaryRun(t, t.Context(), dir)
		}},
		"interrupted": {exitInterrupted, func(t *testing.T, dir string) int {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			return canaryRun(t, ctx, dir)
		}},
		"wrong usage": {exitUsage, func(t *testing.T, dir string) int { return canaryRun(t, t.Context(), dir, "--survey", "none") }},
	} {
		t.Run(name, func(t *testing.T) {
			dir := canaryStudy(t, func(c canaryExport) string { return c.book("unknown: invalid", c.skills, c.done) })
			if code := c.run(t, dir); code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
		})
	}
}
