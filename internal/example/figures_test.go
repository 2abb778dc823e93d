package example

import "testing"

// respondents of a wave of the care study.
func respondents(t *testing.T, survey, id string) []record {
	t.Helper()
	for _, w := range careWaves() {
		if w.survey != survey || w.id != id {
			continue
		}
		var out []record
		for _, r := range w.records() {
			if !r.isBlank() && r.reason == counted {
				out = append(out, r)
			}
		}
		return out
	}
	t.Fatalf("no wave %s %s", survey, id)
	return nil
}

// percent of those for whom known holds that yes holds too.
func percent(records []record, known, yes func(record) bool) float64 {
	n, of := 0, 0
	for _, r := range records {
		if !known(r) {
			continue
		}
		of++
		if yes(r) {
			n++
		}
	}
	return 100 * float64(n) / float64(of)
}

func scored(item int) func(record) bool {
	return func(r record) bool { return r.agree[item] >= 1 && r.agree[item] <= 5 }
}

func agrees(item int) func(record) bool {
	return func(r record) bool { return r.agree[item] == 4 || r.agree[item] == 5 }
}

func everyone(record) bool { return true }

// The figures lie near those that the surveys' owners published.
func TestFiguresAreNearThePublishedOnes(t *testing.T) {
	all := respondents(t, "rcp", "2020")
	if len(all) != 1137 {
		t.Errorf("%d respondents, published are 1,137", len(all))
	}
	for _, c := range []struct {
		what      string
		got       float64
		low, high float64
	}{
		{"want more", percent(all, scored(wantMore), agrees(wantMore)), 53, 61},
		{"name time", percent(all, everyone, func(r record) bool { return r.barriers&1 == 1 }), 49, 57},
		{"have time", percent(all, scored(timeForIt), agrees(timeForIt)), 20, 32},
	} {
		if c.got < c.low || c.got > c.high {
			t.Errorf("%s: %.1f%%, want %.0f to %.0f", c.what, c.got, c.low, c.high)
		}
	}
}

// Groups differ in the direction that the surveys found.
func TestGroupsDiffer(t *testing.T) {
	all := respondents(t, "rcp", "2020")
	rural := func(r record) bool { return scored(wantMore)(r) && r.setting == 0 }
	city := func(r record) bool { return scored(wantMore)(r) && r.setting == 1 }
	if a, b := percent(all, rural, agrees(wantMore)), percent(all, city, agrees(wantMore)); a < b+4 {
		t.Errorf("rural %.1f%% and city %.1f%% want more; want rural clearly higher", a, b)
	}
	women := func(r record) bool { return scored(timeForIt)(r) && r.sex == 0 }
	men := func(r record) bool { return scored(timeForIt)(r) && r.sex == 1 }
	if a, b := percent(all, women, agrees(timeForIt)), percent(all, men, agrees(timeForIt)); a > b-4 {
		t.Errorf("%.1f%% of women and %.1f%% of men have time; want women clearly lower", a, b)
	}
	later := respondents(t, "rcp", "2023")
	if a, b := percent(all, scored(timeForIt), agrees(timeForIt)), percent(later, scored(timeForIt), agrees(timeForIt)); b >= a {
		t.Errorf("%.1f%% have time in 2020 and %.1f%% in 2023; want fewer", a, b)
	}
}

func TestTwoStaffGroupsAreTiny(t *testing.T) {
	counts := map[int]int{}
	for _, r := range respondents(t, "rdforum", "2022") {
		counts[r.staff]++
	}
	tiny := 0
	for _, n := range counts {
		if n < 10 {
			tiny++
		}
	}
	if len(counts) != len(staffWeights) || tiny != 2 {
		t.Errorf("%d staff groups, of which %d are under ten; want %d and 2", len(counts), tiny, len(staffWeights))
	}
}

// Waves share trusts, and some people are in both surveys under one address.
func TestWavesShareTrustsAndPeople(t *testing.T) {
	type set = map[string]bool
	gather := func(survey, id string, of func(record) string) set {
		out := set{}
		for _, r := range respondents(t, survey, id) {
			if v := of(r); v != "" {
				out[v] = true
			}
		}
		return out
	}
	shared := func(a, b set) int {
		n := 0
		for v := range a {
			if b[v] {
				n++
			}
		}
		return n
	}
	trusts := func(r record) string { return string(rune('A' + r.trust)) }
	first, second := gather("rdforum", "2020", trusts), gather("rdforum", "2022", trusts)
	if n := shared(first, second); n < 20 || n == len(first) || n == len(second) {
		t.Errorf("waves of %d and %d trusts share %d; want many, and some of each alone", len(first), len(second), n)
	}
	mail := func(r record) string { return unless(!r.mailed, r.email) }
	if n := shared(gather("rdforum", "2020", mail), gather("crn", "2020", mail)); n < 10 {
		t.Errorf("%d people are known to be in both surveys, want at least 10", n)
	}
}

// Answers within a trust are alike: the design effect of the share with time
// exceeds one.
func TestTrustsAreAlike(t *testing.T) {
	all := respondents(t, "rdforum", "2022")
	mean, n := 0.0, 0.0
	for _, r := range all {
		if scored(timeForIt)(r) {
			mean += float64(r.agree[timeForIt])
			n++
		}
	}
	mean /= n
	within, total := map[int]float64{}, 0.0
	for _, r := range all {
		if scored(timeForIt)(r) {
			d := float64(r.agree[timeForIt]) - mean
			within[r.trust] += d
			total += d * d
		}
	}
	between := 0.0
	for trust := range trustCount {
		between += within[trust] * within[trust]
	}
	if deff := between / total; deff < 1.2 {
		t.Errorf("design effect about %.2f, want above 1.2", deff)
	}
}
