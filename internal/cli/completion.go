package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/study"
)

var shells = []string{"bash", "zsh", "fish", "powershell"}

// completionCommand prints the script by which a shell completes commands, flags
// and the ids of a study's surveys.
func (a *app) completionCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "A script that completes commands in a shell",
		Long: `completion prints a script for bash, zsh, fish or powershell. With it the shell
completes commands, flags and the ids of a study's surveys.`,
		Example:     "  source <(caregap completion bash)\n  caregap completion powershell | Out-String | Invoke-Expression",
		Annotations: exitStatus(exitDone, exitUsage),
		ValidArgs:   shells,
		Args:        oneShell,
		RunE: a.act(func(_ context.Context, args []string) error {
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.stdout, true)
			case "zsh":
				return root.GenZshCompletion(a.stdout)
			case "fish":
				return root.GenFishCompletion(a.stdout, true)
			}
			return root.GenPowerShellCompletionWithDesc(a.stdout)
		}),
	}
}

func oneShell(_ *cobra.Command, args []string) error {
	switch {
	case len(args) != 1:
		return &usageError{message: "completion wants one shell", hint: "one of " + strings.Join(shells, ", ")}
	case !slices.Contains(shells, args[0]):
		return &usageError{message: fmt.Sprintf("no completion for %q", args[0]), hint: diag.NearestHint(args[0], shells)}
	}
	return nil
}

// completeSurveys offers the surveys of the study that is on the command line.
func (a *app) completeSurveys(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	s, _, err := a.engine.load(study.Options{}, args[0])
	if err != nil || s == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, v := range s.Surveys {
		out = append(out, v.ID+"\t"+v.Title)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
