package publish

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
)

const header = "measure,statistic,level,survey,wave,breakdown,category,contrast,versus,unit,estimate,se,lower,upper,base,effective_base,deff,df,p_value,p_adjusted,definition,base_rule,status,flags\n"

// line is a row of a made-up estimates.csv.
func line(key, unit, estimate, base, definition, status string) string {
	return fmt.Sprintf("%s,%s,%s,,,,%s,,,,,,%s,,%s,\n", key, unit, estimate, base, definition, status)
}

const labels = "id,level,label\ncapacity_gap,,Will minus capacity\nwant_more,,\"Wants more | \"\"research\"\"\"\nwant_more,positive,Positive\nrcp,2023,Royal College of Physicians 2023\nstatistic,mean,Mean\n"

func TestChanges(t *testing.T) {
	gap := "capacity_gap,mean,,rcp,2023,,,,"
	share := "want_more,share,positive,rcp,2023,,,,"
	nursing := "capacity_gap,mean,,rcp,2023,staff_group,nursing,,"
	change := "capacity_gap,difference,,rcp,2023,,,wave,2020"
	before := header +
		line(gap, "points", "19.8", "1100", "d1", "") +
		line(share, "percent", "57.0", "1100", "d2", "") +
		line(nursing, "points", "12.0", "80", "d1", "") +
		line(change, "points", "2.0", "1100", "d1", "") +
		line("skills,mean,,rcp,2023,,,,", "score", "40.0", "1100", "d3", "") +
		line("gone,mean,,rcp,2023,,,,", "score", "40.0", "1100", "d3", "")
	gapRow := func(figures string) string { return "| Will minus capacity | `capacity_gap` | " + figures + " |" }
	for _, c := range []struct {
		name        string
		before, now string
		want        []string
		not         []string
	}{
		{"the first", "", before, []string{"This is the first release: 6 numbers published."}, nil},
		{"nothing", before, before, []string{"No published number changed since the last release."}, []string{"|"}},
		{
			"each kind", before, header +
				line(gap, "points", "21.4", "1180", "d1", "") +
				line(share, "percent", "54.5", "1180", "d2", "") +
				line(nursing, "", "", "", "", "c") +
				line(change, "points", "3.9", "1180", "d1", "") +
				line("skills,mean,,rcp,2023,,,,", "score", "90.0", "1180", "d4", "") +
				line("new_item,mean,,rcp,2023,,,,", "score", "12.0", "1180", "d5", ""),
			[]string{
				"- Revised: 3 numbers. Their estimate,", "- New: 1 number.\n", "- Gone: 1 number.\n", "- No longer shown: 1 number.\n", "- Redefined: 1 number. ",
				gapRow("2 | 0 | 0 | 1 | 0 | 0 | 0"),
				"| Wants more \\| \"research\" | `want_more` | 1 | 0 | 0 | 0 | 0 | 0 | 0 |",
				"| skills | `skills` | 0 | 0 | 0 | 0 | 0 | 1 | 0 |",
				"| new\\_item | `new_item` | 0 | 1 | 0 | 0 | 0 | 0 | 0 |",
				"| gone | `gone` | 0 | 0 | 1 | 0 | 0 | 0 | 0 |",
				"for everyone asked\n\n- Wants more \\| \"research\" (Positive), Royal College of Physicians 2023: 54.5%, was 57.0% (-2.5 points)\n- Will minus capacity (Mean), Royal College of Physicians 2023: 21.4 points, was 19.8 points (+1.6)\n",
			},
			[]string{"12.0", "3.9", "90.0", "nursing", "Smaller changes", "Newly shown", "As they were"}, // hidden, no headline, redefined
		},
		{"shown again", header + line(nursing, "", "", "", "", "c"), header + line(nursing, "points", "12.0", "80", "d1", ""), []string{gapRow("0 | 0 | 0 | 0 | 1 | 0 | 0"), "- Newly shown: 1 number.\n"}, []string{"12.0"}},
		{"only a base", header + line(gap, "points", "19.8", "1100", "d1", ""), header + line(gap, "points", "19.8", "1101", "d1", ""), []string{gapRow("1 | 0 | 0 | 0 | 0 | 0 | 0")}, []string{"19.8"}},
		{"only a status", header + line(gap, "", "", "", "", "c"), header + line(gap, "", "", "", "", "x"), []string{gapRow("0 | 0 | 0 | 0 | 0 | 0 | 1"), "for another reason: 1 number."}, nil},
		{"more decimals", header + line(gap, "points", "19.8", "1100", "d1", ""), header + line(gap, "points", "19.84", "1100", "d1", ""), []string{gapRow("0 | 0 | 0 | 0 | 0 | 0 | 1"), "- Otherwise changed: 1 number."}, []string{"19.8"}},
		{"fewer decimals of another number", header + line(gap, "points", "19.8", "1100", "d1", ""), header + line(gap, "points", "19", "1100", "d1", ""), []string{gapRow("1 | 0 | 0 | 0 | 0 | 0 | 0")}, nil},
		{"a passing flag", header + strings.Replace(line(gap, "points", "19.8", "1100", "d1", ""), ",\n", ",ur\n", 1), header + strings.Replace(line(gap, "points", "19.8", "1100", "d1", ""), ",\n", ",u\n", 1),
			[]string{"No published number changed"}, nil},
		{"a wave's name", header + line("will,mean,,rcp,a`|b,,,,", "score", "1.0", "1", "d", ""), header + line("will,mean,,rcp,a`|b,,,,", "score", "2.0", "1", "d", ""), []string{"- will (Mean), rcp a\\`\\|b: 2.0, was 1.0 (+1.0)"}, nil},
		{"an older layout", "measure,statistic,survey,wave,estimate,status\nwill,mean,rcp,2023,1.0,\n", header + line("will,mean,,rcp,2023,,,,", "score", "1.0", "1", "", ""), []string{"| will | `will` | 1 | 0 | 0 | 0 | 0 | 0 | 0 |"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var old *Side
			if c.before != "" {
				old = &Side{Estimates: []byte(c.before)}
			}
			got, err := Changes(old, Side{Estimates: []byte(c.now), Labels: []byte(labels)})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(got, "# What changed\n\n") || !strings.HasSuffix(got, "\n") {
				t.Errorf("no page of its own: %q", got)
			}
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("lacks %q:\n%s", want, got)
				}
			}
			for _, not := range c.not {
				if strings.Contains(got, not) {
					t.Errorf("holds %q:\n%s", not, got)
				}
			}
		})
	}
}

