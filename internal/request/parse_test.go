package request

import (
	"strings"
	"testing"
)

// Every wrong thing is told by the path to it, all at once.
func TestParseProblems(t *testing.T) {
	const design = `"design": {"kind": "taylor", "ids": []}`
	for _, c := range []struct{ line, want string }{
		{`{`, `no valid JSON`},
		{`[]`, `an object is expected, found a list`},
		{`null`, `an object is expected, found null`},
		{`{"design": {"ids": ["a", ""], "strata": [""], "weights": "", "fpc": [""]}, "stat": {"fn": "mean", "vars": ["y", ""]}, "by": ["g", "h", "g", ""]}`,
			`design.ids[1]: no column is named; design.strata[0]: no column is named; design.weights: no column is named; design.fpc[0]: no column is named; by[3]: no column is named; by: "g" is there twice; stat.vars[1]: no column is named`},
		{`{` + design + `, "stat": {"fn": "degf"}, "steps": [{"op": null}, {"op": "subset", "col": ""}, {"op": "rake", "margins": [{"vars": ["g", "g"], "population": []}]}]}`,
			`steps[0].op: missing; steps[1].col: no column is named; steps[2].margins[0].vars: "g" is there twice`},
		{`{` + design + `, "stat": {"fn": "degf"}, "steps": [{"op": "calibrate", "terms": [{"kind": "numeric", "var": "", "total": 1}]}]}`, `steps[0].terms[0].var: no column is named`},
		{`{"id": "a"}`, `stat: missing; design: missing`},
		{`{"id": [1], ` + design + `, "stat": {"fn": "degf"}}`, `id: a text or a number is expected, found a list`},
		{`{` + design + `, "stat": {"fn": "degf"}, "step": []}`, `unknown key "step" (nearest: "steps")`},
		{`{"design": {"kind": "tailor"}, "stat": {"fn": "degf"}}`, `design.kind: unknown kind of design "tailor" (nearest: "taylor")`},
		{`{"design": {"ids": "psu", "strat": [], "nest": 1}, "stat": {"fn": "degf"}}`, `design: unknown key "strat" (nearest: "strata"); design.ids: a list is expected, found a text; design.nest: true or false is expected, found a number`},
		{`{"design": {"ids": ["a", 1], "fpc": ["f", "g", "h"]}, "stat": {"fn": "degf"}}`, `design.ids[1]: a text is expected, found a number; design.fpc: 3 columns for 2 stages`},
		{`{"design": {"kind": "replicate", "repweights_data": "../x", "repweights_pattern": "(", "weights": "w", "type": "JK9"}, "stat": {"fn": "degf"}}`,
			`design.repweights_data: the name of a CSV beside the file is expected, without folders; design.repweights_pattern: no regular expression; design.type: unknown type "JK9" (nearest: "JK1")`},
		{`{"design": {"kind": "replicate"}, "stat": {"fn": "degf"}}`, `design.repweights_pattern: missing; design.weights: missing; design.type: missing`},
		{`{` + design + `, "stat": {"fn": "meen"}}`, `stat.fn: unknown statistic "meen" (nearest: "mean")`},
		{`{` + design + `, "stat": {"vars": []}}`, `stat.fn: missing`},
		{`{` + design + `, "stat": {"fn": null}}`, `stat.fn: missing`},
		{`{` + design + `, "stat": {"fn": "ratio", "num": "", "den": 2}}`, `stat.num: no column is named; stat.den: a text is expected, found a number`},
		{`{` + design + `, "stat": {"fn": "", "vars": []}}`, `stat.fn: unknown statistic "" (known: alpha, chisq, ciprop, contrast, cronbach, degf, domain_diff, mean, pool, quantile, ratio, total, ttest1, ttest2, variance, weights)`},
		{`{` + design + `, "stat": {"fn": "mean", "var": "y", "na_rm": null}}`, `stat: unknown key "var" (nearest: "vars"); stat.vars: missing`},
		{`{` + design + `, "stat": {"fn": "ciprop", "var": "y", "levels": [0.95, 1]}}`, `stat.levels: 1 is not between 0 and 1`},
		{`{` + design + `, "stat": {"fn": "quantile", "var": "y", "probs": [2], "qrules": ["maths"], "interval_types": ["score"]}}`,
			`stat.probs: 2 is not from 0 to 1; stat.qrules[0]: unknown rule "maths" (nearest: "math"); stat.interval_types[0]: unknown type of interval "score" (known: mean, beta, xlogit, asin, quantile)`},
		{`{` + design + `, "stat": {"fn": "degf"}, "lonely_psu": "removes"}`, `lonely_psu: unknown option "removes" (nearest: "remove")`},
		{`{` + design + `, "stat": {"fn": "degf"}, "levels": {"g": ["a", "a"], "h": 1}}`, `levels.g[1]: "a" is there twice; levels.h: a list is expected, found a number`},
		{`{` + design + `, "stat": {"fn": "degf"}, "steps": [{"op": "trimm"}, {}, 1]}`, `steps[0].op: unknown step "trimm" (nearest: "trim"); steps[1].op: missing; steps[2]: an object is expected, found a number`},
		{`{` + design + `, "stat": {"fn": "degf"}, "steps": [{"op": "poststratify", "vars": ["g"], "population": [{"g": "a"}, {"h": 1, "Freq": "x"}]}]}`,
			`steps[0].population[0].Freq: missing; steps[0].population[1]: unknown key "h" (nearest: "g"); steps[0].population[1].g: missing; steps[0].population[1].Freq: a number is expected, found a text`},
		{`{` + design + `, "stat": {"fn": "degf"}, "steps": [{"op": "calibrate", "terms": [{"kind": "intercept", "var": "x", "total": 1}], "bounds": [1]}]}`,
			`steps[0].bounds: two numbers are expected, found 1; steps[0].terms[0].var: a term of kind intercept has none`},
		{`{` + design + `, "stat": {"fn": "degf"}, "steps": [{"op": "replicate", "type": "JK2", "replicates": 1.5}]}`,
			`steps[0].type: unknown type "JK2" (nearest: "JK1"); steps[0].replicates: a whole number is expected, found a number`},
	} {
		_, err := Parse([]byte(c.line))
		if err == nil {
			t.Errorf("%s: no error", c.line)
			continue
		}
		if got := err.Error(); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.line, got, c.want)
		}
	}
}

