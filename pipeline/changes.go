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

// readLast reads what the current release says in public, which this one is
// compared with. There is none before the first; one that cannot be read is said
// so and passed over: it must not keep a new release from being made.
func (r *run) readLast(store *publish.Store) error {
	estimates, err := store.CurrentPublic(estimatesName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	last := &publish.Side{Estimates: estimates}
	if r.isRevised, err = publish.Revised(estimates, r.study.Disclosure.Decimals); err != nil {
		r.diags.Warnf("unreadable-release", diag.Pos{File: estimatesName}, "the current release cannot be compared with: %v", err)
		return nil
	}
	// Without these two, changes are told by ids, and not what they rest on.
	if last.Labels, err = store.CurrentPublic(labelsName); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	last.Manifest, _ = lastManifest(store)
	r.last = last
	return nil
}

// lastManifest is the current release's manifest, if it can be read.
func lastManifest(store *publish.Store) (publish.Manifest, bool) {
	data, err := store.CurrentPublic("manifest.json")
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
