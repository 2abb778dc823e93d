package survey

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// bootstrap draws PSUs again, each stratum from a stream of random numbers of its
// own and of the replicate: a stratum more shifts no other's draws, and no
// replicate need be kept.
type bootstrap struct {
	seed   uint64
	strata []resample
}

// resample is how the PSUs of a stratum are drawn again, and what a count of draws
// makes of a PSU's weight: base + each * count.
type resample struct {
	name       string
	psus       []int32
	draws      int
	copies     int // PSUs of the population that draws leave: 0: with replacement
	base, each float64
}

//gosec:disable G404 -- replicates are to be the same again for the same seed; nothing is secret
func (b *bootstrap) fill(r int, f []float64) {
	fillWith(f, 1)
	source := rand.NewPCG(0, 0)
	random := rand.New(source)
	for i := range b.strata {
		h := &b.strata[i]
		source.Seed(stream(b.seed, h.name, r))
		h.fill(random, f)
	}
}

// stream is the start of the random numbers of a stratum in a replicate; it rests
// on the stratum's name and not on its place.
//
//gosec:disable G104 G115 -- a hash never returns an error; a count of replicates, which is not negative
func stream(seed uint64, stratum string, replicate int) (uint64, uint64) {
	h := fnv.New64a()
	h.Write([]byte(stratum))
	return seed ^ uint64(replicate)*0x9e3779b97f4a7c15, h.Sum64()
}

func (h *resample) fill(random *rand.Rand, f []float64) {
	for _, p := range h.psus {
		f[p] = h.base
	}
	if h.copies > 0 {
		h.drawOff(random, f)
		return
	}
	for range h.draws {
		f[h.psus[random.IntN(len(h.psus))]] += h.each
	}
}

// drawOff draws without replacement from a population of copies of the PSUs in
// turn, by the first steps of a shuffle. Which PSUs have a copy more than others,
// where they do not go into the population, differs between replicates.
func (h *resample) drawOff(random *rand.Rand, f []float64) {
	turn := random.Perm(len(h.psus))
	moved := make(map[int]int, h.draws)
	at := func(i int) int {
		if m, ok := moved[i]; ok {
			return m
		}
		return i
	}
	for i := range h.draws {
		j := i + random.IntN(h.copies-i)
		f[h.psus[turn[at(j)%len(turn)]]] += h.each
		moved[j] = at(i)
	}
}

// makeBootstrap has the multipliers of the kind and the scale that goes with them.
func makeBootstrap(first *firstStage, m Replication) (*Replicates, error) {
	b := &bootstrap{seed: m.Seed}
	out := &Replicates{factors: b, Seed: m.Seed, Scale: 1 / float64(m.Replicates-1), RScales: make([]float64, m.Replicates)}
	fillWith(out.RScales, 1)
	var wrong []error
	harmonic := 0.0
	for _, h := range first.strata {
		harmonic += 1 / float64(len(h.psus))
		switch {
		case h.takenWhole():
		case len(h.psus) == 1:
			out.Fixed = append(out.Fixed, h.name)
		case m.Kind == RaoWuFPC && m.Draws >= len(h.psus):
			wrong = append(wrong, fmt.Errorf("PSUs in stratum %s: %d; at most one draw fewer can be made of them, not %d", h.name, len(h.psus), m.Draws))
		default:
			b.strata = append(b.strata, resampling(m, h))
		}
	}
	if m.Kind == Bootstrap {
		n := float64(len(first.strata)) / harmonic
		out.Scale *= n / (n - 1)
	}
	if len(b.strata) == 0 && len(wrong) == 0 {
		wrong = append(wrong, errNothingDrawn)
	}
	return out, errors.Join(wrong...)
}

var errNothingDrawn = errors.New("no stratum has two PSUs that were not the whole of it: there is nothing to make replicates of")

func resampling(m Replication, h psuStratum) resample {
	n := float64(len(h.psus))
	r := resample{name: h.name, psus: h.psus, draws: len(h.psus) - 1}
	switch m.Kind {
	case RaoWuFPC:
		// Rao and Wu (1988), Rao, Wu and Yue (1992): 1 - a + a (n_h / m_h) count.
		if m.Draws > 0 {
			r.draws = m.Draws
		}
		draws := float64(r.draws)
		a := math.Sqrt(draws * (1 - h.fraction) / (n - 1))
		r.base, r.each = 1-a, a*n/draws
	case RaoWu:
		r.each = n / (n - 1)
	case Bootstrap:
		// Canty and Davison (1999): n_h draws, without replacement from the PSUs
		// repeated to the size of the population where it is known.
		r.draws, r.each = len(h.psus), 1
		if h.fraction > 0 {
			r.copies = int(n/h.fraction + 1e-6)
		}
	}
	return r
}