// What releases rest on is told from their manifests.
func TestChangesOfGrounds(t *testing.T) {
	file := func(path, hash string) Input { return Input{Path: path, SHA256: hash, Kind: "export"} }
	settings := Settings{Surveys: []string{"rcp"}, MinBase: 10, Decimals: 1}
	old := Manifest{ID: "aaaaaaaaaaaa", Version: "0.1.0", Settings: settings, Inputs: []Input{file("exports/a.csv", "1"), file("exports/b.csv", "2"), file("study.yaml", "3")}}
	now := old
	estimates := []byte(header + line("will,mean,,rcp,2023,,,,", "score", "1.0", "1", "d", ""))
	compare := func() string {
		t.Helper()
		got, err := Changes(&Side{Manifest: old, Estimates: estimates}, Side{Manifest: now, Estimates: estimates})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	const top = "# What changed\n\nRelease `bbbbbbbbbbbb` replaces release `aaaaaaaaaaaa`.\n\nNo published number changed since the last release.\n\n## What the releases rest on\n\n"
	now.ID = "bbbbbbbbbbbb"
	if diff := cmp.Diff(top+"Both rest on the same files and settings.\n", compare()); diff != "" {
		t.Error(diff)
	}
	now.Version, now.Inputs = "0.2.0", []Input{file("exports/b.csv", "9"), file("exports/c.csv", "4"), file("study.yaml", "3")}
	now.Settings.MinBase, now.Settings.Weights = 12, []Weights{{Survey: "rcp", Rake: "margins/rcp.csv"}}
	want := top + "- `exports/b.csv` changed\n- `exports/c.csv` is new\n- `exports/a.csv` is gone\n- Setting `min_base`: `12`, was `10`\n" +
		"- Setting `weights`: `[{\"survey\":\"rcp\",\"rake\":\"margins/rcp.csv\"}]`, was not set\n- Program version: `0.2.0`, was `0.1.0`\n"
	if diff := cmp.Diff(want, compare()); diff != "" {
		t.Error(diff)
	}
}

// Revised tells what changes.md counts as revised, of rows as they will be printed.
func TestRevised(t *testing.T) {
	key := estimateKey("will")
	before := []byte(header + line("will,mean,,rcp,2023,,,,", "score", "57.3", "1100", "d", "") + line("ability,mean,,rcp,2023,,,,", "", "", "", "", "c"))
	for _, c := range []struct {
		name     string
		key      disclose.Key
		estimate float64
		base     float64
		places   int
		want     bool
	}{
		{"the same", key, 57.3, 1100, 1, false},
		{"another estimate", key, 57.4, 1100, 1, true},
		{"another base", key, 57.3, 1101, 1, true},
		{"more decimals", key, 57.34, 1100, 2, false},
		{"fewer decimals", key, 57, 1100, 0, false},
		{"fewer decimals of another", key, 58, 1100, 0, true},
		{"hidden before", estimateKey("ability"), 57.3, 1100, 1, false},
		{"not there before", estimateKey("capacity"), 57.3, 1100, 1, false},
	} {
		revised, err := Revised(before, c.places)
		if err != nil {
			t.Fatal(err)
		}
		row := disclose.Row{Key: c.key, Unit: "score", Estimate: number.Of(c.estimate), Base: number.Of(c.base)}
		if got := revised(row); got != c.want {
			t.Errorf("%s: revised %t, want %t", c.name, got, c.want)
		}
	}
	if _, err := Revised([]byte("a,b\n"), 1); err == nil {
		t.Error("a file of other columns is taken for estimates")
	}
}

func estimateKey(measure string) disclose.Key {
	return disclose.Key{Measure: measure, Statistic: "mean", Survey: "rcp", Wave: "2023"}
}

func TestChangesNamesTheLargest(t *testing.T) {
	before, now := header, header
	for i := range 25 {
		key := fmt.Sprintf("item_%02d,mean,,rcp,2023,,,,", i)
		before += line(key, "score", "50.0", "100", "d", "")
		now += line(key, "score", fmt.Sprintf("%d.0", 51+i), "100", "d", "")
	}
	got, err := Changes(&Side{Estimates: []byte(before)}, Side{Estimates: []byte(now)})
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for l := range strings.Lines(got) {
		if strings.HasPrefix(l, `- item\_`) {
			told = append(told, "item_"+l[8:10])
		}
	}
	want := []string{"item_24", "item_23", "item_22", "item_21", "item_20", "item_19", "item_18", "item_17", "item_16", "item_15"}
	if diff := cmp.Diff(want, told); diff != "" || !strings.Contains(got, "Smaller changes: 15 numbers.") {
		t.Errorf("largest changes (-want +got):\n%s\n%s", diff, got)
	}
}

func TestChangesOfBrokenFiles(t *testing.T) {
	good := header + line("will,mean,,rcp,2023,,,,", "score", "1.0", "1", "d", "")
	for _, c := range []struct{ before, now, want string }{
		{good, "", "of this release: read the header"},
		{"a,b\n", good, `of the last release: column "measure" is missing`},
		{good + "short,row\n", good, "of the last release: record on line 3"},
		{good, header + line("will,mean,,rcp,2023,,,,", "score", "much", "1", "d", ""), `of this release: line 2: estimate "much" is no number`},
	} {
		if _, err := Changes(&Side{Estimates: []byte(c.before)}, Side{Estimates: []byte(c.now)}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}
