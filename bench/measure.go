package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

// sample is one run of a program.
type sample struct {
	seconds  float64 // by the clock on the wall, from start to end
	busy     float64 // seconds of processors, which other work on the machine hardly changes
	megabyte float64 // peak resident memory in MB of 1,000,000 bytes; 0 where the system does not tell
	output   []byte
}

// build builds caregap, unless there is one to measure, and returns its path.
func build(ctx context.Context, o options) (string, error) {
	if o.caregap != "" {
		return o.caregap, nil
	}
	path, err := filepath.Abs(filepath.Join(o.data, "caregap"))
	if err != nil {
		return "", err
	}
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", path, "./cmd/caregap")
	cmd.Dir = ".."
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("build caregap: %w", err)
	}
	return path, nil
}

// measure runs a program to its end.
func measure(ctx context.Context, program string, args ...string) (sample, error) {
	return once(ctx, os.Stderr, nil, program, args...)
}

// measureIn is measure with more in the environment; what goes wrong is not printed.
func measureIn(ctx context.Context, env []string, program string, args ...string) (sample, error) {
	return once(ctx, io.Discard, env, program, args...)
}

func once(ctx context.Context, errors io.Writer, env []string, program string, args ...string) (sample, error) {
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdout, cmd.Stderr = &out, errors
	if env != nil {
		cmd.Env = append(os.Environ(), env...)
	}
	began := time.Now()
	err := cmd.Run()
	seconds := time.Since(began).Seconds()
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w", filepath.Base(program), err)
	}
	p := cmd.ProcessState
	return sample{seconds: seconds, busy: (p.UserTime() + p.SystemTime()).Seconds(), megabyte: peak(p), output: out.Bytes()}, nil
}

// median returns the middle time and, by itself, the middle memory.
func median(samples []sample) sample {
	middle := func(of func(sample) float64) float64 {
		var values []float64
		for _, s := range samples {
			values = append(values, of(s))
		}
		slices.Sort(values)
		n := len(values)
		return (values[(n-1)/2] + values[n/2]) / 2
	}
	return sample{
		seconds:  middle(func(s sample) float64 { return s.seconds }),
		megabyte: middle(func(s sample) float64 { return s.megabyte }),
	}
}
