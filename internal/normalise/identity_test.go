package normalise

import (
	"bytes"
	"testing"

	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/study"
)

const peopleBook = "version: 1\nid: ID\nperson: Email\nitems: {want: {column: Q1}}\n"

// People are told by their e-mail address, however it is written; who gave none,
// or is anonymous, is nobody.
func TestPersons(t *testing.T) {
	l := load(t, testFramework, peopleBook, lines("ID,Email,Q1", "1,a@example.org,Agree", "2, A@Example.org ,Agree", "3,b@example.org,Agree", "4,,Agree", "5,anonymous,Agree", "6,\u00a0,Agree")).quiet(t)
	var none Hash
	p := func(i int) Hash { return l.rows[i].Person }
	if p(0) == none || p(0) != p(1) || p(0) == p(2) {
		t.Errorf("persons %x, %x, %x", p(0), p(1), p(2))
	}
	for i := 3; i < 6; i++ {
		if p(i) != none {
			t.Errorf("respondent %d is a person", i+1)
		}
	}
}

// A hash depends on the key and on what it is of: the same text as an id and as a
// person, or in another survey, is another hash.
func TestHashesAreKeyed(t *testing.T) {
	s, _ := studyOf(t, testFramework, peopleBook, lines("ID,Email,Q1", "x@example.org,x@example.org,Agree"))
	schema := NewSchema(s)
	planOf := func(survey string) *plan {
		return &plan{schema: schema, survey: &study.Survey{ID: survey}, wave: s.Surveys[0].Waves[0], file: &export.File{Name: "exports/a.csv"}, names: NewWaveNames(schema), psuVariable: -1}
	}
	a, other, keyed := newWorker(planOf("staff"), []byte("one key")), newWorker(planOf("other"), []byte("one key")), newWorker(planOf("staff"), []byte("another key"))
	text := []byte("x@example.org")
	seen := map[Hash]bool{}
	for _, h := range []Hash{
		a.hash(a.prefixes.respondent, text), other.hash(other.prefixes.respondent, text), keyed.hash(keyed.prefixes.respondent, text),
		a.hash(a.prefixes.person, text), keyed.hash(keyed.prefixes.person, text), a.hash(a.prefixes.person, text[:5]), a.hash(a.prefixes.place, text),
	} {
		if seen[h] {
			t.Errorf("hash %x comes twice", h)
		}
		seen[h] = true
	}
	if a.hash(a.prefixes.person, text) != other.hash(other.prefixes.person, bytes.Clone(text)) {
		t.Error("a person of two surveys has two hashes")
	}
	l := load(t, testFramework, peopleBook, lines("ID,Email,Q1", "x@example.org,x@example.org,Agree")).quiet(t)
	if l.rows[0].ID == l.rows[0].Person {
		t.Error("an id and a person of one text have one hash")
	}
}
