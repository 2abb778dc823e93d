package request

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/caregap/caregap/internal/survey"
	"github.com/caregap/caregap/internal/weight"
)

// Step turns a sample into another.
type Step interface {
	columns(want func(name string))
	apply(m *maker, s *sample) (*sample, error)
}

// population is what is known of the cells of some columns together.
type population struct {
	columns []string
	cells   []populationCell
}

type populationCell struct {
	categories []string // one a column
	total      float64
}

type (
	poststratify struct {
		population
		partial bool
	}
	rake struct {
		margins []population
		options weight.RakeOptions
	}
	calibrate struct {
		terms    []term
		distance weight.Distance
		bounds   weight.Bounds
		stage    int // the stage whose units get one g; 0: rows
		path     string
	}
	trim      struct{ weight.Trim }
	subset    struct{ column string }
	replicate struct{ survey.Replication }
)

// term is one calibration column with its total.
type term struct {
	column string // "": the intercept
	level  string
	byCode bool // a column's level, not its numbers
	total  float64
}

var operations = []string{"poststratify", "rake", "calibrate", "trim", "subset", "replicate"}

func (d *decoder) step(path string, raw json.RawMessage) Step {
	var which struct {
		Op json.RawMessage `json:"op"`
	}
	if err := json.Unmarshal(raw, &which); err != nil {
		d.wrong(path, "an object", raw)
		return nil
	}
	if which.Op == nil || string(which.Op) == "null" {
		d.add(path+".op", "missing")
		return nil
	}
	op, ok := d.readText(path+".op", which.Op)
	switch op {
	case "poststratify":
		o := d.object(path, raw, "op", "vars", "population", "partial")
		o.need("vars", "population")
		return poststratify{o.population(), o.truth("partial")}
	case "rake":
		return d.rake(path, raw)
	case "calibrate":
		return d.calibrate(path, raw)
	case "trim":
		o := d.object(path, raw, "op", "lower", "upper", "strict")
		return trim{weight.Trim{Bounds: weight.Bounds{Lower: o.number("lower", math.Inf(-1)), Upper: o.number("upper", math.Inf(1))}, Strict: o.truth("strict")}}
	case "subset":
		o := d.object(path, raw, "op", "col")
		o.need("col")
		return subset{o.column("col")}
	case "replicate":
		return d.replicate(path, raw)
	default:
		if ok {
			d.unknown(path+".op", "step", op, operations)
		}
		return nil
	}
}

// population reads vars and population: a list of objects with a category of each
// of vars, and Freq.
func (o object) population() population {
	p := population{columns: o.columns("vars")}
	o.apart("vars", p.columns)
	if o.has("vars") && len(p.columns) == 0 {
		o.add(o.at("vars"), "no column is named")
	}
	o.each("population", func(path string, raw json.RawMessage) {
		row := o.object(path, raw, append([]string{"Freq"}, p.columns...)...)
		row.need(append([]string{"Freq"}, p.columns...)...)
		cell := populationCell{total: row.number("Freq", 0)}
		for _, column := range p.columns {
			cell.categories = append(cell.categories, row.value(column))
		}
		p.cells = append(p.cells, cell)
	})
	return p
}

func (d *decoder) rake(path string, raw json.RawMessage) Step {
	o := d.object(path, raw, "op", "margins", "maxit", "epsilon")
	o.need("margins")
	r := rake{options: weight.RakeOptions{MaxIterations: o.whole("maxit", 1, 0), Epsilon: o.number("epsilon", 0)}}
	o.each("margins", func(path string, raw json.RawMessage) {
		m := d.object(path, raw, "vars", "population")
		m.need("vars", "population")
		r.margins = append(r.margins, m.population())
	})
	return r
}

var distances = map[string]weight.Distance{"linear": weight.Linear, "raking": weight.Exp, "logit": weight.Logit}

func (d *decoder) calibrate(path string, raw json.RawMessage) Step {
	o := d.object(path, raw, "op", "terms", "calfun", "bounds", "aggregate_stage")
	o.need("terms")
	c := calibrate{
		distance: distances[o.choice("calfun", "distance", []string{"linear", "raking", "logit"})],
		bounds:   weight.NoBounds(), stage: o.whole("aggregate_stage", 1, 0), path: path,
	}
	if b := o.numbers("bounds"); len(b) == 2 {
		c.bounds = weight.Bounds{Lower: b[0], Upper: b[1]}
	} else if o.has("bounds") {
		o.add(o.at("bounds"), "two numbers are expected, found %d", len(b))
	}
	o.each("terms", func(path string, raw json.RawMessage) { c.terms = append(c.terms, d.term(path, raw)) })
	return c
}

// termKeys are the keys of each kind of term.
var termKeys = map[string][]string{
	"intercept": {"kind", "total"},
	"level":     {"kind", "var", "level", "total"},
	"numeric":   {"kind", "var", "total"},
}

func (d *decoder) term(path string, raw json.RawMessage) term {
	o := d.object(path, raw, "kind", "var", "level", "total")
	o.need("kind", "total")
	kinds := slices.Sorted(maps.Keys(termKeys))
	kind := o.choice("kind", "kind of term", kinds)
	if keys, ok := termKeys[kind]; ok && o.has("kind") {
		o.need(keys...)
		for _, key := range slices.Sorted(maps.Keys(o.fields)) {
			if !slices.Contains(keys, key) {
				o.add(o.at(key), "a term of kind %s has none", kind)
			}
		}
	}
	return term{column: o.column("var"), level: o.value("level"), byCode: kind == "level", total: o.number("total", 0)}
}

// made are the types of replicates that can be made.
var made = []string{"JK1", "JKn", "BRR", "Fay", "bootstrap", "subbootstrap", "rao-wu"}

// defaultReplicates is R's number of replicates of a bootstrap.
const defaultReplicates = 50

//gosec:disable G115 -- whole refuses negative numbers
func (d *decoder) replicate(path string, raw json.RawMessage) Step {
	o := d.object(path, raw, "op", "type", "mse", "fay_rho", "replicates", "seed")
	o.need("type")
	r := survey.Replication{
		Kind: o.replicateKind("type", made), MSE: o.truth("mse"), Rho: o.number("fay_rho", 0),
		Replicates: o.whole("replicates", 2, defaultReplicates), Seed: uint64(o.whole("seed", 0, 1)),
	}
	return replicate{r}
}

func (p population) want(want func(string)) {
	for _, c := range p.columns {
		want(c)
	}
}

func (p poststratify) columns(want func(string)) { p.want(want) }
func (t trim) columns(func(string))              {}
func (s subset) columns(want func(string))       { want(s.column) }
func (r replicate) columns(func(string))         {}

func (r rake) columns(want func(string)) {
	for _, m := range r.margins {
		m.want(want)
	}
}

func (c calibrate) columns(want func(string)) {
	for _, t := range c.terms {
		if t.column != "" {
			want(t.column)
		}
	}
}

func (t term) name() string {
	switch {
	case t.column == "":
		return "the intercept"
	case t.byCode:
		return fmt.Sprintf("%s %q", t.column, t.level)
	}
	return t.column
}
