package attack

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/measure/measuretest"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
)

// world is a study with the respondents of its waves, in the order of study.yaml.
type world struct {
	study *study.Study
	waves []wave
	table *estimate.Table
}

// wave is one survey and wave.
type wave struct {
	survey   *study.Survey
	wave     *study.Wave
	sample   measuretest.Sample
	baseRule []string // by choice
}

// drawWorld makes up a study, its respondents and, through the stages of a run, its
// unprotected estimates.
func drawWorld(t *rapid.T) *world {
	w := &world{study: drawStudy(t)}
	schema := schemaOf(w.study)
	for _, v := range w.study.Surveys {
		weighted := rapid.IntRange(0, 3).Draw(t, "weighted") == 0
		for _, x := range v.Waves {
			p := drawPopulation(t, w.study, x)
			p.sample.Weighted = weighted
			p.answer()
			if weighted {
				x.Codebook.Design.Weight = study.Names{"weight"}
			}
			if rapid.IntRange(0, 7).Draw(t, "raked") == 0 {
				p.sample.Rake(t, schema)
			}
			w.waves = append(w.waves, wave{v, x, p.sample, p.baseRule})
		}
	}
	w.estimate(schema)
	return w
}

func schemaOf(s *study.Study) *normalise.Schema { return normalise.NewSchema(s) }

// population is what a wave's respondents are drawn from.
type population struct {
	study    *study.Study
	wave     *study.Wave
	n        int
	rnd      *rand.Rand
	none     float64     // share without a category
	silent   float64     // share of questions without an answer
	skew     float64     // how much rarer each further category is
	lean     [][]float64 // per item, option: how likely
	ticks    []float64   // per option of all choices
	baseRule []string
	sample   measuretest.Sample
}

//gosec:disable G404 -- made-up data are to be the same again; nothing is secret
func drawPopulation(t *rapid.T, s *study.Study, w *study.Wave) *population {
	p := &population{study: s, wave: w, n: rapid.SampledFrom([]int{8, 25, 40, 60, 100, 150, 250, 400}).Draw(t, "respondents")}
	p.rnd = rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "people"), 7))
	p.none = rapid.SampledFrom([]float64{0, 0, 0.04, 0.2}).Draw(t, "no category")
	p.silent = rapid.SampledFrom([]float64{0, 0, 0.03, 0.15}).Draw(t, "no answer")
	p.skew = rapid.SampledFrom([]float64{1, 0.8, 0.6}).Draw(t, "skew")
	p.sample.Stratified = rapid.IntRange(0, 7).Draw(t, "stratified") == 0
	p.sample.Clustered = rapid.IntRange(0, 7).Draw(t, "clustered") == 0
	rare := rapid.SampledFrom([]float64{1, 0.3, 0.1}).Draw(t, "rare")
	for id := range s.Framework.Items.All() {
		_, scale, _ := s.Framework.ItemScale(id)
		lean := make([]float64, scale.Codes())
		for o := range lean {
			lean[o] = math.Pow(p.rnd.Float64(), 1/rare)
		}
		p.lean = append(p.lean, lean)
	}
	for _, c := range s.Framework.Choices {
		for range c.Value.Options {
			p.ticks = append(p.ticks, rare*p.rnd.Float64())
		}
		p.baseRule = append(p.baseRule, rapid.SampledFrom([]string{"saw", "saw", "ticked_any"}).Draw(t, "base rule"))
	}
	return p
}

// answer makes the respondents.
func (p *population) answer() {
	strata := 1
	if p.sample.Stratified {
		strata = 2
	}
	for i := range p.n {
		r := measuretest.Respondent{Weight: 1, FPC: math.Inf(1)}
		if p.sample.Weighted {
			r.Weight = []float64{0.5, 0.8, 1, 1, 1.4, 2.5}[p.rnd.IntN(6)]
		}
		if p.sample.Stratified {
			r.Stratum = fmt.Sprint("s", i%strata)
		}
		if p.sample.Clustered {
			r.PSU = fmt.Sprintf("p%d.%d", i%strata, i/strata%5)
		}
		p.answers(&r)
		p.choose(&r)
		for _, v := range p.study.Framework.Variables {
			r.Variables = append(r.Variables, p.category(v.ID, len(v.Value.Categories)))
		}
		p.sample.Respondents = append(p.sample.Respondents, r)
	}
}

