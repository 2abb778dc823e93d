// Command caregap turns the exports of surveys into the gap between will, ability
// and capacity for research. See the package internal/cli.
package main

import (
	"context"
	"os"

	"github.com/caregap/caregap/internal/cli"
)

func main() {
	os.Exit(cli.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
