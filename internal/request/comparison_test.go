package request_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// What the comparison would let pass could not be wrong.
func TestComparisonFindsWhatDiffers(t *testing.T) {
	const want = `{"df": 12, "rows": [{"variable": "y", "level": "a", "estimate": 2, "se": 0.5, "ci95_t": [1, 3]}],
		"vcov": [[0.25, -0.01], [-0.01, 0.5]], "p": 1e-20, "note": "words", "p_svyttest": 0.2,
		"groups": [{"group": {"g": "x"}, "result": {"estimate": null}}], "intervals": [{"method": "logit", "ci": [0.2, 0.4]}],
		"quantiles": [{"p": 0.5, "estimate": 3, "ci95": [1, 2], "knife_edge_estimate": true}, {"p": 0.5, "estimate": 3, "ci95": [1, 2], "knife_edge_ci": true}]}`
	for _, c := range []struct{ name, from, to, found string }{
		{"nothing", "", "", ""},
		{"words need not be there", `"note": "words", `, ``, ""},
		{"R's own degrees of freedom need not be there", `"p_svyttest": 0.2,`, ``, ""},
		{"rounding", `"estimate": 2`, `"estimate": 2.00000000001`, ""},
		{"rounding beside a variance", `-0.01]`, `-0.0100000000001]`, ""},
		{"the edge between two values", `"estimate": 3, "ci95": [1, 2], "knife_edge_estimate"`, `"estimate": 4, "ci95": [7, 8], "knife_edge_estimate"`, ""},
		{"limits on the edge", `"ci95": [1, 2], "knife_edge_ci"`, `"ci95": [1, 5], "knife_edge_ci"`, ""},
		{"logit is fitted", `[0.2, 0.4]`, `[0.2, 0.4000001]`, ""},
		{"an estimate", `"estimate": 2`, `"estimate": 2.000000001`, ".rows[0].estimate"},
		{"an error", `"se": 0.5`, `"se": 0.50000001`, ".rows[0].se"},
		{"degrees of freedom", `"df": 12`, `"df": 12.000000001`, ".df"},
		{"a limit", `[1, 3]`, `[1, 3.0000001]`, ".ci95_t[1]"},
		{"a limit missing", `[1, 3]`, `[1]`, ".ci95_t"},
		{"a covariance", `-0.01]`, `-0.0100001]`, ".vcov[0][1]"},
		{"a sign", `[-0.01,`, `[0.01,`, ".vcov[1][0]"},
		{"a small p", `1e-20`, `1.00001e-20`, ".p"},
		{"a key missing", `"level": "a", `, ``, "no level"},
		{"a level", `"level": "a"`, `"level": "b"`, ".level"},
		{"a group", `{"g": "x"}`, `{"g": "y"}`, ".group.g"},
		{"nothing known", `"estimate": null`, `"estimate": 0`, ".result.estimate"},
		{"something known", `"se": 0.5`, `"se": null`, ".rows[0].se"},
		{"an estimate beside limits on the edge", `3, "ci95": [1, 2], "knife_edge_ci"`, `4, "ci95": [1, 2], "knife_edge_ci"`, ".quantiles[1].estimate"},
		{"an error", `{"df": 12,`, `{"error": "no", "df": 12,`, "an error"},
	} {
		t.Run(c.name, func(t *testing.T) {
			changed := strings.Replace(want, c.from, c.to, 1)
			if c.from != "" && changed == want {
				t.Fatal("nothing was changed")
			}
			if got := differences(t, want, changed); c.found == "" && got != "" || !strings.Contains(got, c.found) {
				t.Errorf("found %q, not %q", got, c.found)
			}
		})
	}
}

func TestComparisonWantsRefusals(t *testing.T) {
	refused := `{"error": true, "message": "one PSU"}`
	if got := differences(t, refused, `{"df": 1}`); got == "" {
		t.Error("an answer passes for a refusal")
	}
	if got := differences(t, refused, `{"error": "other words"}`); got != "" {
		t.Error(got)
	}
}

// Where an error is rounding, what rests on it is too.
func TestComparisonLeavesRounding(t *testing.T) {
	want := `{"estimate": 5, "se": 0, "ci95_t": [5, 5], "deff": 0.1, "zero_variance": true}`
	if got := differences(t, want, `{"estimate": 5, "se": 0, "ci95_t": [null, null], "deff": null, "zero_variance": true}`); got != "" {
		t.Error(got)
	}
	if got := differences(t, want, `{"estimate": 5, "se": 0, "ci95_t": [5, 5], "deff": 0.1}`); got == "" {
		t.Error("the flag may be missing")
	}
}

func differences(t *testing.T, want, got string) string {
	t.Helper()
	var w, g map[string]any
	for text, into := range map[string]*map[string]any{want: &w, got: &g} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	c := &comparison{}
	c.object(place{}, w, g)
	return strings.Join(c.disagreements, "\n")
}
