package study

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// link puts a link in the place of a file of a study.
func link(t *testing.T, dir, target, name string) {
	t.Helper()
	full := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.RemoveAll(full); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, full); err != nil {
		t.Skipf("this system makes no links: %v", err)
	}
}

// Whatever a study names through a link that leads away is refused at its place,
// and read where that is allowed.
func TestLinksOutside(t *testing.T) {
	base := baseFiles(t)
	for _, c := range []struct {
		name, target, link string // target in the folder outside
		want               string // "" for one that is not refused
	}{
		{"study", "study.yaml", "study.yaml", "STUDY: path \"study.yaml\""},
		{"framework", "framework.yaml", "framework.yaml", "study.yaml:4:12: path \"framework.yaml\""},
		{"codebook", "codebooks/staff.yaml", "codebooks/staff.yaml", "study.yaml:8:15: path \"codebooks/staff.yaml\""},
		{"folder of codebooks", "codebooks", "codebooks", "study.yaml:8:15: path \"codebooks/staff.yaml\""},
		{"export", "exports/staff-2024.csv", "exports/staff-2024.csv", "study.yaml:10:31: path \"exports/staff-2024.csv\""},
		{"one of a pattern", "exports/staff-2024.csv", "exports/staff-2025-b.csv", "study.yaml:11:31: path \"exports/staff-2025-b.csv\""},
		{"folder of exports", "exports", "exports", "study.yaml:10:31: path \"exports/staff-2024.csv\"; study.yaml:11:31: path \"exports\""},
	} {
		t.Run(c.name, func(t *testing.T) {
			outside, dir := folderOf(t, base), folderOf(t, base)
			link(t, dir, filepath.Join(outside, filepath.FromSlash(c.target)), c.link)
			var want strings.Builder
			for _, place := range strings.Split(c.want, "; ") {
				want.WriteString("outside-study: " + place + " is a link that leads outside the study's folder; copy the file into the folder, or allow it with --allow-outside if you trust the study\n")
			}
			if d := cmp.Diff(want.String(), said(t, dir)); d != "" {
				t.Errorf("what is said (-want +got):\n%s", d)
			}
			if _, list, err := (Options{AllowOutside: true}).Load(dir); err != nil || list.HasErrors() {
				t.Errorf("allowed, and yet: %v, %v", err, list.Sorted())
			}
		})
	}
}

func TestLinksInside(t *testing.T) {
	files := baseFiles(t)
	files["shared/framework.yaml"] = files["framework.yaml"]
	dir := folderOf(t, files)
	link(t, dir, filepath.Join("shared", "framework.yaml"), "framework.yaml")
	if got := said(t, dir); got != "" {
		t.Errorf("a link that stays inside is refused: %s", got)
	}
	whole := filepath.Join(t.TempDir(), "study")
	link(t, filepath.Dir(whole), dir, "study")
	mustLoad(t, whole) // the folder itself may be named through a link
}

// Nothing is told of a folder that a link leads to, not even the names in it.
func TestLinksOutsideTellNothing(t *testing.T) {
	for _, export := range []string{"exports/staff-2023.csv", "exports/other-*.csv"} {
		files := baseFiles(t)
		files["study.yaml"] = strings.Replace(files["study.yaml"], "exports/staff-2024.csv", export, 1)
		dir := folderOf(t, files)
		link(t, dir, filepath.Dir(filepath.Join(folderOf(t, map[string]string{"staff-2O23.csv": ""}), "x")), "exports")
		if got := said(t, dir); strings.Contains(got, "2O23") || !strings.Contains(got, "outside-study: study.yaml:10:31") {
			t.Errorf("%s: %s", export, got)
		}
	}
}

func TestAllowOutside(t *testing.T) {
	root := folderOf(t, map[string]string{"data/staff-a.csv": "made up\n", "data/staff-b.csv": "made up\n", "data/staff-c.csv": "made up\n", "fw.yaml": baseFiles(t)["framework.yaml"]})
	dir := filepath.Join(root, "team", "study")
	for name, data := range baseFiles(t) {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		data = strings.Replace(data, "framework: framework.yaml", "framework: ../../fw.yaml", 1)
		data = strings.Replace(data, "exports/staff-2024.csv", "\"../../data/staff-[ab].csv\"", 1)
		data = strings.Replace(data, "exports/staff-2025-*.csv", filepath.ToSlash(filepath.Join(root, "data"))+"/*-c.csv", 1)
		if err := os.WriteFile(full, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Count(said(t, dir), "outside-study: "); got != 3 {
		t.Errorf("%d of 3 paths are refused", got)
	}
	s, list, err := Options{AllowOutside: true}.Load(dir)
	if err != nil || s == nil {
		t.Fatalf("%v, %v", err, list.Sorted())
	}
	var got [][]string
	for _, w := range s.Surveys[0].Waves {
		got = append(got, w.Exports)
	}
	want := [][]string{{"../../data/staff-a.csv", "../../data/staff-b.csv"}, {"../../data/staff-c.csv"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("exports (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"../../fw.yaml", "codebooks/staff.yaml", "study.yaml"}, s.Files); d != "" {
		t.Errorf("files (-want +got):\n%s", d)
	}
}

func TestPublicName(t *testing.T) {
	for name, want := range map[string]string{
		"exports/a.csv":          "exports/a.csv",
		"..a/b.csv":              "..a/b.csv",
		"../a.csv":               "(outside)/a.csv",
		"../../home/j.doe/a.csv": "(outside)/a.csv",
	} {
		if got := PublicName(name); got != want {
			t.Errorf("PublicName(%q) = %q, want %q", name, got, want)
		}
	}
}

// A pipe or device in the place of a study file would be read for ever.
func TestNoRegularFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such device")
	}
	dir := folderOf(t, baseFiles(t))
	link(t, dir, "/dev/zero", "framework.yaml")
	_, list, err := Options{AllowOutside: true}.Load(dir)
	if err != nil || !strings.Contains(lines(list.Sorted()), `not-a-file: study.yaml:4:12: "framework.yaml" is no regular file`) {
		t.Errorf("%v, %v", err, list.Sorted())
	}
}
