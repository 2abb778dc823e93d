package cli

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/pipeline"
)

// fake is an engine that does nothing but remember what it was asked. All that it
// returns is made up.
type fake struct {
	result  *pipeline.Result
	err     error
	found   diag.List // of the study files
	wait    func(context.Context)
	options pipeline.Options
	reading study.Options
	called  string
}

func (f *fake) engine() engine {
	work := func(name string) work {
		return func(ctx context.Context, _ *study.Study, o pipeline.Options) (*pipeline.Result, error) {
			f.called, f.options = name, o
			o.Progress("load", 1, 2)
			o.Log.Info("made up", "stage", "load")
			if f.wait != nil {
				f.wait(ctx)
			}
			return f.result, f.err
		}
	}
	return engine{
		load: func(o study.Options, path string) (*study.Study, *diag.List, error) {
			f.reading = o
			if f.found.HasErrors() {
				return nil, &f.found, nil
			}
			return &study.Study{Dir: path, Surveys: []*study.Survey{{ID: "rcp", Title: "Physicians"}, {ID: "crn", Title: "Network"}}}, &f.found, nil
		},
		schema: func(kind string) ([]byte, error) { return []byte(`{"title": "` + kind + `"}`), nil },
		run:    work("run"),
		check:  work("check"),
	}
}

type answer struct {
	code     int
	out, err string
}

func (f *fake) call(ctx context.Context, args ...string) answer {
	var out, err bytes.Buffer
	code := newApp(f.engine(), strings.NewReader(""), &out, &err).run(ctx, args)
	return answer{code, out.String(), err.String()}
}

func call(t *testing.T, f *fake, args ...string) answer {
	t.Helper()
	return f.call(t.Context(), args...)
}

// published is a run that went through.
func published() *pipeline.Result {
	return &pipeline.Result{
		Diagnostics: []diag.Diagnostic{{Code: "unfinished", Severity: diag.Warning, Pos: diag.Pos{File: "exports/rcp.csv"}, Message: "25 unfinished rows count"}},
		Ledgers: []normalise.Ledger{
			{
				Survey: "rcp", Wave: "2020", File: "exports/rcp.csv", Platform: "qualtrics", Rows: 1204, Respondents: 1190,
				SetAside: []normalise.ReasonCount{{Reason: "preview", Count: 4}, {Reason: "screened_out", Count: 10}},
				Rejected: []normalise.RejectedCount{{Column: "Q4", Reason: "unknown label", Count: 7}},
			},
			{Survey: "crn", Wave: "1", File: "exports/crn.xlsx", Platform: "msforms", Rows: 90, Respondents: 90},
		},
		Release: pipeline.Release{ID: "3f9a1c07be42", Path: filepath.Join("out", "releases", "3f9a1c07be42"), Changed: true, Published: 3486, Suppressed: 485},
		Finding: "Of the 57% of respondents who want to be more involved in research, 61% lack the capacity (56% to 66%).",
	}
}
