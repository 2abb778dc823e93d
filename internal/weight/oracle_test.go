package weight

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// oracle is the folder of R's reference cases; its README names their sources.
var oracle = filepath.Join("..", "..", "testdata", "oracle", "reference")

// refCase is a case of calibration.json as far as it is about weights.
type refCase struct {
	ID     string
	Data   string
	Design struct {
		IDs, Strata, FPC []string
		Weights          string
	}
	Steps []refStep
	By    []string
	Stat  struct {
		Fn   string
		Vars []string
		NaRm bool `json:"na_rm"`
	}
	Expected struct {
		Error   bool
		Weights []float64
		Rows    []struct {
			Variable, Level string
			Estimate        float64
			SE              float64
		}
	}
}

type refStep struct {
	Op             string
	Vars           []string
	Partial        bool
	Population     []map[string]any
	Margins        []refMargin
	MaxIt          int
	Epsilon        float64
	Terms          []refTerm
	CalFun         string
	Bounds         []float64
	AggregateStage int `json:"aggregate_stage"`
	Lower, Upper   *float64
	Strict         bool
}

type refMargin struct {
	Vars       []string
	Population []map[string]any
}

type refTerm struct {
	Kind, Var, Level string
	Total            float64
}

func readCases(t *testing.T) []refCase {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(oracle, "calibration.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []refCase }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	return file.Cases
}

// frame is a data set: columns of text.
type frame struct {
	rows    int
	columns map[string][]string
}

func readFrame(t *testing.T, name string) frame {
	t.Helper()
	file, err := os.Open(filepath.Join(oracle, name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	f := frame{rows: len(records) - 1, columns: map[string][]string{}}
	for j, column := range records[0] {
		for _, r := range records[1:] {
			f.columns[column] = append(f.columns[column], r[j])
		}
	}
	return f
}

// numbers are a column's; an empty field is NaN.
func (f frame) numbers(column string) []float64 {
	values := make([]float64, f.rows)
	for row, text := range f.columns[column] {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			v = math.NaN()
		}
		values[row] = v
	}
	return values
}

// factor codes a column by its sorted values, and those of a population.
func (f frame) factor(column string, more ...string) (Factor, []string) {
	levels := slices.Concat(f.columns[column], more)
	slices.Sort(levels)
	levels = slices.DeleteFunc(slices.Compact(levels), func(s string) bool { return s == "" })
	out := Factor{Name: column, Label: func(code int32) string { return levels[code] }}
	for _, text := range f.columns[column] {
		out.Codes = append(out.Codes, int32(slices.Index(levels, text)))
	}
	return out, levels
}

func (f frame) margin(vars []string, population []map[string]any) Margin {
	var m Margin
	levels := make([][]string, len(vars))
	for i, v := range vars {
		var more []string
		for _, p := range population {
			more = append(more, p[v].(string))
		}
		var factor Factor
		factor, levels[i] = f.factor(v, more...)
		m.Factors = append(m.Factors, factor)
	}
	for _, p := range population {
		cell := Cell{Total: p["Freq"].(float64)}
		for i, v := range vars {
			cell.Codes = append(cell.Codes, int32(slices.Index(levels[i], p[v].(string))))
		}
		m.Population = append(m.Population, cell)
	}
	return m
}

// units numbers the rows' values of a column; without one, every row is its own.
func (f frame) units(columns ...string) []int32 {
	known := map[string]int32{}
	of := make([]int32, f.rows)
	for row := range of {
		key := ""
		for _, c := range columns {
			key += f.columns[c][row] + "\x00"
		}
		if len(columns) == 0 {
			key = strconv.Itoa(row)
		}
		if _, ok := known[key]; !ok {
			known[key] = int32(len(known))
		}
		of[row] = known[key]
	}
	return of
}

// weights are the design's: its column, or the inverse of the stages' fractions.
func (f frame) weights(c refCase) []float64 {
	if c.Design.Weights != "" {
		return f.numbers(c.Design.Weights)
	}
	w := slices.Repeat([]float64{1}, f.rows)
	above := make([]int32, f.rows)
	for stage, fpc := range c.Design.FPC {
		units := f.units(c.Design.IDs[:stage+1]...)
		inside := map[int32]map[int32]bool{}
		for row, u := range units {
			if inside[above[row]] == nil {
				inside[above[row]] = map[int32]bool{}
			}
			inside[above[row]][u] = true
		}
		for row, size := range f.numbers(fpc) {
			w[row] *= size / float64(len(inside[above[row]]))
		}
		above = units
	}
	return w
}

// adjuster is what a step of a case asks for.
func (f frame) adjuster(t *testing.T, c refCase, s refStep) (Adjuster, error) {
	t.Helper()
	switch s.Op {
	case "poststratify":
		return NewPoststratification(f.rows, f.margin(s.Vars, s.Population), s.Partial)
	case "rake":
		var margins []Margin
		for _, m := range s.Margins {
			margins = append(margins, f.margin(m.Vars, m.Population))
		}
		return NewRaking(f.rows, margins, RakeOptions{MaxIterations: s.MaxIt, Epsilon: s.Epsilon})
	case "calibrate":
		return f.calibration(c, s), nil
	case "trim":
		b := NoBounds()
		if s.Lower != nil {
			b.Lower = *s.Lower
		}
		if s.Upper != nil {
			b.Upper = *s.Upper
		}
		return Trim{Bounds: b, Strict: s.Strict}, nil
	}
	t.Fatalf("%s: step %q", c.ID, s.Op)
	return nil, nil
}

func (f frame) calibration(c refCase, s refStep) Calibration {
	k := Calibration{Bounds: NoBounds(), Distance: map[string]Distance{"linear": Linear, "raking": Exp, "logit": Logit}[s.CalFun]}
	if len(s.Bounds) == 2 {
		k.Bounds = Bounds{s.Bounds[0], s.Bounds[1]}
	}
	for _, term := range s.Terms {
		x := slices.Repeat([]float64{1}, f.rows)
		switch term.Kind {
		case "numeric":
			x = f.numbers(term.Var)
		case "level":
			for row, level := range f.columns[term.Var] {
				if level != term.Level {
					x[row] = 0
				}
			}
		}
		k.Columns, k.Totals, k.Names = append(k.Columns, x), append(k.Totals, term.Total), append(k.Names, term.Kind+term.Var+term.Level)
	}
	if s.AggregateStage > 0 {
		k.Units = f.units(c.Design.IDs[:s.AggregateStage]...)
	}
	return k
}
