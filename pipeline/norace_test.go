//go:build !race

package pipeline_test

const racing = false
