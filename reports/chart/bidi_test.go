package chart

import "testing"

func TestVisual(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no such script", "Staff group 12", "Staff group 12"},
		{"one script", "\u05d0\u05d1\u05d2", "\u05d2\u05d1\u05d0"},
		{"two words", "\u05d0\u05d1 \u05d2", "\u05d2 \u05d1\u05d0"},
		{"within a sentence", "Lack \u05d0\u05d1 [u]", "Lack \u05d1\u05d0 [u]"},
		{"a number within", "\u05d0 37.5 \u05d1", "\u05d1 37.5 \u05d0"},
		{"brackets within are mirrored", "\u05d0 (\u05d1) \u05d2", "\u05d2 (\u05d1) \u05d0"},
		{"an isolate between words", "Lack \u2068\u05d0\u05d1 12\u2069: 3", "Lack 12 \u05d1\u05d0: 3"},
		{"an isolate that begins with Latin letters", "\u2068NHS \u05d0\u05d1\u2069 3", "NHS \u05d1\u05d0 3"},
		{"an isolate with a Latin word", "\u2068\u05d0 / Made up: no\u2069", "Made up: no / \u05d0"},
		{"an isolate that does not end", "\u2068\u05d0 \u05d1", "\u05d1 \u05d0"},
		{"a Latin word within", "\u05d0 NHS \u05d1", "\u05d0 NHS \u05d1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := visual(c.text); got != c.want {
				t.Errorf("%+q, want %+q", got, c.want)
			}
		})
	}
}

func TestIsolatesEndWithTheirLine(t *testing.T) {
	got := balanced([]string{"A \u2068\u05d0", "\u05d1", "\u05d2\u2069 B", "C \u2068\u05d3\u2069"})
	want := []string{"A \u2068\u05d0\u2069", "\u2068\u05d1\u2069", "\u2068\u05d2\u2069 B", "C \u2068\u05d3\u2069"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d: %+q, want %+q", i, got[i], want[i])
		}
	}
}
