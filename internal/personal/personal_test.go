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

// A name stands within sentences, lists of answers and names of files.
func TestNamesWithin(t *testing.T) {
	for text, want := range map[string]string{
		"What Jane Smithers said":                    "What (not shown) said",
		"Lack of time; Jane Smithers":                "Lack of time; (not shown)",
		"Ask Jane Smithers on 07700 900123":          "Ask (not shown) on (not shown)",
		"Ask Dr Okafor about it":                     "Ask (not shown) about it",
		"Jane Smithers and Peter O'Neil":             "(not shown) and (not shown)",
		"Do you work at James Cook Hospital?":        "Do you work at James Cook Hospital?",
		"From May June July to August":               "From May June July to August",
		"Which Grace Period applies to Staff Nurse?": "Which Grace Period applies to Staff Nurse?",
	} {
		if got := Mask(text); got != want {
			t.Errorf("%q is masked as %q, want %q", text, got, want)
		}
		if want != text && !Looks(text) {
			t.Errorf("%q does not look personal", text)
		}
	}
	for name, want := range map[string]string{
		"exports/rcp-2023.csv":                     "exports/rcp-2023.csv",
		"exports/rcp 2023-01-05 final (2).xlsx":    "exports/rcp 2023-01-05 final (2).xlsx",
		"exports/jane.smithers@example.org.csv":    "exports/(not shown)",
		"exports/jane_smithers.csv":                "exports/(not shown).csv",
		"Jane Smithers/rcp.csv":                    "(not shown)/rcp.csv",
		"exports/RCP from Peter O'Neil 2023.xlsx":  "exports/(not shown).xlsx",
		"exports/james-cook-university-trust.csv":  "exports/james-cook-university-trust.csv",
		"exports/ring 07700 900123.csv":            "exports/(not shown).csv",
		"(outside)/framework.yaml":                 "(outside)/framework.yaml",
		"exports/r&d-forum-december-2022-data.csv": "exports/r&d-forum-december-2022-data.csv",
	} {
		if got := FileName(name); got != want {
			t.Errorf("file %q is published as %q, want %q", name, got, want)
		}
	}
}

// Categories are labels, or what somebody wrote.
func TestOwn(t *testing.T) {
	for text, want := range map[string]bool{
		"North West": false, "01": false, "9434765919": false, "2019-2020": false, "Alameda County": false, "Mark Twain Elementary": false, "x": false, "": false,
		"a.person@example.org": true, "07700 900123": true, "Jane Smithers": true, "My manager is too busy and told me so": true,
	} {
		if got := Own(text, 1); got != want {
			t.Errorf("%q is somebody's own: %t, want %t", text, got, want)
		}
	}
	if Own("I have neither the time nor the money", 50) {
		t.Error("a label that fifty ticked is nobody's own")
	}
}
