package personal

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestOf(t *testing.T) {
	for text, want := range map[string]Kind{
		"a.person@example.org": Mail, " a.person@example.org ": Mail, "mailto:a@b.example": Mail, "at noon @ home": None, "@handle": None,
		"192.0.2.17": IP, "192.0.2.17:8080": IP, "2001:db8::1": IP, "2001:db8:0:0:0:ff00:42:8329": IP, "12:30:45": None, "1.2.3": None,
		"SW1A 1AA": Postcode, "ls29jt": Postcode, "RJ1": None, "R1H": None, "RA723": None, "Band 7": None,
		"07700 900123": Phone, "+44 7700 900123": Phone, "(020) 7946 0018": Phone, "7700900123": Phone, "0123": None,
		"943 476 5919": NHSNumber, "9434765919": NHSNumber, "9434765918": None, "1111111111": None, "3126807211": None,
		"QQ 12 34 56 C": None, "AB 12 34 56 C": Insurance,
		"Jane Smith": Name, "Dr Okafor": Name, "Smith, Jane": Name, "John O'Brien": Name, "Mary-Ann Jones": None, "Sarah J. Lee": Name,
		"Staff Nurse": None, "Strongly Agree": None, "Leeds Teaching Hospitals": None, "jane smith": None, "2024-03-31": None, "Yes": None, "": None,
	} {
		if got := Of(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestHoldsAndMask(t *testing.T) {
	for text, want := range map[string]Kind{
		"write to a.person@example.org please": Mail, "ring 07700 900123": Phone, "I live in LS2 9JT now": Postcode,
		"in 2019-2020 we had 12 beds": None, "Band 7 or 8a": None,
	} {
		if got := Holds(text); got != want {
			t.Errorf("%q holds %q, want %q", text, got, want)
		}
		if masked := Mask(text); (masked == text) != (want == None) || Holds(masked) != None {
			t.Errorf("%q is masked as %q", text, masked)
		}
	}
}

// What is surely personal looks so, whatever stands around it.
func TestLooks(t *testing.T) {
	mails := rapid.StringMatching(`[a-z]{1,8}\.[a-z]{1,8}@[a-z]{2,8}\.(org|uk)`)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[A-Za-z ]{0,10}`).Draw(t, "before") + mails.Draw(t, "mail")
		if !Looks(text) || Quotable(text, 500) {
			t.Fatalf("%q may be quoted", text)
		}
	})
	for text, want := range map[string]bool{
		"2019-2020": false, "1990 - 1999": false, "16-25 hours": false, "$50,000 - $99,999": false, "150000": true, strings.Repeat("x", 61): true,
		"07700 900123": true, "2019-2020 900123": true,
	} {
		if got := Looks(text); got != want {
			t.Errorf("%q looks personal: %t, want %t", text, got, want)
		}
	}
}

// Five people may name one and the same.
func TestNamesAreNotQuoted(t *testing.T) {
	for text, want := range map[string]bool{
		"Sarah Jones": false, "Dr Okafor": false, "Jones, Sarah": false, "Sarah\u00a0Jones": false, "James Cook University Hospital": true, "Nurse": true,
		"sarah jones": false, "SARAH JONES": false, "sarah.jones2": false, "Ask Dr Okafor": false, "staff nurse": true, "mark": true, "not.at.all": true,
		"Staff Nurse": true, "Strongly Agree": true, "St James Hospital": true,
	} {
		if got := Quotable(text, 50); got != want {
			t.Errorf("%q may be quoted: %t, want %t", text, got, want)
		}
	}
}
