package study

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/caregap/caregap/internal/diag"
)

// studyCheck checks study.yaml in itself and against the framework.
type studyCheck struct {
	checker
	s    *Study
	file *StudyFile
}

func (c *studyCheck) all() {
	c.id(c.at.value(to("id")), "study", c.file.ID)
	c.surveys()
	c.breakdowns()
	c.samePeople()
	c.settings()
	c.sensitive()
	for i, v := range c.file.Published {
		c.published(to("published", i), v)
	}
}

func (c *studyCheck) surveys() {
	seen := map[string]bool{}
	for i, v := range c.file.Surveys {
		p := to("surveys", i)
		c.id(c.at.value(p.to("id")), "survey", v.ID)
		if v.ID != "" && seen[v.ID] {
			c.problem("duplicate-id", p.to("id"), "survey %q is there twice", short(v.ID))
		}
		seen[v.ID] = true
		c.waves(p.to("waves"), v)
	}
	c.shared()
}

func (c *studyCheck) waves(p keyPath, v SurveyFile) {
	seen := map[string]bool{}
	for i, w := range v.Waves {
		at := p.to(i)
		c.wave(at.to("id"), w.ID)
		// Folders are named after waves, and some systems do not tell A from a.
		if lower := strings.ToLower(w.ID); w.ID != "" && seen[lower] {
			c.problem("duplicate-id", at.to("id"), "survey %q: wave %q is there twice", short(v.ID), short(w.ID))
		} else {
			seen[lower] = true
		}
		c.fieldwork(at.to("fieldwork"), w.Fieldwork)
	}
}

// wave checks the id of a wave: any text that joins, paths and lists can hold.
func (c *studyCheck) wave(p keyPath, id string) {
	bad := strings.IndexFunc(id, func(r rune) bool { return strings.ContainsRune("+/:", r) || unicode.IsControl(r) })
	if bad >= 0 || strings.TrimSpace(id) != id {
		c.problem("bad-id", p, "wave id %q: expected a text without +, /, : and without space around it", short(id))
	}
}

func (c *studyCheck) fieldwork(p keyPath, f Fieldwork) {
	from, okFrom := c.date(p.to("from"), f.From)
	until, okTo := c.date(p.to("to"), f.To)
	if okFrom && okTo && until.Before(from) {
		c.problem("bad-date", p.to("to"), "fieldwork ends on %s, before it starts on %s", f.To, f.From)
	}
	c.within(p.to("invited"), f.Invited >= 1, f.Invited, "1 or more; leave it out where it is unknown")
}

func (c *studyCheck) date(p keyPath, text string) (time.Time, bool) {
	if text == "" {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		c.problem("bad-date", p, "%s%q is not a date; expected YYYY-MM-DD", p.prefix(), short(text))
	}
	return t, err == nil
}

// shared reports an export that two waves read through the same codebook: every
// respondent in it would count twice. Another codebook may keep other rows.
func (c *studyCheck) shared() {
	type use struct {
		file string
		book *Codebook
	}
	first := map[use]string{}
	for i, v := range c.s.Surveys {
		for j, w := range v.Waves {
			name := fmt.Sprintf("survey %q, wave %q", v.ID, w.ID)
			for _, file := range w.Exports {
				before, ok := first[use{file, w.Codebook}]
				if ok && w.Codebook != nil {
					c.problem("duplicate-export", to("surveys", i, "waves", j, "exports"), "export %q is read for %s and for %s with the same codebook", file, before, name)
				}
				first[use{file, w.Codebook}] = name
			}
		}
	}
}

func (c *studyCheck) breakdowns() {
	seen := map[string]bool{}
	for i, b := range c.file.Breakdowns {
		p := to("breakdowns", i)
		c.among(p, b, c.s.Framework.Variables.IDs(), "breakdowns", "variable")
		c.twice(p, b, "breakdowns")
		key := strings.Join(b, ":")
		if key != "" && seen[key] {
			c.problem("duplicate-id", p, "breakdowns: %q is there twice", short(key))
		}
		seen[key] = true
		c.organisations(p, b)
	}
}

// organisations refuses to cross organisations with organisations: a category of
// theirs would never be of three organisations, and so never be shown.
func (c *studyCheck) organisations(p keyPath, b Breakdown) {
	var found []string
	for _, id := range b {
		if v, _ := c.s.Framework.Variables.Get(id); v.Organisation {
			found = append(found, id)
		}
	}
	if len(found) > 1 {
		c.problem("bad-breakdown", p, "breakdowns: %q and %q are both organisations; cross one of them with other variables", found[0], found[1])
	}
}

func (c *studyCheck) samePeople() {
	var ids []string
	for _, v := range c.file.Surveys {
		ids = append(ids, v.ID)
	}
	for i, group := range c.file.SamePeople {
		p := to("same_people", i)
		c.among(p, group, ids, "same_people", "survey")
		c.twice(p, group, "same_people")
		if len(group) < 2 && c.at.sound(p) {
			c.list.Add(diag.Diagnostic{Code: "bad-group", Pos: c.at.value(p), Message: "same_people: a group names at least two surveys",
				Hint: "write each group as a list of its own: [[a, b]]"})
		}
	}
}

func (c *studyCheck) settings() {
	level, points := c.file.Confidence.Float(), c.file.Meaningful.Float()
	c.within(to("confidence"), level >= 0.5 && level < 1, c.file.Confidence, "at least 0.5 and less than 1, such as 0.95")
	c.within(to("meaningful"), points >= 0 && points <= 100, c.file.Meaningful, "0 to 100 points")
	d := c.file.Disclosure
	for _, v := range []struct {
		key    string
		number *int
		lowest int
		most   int
	}{
		{"min_base", d.MinBase, 1, 1_000_000}, {"min_count", d.MinCount, 1, 1_000_000}, {"distribution_base", d.DistributionBase, 1, 1_000_000},
		{"decimals", d.Decimals, 0, 3}, {"keep_releases", d.KeepReleases, 1, 10_000},
	} {
		if v.number != nil {
			c.within(to("disclosure", v.key), *v.number >= v.lowest && *v.number <= v.most, *v.number, fmt.Sprintf("%d to %d", v.lowest, v.most))
		}
	}
}

// sensitive checks the ids that are listed as sensitive, and their kinds.
func (c *studyCheck) sensitive() {
	f := c.s.Framework
	ids := slices.Concat([]string{"all"}, f.Items.IDs(), f.Choices.IDs(), f.Quadrants.IDs(), f.Variables.IDs())
	p := to("disclosure", "sensitive")
	for i, id := range c.file.Disclosure.Sensitive {
		switch kind := f.KindOf(id); {
		case id == "" || slices.Contains(ids, id):
		case kind != KindNone:
			c.problem("unknown-id", p.to(i), "sensitive: %q is a %s; name items, choices, quadrants or variables", id, kind)
		default:
			c.unknown(p.to(i), id, ids, "sensitive: there is no item, choice, quadrant or variable %q", short(id))
		}
	}
	c.twice(p, c.file.Disclosure.Sensitive, "sensitive")
}
