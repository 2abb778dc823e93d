package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/draft"
	"github.com/caregap/caregap/internal/inspect"
)

const initLong = `init makes a study folder from exports alone: study.yaml, a framework guessed from
the scales, tick-all questions and groups that the exports have, and a codebook for
each survey. The exports are copied into the folder, readable by you alone, and
kept out of version control. What was guessed is said in comments in the files.

Nothing is written over: where a file is in the way, nothing is written at all. No
answer gets into a file that inspect would not show.`

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:         "init DIR EXPORT...",
		Short:       "A study folder drafted from exports, ready to be filled in",
		Long:        initLong,
		Example:     "  caregap init mystudy downloads/rcp-2020.csv downloads/rcp-2023.xlsx",
		Args:        folderAndExports,
		Annotations: exitStatus(exitDone, exitFailed, exitProblems, exitUsage, exitInterrupted),
		RunE: a.act(func(ctx context.Context, args []string) error {
			return a.draftStudy(ctx, args[0], matching(args[1:]))
		}),
	}
}

func folderAndExports(cmd *cobra.Command, args []string) error {
	switch len(args) {
	case 0:
		return &usageError{message: cmd.Name() + " wants a folder and the exports to draft a study from"}
	case 1:
		return &usageError{message: cmd.Name() + " wants exports after the folder", hint: "name one export or several"}
	}
	return nil
}

// studyRecord is what init says with --json.
type studyRecord struct {
	Kind    string   `json:"kind"`
	Path    string   `json:"path"`
	Files   []string `json:"files"`
	Exports []string `json:"exports"`
}

func (a *app) draftStudy(ctx context.Context, dir string, files []string) error {
	exports, err := readExports(ctx, files)
	if err != nil {
		return err
	}
	folder := draft.Study(dir, exports)
	if err := folder.Write(dir); err != nil {
		return err
	}
	p, rec := a.printer(), studyRecord{"study", filepath.ToSlash(dir), []string{}, []string{}}
	for _, f := range folder.Files {
		rec.Files = append(rec.Files, f.Name)
	}
	for _, c := range folder.Exports {
		rec.Exports = append(rec.Exports, c.Name)
	}
	if p.json {
		p.record(rec)
		return nil
	}
	p.drafted(rec, folder)
	return nil
}

// readExports inspects all files; what is wrong with any of them is said at once. A
// key that lies beside its export may be named too.
func readExports(ctx context.Context, files []string) ([]draft.Export, error) {
	var out []draft.Export
	var found diag.List
	var keys []string
	wrong := map[string][]diag.Diagnostic{}
	for _, path := range files {
		e, err := draft.Read(ctx, path, filepath.ToSlash(path), inspect.Options{Jobs: runtime.GOMAXPROCS(0)})
		var problems *diag.Problems
		switch {
		case err == nil:
			out = append(out, e)
		case errors.As(err, &problems):
			keys, wrong[path] = append(keys, path), problems.Diagnostics
		default:
			return nil, err
		}
	}
	for _, path := range keys {
		if !draft.Explains(path, out) {
			found.Add(oneSheet(wrong[path])...)
		}
	}
	if len(out) == 0 && !found.HasErrors() {
		return nil, &usageError{message: "none of these files is an export"}
	}
	return out, found.Err()
}

// oneSheet says what to do about several sheets where none can be named.
func oneSheet(problems []diag.Diagnostic) []diag.Diagnostic {
	out := slices.Clone(problems)
	for i := range out {
		if out[i].Code == "ambiguous-sheet" {
			out[i].Hint = "leave one sheet in the file, or draft a codebook of one with caregap inspect --codebook --sheet"
		}
	}
	return out
}

// drafted says what was made and what comes next.
func (p *printer) drafted(rec studyRecord, folder draft.Folder) {
	p.say("Drafted the study " + rec.Path)
	for _, f := range rec.Files {
		p.say("  " + f)
	}
	for _, c := range folder.Exports {
		if c.There() {
			p.say("  " + c.Name + "  where it is")
		} else {
			p.say("  " + c.Name + "  copied, readable by you alone")
		}
	}
	first := "framework.yaml: put each item under will, ability or capacity; give titles the study's words"
	if folder.Bare {
		first = "framework.yaml: no question on a scale was found; fill in the sample, there and in the codebook"
	}
	p.say("")
	p.say("Next")
	for i, step := range []string{
		first,
		"study.yaml: the surveys' names, the waves and their fieldwork",
		"caregap check " + quoteArgument(rec.Path),
	} {
		p.say(fmt.Sprintf("  %d. %s", i+1, step))
	}
}

// quoteArgument puts an argument into quotes where a shell would take it apart.
func quoteArgument(arg string) string {
	if strings.ContainsAny(arg, " \t'\"$&;()*?[]") {
		return quote(arg)
	}
	return arg
}
