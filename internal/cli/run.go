package cli

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/pipeline"
)

const runLong = `run loads a study's exports, accounts for every row, measures will, ability and
capacity, hides what must not be shown, and publishes a release: a page, a
workbook, tables and figures.

The release goes into a folder of its own below the output folder and becomes
the current one in a single step. A run that is stopped leaves the last release
as it was. With --json there is one line for each export (kind: ledger), one for
each problem (kind: problem) and one for the release (kind: release).`

func (a *app) runCommand() *cobra.Command {
	j := job{work: a.engine.run}
	cmd := &cobra.Command{
		Use:         "run STUDY",
		Short:       "Load, measure, protect and publish a study",
		Long:        runLong,
		Example:     "  caregap run mystudy\n  caregap run mystudy/study.yaml --out /srv/report --if-changed --quiet",
		Args:        oneStudy,
		Annotations: exitStatus(exitDone, exitFailed, exitProblems, exitStopped, exitLocked, exitUsage, exitInterrupted),
		PreRunE:     func(cmd *cobra.Command, _ []string) error { return j.study.check(cmd) },
		RunE: a.act(func(ctx context.Context, args []string) error {
			j.path = args[0]
			result, err := a.do(ctx, j)
			if err != nil {
				return err
			}
			a.printer().release(result)
			return nil
		}),
	}
	j.study.register(a, cmd)
	j.output.register(cmd)
	return cmd
}

type releaseRecord struct {
	Kind       string `json:"kind"`
	ID         string `json:"id"`
	Path       string `json:"path"`
	Changed    bool   `json:"changed"`
	Published  int    `json:"published"`
	Suppressed int    `json:"suppressed"`
}

// release is the end of a run: what was found and where it can be read.
func (p *printer) release(r *pipeline.Result) {
	v := r.Release
	if p.json {
		p.record(releaseRecord{"release", v.ID, filepath.ToSlash(v.Path), v.Changed, v.Published, v.Suppressed})
		return
	}
	if r.Finding != "" {
		p.say(fill(r.Finding, 80) + "\n")
	}
	if !v.Changed {
		p.say("Nothing had changed since the current release.")
	}
	p.say(fmt.Sprintf("Release %s: %s numbers published, %s confidential.", v.ID, number.Count(v.Published), number.Count(v.Suppressed)))
	p.say("The report is " + filepath.Join(v.Path, "public", "index.html"))
}
