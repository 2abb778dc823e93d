package attack

import (
	"errors"
	"flag"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/disclose"
)

// few are the studies that every test run attacks: a start of the many.
const few = 9

var studies = flag.Int("studies", few, "attack so many made-up studies in TestNothingIsRecovered")

// What a release hides stays hidden: the attacker recovers nothing.
func TestNothingIsRecovered(t *testing.T) { holdAgainstAttacks(t, *studies) }

// holdAgainstAttacks protects the first so many made-up studies and attacks what was
// published of them.
func holdAgainstAttacks(t *testing.T, studies int) {
	t.Helper()
	var had, stopped, secrets, given atomic.Int64
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			worlds := rapid.Custom(drawWorld)
			for seed := int(next.Add(1)) - 1; seed < studies; seed = int(next.Add(1)) - 1 {
				w := worlds.Example(seed)
				pub, err := w.publish()
				if errors.Is(err, disclose.ErrStopped) {
					stopped.Add(1)
					continue
				}
				if err != nil {
					t.Errorf("study %d: %v", seed, err)
					continue
				}
				_, s, err := w.attack(w.attacker(pub), effort{most: searching})
				if err != nil {
					t.Errorf("study %d: the attacker believes something false: %v", seed, err)
					continue
				}
				if len(s.targets) > 0 {
					had.Add(1)
				}
				secrets.Add(int64(len(s.targets)))
				given.Add(int64(s.given))
				if x := s.first(); x != nil {
					t.Errorf("study %d gives away:\n%s", seed, w.explain(pub, x))
				}
			}
		})
	}
	wait.Wait()
	t.Logf("%d studies: %d stopped, %d with secrets, %d secrets; %d searches were given up", studies, stopped.Load(), had.Load(), secrets.Load(), given.Load())
	if int(had.Load()) < studies/2 {
		t.Errorf("only %d of %d studies have secrets", had.Load(), studies)
	}
}

// first is the first secret that was recovered, or nil.
func (s *search) first() *target {
	for _, x := range s.targets {
		if x.found != "" && x.kind != certainOf {
			return x
		}
	}
	return nil
}
