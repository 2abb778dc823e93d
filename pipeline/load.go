package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/caregap/caregap/internal/dataset"
	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/keyfile"
	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/publish"
	"github.com/caregap/caregap/internal/study"
)

// run is one run on its way through the stages.
type run struct {
	Options
	checking bool // nothing is to be estimated
	study    *study.Study
	key      []byte
	keyID    string
	schema   *normalise.Schema
	plan     *measure.Plan
	data     *dataset.Schema
	diags    *diag.List
	waves    []*waveSink
	release  Release
	finding  string

	against   string                  // id of the release that this one is compared with
	also      []string                // ids of those named with --against
	earlier   []disclose.Earlier      // what these and that show
	last      *publish.Side           // what the current release says; nil before the first
	isRevised func(disclose.Row) bool // nil before the first
}

func newRun(s *study.Study, o Options) (*run, error) {
	s, err := restrict(s, o.Surveys)
	if err != nil {
		return nil, err
	}
	r := &run{Options: o.withDefaults(), study: s, diags: &diag.List{}}
	if r.key, r.keyID, err = keyfile.Load(s.Dir); err != nil {
		return nil, err
	}
	r.schema = normalise.NewSchema(s)
	r.plan = measure.NewPlan(r.schema)
	r.data, err = dataset.NewSchema(r.schema, numericIDs(r.schema))
	return r, err
}

func numericIDs(s *normalise.Schema) []string {
	var ids []string
	for _, c := range s.Constructs {
		ids = append(ids, c.ID)
	}
	for _, g := range s.Gaps {
		ids = append(ids, g.ID)
	}
	return ids
}

// load reads every wave, side by side. respondents is the folder for Parquet, or
// "" to write none.
func (r *run) load(ctx context.Context, respondents string) error {
	slots := make(chan struct{}, r.Jobs)
	var rows atomic.Int64
	progress := func(n int64) { r.Progress("reading", rows.Add(n), 0) }
	g, ctx := errgroup.WithContext(ctx)
	for _, v := range r.study.Surveys {
		for _, w := range v.Waves {
			sink := &waveSink{run: r, survey: v, wave: w, folder: respondents}
			r.waves = append(r.waves, sink)
			loader := normalise.Loader{Schema: r.schema, Survey: v, Wave: w, Key: r.key, Jobs: r.Jobs, Slots: slots, Progress: progress}
			g.Go(func() error {
				result, err := loader.Read(ctx, r.study.Dir, sink, r.diags)
				sink.result = result
				r.logRead(result)
				if err != nil {
					return fmt.Errorf("survey %q, wave %q: %w", v.ID, w.ID, err)
				}
				return nil
			})
		}
	}
	if err := g.Wait(); err != nil {
		return err
	}
	r.checkDesigns()
	return r.diags.Err()
}

// checkDesigns says what is wrong with the designs that could be read, in the same
// breath as what is wrong with the data.
func (r *run) checkDesigns() {
	for _, s := range r.waves {
		if s.moments != nil && s.moments.Rows > 0 && s.result != nil && s.result.DesignRead {
			estimate.CheckDesign(s.estimand(), r.diags)
		}
	}
}

// estimand is what the wave brings to the estimates.
func (s *waveSink) estimand() estimate.Wave {
	w := estimate.Wave{Survey: s.survey, Wave: s.wave, Moments: s.moments, Kept: s.kept, Names: s.names, BaseRule: s.result.BaseRule}
	if s.result.Raking != nil {
		w.Raking = s.result.Raking
	}
	return w
}

// logRead notes the account of each file of a wave.
func (r *run) logRead(result *normalise.Result) {
	if result == nil {
		return
	}
	for _, l := range result.Ledgers {
		r.Log.Info("read", "survey", l.Survey, "wave", l.Wave, "file", l.File, "rows", l.Rows, "respondents", l.Respondents, "set_aside", l.Rows-l.Respondents)
	}
	if k := result.Raking; k != nil && len(result.Ledgers) > 0 {
		l := result.Ledgers[0]
		r.Log.Info("weighted", "survey", l.Survey, "wave", l.Wave, "cells", len(k.G), "at_lower", k.AtLower, "at_upper", k.AtUpper)
	}
}

// waveSink takes the blocks of one wave: moments, kept columns, Parquet parts.
type waveSink struct {
	*run
	survey *study.Survey
	wave   *study.Wave
	folder string

	names   *normalise.WaveNames
	moments *measure.Moments
	kept    *measure.Kept
	result  *normalise.Result
	groups  [][]int   // when checking: respondents by variable and category
	scratch sync.Pool // *workspace
}

// workspace is what one block at a time needs beside itself.
type workspace struct {
	prepared *measure.Prepared
	writer   *dataset.Writer
}

// Begin implements normalise.Consumer.
func (s *waveSink) Begin(names *normalise.WaveNames) error {
	s.names, s.moments, s.groups, s.kept = names, nil, nil, &measure.Kept{Plan: s.plan, Linked: s.mayMeet(s.survey)}
	s.scratch = sync.Pool{New: func() any { return &workspace{writer: s.data.NewWriter(names)} }}
	if s.folder == "" {
		return nil
	}
	if err := os.RemoveAll(s.partition()); err != nil {
		return err
	}
	return os.MkdirAll(s.partition(), 0o700)
}

func (s *waveSink) partition() string {
	return filepath.Join(s.folder, dataset.Partition(s.survey.ID, s.wave.ID))
}

// Chunk implements normalise.Consumer.
func (s *waveSink) Chunk(part int, b *normalise.Block) (func() error, error) {
	if s.checking {
		return func() error { s.begun(b).Count(b); s.countGroups(b); return nil }, nil
	}
	work := s.scratch.Get().(*workspace)
	work.prepared = s.plan.Prepare(b, work.prepared)
	if err := s.write(part, b, work); err != nil {
		return nil, err
	}
	return func() error {
		if m := s.begun(b); b.Rows > 0 {
			m.Add(b, work.prepared)
			s.kept.Add(b, s.moments)
		}
		s.scratch.Put(work)
		return nil
	}, nil
}

// begun are the wave's moments, made with its first block.
func (s *waveSink) begun(b *normalise.Block) *measure.Moments {
	if s.moments == nil {
		s.moments = s.plan.NewMoments(b.PSU == nil)
	}
	return s.moments
}

// write writes a block's part, if there is anybody in it.
func (s *waveSink) write(part int, b *normalise.Block, work *workspace) (err error) {
	if s.folder == "" || b.Rows == 0 {
		return nil
	}
	f, err := os.OpenFile(filepath.Join(s.partition(), fmt.Sprintf("part-%05d.parquet", part)), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = work.writer.Write(f, b, work.prepared.Numerics)
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}

// estimate turns the moments of all waves into estimates.
func (r *run) estimate(ctx context.Context) (*estimate.Table, error) {
	r.Progress("estimating", 0, 0)
	var waves []estimate.Wave
	for _, s := range r.waves {
		waves = append(waves, s.estimand())
	}
	t, err := estimate.Estimate(ctx, r.study, waves, r.diags)
	if err != nil {
		return nil, err
	}
	return t, r.diags.Err()
}

func (r *run) result() *Result {
	out := &Result{Release: r.release, Finding: r.finding}
	for _, d := range r.diags.Sorted() {
		if d.Severity != diag.Error {
			out.Diagnostics = append(out.Diagnostics, d)
		}
	}
	for _, s := range r.waves {
		if s.result != nil {
			out.Ledgers = append(out.Ledgers, s.result.Ledgers...)
		}
	}
	return out
}
