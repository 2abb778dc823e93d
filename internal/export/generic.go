package export

import (
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/fold"
)

// generic reads any table with one row of headings, or with names and texts in two.
type generic struct{}

func (generic) Name() string { return "generic" }

func (generic) Score(Head) (int, []string) {
	return anything, []string{"no platform's own headings; the first row is taken as headings"}
}

func (generic) Layout(h Head) (Layout, []diag.Diagnostic) {
	l := Layout{Platform: "generic", HeaderRows: 1}
	if len(h.Rows) > 4 && h.texts() {
		l.HeaderRows = 2
	}
	for i := range h.Width() {
		name := label(h.At(0, i))
		c := Column{Position: i + 1, Code: name, Text: name, Role: guessRole(name)}
		if text := label(h.At(1, i)); l.HeaderRows > 1 && text != "" {
			c.Text = text
		}
		l.Columns = append(l.Columns, c)
	}
	if l.HeaderRows > 1 {
		options(l.Columns)
		return l, nil
	}
	setApart(l.Columns)
	return l, nil
}

// commonRoles are headings that mean the same wherever they stand.
var commonRoles = map[Role][]string{
	RoleID: {
		"id", "respondent id", "respondentid", "respondent_id", "response id", "responseid", "response_id", "record_id", "urn", "unique id",
	},
	RoleTime: {
		"timestamp", "start time", "completion time", "start date", "end date", "startdate", "enddate", "recordeddate", "date submitted",
		"submitdate", "startdate", "datestamp", "started", "ended", "duration", "duration (in seconds)", "completiondate",
	},
	RoleStatus: {"status", "finished", "progress", "last page", "lastpage"},
	RolePersonal: {
		"name", "first name", "last name", "surname", "full name", "email", "e-mail", "email address", "e-mail address", "ip address", "ipaddress",
		"phone", "phone number", "telephone", "postcode", "post code", "date of birth", "dob", "address", "username",
		"locationlatitude", "locationlongitude", "latitude", "longitude",
	},
	RoleDesign: {"weight", "weights", "stratum", "strata", "psu", "cluster", "fpc"},
}

// guessRole tells a column's role by its heading alone.
func guessRole(heading string) Role {
	name := fold.String(heading)
	for _, role := range []Role{RoleID, RoleTime, RoleStatus, RolePersonal, RoleDesign} {
		if slices.Contains(commonRoles[role], name) {
			return role
		}
	}
	if name == "" {
		return RoleOther
	}
	return RoleQuestion
}

// personalQuestions finds questions that ask for nothing but personal data, by
// their headings; where there are two of a name, platforms put a digit behind it.
func personalQuestions(columns []Column) {
	for i := range columns {
		c := &columns[i]
		for _, name := range []string{c.Code, c.Text} {
			if c.Role == RoleQuestion && guessRole(strings.TrimRight(name, "0123456789")) == RolePersonal {
				c.Role = RolePersonal
			}
		}
	}
}
