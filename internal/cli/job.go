package cli

import (
	"context"
	"errors"
	"time"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/pipeline"
)

// grace is how long a cancelled pipeline may take to unwind. After it the program
// ends without: a run that is killed leaves the last release whole.
const grace = 800 * time.Millisecond

// job is one study put through a part of the pipeline.
type job struct {
	path   string
	work   work
	study  studyFlags
	output outputFlags
}

// do loads the study, does the work and prints the account of every file and the
// warnings. The result is nil or partial when there is an error.
func (a *app) do(ctx context.Context, j job) (*pipeline.Result, error) {
	s, found, err := a.load(j.path, study.Options{AllowOutside: j.study.allowOutside})
	if err != nil {
		return nil, err
	}
	if err := knownSurveys(s, j.study.surveys); err != nil {
		return nil, err
	}
	if err := trustedOut(s, j); err != nil {
		return nil, err
	}
	status := a.status()
	options := pipeline.Options{
		Out: j.output.out, IfChanged: j.output.ifChanged,
		Against: j.output.against, Strict: j.output.strict,
		Surveys: j.study.surveys, Jobs: j.study.jobs,
		Version: version, Progress: status.show, Log: a.common.logger(a.stderr),
	}
	result, err := within(ctx, grace, func() (*pipeline.Result, error) { return j.work(ctx, s, options) })
	status.end()
	if result != nil {
		found.Add(result.Diagnostics...)
		a.printer().account(result.Ledgers)
	}
	return result, a.warn(found, err)
}

// trustedOut refuses a link in the study that would lead a release out of it: who
// made the study would choose where private data goes. Who runs it may, with --out.
func trustedOut(s *study.Study, j job) error {
	if j.output.out != "" || j.study.allowOutside || !study.Leaves(s.Dir, "out") {
		return nil
	}
	return &diag.Problems{Diagnostics: []diag.Diagnostic{{Code: "outside-study", Pos: diag.Pos{File: "out"},
		Message: "this is a link that leads outside the study's folder", Hint: "name the output folder with --out, or allow it with --allow-outside if you trust the study"}}}
}

// warn prints the warnings of a run that went through, or of one that something
// else than problems stopped; problems take the warnings with them, in order.
func (a *app) warn(found *diag.List, err error) error {
	var problems *diag.Problems
	if errors.As(err, &problems) {
		found.Add(problems.Diagnostics...)
		return &diag.Problems{Diagnostics: found.Sorted()}
	}
	a.printer().diagnostics(found.Sorted())
	return err
}

// load returns the study and its warnings, or all that is wrong with it.
func (a *app) load(path string, o study.Options) (*study.Study, *diag.List, error) {
	s, list, err := a.engine.load(o, path)
	if err != nil {
		return nil, nil, err
	}
	if list == nil {
		list = &diag.List{}
	}
	if err := list.Err(); err != nil {
		return nil, nil, err
	}
	return s, list, nil
}

// knownSurveys refuses a survey that the study does not have.
func knownSurveys(s *study.Study, wanted []string) error {
	var ids []string
	for _, v := range s.Surveys {
		ids = append(ids, v.ID)
	}
	for _, id := range wanted {
		if s.Survey(id) == nil {
			return &usageError{message: "the study has no survey " + quote(id), hint: diag.NearestHint(id, ids)}
		}
	}
	return nil
}

// within returns what work returns, or gives it up when the context has been
// cancelled for as long as patience.
func within(ctx context.Context, patience time.Duration, work func() (*pipeline.Result, error)) (*pipeline.Result, error) {
	type outcome struct {
		result *pipeline.Result
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		result, err := work()
		done <- outcome{result, err}
	}()
	select {
	case o := <-done:
		return o.result, o.err
	case <-ctx.Done():
	}
	select {
	case o := <-done:
		return o.result, o.err
	case <-time.After(patience):
		return nil, ctx.Err()
	}
}
