package request

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/survey"
)

// Design names the columns that say how a sample was drawn.
type Design struct {
	IDs     []string // a column a stage; none: every row its own unit
	Strata  []string // a column a stage, at most as many as there are stages
	Weights string   // "": from the FPC, else 1
	FPC     []string
	Nest    bool

	Replicates *GivenReplicates // instead of all but Weights
}

// GivenReplicates names columns of replicate weights.
type GivenReplicates struct {
	Data    string // NAME of NAME.csv beside the file; "": the file itself
	Pattern *regexp.Regexp
	Given   survey.GivenReplicates // without its columns
}

var kinds = []string{"taylor", "replicate"}

func (d *decoder) design(path string, raw json.RawMessage) Design {
	var kind struct{ Kind string }
	_ = json.Unmarshal(raw, &kind) // what is wrong with it is told below
	if kind.Kind == "replicate" {
		return d.replicateDesign(path, raw)
	}
	o := d.object(path, raw, "kind", "ids", "strata", "weights", "fpc", "nest")
	o.choice("kind", "kind of design", kinds)
	out := Design{
		IDs: o.columns("ids"), Strata: o.columns("strata"), Weights: o.column("weights"), FPC: o.columns("fpc"), Nest: o.truth("nest"),
	}
	stages := max(1, len(out.IDs))
	if len(out.Strata) > stages {
		o.add(o.at("strata"), "%d columns for %d stages", len(out.Strata), stages)
	}
	if len(out.FPC) > stages {
		o.add(o.at("fpc"), "%d columns for %d stages", len(out.FPC), stages)
	}
	return out
}

func (d *decoder) replicateDesign(path string, raw json.RawMessage) Design {
	o := d.object(path, raw, "kind", "repweights_data", "repweights_pattern", "weights", "type", "combined_weights", "scale", "rscales", "rho", "mse")
	o.need("repweights_pattern", "weights", "type")
	g := &GivenReplicates{Data: o.text("repweights_data")}
	if strings.ContainsAny(g.Data, `/\:`) || strings.HasPrefix(g.Data, ".") {
		o.add(o.at("repweights_data"), "the name of a CSV beside the file is expected, without folders")
	}
	pattern, err := regexp.Compile(o.text("repweights_pattern"))
	if err != nil {
		o.add(o.at("repweights_pattern"), "no regular expression")
	}
	g.Pattern = pattern
	g.Given = survey.GivenReplicates{
		Kind: o.replicateKind("type", given), Multipliers: o.has("combined_weights") && !o.truth("combined_weights"),
		Scale: o.number("scale", 0), RScales: o.rscales(), Rho: o.number("rho", 0), MSE: o.truth("mse"),
	}
	return Design{Weights: o.column("weights"), Replicates: g}
}

// rscales are a list, or one number for all.
func (o object) rscales() []float64 {
	if o.has("rscales") && typeOf(o.fields["rscales"]) == "a number" {
		return []float64{o.number("rscales", 1)}
	}
	return o.numbers("rscales")
}

// given are the types of replicates that can come with a file.
var given = []string{"JK1", "JKn", "BRR", "Fay", "bootstrap", "subbootstrap", "ACS", "successive-difference", "JK2", "other"}

func (o object) replicateKind(key string, known []string) survey.ReplicateKind {
	if !o.has(key) {
		return 0
	}
	name, ok := o.readText(o.at(key), o.fields[key])
	kind, exists := survey.ReplicateKindOf(name)
	if ok && (!exists || !slices.Contains(known, name)) {
		o.unknown(o.at(key), "type", name, known)
	}
	return kind
}
