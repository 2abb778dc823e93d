package inspect

import (
	"strings"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/fold"
)

// loneOption reports whether a column is an option's own, whatever columns stand
// beside it: all of its cells are the last part of its heading, or ticks where the
// platform names it as a box. Of a question that was cut down by hand one option may
// be all that is left.
func (b *builder) loneOption(c export.Column, p *profile) bool {
	if c.Role != export.RoleQuestion || c.Open || p.full {
		return false
	}
	if b.file.Platform == "redcap" && c.Option != "" {
		return ticksOnly(c, p)
	}
	own := p.labels()
	if len(own) != 1 || noAnswer(own[0].key) {
		return false
	}
	if yes := tickWords[own[0].key]; yes && b.file.Platform == "limesurvey" && c.Option != "" {
		return true
	}
	return own[0].key == fold.String(c.Option) || strings.HasSuffix(fold.String(c.Text), " - "+own[0].key)
}

// constants reports whether every column of a group says one thing only, each
// another, and no point of a scale: options whose words the headings do not have.
func (b *builder) constants(s span) bool {
	seen := map[string]bool{}
	most := 0
	for _, c := range s.columns {
		p := b.profiles[c]
		if p.answered == 0 {
			continue
		}
		own := p.labels()
		if p.full || len(own) != 1 || seen[own[0].key] || scaleWord(own[0].key) || plainWord(own[0].key) || wholeNumber(own[0].key) {
			return false
		}
		seen[own[0].key] = true
		most = max(most, p.answered)
	}
	return len(seen) > 1 && most > 1
}
