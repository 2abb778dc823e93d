package normalise

import (
	"strings"

	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/study"
)

// tick is what one cell of an option's own column says. From tickMissing on it
// is a kind of missing: tickMissing + Kind.
type tick uint8

const (
	tickBlank tick = iota
	tickNo         // seen and not ticked
	tickYes
	tickUnknown
	tickMissing
)

// tickWords are what exports put into an option's own column: Y and N are
// LimeSurvey's codes for Yes and No.
var tickWords = map[string]tick{
	"": tickBlank, "yes": tickYes, "y": tickYes, "true": tickYes, "1": tickYes, "checked": tickYes,
	"no": tickNo, "n": tickNo, "false": tickNo, "0": tickNo, "unchecked": tickNo,
}

// kindsByText are the values that a codebook calls missing, folded.
func kindsByText(rules study.Map[string]) map[string]Kind {
	out := map[string]Kind{}
	for _, r := range rules {
		if kind, ok := ParseKind(r.Value); ok {
			out[fold.String(r.ID)] = kind
		}
	}
	return out
}

// read reads one cell of the option's column.
func (o optionField) read(cell []byte, c *choiceField) tick {
	text := fold.String(string(cell))
	if kind, ok := c.missing[text]; ok {
		return tickMissing + tick(kind)
	}
	if option, ok := c.options[text]; ok && option == o.option {
		return tickYes // also where the label is "No"
	}
	if t, ok := tickWords[text]; ok {
		return t
	}
	if o.open || o.number != "" && text == o.number {
		return tickYes
	}
	return tickUnknown
}

// joinedCell is what a cell with all ticked options says: the options, one bit
// each and unknownBit, or why there are none.
type joinedCell struct {
	ticked uint64
	kind   Kind
	none   bool // kind says why nothing is ticked
}

func (c *choiceField) readJoined(cell []byte) joinedCell {
	if kind, ok := c.missing[fold.String(string(cell))]; ok {
		return joinedCell{kind: kind, none: true}
	}
	ticked, unknown := c.split(cell)
	if len(unknown) > 0 {
		ticked |= unknownBit
	}
	return joinedCell{ticked: ticked}
}

// split reads a joined cell into the set of its options, one bit each. Where an
// option's label holds the separator, the longest label that fits is taken.
func (c *choiceField) split(cell []byte) (ticked uint64, unknown []string) {
	parts := strings.Split(string(cell), c.separator)
	for i := 0; i < len(parts); {
		if strings.TrimSpace(parts[i]) == "" {
			i++
			continue
		}
		n, option := c.longest(parts[i:])
		if n == 0 {
			unknown = append(unknown, strings.TrimSpace(parts[i]))
			i++
			continue
		}
		ticked |= 1 << option
		i += n
	}
	return ticked, unknown
}

func (c *choiceField) longest(parts []string) (n, option int) {
	for n := min(len(parts), 8); n > 0; n-- {
		if o, ok := c.options[fold.String(strings.Join(parts[:n], c.separator))]; ok {
			return n, o
		}
	}
	return 0, 0
}
