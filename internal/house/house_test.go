package house

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../.."

// longest is how many lines a file may have: more, and it holds two ideas.
const longest = 350

func TestImportsRunOneWay(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range packages(t) {
		seen[room(p.ImportPath)] = true
		for _, v := range violations(p) {
			t.Error(v)
		}
	}
	if !seen["internal/house"] || !seen["internal/disclose"] || !seen["reports"] {
		t.Errorf("go list does not see the module: %v", seen)
	}
}

// packages lists the module's packages with their imports, those of the tests in a
// browser too.
func packages(t *testing.T) []pkg {
	t.Helper()
	list := exec.Command("go", "list", "-e", "-tags=browser", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	list.Dir = root
	list.Stderr = os.Stderr
	out, err := list.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := list.Start(); err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for dec := json.NewDecoder(out); ; {
		var p pkg
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if err := list.Wait(); err != nil {
		t.Fatal(err)
	}
	return all
}

// The rules themselves: a package that breaks one is found out.
func TestViolations(t *testing.T) {
	own := func(path string) string { return module + "/" + path }
	for _, c := range []struct {
		from, to, want string
	}{
		{"internal/study", own("internal/diag"), ""},
		{"internal/export", own("internal/export/csvfile"), ""},
		{"internal/export/csvfile", own("internal/export"), ""},
		{"cmd/caregap", own("internal/cli"), ""},
		{"internal/cli", own("pipeline"), ""},
		{"internal/cli", own("internal/study"), ""},
		{"reports/page", own("reports/chart"), ""},
		{"reports/page", own("internal/disclose"), ""},
		{"reports/chart", "gonum.org/v1/plot/vg", ""},
		{"internal/estimate", "gonum.org/v1/gonum/stat/distuv", ""},
		{"internal/export/xlsxfile", "github.com/xuri/excelize/v2", ""},
		{"internal/study", own("internal/export"), "higher floor"},
		{"internal/disclose", own("pipeline"), "higher floor"},
		{"reports", own("internal/cli"), "higher floor"},
		{"pipeline", own("internal/cli"), "higher floor"},
		{"reports/page", own("internal/measure"), "nothing behind it"},
		{"reports/table", own("internal/export/csvfile"), "nothing behind it"},
		{"reports/page", own("internal/disclose/disclosetest"), "for tests"},
		{"reports/page", "gonum.org/v1/plot", "only reports/chart may"},
		{"internal/export", "github.com/xuri/excelize/v2", "only reports/workbook and internal/export/xlsxfile may"},
		{"pipeline", "github.com/spf13/cobra", "only internal/cli may"},
		{"internal/normalise", "go.yaml.in/yaml/v4", "only internal/study may"},
		{"internal/dataset", "github.com/apache/arrow/go/v17/parquet/pqarrow", "gRPC"},
		{"internal/dataset", "C", "without cgo"},
		{"reports/page/browser", "github.com/chromedp/chromedp/kb", "nothing that ships"},
		{"internal/dataset", own("internal/example"), "no part of the product"},
	} {
		got := strings.Join(violations(pkg{ImportPath: own(c.from), Imports: []string{c.to}}), "\n")
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s imports %s: found %q, want %q", c.from, c.to, got, c.want)
		}
	}
	tests := pkg{ImportPath: own("reports/page"), TestImports: []string{own("internal/estimate")}, XTestImports: []string{own("internal/disclose/disclosetest")}}
	if got := violations(tests); len(got) != 1 || got[0] != "tests of reports/page import internal/estimate" {
		t.Errorf("imports of tests: %q", got)
	}
	for _, path := range []string{"", "/internal/util", "/reportsmore"} {
		if got := violations(pkg{ImportPath: module + path}); len(got) != 1 || !strings.Contains(got[0], "lies in no room") {
			t.Errorf("package %q: %q", path, got)
		}
	}
}

func TestFilesAreShort(t *testing.T) {
	count := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2 || d.Name() == "out") {
			return fs.SkipDir
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		count++
		if lines := strings.Count(string(text), "\n"); lines > longest {
			t.Errorf("%s has %d lines; at most %d", strings.TrimPrefix(filepath.ToSlash(path), root+"/"), lines, longest)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count < 20 {
		t.Errorf("saw %d Go files only", count)
	}
}
