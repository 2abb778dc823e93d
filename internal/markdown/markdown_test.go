package markdown_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/markdown"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		"Strongly agree":           "Strongly agree",
		"Of the ":                  "Of the ",
		"two\r\nlines\t":           "two lines ",
		"a|b":                      `a\|b`,
		"[x](y)":                   `\[x\](y)`,
		"![x](y)":                  `\!\[x\](y)`,
		"*a* _b_ ~c~ `d` \\e":      "\\*a\\* \\_b\\_ \\~c\\~ \\`d\\` \\\\e",
		"# Title":                  `\# Title`,
		"<script>&amp;":            "&lt;script&gt;&amp;amp;",
		"https://example.org/a":    `https\://example.org/a`,
		"www.example.org":          `www\.example.org`,
		"someone@example.org":      `someone\@example.org`,
		"costs $5 or $6":           `costs \$5 or \$6`,
		"ship :tada: it at 12:30":  `ship \:tada: it at 12:30`,
		"+9.7":                     "+9.7",
		"\u05e9\u05dc\u05d5\u05dd": "\u05e9\u05dc\u05d5\u05dd",
	} {
		if got := markdown.Text(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"":            "",
		"    code":    "code",
		"- item":      `\- item`,
		"+ item":      `\+ item`,
		"1. item":     `1\. item`,
		"12) item":    `12\) item`,
		"1.5 points":  "1.5 points",
		"2020-21":     "2020-21",
		"===":         `\===`,
		"---":         `\---`,
		"***":         `\*\*\*`,
		"5 - 6":       "5 - 6",
		"\u22124.0":   "\u22124.0",
		"> quotation": "&gt; quotation",
	} {
		if got := markdown.Line(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// Whatever a text holds, it is one line, and no character of markup stands in it
// but after a backslash.
func TestTextHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got := markdown.Text(rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("a1 \\`*_[]|#~!$@:<>&-+=.\n\r\t")))).Draw(t, "text"))
		if strings.ContainsAny(got, "\n\r\t<>") {
			t.Fatalf("%q holds a line break or a bracket of HTML", got)
		}
		escaped := false
		for _, r := range got {
			if !escaped && strings.ContainsRune("`*_[]|#~!$@", r) {
				t.Fatalf("%q: %q is not escaped", got, r)
			}
			escaped = !escaped && r == '\\'
		}
		if escaped {
			t.Fatalf("%q ends in a backslash that escapes what follows it", got)
		}
	})
}

func TestCode(t *testing.T) {
	for in, want := range map[string]string{"rcp 2023": "`rcp 2023`", "a`|b": "`a''b`", "a\nb": "`a b`"} {
		if got := markdown.Code(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
