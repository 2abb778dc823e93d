package draft

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/caregap/caregap/internal/fold"
)

// plain are texts that YAML reads as text and as nothing else, in a flow too.
var plain = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_ .()/+'&;%-]*$`)

// taken are words that YAML, in one version or another, takes for something else.
var taken = map[string]bool{
	"y": true, "n": true, "yes": true, "no": true, "true": true, "false": true, "on": true, "off": true, "null": true,
	"nan": true, "inf": true, "infinity": true,
}

// scalar writes a text so that it is read back as it is: as it stands where YAML
// has no other use for it, else in double quotes (YAML 1.2.2, section 7.3.1).
func scalar(text string) string {
	if plain.MatchString(text) && !strings.HasSuffix(text, " ") && !strings.Contains(text, "  ") && !taken[fold.String(text)] && printable(text) {
		return text
	}
	return quoted(text)
}

func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == ' ' || unicode.IsPrint(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func printable(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }) < 0
}

// list writes texts as a list on one line.
func list(texts []string) string {
	parts := make([]string, len(texts))
	for i, t := range texts {
		parts[i] = scalar(t)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// remark makes a text fit for a comment: one line, and nothing that ends it.
func remark(text string) string {
	return strings.Map(func(r rune) rune {
		if r != ' ' && !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.Join(strings.Fields(text), " "))
}

// cut keeps a text to n characters.
func cut(text string, n int) string {
	r := []rune(text)
	if len(r) <= n {
		return text
	}
	return strings.TrimSpace(string(r[:n-3])) + "..."
}

// count writes a number of things.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
