package chart

import (
	"bytes"
	"strconv"
	"strings"
)

// Inline turns a figure's SVG into what a page embeds: without a size, a name,
// a ground or colours of its own. Its class is wide or narrow; a fill is left to
// the class of its tint (will, ability, capacity, ink, soft, line, pale, bar,
// slate, bg, wedge, on-will, on-ability, on-capacity) and a stroke to the same
// class after l-; sizes, weights and anchors of text to classes too; see Style.
// It is hidden from screen readers: the page names and describes what is around
// it. The study's notice, which files carry at their foot, is left to the page.
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
	width, height := size(attribute(head, "viewBox"))
	if drawing, foot, ok := bytes.Cut(body, []byte(footOpen)); ok {
		height, _, _ = strings.Cut(string(foot), `"`)
		body = append(bytes.Clone(drawing), "</svg>\n"...)
	}
	box := "0 0 " + width + " " + height
	var out bytes.Buffer
	out.WriteString(inlineRoot(box))
	_, body, _ = bytes.Cut(body, []byte("\n")) // the ground, which the page has
	for element := range bytes.Lines(body) {
		out.WriteString(inlineElement(string(element)))
	}
	return out.Bytes()
}

// size is a drawing's, without the margin that a file has around it.
func size(box string) (width, height string) {
	parts := strings.Fields(box)
	if len(parts) != 4 {
		return "", ""
	}
	without := func(s string) string {
		full, err := strconv.ParseFloat(s, 64)
		margin, err2 := strconv.ParseFloat(parts[0], 64)
		if err != nil || err2 != nil {
			return s
		}
		return number1(full + 2*margin)
	}
	return without(parts[2]), without(parts[3])
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

// inlineElement leaves colours, sizes and anchors to classes, and leaves out what
// Style says of every drawing.
func inlineElement(s string) string {
	classes := strings.Fields(attribute(s, "class"))
	for _, name := range []string{"fill", "stroke", "class"} {
		s = without(s, name)
	}
	s = strings.Replace(s, ` stroke-width="1"/>`, "/>", 1)
	if strings.HasPrefix(s, "<text") {
		s, classes = inlineText(s, classes)
	}
	if len(classes) == 0 {
		return s
	}
	end := strings.IndexAny(s, "/>")
	return s[:end] + ` class="` + strings.Join(classes, " ") + `"` + s[end:]
}

// inlineText turns a text's size, weight, anchor and casing into classes.
func inlineText(s string, tints []string) (string, []string) {
	var classes []string
	if size := attribute(s, "font-size"); size != number1(labelSize) {
		classes = append(classes, sizeClass(size))
	}
	if attribute(s, "font-weight") != "" {
		classes = append(classes, "b")
	}
	if a := attribute(s, "text-anchor"); a != "" {
		classes = append(classes, a[:1])
	}
	for _, t := range tints {
		switch t {
		case ink.class():
		case "l-" + bg.class():
			classes = append(classes, "h")
		default:
			classes = append(classes, t)
		}
	}
	for _, name := range []string{"font-size", "font-weight", "text-anchor", "stroke-width", "stroke-linejoin", "paint-order"} {
		s = without(s, name)
	}
	return s, classes
}

// sizeClass is the class of a text's size: t13, t13-5.
func sizeClass(size string) string { return "t" + strings.ReplaceAll(size, ".", "-") }

// textSizes are the sizes that drawings have besides that of labels.
var textSizes = []float64{axisSize, 13.5, 16, 20, 21, 24, 28}

// Style is the style sheet that gives inlined figures their colours: each class
// takes the variable of its name (--will, --ability, ...), which the page
// defines for light, dark and forced colours. Figures stand in an element of
// class draw; what any class says outranks what is said of all of them.
func Style() string {
	var b strings.Builder
	b.WriteString(":where(.draw path){fill:none}:where(.draw text){font:" + number1(labelSize) + "px " + strings.ReplaceAll(family, "'", `"`) + ";fill:var(--ink)}\n")
	for t := bg; t <= wedge; t++ {
		b.WriteString("." + t.class() + "{fill:var(--" + t.class() + ")}.l-" + t.class() + "{stroke:var(--" + t.class() + ")}\n")
	}
	for _, size := range textSizes {
		b.WriteString(".draw ." + sizeClass(number1(size)) + "{font-size:" + number1(size) + "px}")
	}
	b.WriteString(".draw .b{font-weight:700}.draw .m{text-anchor:middle}.draw .e{text-anchor:end}" +
		".draw .h{stroke:var(--bg);stroke-width:4px;stroke-linejoin:round;paint-order:stroke}\n")
	return b.String()
}
