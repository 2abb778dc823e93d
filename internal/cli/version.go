package cli

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is the program's, and part of every release's id: it changes with
// whatever may change a release. Builds may set it with -ldflags -X.
var version = "0.2.0"

type versionRecord struct {
	Kind     string `json:"kind"`
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:         "version",
		Short:       "The version of the program",
		Long:        "version prints the versions of the program and of Go, and what it was built for.",
		Args:        noArguments,
		Annotations: exitStatus(exitDone, exitUsage),
		RunE: a.act(func(context.Context, []string) error {
			v := versionRecord{"version", version, revision(), runtime.Version(), runtime.GOOS, runtime.GOARCH}
			if a.common.json {
				a.printer().record(v)
				return nil
			}
			fmt.Fprintf(a.stdout, "caregap %s (%s, %s/%s)\n", v.Version, v.Go, v.OS, v.Arch)
			if v.Revision != "" {
				fmt.Fprintf(a.stdout, "revision %s\n", v.Revision)
			}
			return nil
		}),
	}
}

// revision is the commit that the program was built from, where the build knows.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	var commit, changed string
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = " with changes"
		}
	}
	if commit == "" {
		return ""
	}
	return commit + changed
}
