package record

import (
	"strings"
	"testing"
)

func TestBlank(t *testing.T) {
	tests := map[string]bool{"": true, "|": true, " |\t\r\n|\u00a0 ": true, "x": false, " |0": false, "\u00a0é": false, "\xc2": false}
	for text, want := range tests {
		var cells []Cell
		at := 0
		for _, field := range strings.Split(text, "|") {
			cells = append(cells, Cell{Start: uint32(at), End: uint32(at + len(field))})
			at += len(field) + 1
		}
		if got := Blank([]byte(text), cells); got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	}
}

// A million ragged rows are not a million messages, and none is lost silently.
func TestProblems(t *testing.T) {
	var p Problems
	if p.List() != nil {
		t.Error("a list of nothing")
	}
	for i := range 100 {
		p.Add(Ragged(i, 2, 3))
	}
	p.Add(NUL(7))
	list := p.List()
	if len(list) != perCode+1 {
		t.Fatalf("%d problems, want %d", len(list), perCode+1)
	}
	if last := list[perCode-1]; last.Pos.Row != perCode || !strings.Contains(last.Message, "80 more") {
		t.Errorf("the last of many: %s", last)
	}
	for i, d := range list {
		if i != perCode-1 && strings.Contains(d.Message, "more") {
			t.Errorf("%d says that there are more: %s", i, d)
		}
	}
}

func TestTooLarge(t *testing.T) {
	for limit, want := range map[int64]string{1 << 30: "1 GiB", 16 << 20: "16 MiB", 2048: "2 KiB", 100: "100 bytes"} {
		if d := TooLarge(0, "a cell", limit); !strings.Contains(d.Message, want) {
			t.Errorf("%q, want %q in it", d.Message, want)
		}
	}
}
