package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/caregap/caregap/internal/bidi"
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/export"
	"github.com/caregap/caregap/internal/publish"
	"github.com/caregap/caregap/internal/study"
	"github.com/caregap/caregap/reports"
)

// publish runs all stages under the output folder's lock.
func (r *run) publish(ctx context.Context) error {
	started := now()
	store, err := publish.Open(r.out(), publish.OS{})
	if err != nil {
		return err
	}
	unlock, err := store.Lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	current, _, err := store.Current()
	if err != nil {
		return err
	}
	if err := r.readAgainst(current); err != nil {
		return err
	}
	hashes := r.startHashing(ctx)
	if r.IfChanged && current != "" {
		inputs, err := hashes()
		if err != nil {
			return err
		}
		if id := r.name(store, current, inputs); id == current {
			return r.unchanged(store, id)
		}
	}
	staging, err := store.Stage("")
	if err != nil {
		return err
	}
	defer staging.Abort()
	if err := r.load(ctx, filepath.Join(staging.PrivateDir(), "respondents")); err != nil {
		return err
	}
	table, err := r.estimate(ctx)
	if err != nil {
		return err
	}
	inputs, err := hashes()
	if err != nil {
		return err
	}
	id := r.name(store, current, inputs)
	if err := r.readLast(store); err != nil {
		return err
	}
	release, audit, err := r.protect(id, inputs, table)
	if err != nil {
		return err
	}
	if err := staging.Name(id); err != nil {
		return err
	}
	if err := r.write(ctx, staging, release, audit, table, started); err != nil {
		return err
	}
	return r.finish(ctx, store, staging, release, current)
}

func (r *run) out() string {
	if r.Out != "" {
		return r.Out
	}
	return filepath.Join(r.study.Dir, "out")
}

// now is the time of the run, which only private/ may hold. SOURCE_DATE_EPOCH
// fixes it.
func now() time.Time {
	if t, ok := sourceDate(os.Getenv("SOURCE_DATE_EPOCH")); ok {
		return t
	}
	return time.Now().UTC()
}

func sourceDate(text string) (time.Time, bool) {
	var seconds int64
	if _, err := fmt.Sscan(text, &seconds); err != nil {
		return time.Time{}, false
	}
	return time.Unix(seconds, 0).UTC(), true
}

// unchanged says that the current release has these inputs already.
func (r *run) unchanged(store *publish.Store, id string) error {
	r.release = Release{ID: id, Path: filepath.Join(r.out(), "releases", id)}
	r.Log.Info("unchanged", "id", id)
	data, err := store.CurrentPublic("manifest.json")
	if err != nil {
		return err
	}
	m, err := publish.DecodeManifest[publish.Manifest](data)
	r.release.Published, r.release.Suppressed = m.Counts.Published, m.Counts.Suppressed
	return err
}

// startHashing hashes the study's files beside the reading of them. The function
// it returns waits for the inputs and their hashes.
func (r *run) startHashing(ctx context.Context) func() ([]publish.Input, error) {
	inputs := r.inputs()
	before := make([]fs.FileInfo, len(inputs))
	g, _ := errgroup.WithContext(ctx)
	for i := range inputs {
		before[i], _ = os.Stat(r.file(inputs[i])) // what is wrong with it, hashing says
		g.Go(func() (err error) {
			inputs[i].SHA256, _, err = publish.HashFile(r.file(inputs[i]))
			return err
		})
	}
	return func() ([]publish.Input, error) {
		if err := g.Wait(); err != nil {
			return nil, err
		}
		for i, in := range inputs {
			if changed(before[i], r.file(in)) {
				return nil, fmt.Errorf("%s changed while it was read; run again when nobody writes to it", in.Path)
			}
		}
		return inputs, nil
	}
}

func (r *run) file(in publish.Input) string {
	return filepath.Join(r.study.Dir, filepath.FromSlash(in.Path))
}

// changed reports whether a file is no longer what it was: a release would rest on
// other bytes than those that its hashes name.
func changed(before fs.FileInfo, path string) bool {
	after, err := os.Stat(path)
	return before == nil || err != nil || !os.SameFile(before, after) || before.Size() != after.Size() || !before.ModTime().Equal(after.ModTime())
}

// inputs are the files that the release rests on: the study's, its exports, and
// the keys and data dictionaries beside those.
func (r *run) inputs() []publish.Input {
	var out []publish.Input
	add := func(kind, name string) {
		if in := (publish.Input{Path: name, Kind: kind}); !slices.Contains(out, in) {
			out = append(out, in)
		}
	}
	for _, f := range r.study.Files {
		add("study", f)
	}
	for _, v := range r.study.Surveys {
		for _, w := range v.Waves {
			for _, f := range w.Exports {
				add("export", f)
				for _, name := range export.Companions(filepath.Join(r.study.Dir, filepath.FromSlash(f))) {
					add("key", path.Join(path.Dir(f), name))
				}
			}
		}
	}
	return out
}

func (r *run) protect(id string, inputs []publish.Input, table *estimate.Table) (*disclose.Release, *disclose.Audit, error) {
	r.Progress("protecting", 0, 0)
	e := disclose.Evidence{ID: id, Version: r.Version, Study: r.study, Table: table, Weights: r.weights(), Rakings: r.rakings(), Overlaps: r.overlaps(), Revised: r.isRevised, Earlier: r.earlier, Strict: r.Strict}
	for _, in := range inputs {
		in.Path = study.PublicName(in.Path)
		e.Inputs = append(e.Inputs, disclose.Input(in))
	}
	for _, s := range r.waves {
		e.Ledgers = append(e.Ledgers, s.result.Ledgers...)
	}
	release, audit, err := disclose.Protect(e)
	if err != nil {
		return nil, nil, err
	}
	r.tellEarlier(audit)
	r.tellWhole(audit)
	r.finding = bidi.Bare(reports.Finding(release).Sentence.String())
	f := release.Figures()
	r.release = Release{ID: id, Path: filepath.Join(r.out(), "releases", id), Published: f.Published, Suppressed: f.Suppressed}
	return release, audit, nil
}

// finish publishes, unless the current release is this very one.
func (r *run) finish(ctx context.Context, store *publish.Store, staging *publish.Staging, release *disclose.Release, current string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if release.ID() == current {
		r.Log.Info("unchanged", "id", current)
		return nil
	}
	r.Progress("publishing", 0, 0)
	err := staging.Publish(r.study.Disclosure.KeepReleases)
	if errors.Is(err, publish.ErrNotPruned) {
		r.Log.Warn(err.Error())
		err = nil
	}
	if err == nil {
		r.release.Changed = true
		r.Log.Info("published", "id", release.ID(), "published", r.release.Published, "suppressed", r.release.Suppressed)
	}
	return err
}
