package weight

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/diag"
	"github.com/google/go-cmp/cmp"
)

var framework = []Variable{
	{ID: "staff_group", Categories: []string{"medical", "nursing", "other"}},
	{ID: "region", Categories: []string{"north", "south"}},
	{ID: "trust"},
}

func TestReadPopulations(t *testing.T) {
	want := []Population{
		{Variable: framework[1], Totals: []float64{400, 600}, Pos: diag.Pos{File: "m.csv", Line: 2, Col: 1}},
		{Variable: framework[0], Totals: []float64{300, 500.0004, 200}, Pos: diag.Pos{File: "m.csv", Line: 4, Col: 1}},
	}
	commas := "variable,category,population\nregion,south,600\nregion,north,400\nstaff_group,nursing,500.0004\nstaff_group,medical,3e2\nstaff_group,other,200\n"
	for name, text := range map[string]string{
		"commas":      commas,
		"mark":        "\ufeff" + commas,
		"blank rows":  commas + ",,\n\n",
		"semicolons":  strings.ReplaceAll(commas, ",", ";"),
		"spaces":      strings.ReplaceAll(commas, ",", " , "),
		"Windows":     strings.ReplaceAll(commas, "\n", "\r\n"),
		"other order": "Population,Variable,Category\n600,region,south\n400,region,north\n500.0004,staff_group,nursing\n300,staff_group,medical\n200,staff_group,other\n",
	} {
		var list diag.List
		got := ReadPopulations("m.csv", []byte(text), framework, &list)
		if name == "other order" {
			for i := range got {
				got[i].Pos.Col = 1
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || list.HasErrors() {
			t.Errorf("%s: %v %s", name, list.Err(), diff)
		}
	}
}

func TestReadPopulationsProblems(t *testing.T) {
	const header = "variable,category,population\n"
	for name, c := range map[string]struct{ text, want string }{
		"empty":   {"", "m.csv:1: the file is empty; expected the columns variable, category, population"},
		"nothing": {header, "m.csv:1: the file has no population"},
		"header": {"variable,categories,population,year\nregion,north,1,2020\n",
			"m.csv:1: there is no column \"category\"\n" +
				"m.csv:1:10: unknown column \"categories\", expected variable, category, population; nearest: \"category\"\n" +
				"m.csv:1:32: unknown column \"year\", expected variable, category, population"},
		"twice": {"variable,variable,category,population\n", `m.csv:1:10: column "variable" is there twice`},
		"many": {header + "reigon,north,5\nregion,norht,5\nregion,south,5\nregion,south,6\ntrust,RXX,5\n",
			"m.csv:2:1: the framework has no variable \"reigon\"; nearest: \"region\"\n" +
				"m.csv:3:8: \"norht\" is not a category of region; nearest: \"north\"\n" +
				"m.csv:4:1: region has no row for its category \"north\": a category without population\n" +
				"m.csv:5:1: region \"south\" stands in line 4 already\n" +
				"m.csv:6:1: trust has no categories; weights cannot be raked to it"},
		"numbers": {header + "region,north,many\nregion,south,-5\nstaff_group,medical,0\nstaff_group,nursing,NaN\nstaff_group,other,\"1,200\"\n",
			"m.csv:2:14: population \"many\" is not a number; write it in digits, without commas or spaces\n" +
				"m.csv:3:14: population -5 is negative\n" +
				"m.csv:5:21: population \"NaN\" is not a number; write it in digits, without commas or spaces\n" +
				"m.csv:6:19: population \"1,200\" is not a number; write it in digits, without commas or spaces"},
		"nobody": {header + "region,north,0\nregion,south,0\n", "m.csv:2:1: the population of region adds up to 0"},
		"fields": {header + "region,north,1,200\nregion,south\n",
			"m.csv:2:1: the row has 4 fields, expected 3; a number with a comma needs quotation marks, or no comma\n" +
				"m.csv:3:1: the row has 2 fields, expected 3; a number with a comma needs quotation marks, or no comma"},
		"totals": {header + "region,north,400\nregion,south,600\nstaff_group,medical,300\nstaff_group,nursing,500\nstaff_group,other,201\n",
			"m.csv:4:1: the population of region adds up to 1000, that of staff_group to 1001; both must describe the same population"},
		"quote":    {header + "region,no\"rth,400\n", "m.csv:2:10: bare \" in non-quoted-field"},
		"encoding": {header + "region,n\xf6rth,400\n", "m.csv: the file is not text in UTF-8; save it as CSV UTF-8"},
		"utf-16":   {"v\x00a\x00", "m.csv: the file is not text in UTF-8; save it as CSV UTF-8"},
	} {
		var list diag.List
		ReadPopulations("m.csv", []byte(c.text), framework, &list)
		if list.Err() == nil {
			t.Errorf("%s: no problem", name)
			continue
		}
		if diff := cmp.Diff(c.want, list.Err().Error()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Whatever is read without a problem covers every category with a number above 0,
// and reads the same from the file that it makes. Lines split at commas, where no
// quotation mark is about, are a second reader.
func FuzzReadPopulations(f *testing.F) {
	f.Add("variable,category,population\nregion,north,1\nregion,south,2\n")
	f.Add("population;category;variable\n1;north;region\n2;\"south\";region\n\n")
	f.Add("variable,category,population\nstaff_group,medical,1e3\nstaff_group,nursing,.5\nstaff_group,other,7\n")
	f.Fuzz(func(t *testing.T, text string) {
		var list diag.List
		got := ReadPopulations("m.csv", []byte(text), framework, &list)
		if list.HasErrors() {
			return
		}
		var b strings.Builder
		b.WriteString("variable,category,population\n")
		for _, p := range got {
			for c, total := range p.Totals {
				if !(total > 0) || math.IsInf(total, 0) {
					t.Fatalf("%s %s: %v", p.ID, p.Categories[c], total)
				}
				fmt.Fprintf(&b, "%s,%s,%s\n", p.ID, p.Categories[c], strconv.FormatFloat(total, 'g', -1, 64))
			}
		}
		again := ReadPopulations("m.csv", []byte(b.String()), framework, &list)
		for i, p := range got {
			if diff := cmp.Diff(p.Totals, again[i].Totals); diff != "" {
				t.Fatal(diff)
			}
		}
		if simple, ok := splitLines(text); ok {
			for _, p := range got {
				for c, total := range p.Totals {
					if simple[p.ID+" "+p.Categories[c]] != total {
						t.Fatalf("%s %s is %v, in the lines %v", p.ID, p.Categories[c], total, simple)
					}
				}
			}
		}
	})
}

// splitLines reads plain lines with the columns in their usual order.
func splitLines(text string) (map[string]float64, bool) {
	lines := strings.Split(text, "\n")
	if strings.ContainsAny(text, "\"\r") || lines[0] != "variable,category,population" {
		return nil, false
	}
	totals := map[string]float64{}
	for _, line := range lines[1:] {
		if strings.Trim(line, ", ") == "" {
			continue
		}
		f := strings.Split(line, ",")
		n, err := strconv.ParseFloat(strings.TrimSpace(f[2]), 64)
		if err != nil {
			return nil, false
		}
		totals[strings.TrimSpace(f[0])+" "+strings.TrimSpace(f[1])] = n
	}
	return totals, true
}
