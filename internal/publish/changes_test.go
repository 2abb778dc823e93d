package publish

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const header = "measure,statistic,level,survey,wave,breakdown,category,contrast,versus,unit,estimate,se,lower,upper,base,effective_base,deff,df,p_value,p_adjusted,definition,base_rule,status,flags\n"

// line is a row of a made-up estimates.csv.
func line(key, unit, estimate, base, definition, status string) string {
	return fmt.Sprintf("%s,%s,%s,,,,%s,,,,,,%s,,%s,\n", key, unit, estimate, base, definition, status)
}

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
				"| `capacity_gap` | 0 | 0 | 2 | 1 | 0 | 0 |",
				"| `want_more` | 0 | 0 | 1 | 0 | 0 | 0 |",
				"| `skills` | 0 | 0 | 0 | 0 | 0 | 1 |",
				"| `new_item` | 1 | 0 | 0 | 0 | 0 | 0 |",
				"| `gone` | 0 | 1 | 0 | 0 | 0 | 0 |",
				"for everyone asked\n\n- `want_more`, share `positive`, `rcp 2023`: 54.5%, was 57.0% (-2.5 points)\n- `capacity_gap`, mean, `rcp 2023`: 21.4 points, was 19.8 points (+1.6)\n",
			},
			[]string{"12.0", "3.9", "90.0", "nursing", "Smaller changes"}, // hidden, no headline, redefined
		},
		{"shown again", header + line(nursing, "", "", "", "", "c"), header + line(nursing, "points", "12.0", "80", "d1", ""), []string{"| `capacity_gap` | 0 | 0 | 0 | 0 | 1 | 0 |"}, []string{"12.0"}},
		{"only a base", header + line(gap, "points", "19.8", "1100", "d1", ""), header + line(gap, "points", "19.8", "1101", "d1", ""), []string{"| `capacity_gap` | 0 | 0 | 1 | 0 | 0 | 0 |"}, []string{"19.8"}},
		{"only a status", header + line(gap, "", "", "", "", "c"), header + line(gap, "", "", "", "", "x"), []string{"| `capacity_gap` | 0 | 0 | 1 | 0 | 0 | 0 |"}, nil},
		{"a wave's name", header + line("will,mean,,rcp,a`|b,,,,", "score", "1.0", "1", "d", ""), header + line("will,mean,,rcp,a`|b,,,,", "score", "2.0", "1", "d", ""), []string{"`rcp a''b`: 2.0, was 1.0 (+1.0)"}, []string{"a`", "|b"}},
		{"an older layout", "measure,statistic,survey,wave,estimate,status\nwill,mean,rcp,2023,1.0,\n", header + line("will,mean,,rcp,2023,,,,", "score", "1.0", "1", "", ""), []string{"| `will` | 0 | 0 | 1 | 0 | 0 | 0 |"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var old []byte
			if c.before != "" {
				old = []byte(c.before)
			}
			got, err := Changes(old, []byte(c.now))
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

func TestChangesNamesTheLargest(t *testing.T) {
	before, now := header, header
	for i := range 25 {
		key := fmt.Sprintf("item_%02d,mean,,rcp,2023,,,,", i)
		before += line(key, "score", "50.0", "100", "d", "")
		now += line(key, "score", fmt.Sprintf("%d.0", 51+i), "100", "d", "")
	}
	got, err := Changes([]byte(before), []byte(now))
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for l := range strings.Lines(got) {
		if strings.HasPrefix(l, "- ") {
			told = append(told, l[3:10])
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
		if _, err := Changes([]byte(c.before), []byte(c.now)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}
