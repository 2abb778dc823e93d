package cli

import (
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/caregap/caregap/internal/diag"
)

const rootLong = `caregap measures the gap between the will of healthcare teams to take part in
research and their ability and capacity to do so, from the exports of surveys,
and publishes it as a report that is safe to share.`

// helpTemplate is the layout of every help text, exit codes last.
const helpTemplate = `{{.Long}}

USAGE
  {{if .HasAvailableSubCommands}}caregap COMMAND [flags]{{else}}{{.UseLine}}{{end}}
{{- if .HasAvailableSubCommands}}

COMMANDS
{{- range .Commands}}{{if or .IsAvailableCommand (eq .Name "help")}}
  {{rpad .Name .NamePadding}}  {{.Short}}{{end}}{{end}}{{end}}
{{- with .Example}}

EXAMPLES
{{.}}{{end}}
{{- if .HasAvailableLocalFlags}}

FLAGS
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
{{- if .HasAvailableInheritedFlags}}

FLAGS OF EVERY COMMAND
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
{{- with index .Annotations "exit"}}

EXIT STATUS
{{.}}{{end}}`

// root is the program itself with all its commands.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "caregap",
		Short:         "Will, ability and capacity for research, from surveys",
		Long:          rootLong,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		Annotations:   exitStatus(exitDone, exitFailed, exitProblems, exitStopped, exitLocked, exitUsage, exitInterrupted),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &usageError{message: "no command given", hint: "caregap help lists them"}
			}
			return a.unknownCommand(args[0])
		},
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetHelpTemplate(helpTemplate)
	root.SetFlagErrorFunc(a.flagError)
	a.common.register(root)
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(a.runCommand(), a.checkCommand(), a.inspectCommand(), a.initCommand(), a.estimateCommand(), a.schemaCommand(), a.versionCommand(), a.completionCommand(root))
	root.SetHelpCommand(a.helpCommand(root))
	return root
}

// unknownCommand is the answer to a command that does not exist.
func (a *app) unknownCommand(name string) error {
	return &usageError{message: "unknown command " + quote(name), hint: diag.NearestHint(name, commandNames())}
}

func commandNames() []string {
	return []string{"run", "check", "inspect", "init", "estimate", "schema", "version", "help", "completion"}
}

// flagError is the answer to a flag that does not exist or has a wrong value.
func (a *app) flagError(cmd *cobra.Command, err error) error {
	if errors.Is(err, pflag.ErrHelp) {
		return err
	}
	if word := firstWord(a.args); !cmd.HasParent() && word != "" {
		return a.unknownCommand(word) // its flags are not to blame
	}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return flagValueError(err)
	}
	name := unknown.GetSpecifiedName()
	if unknown.GetSpecifiedShortnames() != "" {
		return &usageError{message: "unknown flag " + quote("-"+name), hint: "flags have two dashes and a word, such as --json"}
	}
	var known []string
	add := func(f *pflag.Flag) { known = append(known, "--"+f.Name) }
	cmd.LocalFlags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	return &usageError{message: "unknown flag " + quote("--"+name), hint: diag.NearestHint("--"+name, known)}
}

// flagValueError is the answer to a value that is missing or of the wrong type.
func flagValueError(err error) error {
	var missing *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.As(err, &missing):
		return &usageError{message: "--" + missing.GetSpecifiedName() + " wants a value"}
	case errors.As(err, &wrong):
		wants := map[string]string{"int": "a whole number", "float64": "a number", "bool": "true or false"}[wrong.GetFlag().Value.Type()]
		return &usageError{message: "--" + wrong.GetFlag().Name + " wants " + wants + ", found " + quote(wrong.GetValue())}
	}
	return &usageError{message: err.Error()}
}

// firstWord is the first argument that is no flag: the command.
func firstWord(args []string) string {
	for _, a := range args {
		if !strings.HasPrefix(a, "-") {
			return a
		}
	}
	return ""
}

func quote(s string) string { return strconv.Quote(s) }

// noArguments refuses arguments.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &usageError{message: cmd.Name() + " takes no arguments, found " + quote(args[0])}
}

// oneStudy wants the path of a study and nothing else.
func oneStudy(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 1:
		return nil
	case len(args) == 0:
		return &usageError{message: cmd.Name() + " wants a study", hint: "name its folder or its study.yaml"}
	}
	return &usageError{message: cmd.Name() + " takes one study, found also " + quote(args[1])}
}
