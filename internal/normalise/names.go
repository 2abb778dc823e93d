package normalise

import "sync"

// Names gives numbers to texts that no codebook lists, such as trust codes. Ids
// depend on who comes first; whatever is printed or summed goes by the text.
type Names struct {
	mu   sync.RWMutex
	ids  map[string]int32
	list []string
}

// NewNames returns an empty set of names.
func NewNames() *Names { return &Names{ids: map[string]int32{}} }

// ID returns the number of a text, a new one if need be.
//
//gosec:disable G115 -- names are no more than respondents, who are counted in int32
func (n *Names) ID(text string) int32 {
	n.mu.RLock()
	id, ok := n.ids[text]
	n.mu.RUnlock()
	if ok {
		return id
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if id, ok := n.ids[text]; ok {
		return id
	}
	id = int32(len(n.list))
	n.ids[text] = id
	n.list = append(n.list, text)
	return id
}

// Text returns the text of a number.
func (n *Names) Text(id int32) string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.list[id]
}

// Len is how many texts there are.
func (n *Names) Len() int {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return len(n.list)
}
