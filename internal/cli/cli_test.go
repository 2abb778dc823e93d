package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/publish"
	"github.com/caregap/caregap/pipeline"
)

func TestExitCodes(t *testing.T) {
	problem := &diag.Problems{Diagnostics: []diag.Diagnostic{{Code: "x", Message: "wrong"}}}
	for _, tc := range []struct {
		err  error
		code int
		want string // a JSON line
	}{
		{nil, 0, ""},
		{errors.New("disk full"), 1, `{"kind":"problem","code":"failed","severity":"error","message":"publish: disk full"}`},
		{problem, 3, `{"kind":"problem","code":"x","severity":"error","message":"wrong"}`},
		{disclose.ErrStopped, 4, `{"kind":"problem","code":"disclosure","severity":"error","message":"publish: ` + disclose.ErrStopped.Error() + `"}`},
		{publish.ErrLocked, 11, `{"kind":"problem","code":"locked","severity":"error","message":"publish: ` + publish.ErrLocked.Error() + `","hint":"wait for it to end, or name another folder with --out"}`},
		{context.Canceled, 130, `{"kind":"problem","code":"interrupted","severity":"error","message":"interrupted; the last release is whole"}`},
	} {
		f := &fake{result: &pipeline.Result{}}
		if tc.err != nil {
			f.result, f.err = nil, fmt.Errorf("publish: %w", tc.err)
		}
		got := call(t, f, "run", "study", "--json")
		if tc.err == nil {
			tc.want = `{"kind":"release","id":"","path":"","changed":false,"published":0,"suppressed":0}`
		}
		if want := (answer{tc.code, tc.want + "\n", ""}); got != want {
			t.Errorf("%v:\n got %+v\nwant %+v", tc.err, got, want)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, tc := range []struct{ args, want string }{
		{"", `no command given; caregap help lists them`},
		{"rnu study", `unknown command "rnu"; nearest: "run"`},
		{"rnu --out x", `unknown command "rnu"; nearest: "run"`},
		{"frobnicate file.csv", `unknown command "frobnicate"`},
		{"help rnu", `unknown command "rnu"; nearest: "run"`},
		{"run", `run wants a study; name its folder or its study.yaml`},
		{"run a b", `run takes one study, found also "b"`},
		{"run study --ouut x", `unknown flag "--ouut"; nearest: "--out"`},
		{"check study --out x", `unknown flag "--out"`},
		{"run study -j 2", `unknown flag "-j"; flags have two dashes and a word, such as --json`},
		{"run study --jobs many", `--jobs wants a whole number, found "many"`},
		{"run study --jobs 0", `--jobs is 1 or more`},
		{"run study --out", `--out wants a value`},
		{"run study --log txt", `--log is text or json, not "txt"; nearest: "text"`},
		{"run study --survey rpc", `the study has no survey "rpc"; nearest: "rcp"`},
		{"schema codebok", `no study file is called "codebok"; nearest: "codebook"`},
		{"schema study codebook", `schema takes one kind of file, found also "codebook"`},
		{"version now", `version takes no arguments, found "now"`},
		{"completion bsh", `no completion for "bsh"; nearest: "bash"`},
	} {
		f := &fake{result: published()}
		got := call(t, f, strings.Fields(tc.args)...)
		if diff := cmp.Diff(answer{64, "", "caregap: " + tc.want + "\n"}, got, cmp.AllowUnexported(answer{})); diff != "" {
			t.Errorf("caregap %s (-want +got):\n%s", tc.args, diff)
		}
		if f.called != "" {
			t.Errorf("caregap %s did the work", tc.args)
		}
	}
}

// Errors are JSON with --json wherever it stands, also where cobra never saw it.
func TestUsageJSON(t *testing.T) {
	want := answer{64, `{"kind":"problem","code":"usage","severity":"error","message":"unknown flag \"--bad\""}` + "\n", ""}
	for _, args := range []string{"run study --bad --json", "--json run study --bad"} {
		if got := call(t, &fake{}, strings.Fields(args)...); got != want {
			t.Errorf("caregap %s: got %+v, want %+v", args, got, want)
		}
	}
	if got := call(t, &fake{}, "run", "a", "--", "--json"); strings.HasPrefix(got.out, "{") {
		t.Errorf("--json after -- is an argument; got %q", got.out)
	}
}

func TestOptions(t *testing.T) {
	for _, tc := range []struct {
		args   string
		called string
		want   pipeline.Options
	}{
		{"run study", "run", pipeline.Options{}},
		{"run study --out o --if-changed --survey rcp --survey crn --jobs 3", "run", pipeline.Options{Out: "o", IfChanged: true, Surveys: []string{"rcp", "crn"}, Jobs: 3}},
		{"check --jobs=1 study", "check", pipeline.Options{Jobs: 1}},
	} {
		f := &fake{result: published()}
		if got := call(t, f, strings.Fields(tc.args)...); got.code != 0 || f.called != tc.called {
			t.Errorf("caregap %s: code %d, called %q", tc.args, got.code, f.called)
		}
		tc.want.Version = version
		f.options.Progress, f.options.Log = nil, nil
		if diff := cmp.Diff(tc.want, f.options); diff != "" {
			t.Errorf("caregap %s (-want +got):\n%s", tc.args, diff)
		}
	}
}

// Every command's help ends with its exit codes, and all have --json, --quiet,
// --log and --no-color. A flag that the interface does not name does not exist.
func TestHelp(t *testing.T) {
	common := []string{"help", "json", "log", "no-color", "quiet"}
	flags := map[string][]string{
		"run":     {"against", "allow-outside", "if-changed", "jobs", "out", "strict", "survey"},
		"check":   {"allow-outside", "jobs", "survey"},
		"inspect": {"codebook", "framework", "platform", "sheet"},
		"estimate": {
			"by", "difference", "fpc", "gap", "level", "lonely-psu", "mean", "nest", "poststratify", "psu", "quantile", "rake", "ratio", "requests",
			"share", "stratum", "total", "weight", "where",
		},
	}
	root := newApp((&fake{}).engine(), nil, nil, nil).root()
	root.InitDefaultHelpCmd()
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
		c.InitDefaultHelpFlag()
		want := slices.Sorted(slices.Values(append(flags[c.Name()], common...)))
		if diff := cmp.Diff(want, flagNames(c)); diff != "" {
			t.Errorf("flags of %s (-want +got):\n%s", c.Name(), diff)
		}
		for _, args := range [][]string{{c.Name(), "--help"}, {"help", c.Name()}} {
			got := call(t, &fake{}, args...)
			if got.code != 0 || got.err != "" || !strings.Contains(got.out, "\nEXIT STATUS\n    0  done") || !strings.Contains(got.out, "   64  wrong usage\n") {
				t.Errorf("caregap %s: %+v", strings.Join(args, " "), got)
			}
		}
	}
	slices.Sort(names)
	if diff := cmp.Diff(slices.Sorted(slices.Values(commandNames())), names); diff != "" {
		t.Errorf("commands (-want +got):\n%s", diff)
	}
}

func flagNames(c *cobra.Command) []string {
	var out []string
	add := func(f *pflag.Flag) { out = append(out, f.Name) }
	c.LocalFlags().VisitAll(add)
	c.InheritedFlags().VisitAll(add)
	slices.Sort(out)
	return slices.Compact(out)
}

// An interrupted run ends within a second, also where the work does not notice.
func TestInterrupt(t *testing.T) {
	stubborn := make(chan struct{})
	defer close(stubborn)
	for name, wait := range map[string]func(context.Context){
		"work that notices":     func(ctx context.Context) { <-ctx.Done() },
		"work that never does":  func(context.Context) { <-stubborn },
		"work that takes a bit": func(ctx context.Context) { <-ctx.Done(); time.Sleep(100 * time.Millisecond) },
	} {
		ctx, cancel := context.WithCancel(t.Context())
		f := &fake{err: context.Canceled, wait: wait}
		time.AfterFunc(20*time.Millisecond, cancel)
		start := time.Now()
		got := f.call(ctx, "run", "study")
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s: took %v", name, took)
		}
		if want := (answer{130, "", "caregap: interrupted; the last release is whole\n"}); got != want {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestFullDiskBehindStandardOutput(t *testing.T) {
	var stderr bytes.Buffer
	code := newApp((&fake{result: published()}).engine(), nil, full{}, &stderr).run(t.Context(), []string{"run", "study", "--quiet=false"})
	if code != 1 || !strings.HasSuffix(stderr.String(), "caregap: no space left on device\n") {
		t.Errorf("code %d, standard error %q", code, stderr.String())
	}
}
