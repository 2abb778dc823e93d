package cli

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/inspect"
)

const inspectLong = `inspect says what an export is: whose, how many headings and responses it has,
what each column holds, and what hand-editing and spreadsheets have done to it.

Answers to closed questions are listed with how many gave them. A label is shown
where at least five respondents gave it, it has at most 60 characters and it does
not look personal, or where it is a word of the platform or of a usual scale; the
others are counted. Answers in words, names and addresses are never shown.

With --json there is one line for each file (kind: export), its problems in it. A
file that is no export of responses, or cannot be read, has a problem that is an
error. Of several files all are reported on.

With --codebook it drafts the file's codebook instead, on standard output: columns
are mapped to the items, choices and variables of --framework by their words, each
with a number from 0 to 1 that says how alike they are; the rest stands in comments.`

// inspectFlags say how to look at exports.
type inspectFlags struct {
	platform string
	sheet    string
	codebook codebookFlags
}

func (f *inspectFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.platform, "platform", "", "read it as an export of this `platform`, whatever it looks like")
	cmd.Flags().StringVar(&f.sheet, "sheet", "", "the `sheet` of a workbook")
	f.codebook.register(cmd)
}

// options are the flags for inspect, which works on as much at once as it can.
func (f *inspectFlags) options() inspect.Options {
	return inspect.Options{Platform: f.platform, Sheet: f.sheet, Jobs: runtime.GOMAXPROCS(0)}
}

func (a *app) inspectCommand() *cobra.Command {
	f := &inspectFlags{}
	cmd := &cobra.Command{
		Use:         "inspect FILE...",
		Short:       "What an export is, what its columns hold and what is wrong with it",
		Long:        inspectLong,
		Example:     "  caregap inspect exports/rcp-2023.xlsx\n  caregap inspect exports/*.csv --json\n  caregap inspect book.xlsx --sheet Data --platform msforms\n  caregap inspect exports/rcp-2023.xlsx --codebook --framework framework.yaml > codebooks/rcp.yaml",
		Args:        someFiles,
		Annotations: exitStatus(exitDone, exitFailed, exitProblems, exitUsage, exitInterrupted),
		RunE: a.act(func(ctx context.Context, args []string) error {
			files := matching(args)
			if err := f.codebook.check(files); err != nil {
				return err
			}
			if f.codebook.wanted {
				return a.codebook(ctx, files[0], f)
			}
			return a.inspect(ctx, files, f)
		}),
	}
	f.register(cmd)
	return cmd
}

func someFiles(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return &usageError{message: cmd.Name() + " wants a file", hint: "name one export or several"}
	}
	return nil
}

// matching are the files that the arguments name. Not every shell knows patterns.
func matching(args []string) []string {
	var out []string
	for _, arg := range args {
		found, err := filepath.Glob(arg)
		if _, missing := os.Lstat(arg); err == nil && missing != nil && len(found) > 0 {
			out = append(out, found...)
			continue
		}
		out = append(out, arg)
	}
	return out
}

// inspect reports on all files, whatever is wrong with some. The error has nothing
// more to say: it makes the exit code.
func (a *app) inspect(ctx context.Context, files []string, f *inspectFlags) error {
	p, wrong := a.printer(), false
	for i, path := range files {
		reports, err := inspect.Inspect(ctx, path, filepath.ToSlash(path), f.options())
		if err != nil {
			return err
		}
		for _, r := range reports {
			wrong = wrong || slices.ContainsFunc(r.Problems, func(d diag.Diagnostic) bool { return d.Severity == diag.Error })
			p.export(r, i+1 < len(files) || len(reports) > 1)
		}
	}
	if wrong {
		return &diag.Problems{}
	}
	return nil
}

// export prints a report: one JSON line with its problems in it, or tables and the
// problems after them.
func (p *printer) export(r *inspect.Report, more bool) {
	if p.json {
		p.record(r.Record())
		return
	}
	for _, line := range exportLines(r.Record(), r.Reasons, p.width()) {
		p.say(line)
	}
	p.diagnostics(shortened(r.Problems))
	if more {
		p.say("")
	}
}

// shortened cuts the names of columns in problems: a heading may be a page long.
func shortened(problems []diag.Diagnostic) []diag.Diagnostic {
	out := slices.Clone(problems)
	for i := range out {
		out[i].Pos.Column = cutText(out[i].Pos.Column, 40)
	}
	return out
}

// cutText cuts a text to so many characters, on one line.
func cutText(text string, width int) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > width {
		return strings.TrimRight(string(r[:width-3]), " ") + "..."
	}
	return text
}
