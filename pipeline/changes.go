package pipeline

import (
	"errors"
	"io/fs"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/publish"
	"github.com/caregap/caregap/reports"
)

const (
	estimatesName = "tables/estimates.csv"
	labelsName    = "tables/labels.csv"
)

// readLast reads what the release that this one replaces says in public, which it
// is compared with. There is none before the first; one that cannot be read is said
// so and passed over: it must not keep a new release from being made.
func (r *run) readLast(store *publish.Store) error {
	if r.against == "" {
		return nil
	}
	estimates, err := store.Public(r.against, estimatesName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	last := &publish.Side{Estimates: estimates}
	if r.isRevised, err = publish.Revised(estimates, r.study.Disclosure.Decimals); err != nil {
		r.diags.Warnf("unreadable-release", diag.Pos{File: estimatesName}, "the release that this one replaces cannot be compared with, nor audited against: %v", err)
		return nil
	}
	earlier, err := publish.Earlier(r.against, estimates)
	if err != nil {
		return err
	}
	r.earlier = append(r.earlier, earlier)
	// Without these two, changes are told by ids, and not what they rest on.
	if last.Labels, err = store.Public(r.against, labelsName); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	last.Manifest, _ = manifestOf(store, r.against)
	r.last = last
	return nil
}

// manifestOf is a release's manifest, if it can be read.
func manifestOf(store *publish.Store, id string) (publish.Manifest, bool) {
	data, err := store.Public(id, "manifest.json")
	if err != nil {
		return publish.Manifest{}, false
	}
	m, err := publish.DecodeManifest[publish.Manifest](data)
	return m, err == nil
}

// changes is changes.md.
func (r *run) changes(release *disclose.Release, files []reports.File) (string, error) {
	now := publish.Side{Manifest: r.manifest(release)}
	for _, f := range files {
		switch f.Name {
		case estimatesName:
			now.Estimates = f.Data
		case labelsName:
			now.Labels = f.Data
		}
	}
	return publish.Changes(r.last, now)
}
