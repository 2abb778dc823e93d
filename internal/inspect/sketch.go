package inspect

import (
	"math"
	"slices"
)

// sketch counts different texts in bounded memory. It keeps the smallest of their
// hashes: as long as there is room, the count is exact; beyond it the largest of
// those kept tells how densely hashes lie. The estimator is (k-1)/U(k), U(k) the
// k-th smallest hash as a share of all (Beyer, Haas, Reinwald, Sismanis and
// Gemulla, 2007, section 3); with k = 32,768 it is within 1.7% in 99 of 100 cases.
// Sketches can be merged in any order.
type sketch struct {
	hashes []uint64 // sorted and without repetitions up to clean
	clean  int
	full   bool // hashes were thrown away
}

const sketchSize = 1 << 15

func (s *sketch) add(h uint64) {
	if s.full && h > s.hashes[s.clean-1] {
		return
	}
	if s.hashes = append(s.hashes, h); len(s.hashes) >= 2*sketchSize {
		s.compact()
	}
}

func (s *sketch) compact() {
	slices.Sort(s.hashes)
	s.hashes = slices.Compact(s.hashes)
	if len(s.hashes) > sketchSize {
		s.hashes, s.full = s.hashes[:sketchSize], true
	}
	s.clean = len(s.hashes)
}

func (s *sketch) merge(o *sketch) {
	s.hashes = append(s.hashes, o.hashes...)
	s.full = s.full || o.full
	s.compact()
}

// count is how many different hashes were added, exact up to sketchSize.
func (s *sketch) count() int {
	s.compact()
	if !s.full {
		return len(s.hashes)
	}
	largest := float64(s.hashes[len(s.hashes)-1]) / math.MaxUint64
	return int(math.Round(float64(len(s.hashes)-1) / largest))
}

// hash is FNV-1a with the last step of SplitMix64, which spreads it over all bits.
func hash(text string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