// A case of the reference is a request as it stands, with all that lies beside it.
func TestParseCase(t *testing.T) {
	r, err := Parse([]byte(`{"id": 7, "data": "x", "design": {"kind": "taylor", "ids": ["psu"], "strata": [], "weights": null, "fpc": [], "nest": false},
		"steps": [{"op": "trim", "lower": "-Inf", "upper": 3, "strict": true}], "by": ["g"], "stat": {"fn": "domain_diff", "var": "y", "group": "wave", "a": 1, "b": "2"},
		"lonely_psu": "adjust", "adjust_domain_lonely": true, "note": "n", "r_call": "svymean()", "expected": {"df": 1}, "expected_survey_4_1_1": {}, "rel_tol": 1e-6}`))
	if err != nil {
		t.Fatal(err)
	}
	if string(r.ID) != "7" || r.Stat.A != "1" || r.Stat.B != "2" || !r.DomainLonely || len(r.Steps) != 1 {
		t.Errorf("%+v", r)
	}
	var columns []string
	r.columns(func(name string) { columns = append(columns, name) })
	if got := strings.Join(columns, " "); got != "psu g y wave" {
		t.Errorf("columns %s", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"id": "a", "design": {"kind": "replicate", "repweights_pattern": "^rw", "weights": "w", "type": "Fay", "rho": 0.3}, "stat": {"fn": "mean", "vars": ["y"]}}`))
	f.Add([]byte(`{"design": {}, "steps": [{"op": "rake", "margins": [{"vars": ["g"], "population": [{"g": 1, "Freq": 2}]}]}], "stat": {"fn": "contrast", "vars": ["y"], "coef": [1]}}`))
	f.Add([]byte(`{"design": null, "steps": null, "stat": null}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := Parse(line)
		if r == nil {
			t.Fatal("no request")
		}
		if err == nil {
			r.columns(func(string) {}) // a request that is right can be asked for its columns
		}
	})
}
