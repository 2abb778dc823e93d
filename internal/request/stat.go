package request

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/caregap/caregap/internal/survey"
)

// Stat is the statistic asked for. Which fields count depends on Fn.
type Stat struct {
	Fn         string
	Vars       []string // mean, total, variance, contrast, cronbach, alpha
	Var        string   // ciprop, quantile, domain_diff, ttest1, ttest2
	Num, Den   string   // ratio
	Group      string   // domain_diff, ttest2
	A, B       string   // domain_diff: B less A
	Row, Col   string   // chisq
	Remove     bool     // na_rm: rows with a missing value are left out
	Deff       bool     // mean, total
	Coef       []float64
	Levels     []float64 // of confidence
	Probs      []float64
	Rules      []string
	Intervals  []string
	Statistics []string

	Use                              string // alpha: which rows count
	Estimate, Variance, Method, Test string // pool: two columns, and how
}

// statKeys are the keys of each statistic; those before the empty one must be there.
var statKeys = map[string][]string{
	"mean":        {"vars", "", "na_rm", "deff"},
	"total":       {"vars", "", "na_rm", "deff"},
	"variance":    {"vars", "", "na_rm"},
	"ratio":       {"num", "den", "", "na_rm"},
	"ciprop":      {"var", "", "na_rm", "levels"},
	"quantile":    {"var", "probs", "", "na_rm", "qrules", "interval_types"},
	"contrast":    {"vars", "coef", "", "na_rm"},
	"domain_diff": {"var", "group", "a", "b", ""},
	"ttest1":      {"var", "", "na_rm"},
	"ttest2":      {"var", "group", ""},
	"chisq":       {"row", "col", "", "statistics"},
	"cronbach":    {"vars", "", "na_rm"},
	"alpha":       {"vars", "", "use"},
	"pool":        {"estimate", "variance", "", "method", "test"},
	"weights":     {""},
	"degf":        {""},
}

func (d *decoder) stat(path string, raw json.RawMessage) Stat {
	if raw == nil {
		return Stat{}
	}
	var which struct {
		Fn json.RawMessage `json:"fn"`
	}
	if err := json.Unmarshal(raw, &which); err != nil {
		d.wrong(path, "an object", raw)
		return Stat{}
	}
	if which.Fn == nil || string(which.Fn) == "null" {
		d.add(path+".fn", "missing")
		return Stat{}
	}
	fn, ok := d.readText(path+".fn", which.Fn)
	keys, known := statKeys[fn]
	if !known {
		if ok {
			d.unknown(path+".fn", "statistic", fn, slices.Sorted(maps.Keys(statKeys)))
		}
		return Stat{}
	}
	at := slices.Index(keys, "")
	o := d.object(path, raw, append([]string{"fn"}, slices.Concat(keys[:at], keys[at+1:])...)...)
	o.need(keys[:at]...)
	return o.fillStat(fn)
}

func (o object) fillStat(fn string) Stat {
	s := Stat{
		Fn: fn, Vars: o.columns("vars"), Var: o.column("var"), Num: o.column("num"), Den: o.column("den"), Group: o.column("group"),
		A: o.value("a"), B: o.value("b"), Row: o.column("row"), Col: o.column("col"), Remove: o.truth("na_rm"), Deff: o.truth("deff"),
		Coef: o.numbers("coef"), Probs: o.numbers("probs"),
	}
	if o.has("vars") && len(s.Vars) == 0 {
		o.add(o.at("vars"), "no column is named")
	}
	if fn == "ciprop" {
		s.Levels = o.confidence()
	}
	if fn == "quantile" {
		o.quantile(&s)
	}
	if fn == "alpha" {
		s.Use = o.choice("use", "choice of rows", alphaUses)
	}
	if fn == "pool" {
		s.Estimate, s.Variance = o.column("estimate"), o.column("variance")
		s.Method, s.Test = o.choice("method", "estimator", poolMethods), o.choice("test", "test", poolTests)
	}
	if fn == "chisq" {
		s.Statistics = o.known("statistics", "statistic", "F", "Chisq", "Wald", "adjWald")
	}
	return s
}

func (o object) confidence() []float64 {
	if !o.has("levels") {
		return []float64{0.95}
	}
	levels := o.numbers("levels")
	o.between("levels", levels)
	return levels
}

// between notes numbers that are not greater than 0 and less than 1.
func (o object) between(key string, numbers []float64) {
	for _, v := range numbers {
		if v <= 0 || v >= 1 {
			o.add(o.at(key), "%v is not between 0 and 1", v)
		}
	}
}

func (o object) quantile(s *Stat) {
	for _, p := range s.Probs {
		if !(p >= 0 && p <= 1) {
			o.add(o.at("probs"), "%v is not from 0 to 1", p)
		}
	}
	s.Rules = o.known("qrules", "rule", survey.RuleNames...)
	s.Intervals = o.known("interval_types", "type of interval", "mean", "beta", "xlogit", "asin", "quantile")
}

// known is a list of known texts, the first of them where nothing was given.
func (o object) known(key, what string, known ...string) []string {
	if !o.has(key) {
		return known[:1]
	}
	var out []string
	o.each(key, func(path string, raw json.RawMessage) {
		text, ok := o.readText(path, raw)
		if ok && !slices.Contains(known, text) {
			o.unknown(path, what, text, known)
		}
		out = append(out, text)
	})
	return out
}

// columns are those that the statistic needs.
func (s Stat) columns(want func(string)) {
	for _, c := range append(slices.Clone(s.Vars), s.Var, s.Num, s.Den, s.Group, s.Row, s.Col, s.Estimate, s.Variance) {
		if c != "" {
			want(c)
		}
	}
}
