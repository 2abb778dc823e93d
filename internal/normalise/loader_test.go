package normalise

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/diag"
)

// steps is a consumer that notes the order of commits, and fails where told to.
type steps struct {
	mu               sync.Mutex
	committed        []int
	failAt           int
	failing          error
	inCommit, cancel bool
	stop             context.CancelFunc
}

func (s *steps) Begin(*WaveNames) error {
	s.committed = nil
	return nil
}

func (s *steps) Chunk(part int, _ *Block) (func() error, error) {
	if part == s.failAt && s.cancel {
		s.stop()
	}
	if part == s.failAt && !s.inCommit && !s.cancel {
		return nil, s.failing
	}
	return func() error {
		if part == s.failAt && s.inCommit {
			return s.failing
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.committed = append(s.committed, part)
		return nil
	}, nil
}

// manyFiles is a loader of a wave of eight small exports.
func manyFiles(t *testing.T, jobs, slots int) (*Loader, string) {
	t.Helper()
	var exports []string
	for i := range 8 {
		exports = append(exports, lines("ID,Q1", strings.Repeat(string(rune('a'+i)), 3)+",Agree"))
	}
	s, dir := studyOf(t, testFramework, "version: 1\nid: ID\nitems: {want: {column: Q1}}\n", exports...)
	l := &Loader{Schema: NewSchema(s), Survey: s.Surveys[0], Wave: s.Surveys[0].Waves[0], Key: []byte("a made-up key"), Jobs: jobs}
	if slots > 0 {
		l.Slots = make(chan struct{}, slots)
	}
	return l, dir
}

// Whoever is first, parts are committed in file order.
func TestPartsAreCommittedInOrder(t *testing.T) {
	for _, tc := range [][2]int{{1, 0}, {4, 0}, {4, 1}, {8, 3}} {
		for range 20 {
			l, dir := manyFiles(t, tc[0], tc[1])
			s := &steps{failAt: -1}
			r, err := l.Read(context.Background(), dir, s, &diag.List{})
			if err != nil || r.Respondents != 8 {
				t.Fatal(err)
			}
			if d := cmp.Diff([]int{0, 1, 2, 3, 4, 5, 6, 7}, s.committed); d != "" {
				t.Fatalf("jobs %d, slots %d: %s", tc[0], tc[1], d)
			}
		}
	}
}

// A consumer that fails ends the reading with its error, and nobody waits for a
// part that never comes; what was committed is the parts before.
func TestConsumerFails(t *testing.T) {
	broken := errors.New("made to fail")
	for _, inCommit := range []bool{false, true} {
		for failAt := range 8 {
			l, dir := manyFiles(t, 4, 2)
			s := &steps{failAt: failAt, failing: broken, inCommit: inCommit}
			if _, err := l.Read(context.Background(), dir, s, &diag.List{}); !errors.Is(err, broken) {
				t.Fatalf("part %d: error %v", failAt, err)
			}
			if len(s.committed) > failAt || !slices.IsSorted(s.committed) {
				t.Errorf("part %d failed, and these were committed: %v", failAt, s.committed)
			}
		}
	}
}

func TestCancelled(t *testing.T) {
	for failAt := range 7 {
		l, dir := manyFiles(t, 4, 2)
		ctx, stop := context.WithCancel(context.Background())
		s := &steps{failAt: failAt, cancel: true, stop: stop}
		if _, err := l.Read(ctx, dir, s, &diag.List{}); !errors.Is(err, context.Canceled) && len(s.committed) < 8 {
			t.Errorf("cancelled at part %d: error %v after %v", failAt, err, s.committed)
		}
		stop()
	}
}

// After a stray quote where records begin is no longer sure: what later chunks
// say of their rows is left out. The rows are counted all the same.
func TestLostRecords(t *testing.T) {
	s, _ := studyOf(t, testFramework, testBook, lines("ID,Q1", "1,Agree"))
	schema := NewSchema(s)
	p := &pass{Loader: &Loader{Schema: schema}, files: []*source{{}}}
	p.files[0].File = emptyFile("exports/a.csv")
	r := newResult(p)
	w := &worker{piece: &Piece{Block: &Block{}}}
	w.addProblems([]diag.Diagnostic{{Code: "ragged-row", Pos: diag.Pos{Row: 2}}, {Code: "stray-quote", Pos: diag.Pos{Row: 4}}})
	w.base = 10
	w.addProblems([]diag.Diagnostic{{Code: "ragged-row", Pos: diag.Pos{Row: 3}}})
	w.piece.Rows, w.piece.Records = 20, 21
	r.add(0, w.piece)
	r.add(0, &Piece{Block: &Block{}, Rows: 5, Records: 5, Problems: []diag.Diagnostic{{Code: "ragged-row", Pos: diag.Pos{Row: 1}}}})
	var got []string
	for _, d := range r.files[0].problems {
		got = append(got, d.Code+" at "+d.Pos.String())
	}
	if d := cmp.Diff([]string{"ragged-row at exports/a.csv, row 2", "stray-quote at exports/a.csv, row 4"}, got); d != "" {
		t.Errorf("problems (-want +got):\n%s", d)
	}
	if r.files[0].rows != 25 {
		t.Errorf("%d rows, want 25", r.files[0].rows)
	}
}

// Of many problems of one kind the first stand one by one, the others in a count.
func TestManyProblems(t *testing.T) {
	f := &fileResult{source: &source{File: emptyFile("exports/a.csv")}, byCode: map[string]int{}}
	for i := range 100 {
		f.addProblems([]diag.Diagnostic{{Code: "ragged-row", Pos: diag.Pos{Row: 1}, Message: "ragged"}})
		f.records = i + 1
	}
	list := &diag.List{}
	f.reportProblems(list)
	got := list.Sorted()
	if len(got) != perCode+1 || got[perCode].String() != "exports/a.csv, row 100: and at least 80 rows more like the 20 above" {
		t.Errorf("%d lines, the last %v", len(got), got[len(got)-1])
	}
}
