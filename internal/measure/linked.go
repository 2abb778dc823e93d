package measure

import (
	"slices"

	"github.com/caregap/caregap/internal/normalise"
)

// link keeps who is in a block and, where respondents are the PSUs, all that they
// answered.
func (k *KeptBlock) link(b *normalise.Block, answers bool) {
	k.Person = make([]uint64, b.Rows)
	for r, h := range b.Person {
		if h != (normalise.Hash{}) {
			k.Person[r] = h.Short()
		}
	}
	if !answers {
		return
	}
	for i, column := range b.Items {
		if k.Items[i] == nil {
			k.Items[i] = slices.Clone(column)
		}
	}
	k.Options = make([][]uint8, len(b.Options))
	for i, column := range b.Options {
		k.Options[i] = slices.Clone(column)
	}
}

// People calls visit with every respondent who is named, by number in the wave from
// 0, in file order.
func (k *Kept) People(visit func(row int, person uint64, unit int32)) {
	base := 0
	for _, b := range k.Blocks {
		for r, person := range b.Person {
			if person != 0 {
				visit(base+r, person, b.Unit[r])
			}
		}
		base += b.Rows
	}
}

// Linked are the columns of some respondents of a wave.
type Linked struct {
	Unit   []int32   // of the moments
	Weight []float64 // the final weight
	Cell   []int32   // raking cell; nil without raking

	plan     *Plan
	block    *normalise.Block
	prepared *Prepared
}

// Pick gathers the respondents of these numbers, which rise. They must be of a wave
// whose answers are kept: Linked, and respondents its PSUs.
func (k *Kept) Pick(rows []int32) *Linked {
	p := &picker{kept: k, rows: rows}
	s := k.Plan.Schema
	b := &normalise.Block{Rows: len(rows), Variables: make([][]int32, len(s.Variables)), Items: make([][]uint8, len(s.Items)),
		Options: make([][]uint8, s.Options()), Scores: make([][]normalise.Score, len(s.Constructs))}
	for i := range b.Variables {
		b.Variables[i] = pick(p, func(k *KeptBlock) []int32 { return k.Variables[i] })
	}
	for i := range b.Items {
		b.Items[i] = pick(p, func(k *KeptBlock) []uint8 { return k.Items[i] })
	}
	for i := range b.Options {
		b.Options[i] = pick(p, func(k *KeptBlock) []uint8 { return k.Options[i] })
	}
	for i := range b.Scores {
		b.Scores[i] = pick(p, func(k *KeptBlock) []normalise.Score { return k.Scores[i] })
	}
	out := &Linked{plan: k.Plan, block: b, prepared: k.Plan.Prepare(b, nil)}
	out.Unit = pick(p, func(k *KeptBlock) []int32 { return k.Unit })
	out.Cell = pick(p, func(k *KeptBlock) []int32 { return k.Cell })
	if out.Weight = pick(p, func(k *KeptBlock) []float64 { return k.Weight }); out.Weight == nil {
		out.Weight = ones(len(rows))
	}
	return out
}

type picker struct {
	kept *Kept
	rows []int32
}

// pick gathers one column, nil where the wave has none.
func pick[T any](p *picker, column func(*KeptBlock) []T) []T {
	var out []T
	blocks, base := p.kept.Blocks, 0
	for _, r := range p.rows {
		for int(r)-base >= blocks[0].Rows {
			base += blocks[0].Rows
			blocks = blocks[1:]
		}
		values := column(&blocks[0])
		if values == nil {
			return nil
		}
		if out == nil {
			out = make([]T, 0, len(p.rows))
		}
		out = append(out, values[int(r)-base])
	}
	return out
}

// Category is each one's category in a partition, -1 for none.
func (l *Linked) Category(partition int) []int32 { return l.prepared.categories[partition] }

// Slots is the column of a categorical measure, nil where the wave has none.
func (l *Linked) Slots(j int) []uint8 { return l.prepared.slots(l.block, j, l.plan.Categoricals[j]) }

// Values is the column of a numeric measure, NaN for none; nil where the wave has none.
func (l *Linked) Values(j int) []float64 { return l.prepared.Numerics[j] }
