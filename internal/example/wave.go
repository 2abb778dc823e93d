package example

import "time"

// wave is one round of a survey and the dirt that is planted in its export.
type wave struct {
	survey, id, file, platform string

	stream      uint64
	people      []person
	from        time.Time
	days        int
	respondents int
	more        int    // further questions
	shift       traits // what everyone has more or less of in this wave
	comments    []string

	previews, tests, spam, empty, unfinished, screenedOut, duplicates int

	blanks   int    // wholly blank records in the middle of the file
	tail     int    // and after its last respondent
	rejected damage // answers that nothing can read

	trusts []trust
	write  func(wave, []record) ([]byte, error)
}

// damage is answers spoilt in one column, each of another respondent.
type damage struct {
	column string
	count  int
	spoil  func(*record)
}

const (
	trustCount   = 64
	staffCount   = 1500
	firstStream  = 1
	streamOffset = 10
)

func careWaves() []wave {
	trusts := newTrusts(newSource(firstStream), trustCount)
	staff := newStaff(newSource(firstStream+1), trusts, staffCount)
	physicians := newPhysicians(newSource(firstStream+2), 2200)

	waves := []wave{
		{
			survey: "rdforum", id: "2020", file: "exports/rdforum-2020.csv", platform: "surveymonkey",
			from: day(2020, time.January, 13), days: 32, respondents: 431, shift: traits{60, 190, 130},
			people: of(staff, 0, 50), comments: comments, empty: 4, screenedOut: 3, duplicates: 3, blanks: 1,
			write: surveyMonkey2020,
		}, {
			survey: "rdforum", id: "2022", file: "exports/rdforum-2022.csv", platform: "surveymonkey",
			from: day(2022, time.January, 17), days: 28, respondents: 388, shift: traits{70, 180, -60},
			people: of(staff, 9, trustCount), comments: comments, empty: 3, screenedOut: 2, duplicates: 2, tail: 3,
			rejected: damage{experienceHeading, 3, func(r *record) { r.spoiltExperience = true }},
			write:    surveyMonkey2022,
		}, {
			survey: "rcp", id: "2020", file: "exports/rcp-2020.csv", platform: "qualtrics",
			from: day(2020, time.January, 6), days: 40, respondents: 1137,
			people: physicians, comments: comments, previews: 3, tests: 4, spam: 2, empty: 6, unfinished: 38, duplicates: 4, blanks: 1,
			write: qualtrics2020,
		}, {
			survey: "rcp", id: "2023", file: "exports/rcp-2023-final.xlsx", platform: "qualtrics",
			from: day(2023, time.March, 1), days: 45, respondents: 862, shift: traits{10, 30, -190},
			people: physicians, comments: comments, previews: 2, tests: 3, spam: 2, empty: 5, unfinished: 27, duplicates: 3, blanks: 1,
			write: qualtrics2023,
		}, {
			survey: "crn", id: "2020", file: "exports/crn-2020.xlsx", platform: "msforms",
			from: day(2020, time.January, 20), days: 30, respondents: 324, shift: traits{110, 160, 170},
			people: staff, comments: comments, empty: 3, blanks: 1,
			rejected: damage{formsBarriers, 4, func(r *record) { r.ownTicked = true }},
			write:    forms2020,
		}, {
			survey: "crn", id: "2023", file: "exports/crn-2023.csv", platform: "msforms",
			from: day(2023, time.February, 6), days: 30, respondents: 187, shift: traits{90, 190, -40},
			people: staff, comments: comments, empty: 2, duplicates: 2, blanks: 1,
			write: forms2023,
		},
	}
	for i := range waves {
		waves[i].stream, waves[i].trusts = uint64(streamOffset+i), trusts
	}
	return waves
}

func minimalWaves() []wave {
	const stream = 90
	trusts := newTrusts(newSource(stream), 1)
	return []wave{{
		survey: "staff", id: "2024", file: "exports/staff-2024.csv", platform: "generic",
		stream: stream + 2, people: newStaff(newSource(stream+1), trusts, 400), trusts: trusts,
		from: day(2024, time.May, 7), days: 14, respondents: 204, shift: traits{0, 120, 420}, empty: 2, duplicates: 1,
		write: plainTable,
	}}
}

// of returns those who work in the trusts from low to high, high left out.
func of(staff []person, low, high int) []person {
	var some []person
	for _, p := range staff {
		if p.trust >= low && p.trust < high {
			some = append(some, p)
		}
	}
	return some
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 7, 0, 0, 0, time.UTC)
}
