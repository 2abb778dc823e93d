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
	Vars       []string // mean, total, variance, contrast, cronbach
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
	if which.Fn == nil {
		d.add(path+".fn", "missing")
		return Stat{}
	}
	fn := d.decodeText(path+".fn", which.Fn)
	keys, ok := statKeys[fn]
	if !ok {
		if fn != "" {
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
		Fn: fn, Vars: o.texts("vars"), Var: o.text("var"), Num: o.text("num"), Den: o.text("den"), Group: o.text("group"),
		A: o.value("a"), B: o.value("b"), Row: o.text("row"), Col: o.text("col"), Remove: o.truth("na_rm"), Deff: o.truth("deff"),
		Coef: o.numbers("coef"), Probs: o.numbers("probs"), Rules: o.texts("qrules"), Intervals: o.texts("interval_types"), Statistics: o.texts("statistics"),
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
	if fn == "chisq" {
		s.Statistics = o.known("statistics", "statistic", s.Statistics, "F", "Chisq", "Wald", "adjWald")
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
	s.Rules = o.known("qrules", "rule", s.Rules, survey.RuleNames...)
	s.Intervals = o.known("interval_types", "type of interval", s.Intervals, "mean", "beta", "xlogit", "asin", "quantile")
}

// known is what was given of known texts, the first of them where nothing was.
func (o object) known(key, what string, given []string, known ...string) []string {
	if !o.has(key) {
		return known[:1]
	}
	for _, g := range given {
		if g != "" && !slices.Contains(known, g) {
			o.unknown(o.at(key), what, g, known)
		}
	}
	return given
}

// columns are those that the statistic needs.
func (s Stat) columns(want func(string)) {
	for _, c := range append(slices.Clone(s.Vars), s.Var, s.Num, s.Den, s.Group, s.Row, s.Col) {
		if c != "" {
			want(c)
		}
	}
}
