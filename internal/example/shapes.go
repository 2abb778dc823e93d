package example

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The studies that are made for their shape: what is written about a release must
// hold whether there is hardly anything to show, far too much, or words that are
// long or run from right to left.

// Streams of random numbers: that of a shape's people, and those of its waves after it.
const (
	hiddenStream    = 1000
	ungroupedStream = 1100
	longStream      = 1200
	scriptsStream   = 1300
	largeStream     = 1400
)

// shape makes the waves of a study of people of its own.
func shape(stream uint64, size int, waves []wave) []wave {
	trusts := newTrusts(newSource(stream), 30)
	people := newStaff(newSource(stream+1), trusts, size)
	for i := range waves {
		w := &waves[i]
		w.stream, w.trusts, w.people = stream+2+uint64(i), trusts, people //gosec:disable G115 -- the number of a wave
		w.file = fmt.Sprintf("exports/%s-%d.csv", w.survey, w.from.Year())
		w.platform, w.days = "generic", 20
		w.empty, w.duplicates = 1, 1
	}
	return waves
}

func march(year int) time.Time { return day(year, time.March, 4) }

// hiddenWaves are smaller than what the study may show, but for one question that
// everyone saw in the wave of 2024.
func hiddenWaves() []wave {
	asks := append(agreeAsks(plainAgree, agreeLabels), rateAsks(plainRate)...)
	asks[worthIt].all = true
	asks = append(asks,
		profileAsk("Staff group", plainStaff, 0, staffOf),
		profileAsk("Region", append([]string{""}, regions...), 1, regionOf))
	f := form{number: "Number", sent: "Sent", asks: asks, ticks: []tickAll{{"What stands in your way?", plainBarriers, barriersOf}}, first: 96}
	return shape(hiddenStream, 400, []wave{
		{survey: "staff", id: "2022", from: march(2022), respondents: 62, write: f.write},
		{survey: "staff", id: "2024", from: march(2024), respondents: 150, write: f.write},
		{survey: "leaders", id: "2024", from: march(2024), respondents: 45, write: f.write},
	})
}

// ungroupedWaves say nothing about who the respondents are.
func ungroupedWaves() []wave {
	barriers := tickAll{"What stands in your way?", plainBarriers, barriersOf}
	helps := tickAll{"What would help you?", plainHelps, helpsOf}
	of := func(ticks []tickAll, left ...string) func(wave, []record) ([]byte, error) {
		asks := append(agreeAsks(plainAgree, agreeLabels), rateAsks(plainRate)...)
		asks = slices.DeleteFunc(asks, func(a ask) bool { return slices.Contains(left, a.heading) })
		return form{number: "Number", sent: "Sent", asks: asks, ticks: ticks}.write
	}
	nurses := of([]tickAll{barriers, helps})
	pharmacists := of([]tickAll{barriers, helps}, plainAgree[partOfJob], plainRate[cover])
	therapists := of([]tickAll{barriers}, plainAgree[pressure])
	return shape(ungroupedStream, 500, []wave{
		{survey: "nurses", id: "2021", from: march(2021), respondents: 121, write: nurses},
		{survey: "nurses", id: "2024", from: march(2024), respondents: 134, shift: traits{60, 90, -330}, write: nurses},
		{survey: "pharmacists", id: "2021", from: march(2021), respondents: 96, shift: traits{0, 100, 200}, write: pharmacists},
		{survey: "pharmacists", id: "2024", from: march(2024), respondents: 88, shift: traits{0, 150, 120}, write: pharmacists},
		{survey: "therapists", id: "2020", from: march(2020), respondents: 74, shift: traits{200, 0, 0}, write: therapists},
		{survey: "therapists", id: "2023", from: march(2023), respondents: 81, shift: traits{-200, 0, -100}, write: therapists},
	})
}

