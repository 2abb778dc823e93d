package estimate_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/internal/measure"
	"github.com/caregap/caregap/internal/normalise"
	"github.com/caregap/caregap/internal/study"
)

// bulk is a wave of many respondents in 220 PSUs of 20 strata: five scores, for
// everyone and for each of 16 categories.
type bulk struct {
	study  *study.Study
	plan   *measure.Plan
	blocks []*normalise.Block
	values [][][]float64 // per block and score
}

const (
	bulkScores     = 5
	bulkCategories = 16
	bulkPSUs       = 220
	bulkStrata     = 20
	bulkBlock      = 1 << 16
)

func newBulk(respondents int) *bulk {
	s := bulkStudy()
	b := &bulk{study: s, plan: measure.NewPlan(normalise.NewSchema(s))}
	random := rand.New(rand.NewPCG(1, 2))
	for at := 0; at < respondents; at += bulkBlock {
		b.add(min(bulkBlock, respondents-at), random)
	}
	return b
}

func (b *bulk) add(n int, random *rand.Rand) {
	block := &normalise.Block{Rows: n, Scores: make([][]normalise.Score, bulkScores), Items: make([][]uint8, bulkScores), Variables: [][]int32{make([]int32, n)},
		Weight: make([]float64, n), PSU: make([]int32, n), Stratum: make([]int32, n), FPC: make([]float64, n)}
	values := make([][]float64, bulkScores)
	for i := range values {
		block.Items[i] = make([]uint8, n)
		values[i] = make([]float64, n)
		for k := range values[i] {
			values[i][k] = 100 * random.Float64()
		}
	}
	for k := range n {
		psu := random.Int32N(bulkPSUs)
		block.PSU[k], block.Stratum[k] = psu, psu%bulkStrata
		block.Weight[k], block.FPC[k] = 0.5+random.Float64(), 40
		block.Variables[0][k] = random.Int32N(bulkCategories)
	}
	b.blocks, b.values = append(b.blocks, block), append(b.values, values)
}

func bulkStudy() *study.Study {
	zero, one := 0, 1
	mean := study.Names{"mean"}
	f := &study.Framework{Scales: study.Map[study.Scale]{{ID: "answer", Value: study.Scale{Min: &zero, Max: &one}}}}
	book := &study.Codebook{Variables: study.Map[study.VariableSource]{{ID: "group"}}}
	book.Design.Weight = study.Names{"w"}
	for i := range bulkScores {
		item, score := fmt.Sprintf("item%d", i), fmt.Sprintf("score%d", i)
		f.Items = append(f.Items, study.Entry[study.Item]{ID: item, Value: study.Item{Scale: "answer", Statistics: mean}})
		f.Constructs = append(f.Constructs, study.Entry[study.Construct]{ID: score, Value: study.Construct{Items: study.Names{item}, Positive: "75", MinAnswered: "0.5", Statistics: mean}})
		book.Items = append(book.Items, study.Entry[study.ItemSource]{ID: item})
	}
	var categories study.Map[string]
	for i := range bulkCategories {
		id := fmt.Sprintf("c%02d", i)
		categories = append(categories, study.Entry[string]{ID: id, Value: id})
	}
	f.Variables = study.Map[study.Variable]{{ID: "group", Value: study.Variable{Categories: categories}}}
	return &study.Study{Confidence: 0.95, Breakdowns: []study.Breakdown{{"group"}}, Disclosure: study.Disclosure{DistributionBase: 1}, Framework: f,
		Surveys: []*study.Survey{{ID: "s", Waves: []*study.Wave{{ID: "1", Codebook: book}}}}}
}

// wave sums the blocks up.
func (b *bulk) wave() estimate.Wave {
	v := b.study.Surveys[0]
	w := estimate.Wave{Survey: v, Wave: v.Waves[0], Names: normalise.NewWaveNames(b.plan.Schema), Moments: b.plan.NewMoments(false), Kept: &measure.Kept{Plan: b.plan}}
	for i := range bulkPSUs {
		w.Names.PSUs.ID(fmt.Sprint(i))
		w.Names.Strata.ID(fmt.Sprint(i % bulkStrata))
	}
	var prepared *measure.Prepared
	for i, block := range b.blocks {
		prepared = b.plan.Prepare(block, prepared)
		copy(prepared.Numerics, b.values[i])
		w.Moments.Add(block, prepared)
	}
	return w
}

func (b *bulk) table(w estimate.Wave) (*estimate.Table, error) {
	diags := &diag.List{}
	table, err := estimate.Estimate(context.Background(), b.study, []estimate.Wave{w}, diags)
	if err == nil && diags.HasErrors() {
		err = fmt.Errorf("%v", diags.Sorted())
	}
	return table, err
}

// BenchmarkMillion sums a million respondents up and estimates from the sums.
func BenchmarkMillion(b *testing.B) {
	bulk := newBulk(1_000_000)
	b.Run("moments", func(b *testing.B) {
		for b.Loop() {
			bulk.wave()
		}
	})
	wave := bulk.wave()
	b.Run("table", func(b *testing.B) {
		for b.Loop() {
			table, err := bulk.table(wave)
			if err != nil {
				b.Fatal(err)
			}
			if len(table.Rows) < bulkScores*(1+bulkCategories) {
				b.Fatal(len(table.Rows), "rows")
			}
		}
	})
}
