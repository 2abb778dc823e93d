package study

import (
	"iter"
	"math/big"
	"strconv"

	"github.com/caregap/caregap/internal/diag"
)

// Names is one text or a list of texts in YAML; always a list here.
type Names []string

// Decimal is a number as written, so that 0.1 stays a tenth. "" is not given.
type Decimal string

// Float returns the nearest float64; "" is 0.
func (d Decimal) Float() float64 {
	f, err := strconv.ParseFloat(string(d), 64)
	if err != nil {
		return 0
	}
	return f
}

// Rat returns the exact value; "" is 0.
func (d Decimal) Rat() *big.Rat {
	r, ok := new(big.Rat).SetString(string(d))
	if !ok {
		return new(big.Rat)
	}
	return r
}

// Map is a YAML mapping that keeps its order.
type Map[T any] []Entry[T]

// Entry is one key of a Map with its value and the place of the key.
type Entry[T any] struct {
	ID    string
	Value T
	Pos   diag.Pos
}

// Get returns the value under id.
func (m Map[T]) Get(id string) (T, bool) {
	if i := m.Index(id); i >= 0 {
		return m[i].Value, true
	}
	var none T
	return none, false
}

// Index returns the place of id in the declared order, or -1.
func (m Map[T]) Index(id string) int {
	for i := range m {
		if m[i].ID == id {
			return i
		}
	}
	return -1
}

// IDs returns the keys in order.
func (m Map[T]) IDs() []string {
	ids := make([]string, len(m))
	for i := range m {
		ids[i] = m[i].ID
	}
	return ids
}

// All iterates over ids and values in order.
func (m Map[T]) All() iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		for _, e := range m {
			if !yield(e.ID, e.Value) {
				return
			}
		}
	}
}
