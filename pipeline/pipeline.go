// Package pipeline runs the stages in their order, and does nothing else.
//
//		exports --export--> rows --normalise--> respondents --measure--> moments
//		                              |                                    |
//		                              +--dataset--> Parquet                +--estimate--> estimates
//		estimates --disclose--> a Release --reports--> files --publish--> OUT/releases/<id>
//
//	 1. Every export is hashed while it is read; the hashes name the release.
//	 2. The waves are read side by side, in one pass from file to moments. A block
//	    of respondents is measured and written to Parquet, and then forgotten but
//	    for the few columns that medians need.
//	 3. Estimates are made, protected, put into reports, and published whole.
//
// Problems in users' files come back as *diag.Problems, all of them at once.
package pipeline

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
)

// Options steer a run. The zero value is usable: OUT is STUDY/out, every survey
// takes part, as many jobs as processors.
type Options struct {
	Out       string   // folder of releases; "" for STUDY/out
	IfChanged bool     // stop before reading when the inputs are those of the current release
	Against   []string // releases, or folders of them, besides the current one that nothing may follow from together with this one
	Strict    bool     // stop with disclose.ErrEarlier where an earlier release makes more confidential
	Surveys   []string // ids of the surveys that take part; none for all
	Jobs      int      // goroutines that read; 0 for GOMAXPROCS
	Version   string   // of the program
	// Progress is told how many of a stage's steps are done; total may be 0 for
	// unknown. It is called from any goroutine.
	Progress func(stage string, done, total int64)
	Log      *slog.Logger
}

// Result is what a run came to. Ledgers are there even when problems stopped it.
type Result struct {
	Diagnostics []diag.Diagnostic // warnings
	Ledgers     []normalise.Ledger
	Release     Release
	Finding     string // the finding in one sentence
}

// Release says where the release is.
type Release struct {
	ID, Path              string // Path is the release's folder
	Changed               bool   // false when the current release had these inputs already
	Published, Suppressed int
}

// Check reads a study's exports as Run does, up to the ledger, and publishes
// nothing. Nothing is written but the study's key, if it had none.
func Check(ctx context.Context, s *study.Study, o Options) (*Result, error) {
	r, err := newRun(s, o)
	if err != nil {
		return nil, err
	}
	r.checking = true
	if err = r.load(ctx, ""); err == nil {
		r.proposeMerge()
	}
	return r.result(), err
}

// Run makes a release.
func Run(ctx context.Context, s *study.Study, o Options) (*Result, error) {
	r, err := newRun(s, o)
	if err != nil {
		return nil, err
	}
	err = r.publish(ctx)
	return r.result(), err
}

// restrict keeps the surveys that were asked for.
func restrict(s *study.Study, ids []string) (*study.Study, error) {
	if len(ids) == 0 {
		return s, nil
	}
	out := *s
	out.Surveys = nil
	diags := &diag.List{}
	known := make([]string, len(s.Surveys))
	for i, v := range s.Surveys {
		known[i] = v.ID
	}
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
		if s.Survey(id) == nil {
			diags.Add(diag.Diagnostic{Code: "unknown-survey", Pos: diag.Pos{File: "study.yaml"}, Message: fmt.Sprintf("there is no survey %q", id), Hint: diag.NearestHint(id, known)})
		}
	}
	for _, v := range s.Surveys {
		if wanted[v.ID] {
			out.Surveys = append(out.Surveys, v)
		}
	}
	return &out, diags.Err()
}

func (o Options) withDefaults() Options {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	if o.Progress == nil {
		o.Progress = func(string, int64, int64) {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}
