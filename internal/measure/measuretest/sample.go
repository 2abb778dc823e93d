package measuretest

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/big"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/normalise"
)

// Missing is the code of an answer or category that is not there.
const Missing = -1

// Respondent is one respondent. Answers are counted from 0, in the order of the
// study's items; an answer of Missing-k is missing of kind k.
type Respondent struct {
	Weight       float64
	Stratum, PSU string
	Person       string // "" for who is not named
	FPC          float64
	Answers      []int
	Ticks        []int // per option: 1, 0, or Missing
	Variables    []int // categories, in the order of the study's variables

	Factor float64 // of a raked sample: the final weight is Weight times this
	Cell   int32   // and its raking cell
}

// Sample is a wave's respondents with their design.
type Sample struct {
	Weighted, Stratified, Clustered, FPC bool
	Named                                bool // the wave tells people apart
	Respondents                          []Respondent
	Raked                                *Raked // nil: weights are the design's
}

// Draw makes a sample of 2 to most respondents. Every stratum has two PSUs or
// more, the last of which may hold nobody but respondents of weight 0.
func Draw(t *rapid.T, schema *normalise.Schema, most int) Sample {
	s := Sample{Weighted: rapid.Bool().Draw(t, "weighted"), Stratified: rapid.Bool().Draw(t, "stratified"), Clustered: rapid.Bool().Draw(t, "clustered"), FPC: rapid.Bool().Draw(t, "fpc")}
	strata := 1
	if s.Stratified {
		strata = rapid.IntRange(2, 3).Draw(t, "strata")
	}
	n := rapid.IntRange(4*strata, max(4*strata, most)).Draw(t, "n")
	for i := range n {
		s.Respondents = append(s.Respondents, s.draw(t, schema, i, strata))
	}
	if s.FPC {
		s.population(t)
	}
	return s
}

func (s *Sample) draw(t *rapid.T, schema *normalise.Schema, i, strata int) Respondent {
	r := Respondent{Weight: 1, FPC: math.Inf(1)}
	if s.Weighted {
		r.Weight = rapid.SampledFrom([]float64{0, 0.25, 0.7, 1, 1.3, 2.9}).Draw(t, "weight")
	}
	stratum := i % strata
	if s.Stratified {
		r.Stratum = fmt.Sprintf("s%d", stratum)
	}
	if s.Clustered {
		// The first two of a stratum stand in different PSUs.
		psu := i / strata
		if psu > 1 {
			psu = rapid.IntRange(0, 3).Draw(t, "psu")
		}
		r.PSU = fmt.Sprintf("p%d.%d", stratum, psu)
	}
	for _, c := range schema.Items {
		if rapid.IntRange(0, 5).Draw(t, "answered") == 0 {
			r.Answers = append(r.Answers, Missing-rapid.IntRange(0, 6).Draw(t, "kind"))
			continue
		}
		r.Answers = append(r.Answers, rapid.IntRange(0, c.Options-1).Draw(t, "answer"))
	}
	for range schema.Options() {
		r.Ticks = append(r.Ticks, rapid.IntRange(Missing, 1).Draw(t, "tick"))
	}
	for _, v := range schema.Variables {
		r.Variables = append(r.Variables, rapid.IntRange(Missing, len(v.Variable.Categories)-1).Draw(t, "category"))
	}
	return r
}

// population gives each stratum a population of PSUs no smaller than the sample.
func (s *Sample) population(t *rapid.T) {
	units := map[string]map[string]bool{}
	for i, r := range s.Respondents {
		if units[r.Stratum] == nil {
			units[r.Stratum] = map[string]bool{}
		}
		units[r.Stratum][s.unit(i)] = true
	}
	sizes := map[string]float64{}
	for i := range s.Respondents {
		h := s.Respondents[i].Stratum
		if sizes[h] == 0 {
			sizes[h] = float64(len(units[h]) + rapid.IntRange(0, 9).Draw(t, "population"))
		}
		s.Respondents[i].FPC = sizes[h]
	}
}