// longWaves have names of 120 characters in all places. The first survey's export
// has numbers for them, the other's the words.
func longWaves() []wave {
	of := func(as func([]string) []string) func(wave, []record) ([]byte, error) {
		asks := append(agreeAsks(longAgree, as(longAgreeLabels)), halvedAsks(longRate, as(longRateLabels))...)
		asks = append(asks,
			profileAsk(longHeads[2], as(longStaff), 0, staffOf),
			profileAsk(longHeads[3], as(longRegions), 1, regionOf),
			profileAsk(longHeads[4], as(longSettings), 2, settingOf))
		options := func(labels []string) []string { return as(append([]string{""}, labels...))[1:] }
		ticks := []tickAll{{longHeads[0], options(longBarriers), barriersOf}, {longHeads[1], options(longHelps), helpsOf}}
		return form{number: longMeta[0], sent: longMeta[1], asks: asks, ticks: ticks}.write
	}
	words := func(labels []string) []string { return labels }
	return shape(longStream, 600, []wave{
		{survey: "first", id: "2021", from: march(2021), respondents: 210, write: of(numbered)},
		{survey: "first", id: "2024", from: march(2024), respondents: 230, shift: traits{80, 60, -250}, write: of(numbered)},
		{survey: "second", id: "2024", from: march(2024), respondents: 120, shift: traits{0, 300, 0}, write: of(words)},
	})
}

// scriptsWaves are in Arabic, Hebrew and emoji.
func scriptsWaves() []wave {
	asks := append(agreeAsks(scriptsAgree, scriptsAgreeLabels), halvedAsks(scriptsRate, scriptsFaces)...)
	asks = append(asks,
		profileAsk("مجموعتك المهنية", scriptsStaff, 0, staffOf),
		profileAsk("האזור שלך 🗺️", scriptsRegions, 1, regionOf))
	f := form{number: "رقم", sent: "أُرسل في", asks: asks, ticks: []tickAll{
		{"ما الذي يعيقك؟", scriptsBarriers, barriersOf}, {"מה היה עוזר לך?", scriptsHelps, helpsOf},
	}}
	return shape(scriptsStream, 600, []wave{
		{survey: "tamrid", id: "2021", from: march(2021), respondents: 160, write: f.write},
		{survey: "tamrid", id: "2024 🌱", from: march(2024), respondents: 190, shift: traits{60, 0, -240}, write: f.write},
		{survey: "rofim", id: "2021", from: march(2021), respondents: 130, shift: traits{0, 300, 0}, write: f.write},
		{survey: "rofim", id: "2024 🌱", from: march(2024), respondents: 110, shift: traits{0, 340, -200}, write: f.write},
	})
}

// largeWaves are eight surveys of six waves, each with most of 40 questions.
func largeWaves() []wave {
	var waves []wave
	for k, survey := range professions {
		for year := 2019; year <= 2024; year++ {
			drift := traits{15 * (year - 2019) * (k%3 - 1), 40 * (year - 2019), -30 * (year - 2019) * (k % 2)}
			waves = append(waves, wave{
				survey: survey, id: fmt.Sprint(year), from: march(year), more: len(plainMore), shift: drift,
				respondents: 38 + (17*k+11*year)%34, write: largeForm(k).write,
			})
		}
	}
	return shape(largeStream, 1200, waves)
}

// largeForm is that of the profession k: of the further questions one in eleven is
// not asked, and one in seven in words that are a little different.
func largeForm(k int) form {
	asks := append(agreeAsks(plainAgree, agreeLabels), rateAsks(plainRate)...)
	for i, heading := range plainMore {
		asks = append(asks, moreAsk(k, i, heading)...)
	}
	asks = append(asks, profileAsk("Setting", plainSetting, 2, settingOf))
	return form{number: "Number", sent: "Sent", asks: asks, ticks: []tickAll{
		{"What stands in your way?", plainBarriers, barriersOf}, {"What would help you?", plainHelps, helpsOf},
	}}
}

func moreAsk(k, i int, heading string) []ask {
	const before = agreements + ratings
	if (before+i+3*k)%11 == 0 {
		return nil
	}
	if (before+i+k)%7 == 0 {
		heading = "To what extent: " + heading
	}
	labels := extents
	if i >= len(plainMore)/2 {
		labels = strings.Split(",1,2,3,4,5,Unsure", ",")
	}
	return []ask{{heading: heading, labels: labels, code: func(r record) int { return r.more[i] }}}
}
