package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"github.com/spf13/cobra"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/study"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema [study|framework|codebook]",
		Short: "JSON Schema of the study files, for editors",
		Long: `schema prints the JSON Schema of one kind of study file, or, without an argument,
one object with all three. Editors use it to complete and check what is typed.`,
		Example:     "  caregap schema codebook > codebook.schema.json",
		ValidArgs:   study.SchemaKinds(),
		Args:        oneKind,
		Annotations: exitStatus(exitDone, exitFailed, exitUsage),
		RunE: a.act(func(_ context.Context, args []string) error {
			if len(args) == 1 {
				return a.printSchema(args[0])
			}
			return a.printSchemas()
		}),
	}
}

func oneKind(_ *cobra.Command, args []string) error {
	switch {
	case len(args) > 1:
		return &usageError{message: "schema takes one kind of file, found also " + quote(args[1])}
	case len(args) == 1 && !slices.Contains(study.SchemaKinds(), args[0]):
		return &usageError{message: "no study file is called " + quote(args[0]), hint: diag.NearestHint(args[0], study.SchemaKinds())}
	}
	return nil
}

func (a *app) printSchema(kind string) error {
	data, err := a.engine.schema(kind)
	if err != nil {
		return err
	}
	return a.printJSON(data)
}

// printSchemas prints one object, the schemas by kind.
func (a *app) printSchemas() error {
	all := map[string]json.RawMessage{}
	for _, kind := range study.SchemaKinds() {
		data, err := a.engine.schema(kind)
		if err != nil {
			return err
		}
		all[kind] = data
	}
	data, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return a.printJSON(data)
}

// printJSON prints one value: indented for people, on one line with --json.
func (a *app) printJSON(data []byte) error {
	var out bytes.Buffer
	var err error
	if a.common.json {
		err = json.Compact(&out, data)
	} else {
		err = json.Indent(&out, data, "", "  ")
	}
	if err != nil {
		return err
	}
	_, err = a.stdout.Write(append(bytes.TrimSpace(out.Bytes()), '\n'))
	return err
}
