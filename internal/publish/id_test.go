package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestID(t *testing.T) {
	a := Input{Path: "study.yaml", SHA256: "aa", Kind: "study"}
	b := Input{Path: "exports/rcp.csv", SHA256: "bb", Kind: "export"}
	base := ID("0.1.0", []Input{a, b}, "")
	if !idPattern.MatchString(base) {
		t.Fatalf("id %q", base)
	}
	if swapped := ID("0.1.0", []Input{b, a}, ""); swapped != base {
		t.Errorf("the order of inputs changes the id: %s, %s", base, swapped)
	}
	ids := []string{
		base,
		ID("0.1.1", []Input{a, b}, ""),
		ID("0.1.0", []Input{a, b}, base),
		ID("0.1.0", []Input{a}, ""),
		ID("0.1.0", []Input{a, b, b}, ""),
		ID("0.1.0", []Input{a, {Path: b.Path, SHA256: "bc", Kind: b.Kind}}, ""),
		ID("0.1.0", []Input{a, {Path: "exports/rcp2.csv", SHA256: "bb", Kind: b.Kind}}, ""),
		ID("0.1.0", []Input{{Path: "study.yaml", SHA256: "aabb", Kind: "study"}, {Path: "exports/rcp.csv", Kind: "export"}}, ""),
	}
	slices.Sort(ids)
	if distinct := len(slices.Compact(ids)); distinct != 8 {
		t.Errorf("%d ids for 8 different releases", distinct)
	}
}

func TestIDTellsPartsApart(t *testing.T) {
	part := rapid.StringMatching(`[0-9:a]{0,4}`)
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) (string, []Input, string) {
			in := Input{Path: part.Draw(t, label+" path"), SHA256: part.Draw(t, label+" hash"), Kind: part.Draw(t, label+" kind")}
			return part.Draw(t, label+" version"), []Input{in}, part.Draw(t, label+" previous")
		}
		v1, in1, p1 := draw("one")
		v2, in2, p2 := draw("two")
		same := v1 == v2 && in1[0] == in2[0] && p1 == p2
		if got := ID(v1, in1, p1) == ID(v2, in2, p2); got != same {
			t.Fatalf("ids equal: %v; parts equal: %v", got, same)
		}
	})
}

func TestHashFile(t *testing.T) {
	for _, size := range []int{0, 1, 1 << 20, 3<<20 + 7} {
		data := make([]byte, size)
		for i := range data {
			data[i] = byte(i * i >> 3)
		}
		path := filepath.Join(t.TempDir(), "export.csv")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		got, n, err := HashFile(path)
		if err != nil || n != int64(size) || got != hex.EncodeToString(sum[:]) {
			t.Errorf("%d bytes: %s of %d, %v", size, got, n, err)
		}
	}
	if _, _, err := HashFile(t.TempDir()); err == nil {
		t.Error("a folder has a hash")
	}
}