func (p *population) category(id string, categories int) int {
	if !p.wave.Has(id) || p.rnd.Float64() < p.none {
		return measuretest.Missing
	}
	c := 0
	for c < 1000 && p.skew < 1 && p.rnd.Float64() < p.skew {
		c++
	}
	if p.skew == 1 || c >= categories {
		return p.rnd.IntN(categories)
	}
	return c
}

// kinds of missing that a wave which asks may have.
var kinds = []normalise.Kind{normalise.NotShown, normalise.SeenUnanswered, normalise.Unsure, normalise.NotApplicable, normalise.Refused, normalise.Unsure}

func (p *population) answers(r *measuretest.Respondent) {
	for i, id := range p.study.Framework.Items.IDs() {
		switch {
		case !p.wave.Has(id):
			r.Answers = append(r.Answers, measuretest.Missing)
		case p.rnd.Float64() < p.silent:
			r.Answers = append(r.Answers, measuretest.Missing-int(kinds[p.rnd.IntN(len(kinds))]))
		default:
			r.Answers = append(r.Answers, p.pick(p.lean[i]))
		}
	}
}

func (p *population) pick(lean []float64) int {
	total := 0.0
	for _, l := range lean {
		total += l
	}
	at := p.rnd.Float64() * total
	for o, l := range lean {
		if at -= l; at < 0 {
			return o
		}
	}
	return len(lean) - 1
}

// choose ticks: everyone sees a question whole or not at all.
func (p *population) choose(r *measuretest.Respondent) {
	at := 0
	for i, c := range p.study.Framework.Choices {
		k := len(c.Value.Options)
		ticks := make([]int, k)
		any := 0
		for o := range ticks {
			if p.rnd.Float64() < p.ticks[at+o] {
				ticks[o], any = 1, 1
			}
		}
		at += k
		if !p.wave.Has(c.ID) || p.rnd.Float64() < p.silent || p.baseRule[i] == "ticked_any" && any == 0 {
			for o := range ticks {
				ticks[o] = measuretest.Missing
			}
		}
		r.Ticks = append(r.Ticks, ticks...)
	}
}

// estimate runs the respondents through measure and estimate, as a run does.
func (w *world) estimate(schema *normalise.Schema) {
	plan := measure.NewPlan(schema)
	var waves []estimate.Wave
	for _, x := range w.waves {
		in := estimate.Wave{Survey: x.survey, Wave: x.wave, Names: normalise.NewWaveNames(schema), Moments: plan.NewMoments(!x.sample.Clustered), Kept: &measure.Kept{Plan: plan}, BaseRule: x.baseRule}
		if x.sample.Raked != nil {
			in.Raking = x.sample.Raked
		}
		for _, b := range x.sample.Blocks(schema, in.Names) {
			x.scores(schema, b)
			in.Moments.Add(b, plan.Prepare(b, nil))
			in.Kept.Add(b, in.Moments)
		}
		waves = append(waves, in)
	}
	diags := &diag.List{}
	table, err := estimate.Estimate(context.Background(), w.study, waves, diags)
	if err != nil || diags.HasErrors() {
		panic(fmt.Sprint("a made-up study has no estimates: ", err, diags.Sorted()))
	}
	w.table = table
}

// scores gives a block its scores: of the items that the wave asks, so many have
// to be answered.
//
//gosec:disable G115 -- scores of a few items are small
func (x wave) scores(schema *normalise.Schema, b *normalise.Block) {
	for i, c := range schema.Constructs {
		b.Scores[i] = make([]normalise.Score, len(x.sample.Respondents))
		for r, person := range x.sample.Respondents {
			asked := 0
			var score normalise.Score
			for j, item := range c.Items {
				if !x.wave.Has(schema.Items[item].ID) {
					continue
				}
				asked++
				if a := person.Answers[item]; a >= 0 {
					score.Sum += c.Points[j][a]
					score.Count++
				}
			}
			if score.Count > 0 && big.NewRat(int64(score.Count), int64(asked)).Cmp(c.Construct.MinAnswered.Rat()) >= 0 {
				b.Scores[i][r] = score
			}
		}
	}
}
