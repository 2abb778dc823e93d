package workbook

import (
	"fmt"
	"strings"
)

// maxName is the longest name that a worksheet may have.
const maxName = 31

// names hands out worksheet names that are unique, case aside.
type names struct{ taken map[string]bool }

func newNames(reserved ...string) *names {
	n := &names{taken: map[string]bool{}}
	for _, r := range reserved {
		n.taken[strings.ToLower(r)] = true
	}
	return n
}

// take returns a name of letters, digits and underscores made from a table's id.
// It depends only on the ids before it, so it stays the same from release to release.
func (n *names) take(id string) string {
	base := identifier(id)
	name := shortened(base, maxName)
	for i := 2; n.taken[strings.ToLower(name)]; i++ {
		suffix := fmt.Sprintf("_%d", i)
		name = shortened(base, maxName-len(suffix)) + suffix
	}
	n.taken[strings.ToLower(name)] = true
	return name
}

// shortened takes letters from the middle of a name of several words, the last of
// them first, as its ends say what is shown and of which survey. The first word,
// the last, and one letter of each other stay while there is room for them.
func shortened(name string, n int) string {
	words := strings.Split(name, "_")
	for i := len(words) - 2; i > 0; i-- {
		over := len(strings.Join(words, "_")) - n
		if over <= 0 {
			break
		}
		words[i] = words[i][:max(1, len(words[i])-over)]
	}
	return cut(strings.Join(words, "_"), n)
}

// identifier joins the runs of letters and digits in s by underscores, and puts a
// word in front of a name that would start with a digit.
func identifier(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
	}), "_")
	if s == "" || s[0] >= '0' && s[0] <= '9' {
		return strings.TrimSuffix("table_"+s, "_")
	}
	return s
}

// headers makes the header texts of a table: clean, not empty, unique, case aside,
// and within the 255 characters that spreadsheets allow for them.
func headers(titles []string) []string {
	out, taken := make([]string, len(titles)), map[string]bool{}
	for i, t := range titles {
		text := cut(clean(t), 240)
		if text == "" {
			text = fmt.Sprintf("Column %d", i+1)
		}
		unique := text
		for j := 2; taken[strings.ToLower(unique)]; j++ {
			unique = fmt.Sprintf("%s (%d)", text, j)
		}
		taken[strings.ToLower(unique)] = true
		out[i] = unique
	}
	return out
}
