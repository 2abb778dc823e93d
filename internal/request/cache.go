package request

import "sync"

// cache makes things once for all requests that ask for the same, and forgets the
// oldest of them when there are many: requests that share something mostly stand
// together.
type cache[T any] struct {
	most int

	mu    sync.Mutex
	made  map[string]*entry[T]
	order []string
}

type entry[T any] struct {
	once  sync.Once
	value T
	err   error
}

// cachedValues is how many values of columns a cache holds, 8 bytes each.
const cachedValues = 1 << 25

// newCache is for things with a value for each of rows.
func newCache[T any](rows int) *cache[T] {
	return &cache[T]{most: max(4, cachedValues/max(rows, 1)), made: map[string]*entry[T]{}}
}

// get gives what key stands for. Requests that ask for it while it is made wait.
func (c *cache[T]) get(key string, produce func() (T, error)) (T, error) {
	c.mu.Lock()
	e, ok := c.made[key]
	if !ok {
		e = &entry[T]{}
		c.made[key] = e
		if c.order = append(c.order, key); len(c.order) > c.most {
			delete(c.made, c.order[0])
			c.order = c.order[1:]
		}
	}
	c.mu.Unlock()
	e.once.Do(func() { e.value, e.err = produce() })
	return e.value, e.err
}
