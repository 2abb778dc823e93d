package chart

import (
	"bytes"
	"strings"
)

// Inline turns a figure's SVG into what a page embeds: without a size, a name or
// colours of its own. Its class is wide or narrow; a fill is left to the class of
// its tint (will, ability, capacity, ink, soft, line, pale, bar, bg, wedge,
// on-will, on-ability, on-capacity) and a stroke to the same class after l-; see
// Style. Sizes of text become styles, which no rule of the page outranks. It is
// hidden from screen readers: the page names and describes what is around it. The
// study's notice, which files carry at their foot, is left to the page too.
//
// It reads what Draw writes and nothing else; other input comes back as it is.
func Inline(svg []byte) []byte {
	open := bytes.Index(svg, []byte("<desc"))
	if open < 0 || !bytes.HasPrefix(svg, []byte("<svg ")) {
		return svg
	}
	_, body, ok := bytes.Cut(svg[open:], []byte("</desc>\n"))
	if !ok {
		return svg
	}
	head := string(svg[:open])
	box := attribute(head, "viewBox")
	if drawing, foot, ok := bytes.Cut(body, []byte(footOpen)); ok {
		height, _, _ := strings.Cut(string(foot), `"`)
		box = box[:strings.LastIndex(box, " ")+1] + height
		body = append(bytes.Clone(drawing), "</svg>\n"...)
	}
	var out bytes.Buffer
	out.WriteString(inlineRoot(box))
	for element := range bytes.Lines(body) {
		out.WriteString(inlineElement(string(element)))
	}
	return out.Bytes()
}

func inlineRoot(box string) string {
	class := "wide"
	if strings.HasPrefix(box, "0 0 328 ") {
		class = "narrow"
	}
	return `<svg class="` + class + `" viewBox="` + box + `" aria-hidden="true" focusable="false">` + "\n"
}

// attribute returns the value of the first such attribute. Texts hold no
// quotation mark that is not escaped, so that this cannot find one in a label.
func attribute(s, name string) string {
	_, rest, ok := strings.Cut(s, " "+name+`="`)
	if !ok {
		return ""
	}
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// without removes an attribute.
func without(s, name string) string {
	before, rest, ok := strings.Cut(s, " "+name+`="`)
	if !ok {
		return s
	}
	_, after, _ := strings.Cut(rest, `"`)
	return before + after
}

func inlineElement(s string) string {
	if attribute(s, "fill") != "none" {
		s = without(s, "fill")
	}
	s = without(s, "stroke")
	size := attribute(s, "font-size")
	if size == "" {
		return s
	}
	style := "font-size:" + size + "px"
	if attribute(s, "font-weight") != "" {
		style += ";font-weight:700"
	}
	s = without(without(s, "font-size"), "font-weight")
	return strings.Replace(s, "<text", `<text style="`+style+`"`, 1)
}

// Style is the style sheet that gives inlined figures their colours: each class
// takes the variable of its name (--will, --ability, ...), which the page
// defines for light, dark and forced colours.
func Style() string {
	var b strings.Builder
	for t := bg; t <= wedge; t++ {
		b.WriteString("." + t.class() + "{fill:var(--" + t.class() + ")}.l-" + t.class() + "{stroke:var(--" + t.class() + ")}\n")
	}
	return b.String()
}
