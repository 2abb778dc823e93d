package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/publish"
	"github.com/caregap/caregap/reports"
	"github.com/caregap/caregap/reports/chart"
	"github.com/caregap/caregap/reports/page"
	"github.com/caregap/caregap/reports/table"
	"github.com/caregap/caregap/reports/workbook"
)

// write puts all files of the release into the staging folder.
func (r *run) write(ctx context.Context, staging *publish.Staging, release *disclose.Release, audit *disclose.Audit, estimates *estimate.Table, started time.Time) error {
	r.Progress("reporting", 0, 0)
	var public, private []reports.File
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		public, err = r.public(ctx, release)
		return err
	})
	g.Go(func() (err error) {
		private, err = r.private(release, estimates, audit)
		return err
	})
	if err := g.Wait(); err != nil {
		return err
	}
	closing, err := r.closing(release, started)
	if err != nil {
		return err
	}
	for _, f := range public {
		if err := staging.WritePublic(f.Name, f.Data); err != nil {
			return err
		}
	}
	for _, f := range slices.Concat(private, closing) {
		if err := staging.WritePrivate(f.Name, f.Data); err != nil {
			return err
		}
	}
	return nil
}

// public makes the report's files side by side; they come in a fixed order.
func (r *run) public(ctx context.Context, release *disclose.Release) ([]reports.File, error) {
	var tables []reports.Table
	var figures, pages, books, csv []reports.File
	g, ctx := errgroup.WithContext(ctx)
	ready := make(chan struct{}) // closed when the tables are made
	g.Go(func() error {
		drawn, err := chart.Draw(ctx, release)
		if err != nil {
			return fmt.Errorf("figures: %w", err)
		}
		figures = chart.Files(drawn)
		<-ready
		if pages, err = page.Write(release, drawn, tables); err != nil {
			return fmt.Errorf("page: %w", err)
		}
		return nil
	})
	g.Go(func() (err error) {
		<-ready
		if books, err = workbook.Write(release, tables); err != nil {
			return fmt.Errorf("workbook: %w", err)
		}
		return ctx.Err()
	})
	g.Go(func() (err error) {
		tables = reports.Tables(release)
		close(ready)
		if csv, err = table.Files(release, tables); err != nil {
			return fmt.Errorf("tables: %w", err)
		}
		csv, err = r.describe(release, csv)
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	files := slices.Concat(pages, books, csv, figures)
	return files, distinct(files)
}

// distinct returns an error where two files have one name, also on systems that do
// not tell small letters from capitals: tables are named after ids.
func distinct(files []reports.File) error {
	met := map[string]bool{}
	for _, f := range files {
		key := strings.ToLower(f.Name)
		if met[key] {
			return fmt.Errorf("two tables or figures would have the name %q, which is made of ids: rename a tick-all question, breakdown or survey in the study", f.Name)
		}
		met[key] = true
	}
	return nil
}

// describe adds the manifest and what changed since the current release to the
// tables.
func (r *run) describe(release *disclose.Release, tables []reports.File) ([]reports.File, error) {
	manifest, err := publish.EncodeManifest(r.manifest(release))
	if err != nil {
		return nil, err
	}
	changes, err := r.changes(release, tables)
	if err != nil {
		return nil, err
	}
	return append(tables, reports.File{Name: "manifest.json", Data: manifest}, reports.File{Name: "changes.md", Data: []byte(changes)}), nil
}

func (r *run) manifest(release *disclose.Release) publish.Manifest {
	f := release.Figures()
	m := publish.Manifest{SchemaVersion: publish.SchemaVersion, ID: release.ID(), Version: release.Version(), Against: r.against, AlsoAgainst: r.also, Study: publish.TitlesOf(r.study), Settings: publish.SettingsOf(r.study),
		Counts: publish.Counts{Published: f.Published, Suppressed: f.Suppressed}}
	for _, in := range release.Inputs() {
		m.Inputs = append(m.Inputs, publish.Input(in))
	}
	return m
}
