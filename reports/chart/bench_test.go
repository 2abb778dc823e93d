package chart

import (
	"context"
	"testing"

	"github.com/caregap/caregap/internal/disclose/disclosetest"
)

// BenchmarkDraw is all figures of a study like the example: SVG wide and
// narrow, and PNG.
func BenchmarkDraw(b *testing.B) {
	r := disclosetest.Release(b)
	for b.Loop() {
		if _, err := Draw(context.Background(), r); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkManyWaves is a study of eight surveys with six waves each.
func BenchmarkManyWaves(b *testing.B) {
	r := disclosetest.Of(b, manyWaves(8, 6))
	for b.Loop() {
		if _, err := Draw(context.Background(), r); err != nil {
			b.Fatal(err)
		}
	}
}
