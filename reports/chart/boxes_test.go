package chart

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/study"
	"pgregory.net/rapid"
)

// box is where the ink of a text may lie: from the tallest letter to the
// deepest tail.
type box struct {
	x1, y1, x2, y2 float64
	s              string
}

func (t textMark) box() box {
	left := t.left()
	return box{left, t.y - .76*t.size, left + t.width(), t.y + .22*t.size, t.s}
}

func (b box) String() string {
	return fmt.Sprintf("%q at %.1f,%.1f to %.1f,%.1f", b.s, b.x1, b.y1, b.x2, b.y2)
}

// faults lists texts that overlap each other and marks that leave the drawing.
func (c *canvas) faults() []string {
	const slack = .6 // rounding of measured widths
	var out []string
	var boxes []box
	for _, m := range c.all() {
		for _, p := range corners(m) {
			if p.x < -slack || p.y < -slack || p.x > c.w+slack || p.y > c.h+c.below+slack {
				out = append(out, fmt.Sprintf("%#v leaves %gx%g", m, c.w, c.h))
				break
			}
		}
		if t, ok := m.(textMark); ok {
			boxes = append(boxes, t.box())
		}
	}
	for i, a := range boxes {
		for _, b := range boxes[:i] {
			if a.x1+slack < b.x2 && b.x1+slack < a.x2 && a.y1+slack < b.y2 && b.y1+slack < a.y2 {
				out = append(out, fmt.Sprintf("%v overlaps %v", a, b))
			}
		}
	}
	return out
}

// crossed lists texts that a mark runs through: an estimate, its interval, or a
// bar that does not hold the whole text.
func (c *canvas) crossed() []string {
	var out []string
	for _, m := range c.marks {
		t, ok := m.(textMark)
		if !ok {
			continue
		}
		b := t.box()
		for _, other := range c.marks {
			if line, ok := other.(pathMark); ok && line.oblique() {
				if !t.halo && line.cuts(b) {
					out = append(out, fmt.Sprintf("%v is crossed by %#v", b, other))
				}
				continue
			}
			if o, solid := extent(other); solid && o.x1 < b.x2 && b.x1 < o.x2 && o.y1 < b.y2 && b.y1 < o.y2 && !(o.x1 <= b.x1 && b.x2 <= o.x2 && o.y1 <= b.y1 && b.y2 <= o.y2) {
				out = append(out, fmt.Sprintf("%v is crossed by %#v", b, other))
			}
		}
	}
	return out
}

// oblique reports whether a mark is one line that is neither level nor upright.
// A text with a casing may stand on it.
func (m pathMark) oblique() bool {
	return len(m.points) == 2 && m.stroke.width >= 1.5 && m.points[0].x != m.points[1].x && m.points[0].y != m.points[1].y
}

// cuts reports whether a line runs through a box: some of a hundred points on it.
func (m pathMark) cuts(b box) bool {
	p, q := m.points[0], m.points[1]
	for i := range 101 {
		f := float64(i) / 100
		x, y := p.x+f*(q.x-p.x), p.y+f*(q.y-p.y)
		if b.x1 < x && x < b.x2 && b.y1 < y && y < b.y2 {
			return true
		}
	}
	return false
}

// extent is what a mark covers, and whether it is more than a thin line or a
// pale ground.
func extent(m mark) (b box, solid bool) {
	switch m := m.(type) {
	case rectMark:
		return box{x1: m.x, y1: m.y, x2: m.x + m.w, y2: m.y + m.h}, m.fill != pale && m.w > 0
	case circleMark:
		return box{x1: m.x - m.r, y1: m.y - m.r, x2: m.x + m.r, y2: m.y + m.r}, true
	case pathMark:
		b := box{x1: m.points[0].x, x2: m.points[0].x, y1: m.points[0].y, y2: m.points[0].y}
		for _, p := range m.points {
			b.x1, b.x2, b.y1, b.y2 = min(b.x1, p.x), max(b.x2, p.x), min(b.y1, p.y), max(b.y2, p.y)
		}
		half := m.stroke.width / 2
		return box{x1: b.x1, x2: b.x2, y1: b.y1 - half, y2: b.y2 + half}, m.stroke.width >= 1.5 && len(m.points) == 2 || m.closed && m.fill != none && m.fill != wedge && m.fill != pale
	}
	return box{}, false
}

func corners(m mark) []point {
	switch m := m.(type) {
	case rectMark:
		return []point{{m.x, m.y}, {m.x + m.w, m.y + m.h}}
	case circleMark:
		return []point{{m.x - m.r, m.y - m.r}, {m.x + m.r, m.y + m.r}}
	case pathMark:
		return m.points
	case textMark:
		b := m.box()
		return []point{{b.x1, b.y1}, {b.x2, b.y2}}
	}
	panic(fmt.Sprintf("unknown mark %T", m))
}

// studies are what figures must survive, each with the least number of figures.
func studies() map[string]struct {
	study *study.Study
	least int
} {
	type s = struct {
		study *study.Study
		least int
	}
	return map[string]s{
		"example":       {disclosetest.Study(), 20},
		"long labels":   {renamed(60), 20},
		"longer labels": {renamed(120), 20},
		"20 groups":     {manyGroups(20, 60), 20},
		"many waves":    {manyWaves(8, 6), 40},
		"one wave":      {oneWave(), 4},
		"suppressed":    {suppressed(), 20},
		"markup":        {markup(), 20},
		"other scripts": {named(func(n int) string {
			return "\u0642\u0644\u0629 \u0627\u0644\u0648\u0642\u062a 37.5 \u05d6\u05de\u05df \u05dc\u05de\u05d7\u05e7\u05e8 \U0001fa7a \u7814\u7a76 NHS " + fmt.Sprint(n)
		}), 20},
		"one long word": {named(func(n int) string { return fmt.Sprint(n) + strings.Repeat("W", 119) }), 20},
	}
}

