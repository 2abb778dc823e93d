package bidi

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const name = "السعة ⏳"

func TestIsolate(t *testing.T) {
	for text, want := range map[string]string{
		"":                     "",
		"Capacity (20%) – é":   "Capacity (20%) – é",
		"研究 🌱":                 "研究 🌱",
		name:                   "\u2068" + name + "\u2069",
		"Will and יכולת":       "\u2068Will and יכולת\u2069",
		"\u2068" + name:        "\u2068" + name + "\u2069", // an isolate that nothing ends
		"evil \u202egnp.exe":   "\u2068evil \u202egnp.exe\u2069",
		"\u2067ab\u2069 plain": "\u2068ab plain\u2069",
	} {
		if got := Isolate(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestCell(t *testing.T) {
	for text, want := range map[string]string{
		"Will":                               "Will",
		Isolate(name):                        name,
		Isolate(name) + " 2024":              Isolate(name) + " 2024",
		Isolate(name) + ", " + Isolate(name): Isolate(name) + ", " + Isolate(name),
		"\u2068" + name:                      "\u2068" + name,
	} {
		if got := Cell(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// Whatever a text is, an isolate begins and ends with it and holds no other, and
// without isolates it is what it was.
func TestIsolatesHoldTheirText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("aA1 -+(אبه٣🌱\u202e\u202b\u202c\u2067\u2069\u200f")), 0, 12, -1).Draw(t, "text")
		got := Isolate(text)
		if Bare(got) != Bare(text) || Isolate(got) != got || Cell(got) != Bare(got) {
			t.Fatalf("%q becomes %q", text, got)
		}
		if inner := strings.TrimSuffix(strings.TrimPrefix(got, "\u2068"), "\u2069"); inner != Bare(inner) {
			t.Fatalf("%q has an isolate within", got)
		}
	})
}
