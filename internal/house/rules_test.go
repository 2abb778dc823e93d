package house

import (
	"fmt"
	"slices"
	"strings"
)

const module = "github.com/caregap/caregap"

// rooms are the module's packages from the lowest floor to the highest; a room
// holds all packages below its folder.
var rooms = [][]string{
	{"internal/bidi", "internal/diag", "internal/distribution", "internal/fold", "internal/keyfile", "internal/markdown", "internal/number", "internal/personal"},
	{"internal/interval", "internal/multiplicity", "internal/pool", "internal/reliability", "internal/weight"},
	{"internal/survey"},
	{"internal/study"},
	{"internal/export"},
	{"internal/normalise", "internal/inspect"},
	{"internal/dataset", "internal/draft", "internal/frame", "internal/measure"},
	{"internal/estimate", "internal/request"},
	{"internal/disclose"},
	{"reports", "internal/publish"},
	{"pipeline"},
	{"internal/cli"},
	{"cmd"},
}

// aside are rooms that no other room imports, and that may import what they
// need: makers of test data, tests of the whole.
var aside = []string{"internal/house", "internal/attack", "internal/example", "testdata"}

// unseen are rooms that reports never import, tests included: no number
// reaches a file but through a disclose.Release.
var unseen = []string{"internal/dataset", "internal/export", "internal/frame", "internal/measure", "internal/estimate", "internal/normalise", "internal/request"}

// libraries may only be imported by the rooms beside them.
var libraries = map[string][]string{
	"github.com/xuri/excelize/v2":     {"reports/workbook", "internal/export/xlsxfile"},
	"gonum.org/v1/plot":               {"reports/chart"},
	"github.com/spf13/cobra":          {"internal/cli"},
	"go.yaml.in/yaml/v4":              {"internal/study"},
	"github.com/apache/arrow/go/v17":  {"internal/dataset", "internal/frame"},
	"github.com/gocarina/gocsv":       {"reports/table"},
	"github.com/gofrs/flock":          {"internal/publish"},
	"github.com/agnivade/levenshtein": {"internal/diag"},
}

// banned is in nobody's hands; the value says why.
var banned = map[string]string{
	"C": "the product is built without cgo",
	"github.com/apache/arrow/go/v17/parquet/pqarrow": "links Flight and gRPC",
	"github.com/apache/arrow/go/v17/arrow/compute":   "13 MB for nothing that is used",
	"github.com/chromedp":                            "it drives a browser for tests, and is nothing that ships",
}

// pkg is what the rules ask of a package; paths in Imports are import paths.
type pkg struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// violations returns what is wrong with a package, in order.
func violations(p pkg) []string {
	from := room(p.ImportPath)
	var found []string
	if floor(from) < 0 && !within(from, aside) {
		found = append(found, fmt.Sprintf("%s lies in no room", from))
	}
	for _, to := range p.Imports {
		found = append(found, ofImport(from, to)...)
	}
	for _, to := range slices.Concat(p.TestImports, p.XTestImports) {
		if within(from, []string{"reports"}) && within(room(to), unseen) {
			found = append(found, fmt.Sprintf("tests of %s import %s", from, room(to)))
		}
	}
	return found
}

func ofImport(from, to string) []string {
	var found []string
	say := func(format string, args ...any) {
		found = append(found, fmt.Sprintf("%s imports %s: ", from, to)+fmt.Sprintf(format, args...))
	}
	for path, why := range banned {
		if below(to, path) {
			say("%s", why)
		}
	}
	for path, owners := range libraries {
		if below(to, path) && !within(from, owners) && !within(from, aside) {
			say("only %s may", strings.Join(owners, " and "))
		}
	}
	if !below(to, module) {
		return found
	}
	target := room(to)
	switch {
	case within(target, aside) && !within(from, aside):
		say("it is no part of the product")
	case within(from, aside):
	case floor(target) > floor(from):
		say("it is on a higher floor")
	case within(from, []string{"reports"}) && within(target, unseen):
		say("reports see a Release and nothing behind it")
	case within(target, []string{"internal/disclose/disclosetest"}):
		say("it is for tests")
	}
	return found
}

// room is the package's folder in the module.
func room(path string) string { return strings.TrimPrefix(strings.TrimPrefix(path, module), "/") }

// floor is the package's place in rooms, or -1.
func floor(room string) int {
	return slices.IndexFunc(rooms, func(f []string) bool { return within(room, f) })
}

func within(room string, folders []string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return below(room, f) })
}

// below reports whether path is folder or lies in it.
func below(path, folder string) bool { return path == folder || strings.HasPrefix(path, folder+"/") }
