package request_test

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/caregap/caregap/internal/frame"
	"github.com/caregap/caregap/internal/request"
)

// refCase is a case of the reference: what is asked, and R's answer.
type refCase struct {
	ID       string          `json:"id"`
	Data     string          `json:"data"`
	Design   json.RawMessage `json:"design"`
	Steps    json.RawMessage `json:"steps"`
	By       json.RawMessage `json:"by"`
	Stat     json.RawMessage `json:"stat"`
	Lonely   json.RawMessage `json:"lonely_psu"`
	Domain   json.RawMessage `json:"adjust_domain_lonely"`
	Expected map[string]any  `json:"expected"`
}

// line is the request that a case makes.
func (c refCase) line(t *testing.T, levels map[string][]string) []byte {
	t.Helper()
	request := map[string]any{"id": c.ID, "design": c.Design, "steps": c.Steps, "by": c.By, "stat": c.Stat, "levels": levels}
	if c.Lonely != nil {
		request["lonely_psu"] = c.Lonely
	}
	if c.Domain != nil {
		request["adjust_domain_lonely"] = c.Domain
	}
	out, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Every case of R's must be answered as R does.
func TestReference(t *testing.T) {
	folder := filepath.Join("..", "..", "testdata", "oracle", "reference")
	cases := 0
	for _, name := range []string{
		"means_totals_ratios", "domains_differences", "proportion_intervals", "quantiles", "calibration",
		"replicates", "lonely_psu", "tests", "alpha_weighted",
	} {
		t.Run(name, func(t *testing.T) { cases += holdAgainst(t, folder, filepath.Join(folder, name+".json")) })
	}
	if cases != 908 {
		t.Errorf("%d cases; the reference has 908", cases)
	}
}

// What R answers about data made up here: categories with commas and quotes, PSU
// codes within strata, three stages, lonely units, rows of weight 0.
func TestSecondReference(t *testing.T) {
	folder := filepath.Join("..", "..", "testdata", "oracle", "second")
	if cases := holdAgainst(t, folder, filepath.Join(folder, "cases.json")); cases != 647 {
		t.Errorf("%d cases; the second reference has 647", cases)
	}
}

// holdAgainst answers the cases of a file and counts those that agree.
func holdAgainst(t *testing.T, folder, file string) int {
	t.Helper()
	var all struct{ Cases []refCase }
	read(t, file, &all)
	levels := schema(t, filepath.Join(folder, "SCHEMA.json"))
	agree, total := 0, &comparison{}
	for _, name := range slices.Sorted(maps.Keys(byData(all.Cases))) {
		cases := byData(all.Cases)[name]
		lines := make([][]byte, len(cases))
		for i, c := range cases {
			lines[i] = c.line(t, levels[name+".csv"])
		}
		for i, got := range answers(t, filepath.Join(folder, name+".csv"), lines) {
			c := &comparison{left: total.left}
			c.object(place{}, cases[i].Expected, got)
			total.left, total.figures = c.left, total.figures+c.figures
			if len(c.disagreements) == 0 {
				agree++
				continue
			}
			for _, d := range c.disagreements[:min(5, len(c.disagreements))] {
				t.Errorf("%s%s", cases[i].ID, d)
			}
		}
	}
	t.Logf("%d of %d cases agree, %d figures compared; left out: %v", agree, len(all.Cases), total.figures, total.left)
	return len(all.Cases)
}

func byData(cases []refCase) map[string][]refCase {
	out := map[string][]refCase{}
	for _, c := range cases {
		out[c.Data] = append(out[c.Data], c)
	}
	return out
}

// schema gives each file's categorical columns with their categories in order.
func schema(t *testing.T, file string) map[string]map[string][]string {
	t.Helper()
	var files map[string]struct {
		Columns []struct {
			Name   string
			Levels []string
		}
	}
	read(t, file, &files)
	out := map[string]map[string][]string{}
	for name, f := range files {
		out[name] = map[string][]string{}
		for _, c := range f.Columns {
			if len(c.Levels) > 0 {
				out[name][c.Name] = c.Levels
			}
		}
	}
	return out
}

func read(t *testing.T, file string, into any) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(file, err)
	}
}

func sorted(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

// answers are those to lines of requests, as a reader of the program's output
// has them.
func answers(t *testing.T, file string, lines [][]byte) []map[string]any {
	t.Helper()
	f, err := frame.Open(file, filepath.Base(file))
	if err != nil {
		t.Fatal(err)
	}
	given, err := request.Run(context.Background(), f, filepath.Dir(file), lines)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]map[string]any, len(given))
	for i, a := range given {
		line, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var answer struct {
			Result map[string]any
			Error  string
		}
		if err := json.Unmarshal(line, &answer); err != nil {
			t.Fatal(err)
		}
		out[i] = answer.Result
		if answer.Error != "" {
			out[i] = map[string]any{"error": answer.Error}
		}
	}
	return out
}
