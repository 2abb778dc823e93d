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
		{"a Latin word within", "\u05d0 NHS \u05d1", "\u05d0 NHS \u05d1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := visual(c.text); got != c.want {
				t.Errorf("%+q, want %+q", got, c.want)
			}
		})
	}
}
