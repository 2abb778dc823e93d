package cli

import (
	"github.com/spf13/cobra"
)

// helpCommand prints the help of a command; unlike cobra's own it takes a command
// that does not exist for wrong usage.
func (a *app) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:         "help [COMMAND]",
		Short:       "Help on a command",
		Long:        "help prints what a command does, its flags and its exit codes.",
		Annotations: exitStatus(exitDone, exitUsage),
		ValidArgs:   commandNames(),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return root.Help()
			}
			for _, c := range root.Commands() {
				if c.Name() == args[0] && len(args) == 1 {
					c.InitDefaultHelpFlag()
					return c.Help()
				}
			}
			return a.unknownCommand(args[0])
		},
	}
}
