package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/draft"
	"github.com/caregap/caregap/internal/study"
)

// codebookFlags ask for a draft instead of a report.
type codebookFlags struct {
	wanted    bool
	framework string
}

func (f *codebookFlags) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.wanted, "codebook", false, "draft the file's codebook instead")
	cmd.Flags().StringVar(&f.framework, "framework", "", "map the codebook to this `framework.yaml`")
}

// check refuses flags and files that do not go together.
func (f *codebookFlags) check(args []string) error {
	switch {
	case !f.wanted && f.framework != "":
		return &usageError{message: "--framework goes with --codebook"}
	case f.wanted && len(args) > 1:
		return &usageError{message: "--codebook takes one file, found also " + quote(args[1])}
	}
	return nil
}

// codebookRecord is the draft with --json.
type codebookRecord struct {
	Kind string `json:"kind"`
	File string `json:"file"`
	Text string `json:"text"`
}

// codebook prints the draft of a codebook; what is wrong with the export goes where
// problems go, and does not keep the draft from being printed.
func (a *app) codebook(ctx context.Context, path string, f *inspectFlags) error {
	framework, err := readFramework(f.codebook.framework)
	if err != nil {
		return err
	}
	e, err := draft.Read(ctx, path, filepath.ToSlash(path), f.options())
	if err != nil {
		return err
	}
	text, p := draft.Codebook(e, framework), a.printer()
	p.diagnostics(shortened(e.Report.Problems))
	if p.json {
		p.record(codebookRecord{"codebook", e.Report.File, text})
		return nil
	}
	_, err = io.WriteString(a.stdout, text)
	return err
}

// readFramework reads a framework by itself, nil where none is named.
//
//gosec:disable G304 -- the user names the file on the command line, to be read with the user's own rights
func readFramework(path string) (*study.Framework, error) {
	if path == "" {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		var wrong *os.PathError
		errors.As(err, &wrong)
		return nil, &diag.Problems{Diagnostics: []diag.Diagnostic{{Code: "unreadable-file", Pos: diag.Pos{File: filepath.ToSlash(path)}, Message: "cannot be read: " + wrong.Err.Error()}}}
	}
	framework, list := study.LoadFramework(filepath.ToSlash(path), data)
	return framework, list.Err()
}
