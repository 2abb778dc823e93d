package chart

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/reports"
	"pgregory.net/rapid"
)

func TestTitlesAreShort(t *testing.T) {
	for name, c := range studies() {
		for _, p := range plans(madeUp(t, c.study)) {
			if n := len(strings.Fields(p.title)); n == 0 || n > 10 {
				t.Errorf("%s: %s: %d words: %s", name, p.id, n, p.title)
			}
			if strings.Contains(p.title+p.drawn+p.alt, "NHS staff") {
				t.Errorf("%s: %s speaks of all staff", name, p.id)
			}
		}
	}
}

// counts are the tables of figures that show numbers without intervals.
var counts = map[string]bool{"rows": true, "weighting-margins": true, "without-weights": true}

var figure = regexp.MustCompile(`^[\d,]+(\.\d+)?$`)

var interval = regexp.MustCompile(`\d.* to .*\d`)

// Whatever is drawn in figures is said in the alternative text too.
func TestAlternativeTextHasAllNumbers(t *testing.T) {
	for _, p := range plans(madeUp(t, disclosetest.Study())) {
		checked := 0
		for _, m := range p.draw(wideWidth).marks {
			text, ok := m.(textMark)
			s := strings.Trim(text.s, "()")
			if !ok || text.tint == soft || !interval.MatchString(s) && !strings.HasSuffix(s, "%") && !(counts[p.table] && figure.MatchString(s)) {
				continue
			}
			checked++
			if !strings.Contains(p.alt, s) {
				t.Errorf("%s: %q is not in %q", p.id, s, p.alt)
			}
		}
		if checked < 2 {
			t.Errorf("%s: %d numbers found", p.id, checked)
		}
	}
}

func TestIDsAreUniqueAndPlain(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range plans(disclosetest.Release(t)) {
		if seen[p.id] || strings.Trim(p.id, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Errorf("id %q", p.id)
		}
		seen[p.id] = true
	}
}

// title draws the example with some estimates changed, and returns one title.
func title(t *testing.T, id string, change map[string]float64) string {
	t.Helper()
	r := edited(t, disclosetest.Study(), func(k disclose.Key, base int) (float64, bool) {
		if k.Contrast != "" {
			return change[k.Survey+" "+k.Measure+" "+k.Category+" "+k.Versus], true
		}
		name := k.Measure + " " + k.Statistic + " " + k.Level
		if v, ok := change[k.Survey+" "+k.Wave+" "+name]; ok {
			return v, true
		}
		v, ok := agreeing[name]
		return v, ok
	})
	drawn := plans(r)
	i := slices.IndexFunc(drawn, func(p plan) bool { return p.id == id })
	if i < 0 {
		t.Fatalf("no figure %s", id)
	}
	return drawn[i].title
}

