package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/frame"
	"github.com/caregap/caregap/internal/request"
)

// besides is a flag of the command itself that was given with another, or "".
func besides(cmd *cobra.Command, flag string) string {
	other := ""
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if f.Changed && f.Name != flag && other == "" {
			other = f.Name
		}
	})
	return other
}

// answerRequests writes one line for each request. What is wrong with requests is
// in their answers; the exit code says that there was something.
func (a *app) answerRequests(ctx context.Context, file *frame.File, path, from string) error {
	lines, err := a.requestLines(from)
	if err != nil {
		return err
	}
	answers, err := request.Run(ctx, file, filepath.Dir(filepath.Clean(path)), lines)
	if err != nil {
		return err
	}
	wrong := 0
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	for _, answer := range answers {
		if answer.Error != "" {
			wrong++
		}
		if err := enc.Encode(answer); err != nil {
			return err
		}
	}
	if _, err := a.stdout.Write(out.Bytes()); err != nil {
		return err
	}
	if wrong == 0 {
		return nil
	}
	if !a.common.quiet {
		fmt.Fprintf(a.stderr, "caregap: %d of %d requests could not be answered\n", wrong, len(answers))
	}
	return &diag.Problems{} // each is told of in its answer
}

// requestLines are the lines of a file, or of standard input, that are not blank.
//
//gosec:disable G304 -- the user names the file on the command line, to be read with the user's own rights
func (a *app) requestLines(from string) ([][]byte, error) {
	var data []byte
	var err error
	if from == "-" {
		data, err = io.ReadAll(a.stdin)
	} else {
		data, err = os.ReadFile(from)
	}
	if os.IsNotExist(err) {
		list := &diag.List{}
		list.Errorf("no-file", diag.Pos{File: from}, "no such file")
		return nil, list.Err()
	}
	var lines [][]byte
	for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\ufeff"))) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			lines = append(lines, line)
		}
	}
	return lines, err
}