// unit names respondent i's PSU.
func (s *Sample) unit(i int) string {
	if s.Clustered {
		return s.Respondents[i].PSU
	}
	return fmt.Sprint(i)
}

// Blocks lays the sample out as blocks, cut before each of the places. Ids of
// PSUs and strata are given out in the order in which respondents come.
func (s Sample) Blocks(schema *normalise.Schema, names *normalise.WaveNames, places ...int) []*normalise.Block {
	var out []*normalise.Block
	from := 0
	for _, to := range append(places, len(s.Respondents)) {
		if to > from {
			out = append(out, s.block(schema, names, s.Respondents[from:to]))
			from = to
		}
	}
	return out
}

//gosec:disable G115 -- samples of tests are small
func (s Sample) block(schema *normalise.Schema, names *normalise.WaveNames, rows []Respondent) *normalise.Block {
	b := &normalise.Block{Rows: len(rows), Variables: make([][]int32, len(schema.Variables)), Items: make([][]uint8, len(schema.Items)),
		Options: make([][]uint8, schema.Options()), Scores: make([][]normalise.Score, len(schema.Constructs))}
	for _, r := range rows {
		s.addDesign(b, r, names)
		for i, a := range r.Answers {
			b.Items[i] = append(b.Items[i], slot(a))
		}
		for i, a := range r.Ticks {
			b.Options[i] = append(b.Options[i], slot(a))
		}
		for i, c := range r.Variables {
			b.Variables[i] = append(b.Variables[i], int32(c))
		}
		for i := range schema.Constructs {
			b.Scores[i] = append(b.Scores[i], score(&schema.Constructs[i], r))
		}
	}
	return b
}

func (s Sample) addDesign(b *normalise.Block, r Respondent, names *normalise.WaveNames) {
	if s.Raked != nil {
		b.Weight, b.Before = append(b.Weight, r.Weight*r.Factor), append(b.Before, r.Weight)
		b.Cells, b.Cell = len(s.Raked.cells), append(b.Cell, r.Cell)
	} else if s.Weighted {
		b.Weight = append(b.Weight, r.Weight)
	}
	if s.Stratified {
		b.Stratum = append(b.Stratum, names.Strata.ID(r.Stratum))
	}
	if s.Clustered {
		b.PSU = append(b.PSU, names.PSUs.ID(r.PSU))
	}
	if s.Named {
		b.Person = append(b.Person, hash(r.Person))
	}
	if s.FPC {
		b.FPC = append(b.FPC, r.FPC)
	}
}

// Name gives about half of the respondents one of so many names.
func (s *Sample) Name(t *rapid.T, names int) {
	s.Named = true
	for i := range s.Respondents {
		if n := rapid.IntRange(0, 2*names).Draw(t, "person"); n < names {
			s.Respondents[i].Person = fmt.Sprint("person ", n)
		}
	}
}

// hash is of no use but to tell names apart.
func hash(person string) (h normalise.Hash) {
	if person != "" {
		sum := fnv.New128a()
		sum.Write([]byte(person))
		sum.Sum(h[:0])
	}
	return h
}

//gosec:disable G115 -- samples of tests are small
func slot(answer int) uint8 {
	if answer < 0 {
		return uint8(Missing - answer)
	}
	return uint8(normalise.FirstOption + answer)
}

// score is the score in the form that blocks hold: points of the answered items.
func score(c *normalise.ConstructColumn, r Respondent) normalise.Score {
	var out normalise.Score
	for j, item := range c.Items {
		if a := r.Answers[item]; a >= 0 {
			out.Sum += c.Points[j][a]
			out.Count++
		}
	}
	if big.NewRat(int64(out.Count), int64(len(c.Items))).Cmp(c.Construct.MinAnswered.Rat()) < 0 || out.Count == 0 {
		return normalise.Score{}
	}
	return out
}
