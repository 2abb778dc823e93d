// Command gen writes the exports of the example studies into the folder that is
// its argument. Files that are already right are left alone.
package main

import (
	"fmt"
	"os"

	"github.com/caregap/caregap/internal/example"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen FOLDER")
		os.Exit(64)
	}
	if err := example.Write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}
