package cli

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/diag"
)

const ledgerLines = `{"kind":"ledger","survey":"rcp","wave":"2020","file":"exports/rcp.csv","rows":1204,"respondents":1190,"set_aside":{"preview":4,"screened_out":10},"rejected":[{"column":"Q4","reason":"unknown label","count":7}]}
{"kind":"ledger","survey":"crn","wave":"1","file":"exports/crn.xlsx","rows":90,"respondents":90,"set_aside":{},"rejected":[]}
`

const warningLine = `{"kind":"problem","code":"unfinished","severity":"warning","file":"exports/rcp.csv","message":"25 unfinished rows count"}
`

func TestRunJSON(t *testing.T) {
	want := ledgerLines + warningLine + `{"kind":"release","id":"3f9a1c07be42","path":"out/releases/3f9a1c07be42","changed":true,"published":3486,"suppressed":485}` + "\n"
	if diff := cmp.Diff(answer{0, want, ""}, call(t, &fake{result: published()}, "run", "study", "--json"), cmp.AllowUnexported(answer{})); diff != "" {
		t.Errorf("run --json (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(answer{0, ledgerLines + warningLine, ""}, call(t, &fake{result: published()}, "check", "study", "--json"), cmp.AllowUnexported(answer{})); diff != "" {
		t.Errorf("check --json (-want +got):\n%s", diff)
	}
}

const accountWords = `Every row accounted for
  survey  wave  file               rows  respondents  set aside  values not used  why set aside
  rcp     2020  exports/rcp.csv   1,204        1,190         14                7  4 preview, 10 screened out
  crn     1     exports/crn.xlsx     90           90          0                0

`

func TestRunWords(t *testing.T) {
	want := answer{0, accountWords + `Of the 57% of respondents who want to be more involved in research, 61% lack the
capacity (56% to 66%).

Release 3f9a1c07be42: 3,486 numbers published, 485 confidential.
The report is ` + filepath.Join("out", "releases", "3f9a1c07be42", "public", "index.html") + "\n", "exports/rcp.csv: warning: 25 unfinished rows count\n"}
	if diff := cmp.Diff(want, call(t, &fake{result: published()}, "run", "study"), cmp.AllowUnexported(answer{})); diff != "" {
		t.Errorf("run (-want +got):\n%s", diff)
	}
	same := published()
	same.Release.Changed = false
	if got := call(t, &fake{result: same}, "run", "study"); !strings.Contains(got.out, "\nNothing had changed since the current release.\n") {
		t.Errorf("run that changed nothing says %q", got.out)
	}
	want = answer{0, accountWords + "Nothing stands in the way of a run.\n", want.err}
	if diff := cmp.Diff(want, call(t, &fake{result: published()}, "check", "study"), cmp.AllowUnexported(answer{})); diff != "" {
		t.Errorf("check (-want +got):\n%s", diff)
	}
}

func TestQuiet(t *testing.T) {
	if got, want := call(t, &fake{result: published()}, "run", "study", "--quiet"), (answer{}); got != want {
		t.Errorf("run --quiet: %+v", got)
	}
	f := &fake{}
	f.found.Errorf("unknown-key", diag.Pos{File: "study.yaml", Line: 3, Col: 5}, "unknown key %q", "titel")
	f.found.Warnf("odd", diag.Pos{}, "odd")
	if got, want := call(t, f, "run", "study", "--quiet"), (answer{3, "", "study.yaml:3:5: unknown key \"titel\"\n"}); got != want {
		t.Errorf("run --quiet with a problem: %+v", got)
	}
}

// A run that problems stopped gives its account and all problems, those that the
// study files had among them, in one order.
func TestProblems(t *testing.T) {
	f := &fake{result: published(), err: &diag.Problems{Diagnostics: []diag.Diagnostic{
		{Code: "unknown-label", Pos: diag.Pos{File: "exports/rcp.csv", Row: 12, Column: "Q4"}, Message: "6 answers are on no scale", Hint: `nearest: "Agree"`},
	}}}
	f.found.Warnf("old", diag.Pos{File: "codebooks/rcp.yaml", Line: 2}, "old")
	want := answer{3, ledgerLines + `{"kind":"problem","code":"old","severity":"warning","file":"codebooks/rcp.yaml","line":2,"message":"old"}
` + warningLine + `{"kind":"problem","code":"unknown-label","severity":"error","file":"exports/rcp.csv","row":12,"column":"Q4","message":"6 answers are on no scale","hint":"nearest: \"Agree\""}
`, ""}
	if diff := cmp.Diff(want, call(t, f, "check", "study", "--json"), cmp.AllowUnexported(answer{})); diff != "" {
		t.Errorf("check (-want +got):\n%s", diff)
	}
}

func TestLog(t *testing.T) {
	for _, tc := range []struct{ format, want string }{
		{"text", `level=INFO msg="made up" stage=load`},
		{"json", `"level":"INFO","msg":"made up","stage":"load"}`},
	} {
		if got := call(t, &fake{result: published()}, "run", "study", "--log", tc.format); !strings.Contains(got.err, tc.want) {
			t.Errorf("--log %s: %q", tc.format, got.err)
		}
	}
}

func TestSchema(t *testing.T) {
	for args, want := range map[string]string{
		"schema study":  "{\n  \"title\": \"study\"\n}\n",
		"schema --json": `{"codebook":{"title":"codebook"},"framework":{"title":"framework"},"study":{"title":"study"}}` + "\n",
	} {
		if got := call(t, &fake{}, strings.Fields(args)...); got != (answer{0, want, ""}) {
			t.Errorf("caregap %s: %+v", args, got)
		}
	}
}

func TestCompleteSurveys(t *testing.T) {
	got := call(t, &fake{}, "__complete", "run", "study", "--survey", "")
	if got.code != 0 || !strings.HasPrefix(got.out, "rcp\tPhysicians\ncrn\tNetwork\n") {
		t.Errorf("completion: %+v", got)
	}
}

func TestPaint(t *testing.T) {
	d := diag.Diagnostic{Severity: diag.Warning, Pos: diag.Pos{File: "a\x1b[2J.csv"}, Message: "m\a", Hint: "h"}
	if got, want := (&printer{}).paint(d), "a[2J.csv: warning: m; h"; got != want {
		t.Errorf("plain: %q, want %q", got, want)
	}
	if got, want := (&printer{colour: true}).paint(d), "\x1b[33ma[2J.csv\x1b[0m: warning: m; h"; got != want {
		t.Errorf("colour: %q, want %q", got, want)
	}
}

// What is no terminal gets neither colours nor a status line.
func TestNoTerminal(t *testing.T) {
	var b bytes.Buffer
	if _, ok := terminal(&sink{w: &b}); ok || colours(&b) {
		t.Error("a buffer is taken for a terminal")
	}
	s := (&app{stderr: &sink{w: &b}}).status()
	s.show("load", 1, 2)
	s.end()
	if b.Len() > 0 {
		t.Errorf("status line wrote %q", b.String())
	}
}

func TestStatusLine(t *testing.T) {
	var b bytes.Buffer
	s := &statusLine{w: &b, width: 12}
	s.show("load", 1, 2)
	s.show("a stage with a long name", 0, 0)
	s.every = time.Hour
	s.show("too soon", 0, 0)
	s.end()
	s.show("too late", 0, 0)
	if want := "\rload 50%\ra stage wit\r           \r"; b.String() != want {
		t.Errorf("wrote %q, want %q", b.String(), want)
	}
}

// Of a workbook with several sheets both forms of the account name the one that was
// read.
func TestAccountNamesTheSheet(t *testing.T) {
	several := published()
	several.Ledgers = several.Ledgers[1:]
	several.Ledgers[0].Sheet = "Data"
	if got := call(t, &fake{result: several}, "check", "study").out; !strings.Contains(got, `  exports/crn.xlsx, sheet "Data"    90 `) {
		t.Errorf("in words: %s", got)
	}
	if got := call(t, &fake{result: several}, "check", "study", "--json").out; !strings.Contains(got, `"file":"exports/crn.xlsx","sheet":"Data","rows":90`) {
		t.Errorf("as JSON: %s", got)
	}
}

// Where standard output takes nothing, with --json too, the reason is on standard
// error.
func TestFullOutputIsSaid(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"schema", "study", "--json"}, {"version", "--json"}} {
		var errs bytes.Buffer
		code := Run(t.Context(), args, strings.NewReader(""), fullDisk{}, &errs)
		if code != exitFailed || !strings.Contains(errs.String(), "no room") {
			t.Errorf("%v: exit code %d, said %q", args, code, errs.String())
		}
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no room") }
