//go:build race

package pipeline_test

// With the race detector a run takes ten times as long: what only reads back what one
// run wrote is left to the tests without it.
const racing = true
