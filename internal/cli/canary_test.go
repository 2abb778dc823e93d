package cli

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/frame"
)

// canaryStudy lays out a study of all platforms with the codebooks that book makes.
func canaryStudy(t *testing.T, book func(canaryExport) string) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name, data string) {
		full := filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(full), 0o755))
		must(t, os.WriteFile(full, []byte(data), 0o600))
	}
	top := "version: 1\nid: canaries\ntitle: Made-up canaries\nframework: framework.yaml\nnotice: Made-up data\nbreakdowns: [role, trust]\nsame_people: [[qualtrics, jisc]]\nsurveys:\n"
	for _, c := range canaryExports {
		top += fmt.Sprintf("  - {id: %s, title: %s, codebook: codebooks/%s.yaml, waves: [{id: \"2024\", exports: [exports/%s.csv]}]}\n", c.survey, c.survey, c.survey, c.survey)
		put("codebooks/"+c.survey+".yaml", book(c))
		put("exports/"+c.survey+".csv", c.table())
	}
	put("framework.yaml", canaryFramework)
	put("study.yaml", top)
	return dir
}

// TestCanaries runs the whole program on respondents' names, addresses and remarks
// and looks for them in all that it printed and wrote, also when it refuses.
func TestCanaries(t *testing.T) {
	invalid := "unknown: invalid"
	for _, c := range []struct {
		name string
		code int
		book func(canaryExport) string
		says string // of the refusal, so that it is the one that was meant
	}{
		{"published", exitDone, func(c canaryExport) string { return c.book(invalid, c.skills, c.done) }, ""},
		{"answers that nothing declares", exitProblems, func(c canaryExport) string { return c.book("duplicates: last", c.skills, c.done) }, "no label, map or missing rule of"},
		{"an open question taken for a closed one", exitProblems, func(c canaryExport) string { return c.book("duplicates: last", c.remark, c.done) }, "answers that are not shown"},
		{"a time that is none", exitProblems, func(c canaryExport) string {
			return c.book(invalid, c.skills, c.remark, "design: {weight: "+quote(c.remark)+"}")
		}, "expected a number"},
		{"names for organisations", exitProblems, func(c canaryExport) string {
			return c.book(invalid, c.skills, c.done, "  trust: {column: "+quote(c.person)+"}")
		}, "personal data"},
		{"telephone numbers for strata", exitProblems, func(c canaryExport) string {
			return c.book(invalid, c.skills, c.done, "design: {stratum: "+quote(c.role)+"}")
		}, "a telephone number or the like"},
		{"headings that are not there", exitProblems, func(c canaryExport) string {
			return c.book(invalid, "What Jane Canaryso said", c.done, "design: {stratum: ZX99 9QQ}")
		}, "no column"},
	} {
		t.Run(c.name, func(t *testing.T) {
			temporary := t.TempDir()
			dir := canaryStudy(t, c.book)
			t.Setenv("TMPDIR", temporary)
			for _, args := range [][]string{
				{"check", dir, "--log", "text"}, {"check", dir, "--json"}, {"run", dir, "--json", "--log", "json", "--out", filepath.Join(dir, "json")}, {"run", dir},
			} {
				var out, errs bytes.Buffer
				if code := Run(t.Context(), args, strings.NewReader(""), &out, &errs); code != c.code && (args[0] == "run" || c.code != exitDone) {
					t.Fatalf("%v: exit code %d, want %d:\n%s%s", args, code, c.code, out.String(), errs.String())
				}
				said := strings.ReplaceAll(out.String()+errs.String(), filepath.ToSlash(dir), "")
				if strings.Contains(c.name, "strata") {
					said = strings.ReplaceAll(said, canaries["SHORT"], "") // a stratum may be named, unless it looks personal
				}
				if !strings.Contains(said, c.says) {
					t.Errorf("%v does not say %q:\n%s", args, c.says, said)
				}
				if c.code == exitDone && args[0] == "run" && strings.Count(said, `"respondents":40,"set_aside":{}`) != len(canaryExports) && slices.Contains(args, "--json") {
					t.Errorf("not all rows are respondents:\n%s", said)
				}
				tellTale(t, strings.Join(args[:1], " ")+"'s output", []byte(said))
			}
			searched := searchCanaries(t, dir, "exports", "codebooks")
			if c.code == exitDone && searched < 2*20 {
				t.Errorf("only %d files were searched", searched)
			}
			if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
				t.Errorf("left in the temporary folder: %v, %v", left, err)
			}
		})
	}
}

