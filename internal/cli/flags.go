package cli

import (
	"io"
	"log/slog"

	"github.com/spf13/cobra"

	"github.com/caregap/caregap/internal/diag"
)

// commonFlags are those of every command.
type commonFlags struct {
	json    bool
	quiet   bool
	noColor bool
	log     string // "", text or json
}

func (f *commonFlags) register(cmd *cobra.Command) {
	flags := cmd.PersistentFlags()
	flags.BoolVar(&f.json, "json", false, "write JSON lines to standard output, errors included")
	flags.BoolVar(&f.quiet, "quiet", false, "say nothing but problems")
	flags.StringVar(&f.log, "log", "", "write a log to standard error, as `text or json`")
	flags.BoolVar(&f.noColor, "no-color", false, "no colours; the variable NO_COLOR does the same")
	complete(cmd, "log", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
}

// check refuses values that no flag type can.
func (f *commonFlags) check() error {
	switch f.log {
	case "", "text", "json":
		return nil
	}
	return &usageError{message: "--log is text or json, not " + quote(f.log), hint: diag.NearestHint(f.log, []string{"text", "json"})}
}

// logger is where the stages' own messages go; without --log nowhere.
func (f *commonFlags) logger(w io.Writer) *slog.Logger {
	switch f.log {
	case "text":
		return slog.New(slog.NewTextHandler(w, nil))
	case "json":
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.DiscardHandler)
}

// studyFlags choose what of a study is worked on, and how fast.
type studyFlags struct {
	surveys      []string
	jobs         int
	allowOutside bool
}

func (f *studyFlags) register(a *app, cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.surveys, "survey", nil, "only the survey with this `id`; may be given again for more")
	cmd.Flags().IntVar(&f.jobs, "jobs", 0, "work on `N` things at once (default: one for each processor)")
	cmd.Flags().BoolVar(&f.allowOutside, "allow-outside", false, "read files that the study names outside its folder, also through links")
	complete(cmd, "survey", a.completeSurveys)
}

// check refuses a number of jobs that cannot be; 0 stands for none given.
func (f *studyFlags) check(cmd *cobra.Command) error {
	if f.jobs < 0 || f.jobs == 0 && cmd.Flags().Changed("jobs") {
		return &usageError{message: "--jobs is 1 or more"}
	}
	return nil
}

// outputFlags say where a release goes.
type outputFlags struct {
	out       string
	ifChanged bool
	against   []string
	strict    bool
}

func (f *outputFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.out, "out", "", "the output `folder` (default: out in the study's folder)")
	cmd.Flags().BoolVar(&f.ifChanged, "if-changed", false, "do nothing where study, exports and program are those of the current release")
	cmd.Flags().StringArrayVar(&f.against, "against", nil, "another release, or output folder, that people may have: nothing may follow from both (repeatable)")
	cmd.Flags().BoolVar(&f.strict, "strict", false, "stop, with exit code 4, where an earlier release makes more confidential")
}

// complete registers how a shell completes a flag. It can only fail for a flag
// that does not exist, which the tests would show.
func complete(cmd *cobra.Command, flag string, f cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, f); err != nil {
		panic("cli: " + err.Error())
	}
}
