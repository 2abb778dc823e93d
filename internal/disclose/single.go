package disclose

import (
	"strings"

	"github.com/caregap/caregap/internal/disclose/linked"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/study"
)

// Single stands in a release for the name of an organisation about which nothing
// may be shown. Names of organisations are what respondents typed, so a name
// without a figure would still say that somebody from there answered. No category
// is called so: an organisation variable declares none.
const Single = "single"

// publicKey is the key of a row in the release. The rows of all organisations that
// are too few to be shown have one there.
func publicKey(s *study.Study, row *estimate.Row) Key {
	k := row.Key
	if !linked.FewOrganisations(row) {
		return k
	}
	variables := strings.Split(k.Breakdown, ":")
	for i, id := range variables {
		if v, _ := s.Framework.Variables.Get(id); v.Organisation {
			k.Category = withoutName(k.Category, i, len(variables)-i-1)
			break
		}
	}
	return k
}

// withoutName puts Single in the place of an organisation's name, which has before
// and after ids on its sides. The name itself may hold colons; ids do not.
func withoutName(category string, before, after int) string {
	parts := strings.Split(category, ":")
	out := append(parts[:before:before], Single)
	return strings.Join(append(out, parts[len(parts)-after:]...), ":")
}

// joined is the status of one row for several organisations: that of all of them,
// or confidential where they differ.
func joined(a, b string) string {
	if a == b {
		return a
	}
	return Confidential
}