// words is a label of exactly n characters.
func words(n, seed int) string {
	const text = "professional scientific and technical research midwifery anaesthesia of in biomedical commissioning WWW "
	s := strings.Repeat(text, n/len(text)+2)
	return "L" + s[seed%len(text):][:n-2] + "s"
}

// renamed gives every name n characters.
func renamed(n int) *study.Study {
	return named(func(seed int) string { return words(n, seed) })
}

// named gives every name that a study has.
func named(name func(seed int) string) *study.Study {
	s := disclosetest.Study()
	f := s.Framework
	for i := range f.Constructs {
		f.Constructs[i].Value.Title = name(i)
	}
	for i := range f.Items {
		f.Items[i].Value.Title = name(7 + i)
	}
	for i := range f.Choices {
		f.Choices[i].Value.Title = name(13 + i)
		for j := range f.Choices[i].Value.Options {
			f.Choices[i].Value.Options[j].Value = name(17 + 3*j)
		}
	}
	for i := range f.Variables {
		f.Variables[i].Value.Title = name(23 + i)
		for j := range f.Variables[i].Value.Categories {
			f.Variables[i].Value.Categories[j].Value = name(29 + 5*j)
		}
	}
	for i, v := range s.Surveys {
		v.Title = name(31 + 11*i)
	}
	return s
}

func manyGroups(groups, n int) *study.Study {
	s := disclosetest.Study()
	v := &s.Framework.Variables[0].Value
	v.Categories = nil
	for i := range groups {
		v.Categories = append(v.Categories, study.Entry[string]{ID: fmt.Sprintf("g%d", i), Value: words(n, 5*i)})
	}
	return s
}

func manyWaves(surveys, waves int) *study.Study {
	s := disclosetest.Study()
	s.Surveys = nil
	for i := range surveys {
		v := &study.Survey{ID: fmt.Sprintf("s%d", i), Title: words(40, i)}
		for j := range waves {
			v.Waves = append(v.Waves, &study.Wave{ID: fmt.Sprint(2018 + j), Codebook: &study.Codebook{}, Fieldwork: study.Fieldwork{Recruitment: "sample"}})
		}
		s.Surveys = append(s.Surveys, v)
	}
	return s
}

func oneWave() *study.Study {
	s := disclosetest.Study()
	s.Breakdowns = nil
	s.Surveys = s.Surveys[1:2]
	s.Surveys[0].Waves = s.Surveys[0].Waves[:1]
	return s
}

func suppressed() *study.Study {
	s := disclosetest.Study()
	s.Disclosure.MinBase = 100000
	return s
}

func markup() *study.Study {
	s := disclosetest.Study()
	c := s.Framework.Variables[0].Value.Categories
	c[0].Value, c[1].Value, c[2].Value, c[3].Value = `<b>bold</b> & "quoted" fill="#fff"`, "=cmd()", "]]></desc><script>alert(1)</script>", "\x00\x1b[31m\u202eإستبانة 🩺 研究"
	return s
}

func TestTextsNeitherOverlapNorLeaveTheDrawing(t *testing.T) {
	for name, c := range studies() {
		t.Run(name, func(t *testing.T) {
			drawn := append(plans(disclosetest.Of(t, c.study)), plans(madeUp(t, c.study))...)
			if len(drawn) < 2*c.least {
				t.Errorf("%d figures, want %d or more", len(drawn)/2, c.least)
			}
			for _, fault := range faulty(drawn) {
				t.Error(fault)
			}
		})
	}
}

func TestFaultsAreFound(t *testing.T) {
	c := &canvas{w: 100, h: 40}
	c.label(0, 20, "one")
	c.label(10, 24, "two")
	c.label(80, 20, "beyond the edge")
	c.hline(0, 101, 10, axisline)
	c.rect(0, 30, 10, 11, ink)
	if got := len(c.faults()); got != 4 {
		t.Errorf("%d faults, want an overlap and three marks outside: %q", got, c.faults())
	}
}

// faulty lists the faults of figures in both widths.
func faulty(drawn []plan) []string {
	var out []string
	for _, p := range drawn {
		for _, w := range []float64{wideWidth, narrowWidth} {
			for _, fault := range slices.Concat(p.draw(w).under(p.notice).faults(), p.draw(w).crossed()) {
				out = append(out, fmt.Sprintf("%s, %g wide: %s", p.id, w, fault))
			}
		}
	}
	return out
}

func TestAnyEstimatesFit(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := disclosetest.Study()
		s.Surveys, s.Breakdowns = s.Surveys[1:2], s.Breakdowns[:1]
		s.Surveys[0].Waves = s.Surveys[0].Waves[1:]
		share := rapid.Float64Range(0, 100)
		score := rapid.Float64Range(-100, 100)
		release := edited(t, s, func(k disclose.Key, base int) (float64, bool) {
			if k.Contrast != "" || k.Survey == "average" || rapid.IntRange(0, 3).Draw(rt, "change") > 0 {
				return 0, false
			}
			if slices.Contains([]string{"ability_gap", "capacity_gap"}, k.Measure) {
				return score.Draw(rt, "gap"), true
			}
			return share.Draw(rt, "share"), true
		})
		if faults := faulty(plans(release)); len(faults) > 0 {
			rt.Fatal(strings.Join(faults, "\n"))
		}
	})
}
