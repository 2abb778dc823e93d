package cli

import (
	"context"

	"github.com/spf13/cobra"
)

const checkLong = `check reads a study's files and exports and says all that is wrong with them. It
does what run does up to the account of every row, and publishes nothing.

With --json there is one line for each export (kind: ledger) and one for each
problem (kind: problem).`

func (a *app) checkCommand() *cobra.Command {
	j := job{work: a.engine.check}
	cmd := &cobra.Command{
		Use:         "check STUDY",
		Short:       "Read a study and account for every row; publish nothing",
		Long:        checkLong,
		Example:     "  caregap check mystudy\n  caregap check mystudy --survey rcp --json",
		Args:        oneStudy,
		Annotations: exitStatus(exitDone, exitFailed, exitProblems, exitUsage, exitInterrupted),
		PreRunE:     func(cmd *cobra.Command, _ []string) error { return j.study.check(cmd) },
		RunE: a.act(func(ctx context.Context, args []string) error {
			j.path = args[0]
			if _, err := a.do(ctx, j); err != nil {
				return err
			}
			if !a.common.json {
				a.printer().say("Nothing stands in the way of a run.")
			}
			return nil
		}),
	}
	j.study.register(a, cmd)
	return cmd
}
