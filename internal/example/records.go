package example

import (
	"cmp"
	"slices"
	"time"
)

// Why a row is none of the respondents', in the order in which reasons apply.
const (
	counted     = ""
	preview     = "preview"
	test        = "test"
	spam        = "spam"
	empty       = "empty"
	unfinished  = "unfinished"
	screenedOut = "screened_out"
	duplicate   = "duplicate"
)

var reasons = []string{preview, test, spam, empty, unfinished, screenedOut, duplicate}

// The pages of a questionnaire; a record holds the last one that was sent.
const (
	pageProfile = iota + 1
	pageAgree
	pageRate
	pageTicks
)

// record is one row of an export before it is put into a platform's words. A
// blank one has number 0.
type record struct {
	person
	answers

	reason     string // counted, or why it is to be set aside
	number     int    // from 1 in the order of the file; a duplicate has that of its twin
	start, end time.Time
	page       int  // last page sent
	mailed     bool // gave an e-mail address
	noTrust    bool
	noProfile  [4]bool // which of staff group, region, setting and sex are blank

	spoiltExperience bool
	ownTicked        bool
}

func (r record) isBlank() bool { return r.number == 0 }

func (r record) seconds() int { return int(r.end.Sub(r.start) / time.Second) }

// records draws the rows of the export in its order.
func (w wave) records() []record {
	s := newSource(w.stream)
	plan := w.plan()
	chosen := s.sample(len(plan), len(w.people))
	all := make([]record, 0, len(plan)+w.duplicates+w.blanks+w.tail)
	for i, reason := range plan {
		all = append(all, w.draw(s, w.people[chosen[i]], reason))
	}
	slices.SortStableFunc(all, func(a, b record) int { return cmp.Or(a.start.Compare(b.start), cmp.Compare(a.email, b.email)) })
	for i := range all {
		all[i].number = i + 1
	}
	w.damage(s, all)
	all = w.double(s, all)
	for range w.blanks {
		all = slices.Insert(all, s.between(len(all)/3, len(all)/2), record{})
	}
	return append(all, make([]record, w.tail)...)
}

// plan lists why each row is to be set aside, duplicates apart.
func (w wave) plan() []string {
	var plan []string
	for _, p := range []struct {
		reason string
		count  int
	}{
		{counted, w.respondents}, {preview, w.previews}, {test, w.tests}, {spam, w.spam},
		{empty, w.empty}, {unfinished, w.unfinished}, {screenedOut, w.screenedOut},
	} {
		plan = append(plan, slices.Repeat([]string{p.reason}, p.count)...)
	}
	return plan
}

func (w wave) draw(s source, p person, reason string) record {
	r := record{person: p, reason: reason, page: pageTicks, mailed: s.chance(620)}
	r.start = w.from.Add(time.Duration(s.below(w.days*24*60*60)) * time.Second)
	r.end = r.start.Add(time.Duration(s.between(170, 1500)) * time.Second)
	if s.chance(15) {
		r.end = r.end.Add(time.Duration(s.between(10, 90)) * time.Hour)
	}
	r.answers = answer(s, p.has.plus(w.shift), w.comments)
	r.more = further(s, p.has.plus(w.shift), w.more)
	for i := range r.noProfile {
		r.noProfile[i] = s.chance(12)
	}
	switch reason {
	case empty:
		r.stopAfter(pageProfile)
	case unfinished:
		r.stopAfter(s.between(pageAgree, pageRate))
	case screenedOut:
		r.noTrust = true
	}
	return r
}

// stopAfter takes away what comes after the last page that was sent.
func (r *record) stopAfter(page int) {
	r.page = page
	r.end = r.start.Add(r.end.Sub(r.start) / 4)
	r.comment, r.own, r.barriers, r.helps = "", "", 0, 0
	if page < pageRate {
		r.rate = [ratings]int{}
	}
	if page < pageAgree {
		r.agree = [agreements]int{}
		r.more = make([]int, len(r.more))
	}
}

// damage spoils answers of respondents, spread over the file.
func (w wave) damage(s source, all []record) {
	for left := w.rejected.count; left > 0; {
		r := &all[s.below(len(all))]
		if r.reason != counted || r.spoiltExperience || r.ownTicked {
			continue
		}
		w.rejected.spoil(r)
		left--
	}
}

// double repeats respondents under their own id. The copy was completed earlier
// and is to be set aside; it stands before its twin, except that the first one
// stands last in the file: it is not the order of rows that decides.
func (w wave) double(s source, all []record) []record {
	var respondents []record
	for _, r := range all {
		if r.reason == counted {
			respondents = append(respondents, r)
		}
	}
	for i, at := range s.sample(w.duplicates, len(respondents)) {
		copied := respondents[at]
		copied.reason = duplicate
		copied.start, copied.end = copied.start.Add(-26*time.Hour), copied.end.Add(-26*time.Hour)
		copied.agree[wantMore] = 1
		if i == 0 {
			all = append(all, copied)
			continue
		}
		twin := slices.IndexFunc(all, func(r record) bool { return r.number == copied.number && r.reason == counted })
		all = slices.Insert(all, twin, copied)
	}
	return all
}
