package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/frame"
	"github.com/caregap/caregap/internal/request"
)

const estimateLong = `estimate makes design-based estimates from the columns of a file: a CSV with one
row of column names, a Parquet file, or a folder of Parquet files in partitions,
such as the respondents of one survey in a release. An empty field and NA are
missing, as are NULL and NaN in Parquet.

Statistics and groups may be combined; each comes with a standard error, limits,
the number of rows, the effective number, the design effect and degrees of
freedom. Rows without an answer are left out of a statistic and stay in the design.
Shares have Wilson's limits, medians Woodruff's, all others t limits. Where there is
no figure, the last column says why.

Nothing is hidden: a small group is shown as it is, on the analyst's own terminal.
What is to be shared comes from caregap run.

With --json there is one line for each estimate (kind: estimate). --requests answers
a file of requests, one JSON object a line, and writes one line for each: see
docs/estimate.md. A wrong request is answered with its error, the others go on.`

const estimateExample = `  caregap estimate survey.csv --mean will,capacity --gap will-capacity --by staff_group
  caregap estimate survey.csv --share agrees --weight w --stratum region --psu trust
  caregap estimate survey.csv --mean will --difference wave=2020..2023 --rake margins.csv
  caregap estimate out/current/private/respondents/survey=rcp --quantile will:0.5 --by wave
  caregap estimate survey.csv --requests requests.jsonl`

func (a *app) estimateCommand() *cobra.Command {
	f := &estimateFlags{}
	cmd := &cobra.Command{
		Use:         "estimate FILE",
		Short:       "Estimates from the columns of a CSV or Parquet file",
		Long:        estimateLong,
		Example:     estimateExample,
		Args:        oneFile,
		Annotations: exitStatus(exitDone, exitFailed, exitProblems, exitUsage, exitInterrupted),
		PreRunE:     func(cmd *cobra.Command, _ []string) error { return f.check(cmd) },
		RunE: a.act(func(ctx context.Context, args []string) error {
			file, err := frame.Open(args[0], args[0])
			if err != nil {
				return err
			}
			defer file.Close()
			if f.requests != "" {
				return a.answerRequests(ctx, file, args[0], f.requests)
			}
			return a.estimate(ctx, file, f)
		}),
	}
	f.register(cmd)
	return cmd
}

func oneFile(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return &usageError{message: cmd.Name() + " wants a file", hint: "name a CSV or Parquet file, or a folder of Parquet files"}
	case len(args) > 1:
		return &usageError{message: cmd.Name() + " takes one file, found also " + quote(args[1])}
	}
	return nil
}

// estimate answers what the flags ask for.
func (a *app) estimate(ctx context.Context, file *frame.File, f *estimateFlags) error {
	q, err := f.question(ctx, file)
	if err != nil {
		return err
	}
	list := &diag.List{}
	for _, c := range q.Columns() {
		add(list, file.Unknown(c))
	}
	if err := list.Err(); err != nil {
		return err
	}
	rows, warnings, err := request.Ask(ctx, file, q)
	if err != nil {
		return hinted(err)
	}
	p := a.printer()
	if p.json {
		p.estimates(rows, f.level)
	} else {
		p.estimateTable(rows, f.level)
	}
	for _, w := range warnings {
		list.Warnf("sample", diag.Pos{File: file.Name}, "%s", w)
	}
	p.diagnostics(list.Sorted())
	return nil
}

// add puts the problems that an error is on a list.
func add(list *diag.List, err error) {
	if err != nil {
		list.Add(diagnostics(err)...)
	}
}

// hinted says by which flag a problem of the design is decided.
func hinted(err error) error {
	for i, d := range diagnostics(err) {
		if strings.Contains(d.Message, "only one PSU at stage") && d.Hint == "" {
			d.Hint = "--lonely-psu certainty, adjust, average or remove decides"
			problems := diagnostics(err)
			problems[i] = d
			return &diag.Problems{Diagnostics: problems}
		}
	}
	return err
}