func TestTitlesClaimWhatIntervalsCarry(t *testing.T) {
	for _, c := range []struct {
		name, id string
		change   map[string]float64
		want     string
	}{
		{"all gaps clear", "side-by-side", nil, "Will is above ability and capacity in every survey"},
		{"one gap may be 0", "side-by-side", map[string]float64{"crn 2020 ability_gap mean ": 3.9}, "Will is above capacity in every survey"},
		{"no gap is clear", "side-by-side", map[string]float64{"crn 2020 ability_gap mean ": 3.9, "rcp 2020 capacity_gap mean ": -5}, "Will, ability and capacity side by side"},
		{"first barrier clear", "barriers-rcp", nil, "Lack of time is named most: 55% of respondents"},
		{"two barriers level", "barriers-rcp", map[string]float64{"rcp 2023 barriers share funding": 47.5}, "What stands in the way, Royal College of Physicians 2023"},
		{"parts add up", "finding", nil, "Of the willing, 74% reported they lack capacity or ability"},
		{"shares apart", "items-rcp", nil, "Positive answers range from 16% to 73%"},
		{"one group differs", "capacity-gap-by-staff-group-rcp", map[string]float64{"rcp capacity_gap nursing rest": 15}, "Capacity gap: one group stands out from the rest"},
		{"two groups differ", "capacity-gap-by-staff-group-rcp", map[string]float64{"rcp capacity_gap nursing rest": 15, "rcp capacity_gap ahp rest": -22}, "Capacity gap: two groups stand out from the rest"},
		{"a group of low reliability differs", "capacity-gap-by-staff-group-rcp", map[string]float64{"rcp capacity_gap scientists rest": 60}, "Capacity gap by staff group, Royal College of Physicians 2023"},
		{"no group differs", "capacity-gap-by-staff-group-rcp", nil, "Capacity gap by staff group, Royal College of Physicians 2023"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := title(t, c.id, c.change); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestGroupsThatStandOut(t *testing.T) {
	s := newStory(disclosetest.Release(t))
	row := disclose.Row{Estimate: number.Of(20), Lower: number.Of(15), Upper: number.Of(25), Base: number.Of(100), EffectiveBase: number.Of(90)}
	entries := []entry{{label: "Nursing", row: row, stands: true}, {label: "Medical", row: row}}
	w := reports.Wave{Survey: "rcp", Wave: "2023"}
	if got, want := s.groupTitle("Capacity gap", "Staff group", w, entries), "Capacity gap: one group stands out from the rest"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	entries[1].stands = true
	if got, want := s.groupTitle("Capacity gap", "Staff group", w, entries), "Capacity gap: two groups stand out from the rest"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	c := &canvas{w: wideWidth}
	rowChart{key: groupKey(entries, absent(), capacity), places: 1, overall: absent(), entries: entries[:1]}.layout(c)
	diamonds := 0
	for _, m := range c.marks {
		if p, ok := m.(pathMark); ok && p.closed && p.fill == capacity {
			diamonds++
		}
	}
	if diamonds != 1 {
		t.Errorf("%d diamonds, want the row's", diamonds)
	}
}

func TestShapes(t *testing.T) {
	low := disclose.Row{Flags: "u", Estimate: number.Of(1)}
	for _, c := range []struct {
		entry entry
		want  shape
		label string
	}{
		{entry{label: "A"}, dot, "A"},
		{entry{label: "A", stands: true}, diamond, "A"},
		{entry{label: "A", row: low}, hollow, "A [u]"},
		{entry{label: "A", row: low, stands: true}, hollow, "A [u]"},
	} {
		if got := c.entry.shape(); got != c.want {
			t.Errorf("%+v: shape %v, want %v", c.entry, got, c.want)
		}
		if got := flagged(c.entry.label, c.entry.row); got != c.label {
			t.Errorf("%+v: label %q, want %q", c.entry, got, c.label)
		}
	}
}

// A hidden number leaves no digit in its figure but those of axes and sizes.
func TestHiddenNumbersAreCodes(t *testing.T) {
	for _, p := range plans(disclosetest.Of(t, suppressed())) {
		if p.table == reports.TableRows { // counts of rows are hidden by a rule of their own
			continue
		}
		codes := 0
		for _, m := range p.draw(wideWidth).marks {
			text, ok := m.(textMark)
			switch {
			case !ok || text.tint == soft || text.s == "(54.1 to 59.8)": // that of a published figure
			case text.s == "[c]":
				codes++
			case strings.HasSuffix(text.s, "%") || interval.MatchString(text.s):
				t.Errorf("%s shows %q", p.id, text.s)
			}
		}
		if codes == 0 {
			t.Errorf("%s shows no code", p.id)
		}
		if !strings.Contains(p.alt, "[c]") {
			t.Errorf("%s: alternative text %q", p.id, p.alt)
		}
		if !slices.ContainsFunc(p.notes, func(n string) bool { return strings.HasPrefix(n, "[c] ") }) {
			t.Errorf("%s does not explain [c]: %q", p.id, p.notes)
		}
	}
}

func TestWrap(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("abc WMil –é研 ")), 0, 120, -1).Draw(rt, "text")
		limit := rapid.Float64Range(30, 300).Draw(rt, "limit")
		lines := wrap(s, limit, labelSize, false, 4)
		if len(lines) == 0 || len(lines) > 4 {
			rt.Fatalf("%d lines", len(lines))
		}
		for _, l := range lines {
			if width(l, labelSize, false) > limit+.001 {
				rt.Fatalf("%q is wider than %g", l, limit)
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		joined := squeeze(strings.Join(lines, ""))
		if cut, found := strings.CutSuffix(joined, "…"); found {
			if !strings.HasPrefix(squeeze(s), cut) {
				rt.Fatalf("%q is no beginning of %q", cut, s)
			}
		} else if joined != squeeze(s) {
			rt.Fatalf("%q became %q", s, lines)
		}
	})
}

func TestAxesCoverTheirData(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lo := rapid.Float64Range(-100, 100).Draw(rt, "lo")
		hi := lo + rapid.Float64Range(0, 200).Draw(rt, "span")
		a := newAxis(lo, hi, 10, rapid.Float64Range(150, 400).Draw(rt, "end"))
		if a.lo > lo || a.hi < hi || a.at(lo) < a.x0 || a.at(hi) > a.x1+1e-9 {
			rt.Fatalf("%v does not cover %g to %g", a, lo, hi)
		}
		for i := range a.ticks[1:] {
			if d := a.at(a.ticks[i+1]) - a.at(a.ticks[i]); d < tickGap-1e-9 {
				rt.Fatalf("ticks %g apart: %v", d, a)
			}
		}
	})
}

func TestTensAxisStaysInItsScale(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lo := rapid.Float64Range(0, 100).Draw(rt, "lo")
		hi := rapid.Float64Range(lo, 100).Draw(rt, "hi")
		a := tensAxis(lo, hi, 40, 100, rapid.Float64Range(180, 500).Draw(rt, "end"))
		if a.lo > lo || a.hi < hi || a.lo < 0 || a.hi > 100 || a.hi-a.lo < 40 {
			rt.Fatalf("%v for %g to %g", a, lo, hi)
		}
	})
}