// tellTale fails for each canary in data.
func tellTale(t *testing.T, what string, data []byte) {
	t.Helper()
	low := bytes.ToLower(data)
	for _, tell := range tells {
		if at := bytes.Index(low, []byte(tell)); at >= 0 {
			t.Errorf("%s holds %q: ...%s...", what, tell, low[max(0, at-60):min(len(low), at+60)])
		}
	}
}

// searchCanaries looks through all that was written in a folder, but for the folders
// to leave alone, and counts the files. Answers that nothing declares may stand in private/quality.*,
// unless they look personal.
func searchCanaries(t *testing.T, dir string, leave ...string) (files int) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, path)
		if d != nil && d.IsDir() && slices.Contains(leave, rel) {
			return filepath.SkipDir
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		tellTale(t, "the name of "+rel, []byte(rel))
		public := strings.Contains(filepath.ToSlash(path), "/public/")
		if public {
			nobodysPlace(t, rel, data)
		}
		switch {
		case bytes.HasPrefix(data, []byte("\x89PNG")):
			pngChunks(t, rel, data)
		case strings.HasSuffix(rel, ".parquet"):
			tellTale(t, rel, parquetTexts(t, path))
		case bytes.HasPrefix(data, []byte("PK\x03\x04")):
			inside := unzipped(t, data)
			tellTale(t, rel, inside)
			if public {
				nobodysPlace(t, rel, inside)
			}
		case strings.HasPrefix(filepath.Base(rel), "quality."):
			data = bytes.ReplaceAll(bytes.ReplaceAll(data, []byte(canaries["SHORT"]), nil), []byte(canaries["COMMENT"]), nil)
			data = bytes.ReplaceAll(data, []byte(canaries["ADDRESS"]), nil)
		}
		tellTale(t, rel, data)
		return nil
	}))
	return files
}

// nobodysPlace fails where the name of an organisation stands, which may be in
// private/ alone.
func nobodysPlace(t *testing.T, what string, data []byte) {
	t.Helper()
	if bytes.Contains(bytes.ToLower(data), []byte(strings.ToLower(canaries["TRUST"]))) {
		t.Errorf("%s holds the name of an organisation", what)
	}
}

// pngChunks fails for a chunk that could hold a text, packed or not.
func pngChunks(t *testing.T, what string, data []byte) {
	t.Helper()
	for data = data[8:]; len(data) >= 12; {
		size, kind := binary.BigEndian.Uint32(data), string(data[4:8])
		if !slices.Contains([]string{"IHDR", "PLTE", "tRNS", "sBIT", "pHYs", "IDAT", "IEND"}, kind) {
			t.Errorf("%s has a chunk %s", what, kind)
		}
		data = data[12+size:]
	}
}

func parquetTexts(t *testing.T, path string) []byte {
	t.Helper()
	f, err := frame.Open(path, "part")
	must(t, err)
	defer f.Close()
	var wants []frame.Want
	for _, c := range f.Columns {
		wants = append(wants, frame.Want{Name: c, Text: true})
	}
	data, err := f.Read(t.Context(), wants)
	must(t, err)
	var out []string
	for _, w := range wants {
		out = append(out, data.Column(w).Categories().Labels...)
	}
	if len(out) < canaryRows {
		t.Errorf("only %d texts in %s", len(out), path)
	}
	return []byte(strings.Join(out, "\n"))
}

func unzipped(t *testing.T, data []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var all bytes.Buffer
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		_, err = io.Copy(&all, r)
		must(t, err)
		all.WriteString("\n" + f.Name + "\n" + f.Comment + "\n")
	}
	return all.Bytes()
}
