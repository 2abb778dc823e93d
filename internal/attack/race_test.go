//go:build race

package attack

import "flag"

// The race detector takes ten times as long; for it a start of the few will do.
func init() {
	if err := flag.Set("studies", "9"); err != nil {
		panic(err)
	}
}
