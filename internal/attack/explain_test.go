package attack

import (
	"fmt"
	"slices"
	"strings"
)

// explain names the fewest published rows, by leaving out what is not needed, from
// which a target is still recovered.
func (w *world) explain(pub *published, t *target) string {
	recovered := func(rows []int) *target {
		use := make(map[int]bool, len(rows))
		for _, i := range rows {
			use[i] = true
		}
		a := newAttacker(w.study, pub, w.rules, func(i int) bool { return use[i] })
		all := w.targets(a)
		s := w.search(a, slices.DeleteFunc(all, func(x *target) bool { return !x.same(t) })[:1], effort{true, searching})
		if s.run() != nil || s.targets[0].found == "" {
			return nil
		}
		return s.targets[0]
	}
	rows := make([]int, len(pub.rows))
	for i := range rows {
		rows[i] = i
	}
	if recovered(rows) == nil {
		return "not to be had alone"
	}
	for size := (len(rows) + 1) / 2; ; size = (size + 1) / 2 {
		for from := 0; from < len(rows); {
			without := slices.Delete(slices.Clone(rows), from, min(from+size, len(rows)))
			if recovered(without) != nil {
				rows = without
				continue
			}
			from += size
		}
		if size == 1 {
			break
		}
	}
	last := recovered(rows)
	var b strings.Builder
	fmt.Fprintf(&b, "%s, by %s\n", w.words(t, last), last.found)
	for _, i := range rows {
		fmt.Fprintf(&b, "    %s\n", pub.rows[i].words())
	}
	for key, n := range pub.respondents {
		if key == [2]string{t.key.Survey, t.key.Wave} {
			fmt.Fprintf(&b, "    respondents of that survey and wave: %d\n", n)
		}
	}
	return b.String()
}

// same reports whether two targets, of attacks on one release, are one.
func (t *target) same(o *target) bool {
	return t.kind == o.kind && fmt.Sprint(t.count, t.sum, t.base) == fmt.Sprint(o.count, o.sum, o.base)
}

func (w *world) words(t, last *target) string {
	if t.count == nil {
		return fmt.Sprintf("%s %s: %.4f", t.kind, keyWords(line{Key: t.key}), 100*t.truth)
	}
	return fmt.Sprintf("%s of %s: %g, between %g and %g", t.kind, keyWords(line{Key: t.key}), t.truth, last.low, last.high)
}

func keyWords(l line) string {
	words := []string{l.Measure, l.Statistic, l.Level, l.Survey + "/" + l.Wave}
	if l.Breakdown != "" {
		words = append(words, l.Breakdown+"="+l.Category)
	}
	if l.Contrast != "" {
		words = append(words, "minus", l.Contrast, l.Versus)
	}
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), " ")
}

// words are a row as a person would read it out.
func (l line) words() string {
	if !l.shown() {
		return keyWords(l) + ": [" + l.status + "]"
	}
	return fmt.Sprintf("%s: %g (se %g), base %g, df %g", keyWords(l), l.estimate.value, l.se.value, l.base.value, l.df.value)
}
