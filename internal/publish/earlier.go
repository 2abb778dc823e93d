package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/estimate"
)

const estimatesName = "tables/estimates.csv"

// Earlier is what a public estimates.csv shows: the release that it is of is given
// by its id. Rows without a base - averages - tell nothing that others do not.
func Earlier(id string, estimates []byte) (disclose.Earlier, error) {
	rows, err := readFigures(estimates)
	if err != nil {
		return disclose.Earlier{}, fmt.Errorf("estimates of release %s: %w", id, err)
	}
	out := disclose.Earlier{ID: id, Shown: make(map[disclose.Key]disclose.EarlierRow, len(rows))}
	for _, f := range rows {
		base, err := strconv.Atoi(f.base())
		if !f.shown() || err != nil {
			continue
		}
		out.Shown[f.keys()] = disclose.EarlierRow{Base: base, Definition: f.definition}
	}
	return out, nil
}

// base is the number of respondents as printed.
func (f figure) base() string { return f.core[len(f.core)-1] }

func (f figure) keys() disclose.Key {
	k := f.key
	return estimate.Key{Measure: k[0], Statistic: k[1], Level: k[2], Survey: k[3], Wave: k[4], Breakdown: k[5], Category: k[6], Contrast: k[7], Versus: k[8]}
}

// ReadEarlier reads a release that lies anywhere: an output folder, of which the
// current release counts, a release's folder, or a copy of what is in its public.
func ReadEarlier(dir string) (disclose.Earlier, error) {
	for _, public := range []string{dir, filepath.Join(dir, publicName)} {
		estimates, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(estimatesName))) //gosec:disable G304 -- who runs the program named it
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return disclose.Earlier{}, err
		}
		manifest, err := os.ReadFile(filepath.Join(public, "manifest.json")) //gosec:disable G304 -- who runs the program named it
		if err != nil {
			return disclose.Earlier{}, fmt.Errorf("%s: %w", dir, err)
		}
		m, err := DecodeManifest[Manifest](manifest)
		if err != nil {
			return disclose.Earlier{}, fmt.Errorf("%s: %w", dir, err)
		}
		return Earlier(m.ID, estimates)
	}
	store, err := Open(dir, OS{})
	if err != nil {
		return disclose.Earlier{}, err
	}
	id, ok, err := store.Current()
	if err != nil {
		return disclose.Earlier{}, err
	}
	if !ok {
		return disclose.Earlier{}, fmt.Errorf("%s holds no release: name an output folder, a release or its public folder", dir)
	}
	estimates, err := store.Public(id, estimatesName)
	if err != nil {
		return disclose.Earlier{}, err
	}
	return Earlier(id, estimates)
}
