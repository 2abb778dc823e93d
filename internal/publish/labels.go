package publish

import (
	"bytes"
	"encoding/csv"
)

// names are the words for ids and the codes under them.
type names map[[2]string]string

// readNames reads labels.csv of several releases; what an earlier one says holds.
// A file that cannot be read names nothing.
func readNames(files ...[]byte) names {
	out := names{}
	for _, data := range files {
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			continue
		}
		for _, r := range rows {
			if len(r) < 3 {
				continue
			}
			if k := [2]string{r[0], r[1]}; out[k] == "" {
				out[k] = r[2]
			}
		}
	}
	return out
}

// of is the words for an id or a code under it, or else what it would name.
func (n names) of(id, code string) string {
	if words := n[[2]string{id, code}]; words != "" {
		return words
	}
	if code == "" {
		return id
	}
	if words := n[[2]string{id, ""}]; words != "" {
		return words + " " + code
	}
	return id + " " + code
}
