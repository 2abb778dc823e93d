package attack

import (
	"errors"
	"flag"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"github.com/caregap/caregap/internal/disclose"
)

// few are the studies that every test run attacks: a start of the many.
const few = 200

var (
	studies = flag.Int("studies", few, "attack so many made-up studies in TestNothingIsRecovered")
	first   = flag.Int("first", 0, "the first of them")
)

// What a release hides stays hidden: the attacker recovers nothing.
func TestNothingIsRecovered(t *testing.T) { holdAgainstAttacks(t, *studies, func(*world) {}) }

// The same where the first variable is sensitive, and with it all that is broken down
// by it: half of such studies stop, as a rare answer of everyone tells that of a group.
func TestNothingIsRecoveredOfSensitiveGroups(t *testing.T) {
	holdAgainstAttacks(t, *studies/10, func(w *world) {
		w.study.Disclosure.Sensitive = append(w.study.Disclosure.Sensitive, w.study.Framework.Variables[0].ID)
	})
}

// holdAgainstAttacks protects the first so many made-up studies, altered, and attacks
// what was published of them.
func holdAgainstAttacks(t *testing.T, studies int, alter func(*world)) {
	t.Helper()
	var sum tally
	var next atomic.Int64
	next.Store(int64(*first))
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			worlds := rapid.Custom(drawWorld)
			for seed := int(next.Add(1)) - 1; seed < *first+studies; seed = int(next.Add(1)) - 1 {
				w := worlds.Example(seed)
				alter(w)
				if err := sum.hold(w); err != nil {
					t.Errorf("study %d %v", seed, err)
				}
			}
		})
	}
	wait.Wait()
	t.Logf("%d studies: %d stopped, %d with secrets, %d secrets; %d searches were given up", studies, sum.stopped.Load(), sum.had.Load(), sum.secrets.Load(), sum.given.Load())
	if int(sum.had.Load()) < studies/4 {
		t.Errorf("only %d of %d studies have secrets", sum.had.Load(), studies)
	}
}

// tally counts studies: those that have secrets, and that protection stopped; and
// secrets, and searches that were given up.
type tally struct{ had, stopped, secrets, given atomic.Int64 }

// hold protects a study and attacks what was published of it.
func (y *tally) hold(w *world) error {
	pub, err := w.publish()
	if errors.Is(err, disclose.ErrStopped) {
		y.stopped.Add(1)
		return nil
	}
	if err != nil {
		return fmt.Errorf("is not protected: %w", err)
	}
	_, s, err := w.attack(w.attacker(pub), effort{most: searching})
	if err != nil {
		return fmt.Errorf("makes the attacker believe something false: %w", err)
	}
	if len(s.targets) > 0 {
		y.had.Add(1)
	}
	y.secrets.Add(int64(len(s.targets)))
	y.given.Add(int64(s.given))
	if x := s.first(); x != nil {
		return errors.New("gives away:\n" + w.explain(pub, x))
	}
	return nil
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
