// Package markdown puts texts that come from elsewhere - titles, labels, names of
// files - into GitHub Flavored Markdown so that they are read as they are: no
// text becomes a heading, a list, a link, a picture, a formula or markup.
package markdown

import (
	"regexp"
	"strings"
)

// Text is a text within a line: a cell of a table, part of a paragraph. Line breaks
// become spaces, and what Markdown or HTML would read as markup is escaped.
func Text(s string) string {
	return shortcode.ReplaceAllString(marks.Replace(lines.Replace(s)), `\$0`)
}

// Line is a text that a line begins with: a paragraph or an entry of a list. It
// begins no list and no rule of its own.
func Line(s string) string {
	s = Text(strings.TrimSpace(s))
	return number.ReplaceAllString(sign.ReplaceAllString(s, `\$0`), `$1\$2$3`)
}

// Code is a name as code, also within a table. No name can break out of it: what
// would end it becomes an apostrophe.
func Code(name string) string {
	return "`" + strings.Map(func(r rune) rune {
		switch {
		case r == '`' || r == '|':
			return '\''
		case r < ' ':
			return ' '
		}
		return r
	}, name) + "`"
}

// Row is a row of a table; its cells must be escaped already.
func Row(cells ...string) string { return "| " + strings.Join(cells, " | ") + " |\n" }

var (
	lines = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ", "\v", " ", "\f", " ", "\u2028", " ", "\u2029", " ")
	marks = strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`, "#", `\#`, "~", `\~`, "!", `\!`, "$", `\$`,
		"@", `\@`, "://", `\://`, "www.", `www\.`, "WWW.", `WWW\.`, // links are made of bare addresses too
		"<", "&lt;", ">", "&gt;", "&", "&amp;",
	)
	// shortcode is what GitHub makes a picture of, such as :tada:.
	shortcode = regexp.MustCompile(`:[A-Za-z0-9+-]+:`)
	// sign and number begin a list, a rule or a line below a heading, at the start
	// of a line.
	sign   = regexp.MustCompile(`^[-+=]`)
	number = regexp.MustCompile(`^([0-9]{1,9})([.)])( |$)`)
)
