package request_test

import (
	"fmt"
	"math"
	"strings"
)

// The tolerances that the reference's README gives, as a part of the number.
const (
	tolEstimate   = 1e-10
	tolError      = 1e-8
	tolP          = 1e-6
	tolLogit      = 1e-6
	tolLikelihood = 1e-3
)

// comparison walks an expected answer: each of its keys must be in the answer
// that was given, unless it is named as left out.
type comparison struct {
	disagreements []string
	figures       int
	left          map[string]int // why figures were not compared
}

func (c *comparison) fail(path, format string, args ...any) {
	c.disagreements = append(c.disagreements, path+": "+fmt.Sprintf(format, args...))
}

func (c *comparison) leave(reason string) {
	if c.left == nil {
		c.left = map[string]int{}
	}
	c.left[reason]++
}

// leftOut says why a key of an expected answer is not asked for; "" if it is.
func leftOut(key string) string {
	switch {
	case strings.HasSuffix(key, "svyttest"):
		return "R's own degrees of freedom, one less than those of the design"
	case key == "note", key == "degenerate_note", key == "source", key == "message":
		return "words"
	case strings.HasPrefix(key, "knife_edge"):
		return "what the reference says of itself"
	}
	return ""
}

// place is what is known of a figure by the objects around it.
type place struct {
	path, key string
	around    map[string]any // the expected object that holds it
	zero      bool           // its variance is zero but for rounding
}

func (x place) in(key string, around map[string]any) place {
	x.path += "." + key
	x.key = key
	x.around = around
	x.zero = x.zero || around["zero_variance"] == true || around["degenerate"] == true || errorIsRounding(around)
	return x
}

// errorIsRounding applies the zero test of the standard error of a number.
func errorIsRounding(around map[string]any) bool {
	se, ok := around["se"].(float64)
	estimate, _ := around["estimate"].(float64)
	return ok && se <= 1e-9*max(math.Abs(estimate), 1e-3)
}

func (c *comparison) object(x place, want, got map[string]any) {
	if want["error"] != nil {
		if got["error"] == nil {
			c.fail(x.path, "an answer, where R refuses: %v", want["message"])
		}
		return
	}
	if got["error"] != nil {
		c.fail(x.path, "an error: %v", got["error"])
		return
	}
	for _, key := range sorted(want) {
		if reason := leftOut(key); reason != "" {
			c.leave(reason)
			continue
		}
		g, ok := got[key]
		if !ok {
			c.fail(x.path, "no %s", key)
			continue
		}
		c.any(x.in(key, want), want[key], g)
	}
}

func (c *comparison) any(x place, want, got any) {
	if reason := x.notComparable(); reason != "" {
		c.leave(reason)
		return
	}
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			c.fail(x.path, "%v instead of an object", got)
			return
		}
		c.object(x, w, g)
	case []any:
		c.list(x, w, got)
	case float64:
		c.number(x, w, got, 0)
	default: // null, words, true and false, "Inf"
		c.figures++
		if want != got {
			c.fail(x.path, "%v, R has %v", got, want)
		}
	}
}

// notComparable says why a figure of an expected answer stands for nothing.
func (x place) notComparable() string {
	interval := strings.HasPrefix(x.key, "ci") || x.key == "intervals"
	switch {
	case x.zero && (interval || restsOnError[x.key] || errorIsRounding(x.around) && x.key == "se" && x.around["se"] != 0.0):
		return "what rests on a variance that is rounding"
	case x.around["knife_edge_estimate"] == true && (x.key == "estimate" || interval || x.key == "se"):
		return "on the edge between two values"
	case x.around["knife_edge_ci"] == true && (interval || x.key == "se"):
		return "limits on the edge between two values"
	}
	return ""
}

func (c *comparison) list(x place, want []any, got any) {
	g, ok := got.([]any)
	if !ok || len(g) != len(want) {
		c.fail(x.path, "%v instead of a list of %d", got, len(want))
		return
	}
	scales := diagonal(want)
	for i, w := range want {
		at := x
		at.path = fmt.Sprintf("%s[%d]", x.path, i)
		row, ok := w.([]any)
		if scales == nil || !ok {
			c.any(at, w, g[i])
			continue
		}
		c.row(at, row, g[i], scales, i)
	}
}

// row compares a row of a covariance matrix on the scale of its diagonal.
func (c *comparison) row(x place, want []any, got any, scales []float64, i int) {
	g, ok := got.([]any)
	if !ok || len(g) != len(want) {
		c.fail(x.path, "%v instead of a row of %d", got, len(want))
		return
	}
	for j, w := range want {
		at := x
		at.path = fmt.Sprintf("%s[%d]", x.path, j)
		if number, ok := w.(float64); ok {
			c.number(at, number, g[j], math.Sqrt(scales[i]*scales[j]))
			continue
		}
		c.any(at, w, g[j])
	}
}

// diagonal is that of a square matrix of numbers, else nil. Variances are at least
// 1e-12 of the largest: beside it the covariances of smaller ones are rounding.
func diagonal(rows []any) []float64 {
	out, most := make([]float64, len(rows)), 0.0
	for i, r := range rows {
		row, ok := r.([]any)
		if !ok || len(row) != len(rows) {
			return nil
		}
		out[i], _ = row[i].(float64)
		most = max(most, out[i])
	}
	for i := range out {
		out[i] = max(out[i], 1e-12*most)
	}
	return out
}

func (c *comparison) number(x place, want float64, got any, scale float64) {
	c.figures++
	g, ok := got.(float64)
	if !ok {
		c.fail(x.path, "%v, R has %v", got, want)
		return
	}
	if off := math.Abs(g - want); off > x.tolerance()*max(math.Abs(want), scale, floor[x.key]) {
		c.fail(x.path, "%v, R has %v (off by %.2g)", g, want, off/math.Abs(want))
	}
}

func (x place) tolerance() float64 {
	switch {
	case exact[x.key]:
		return 0
	case x.key == "estimate":
		return tolEstimate
	case x.key == "p" && x.around["qrule"] == nil, strings.HasPrefix(x.key, "p_"):
		return tolP
	case x.around["method"] == "logit":
		return tolLogit
	case x.around["method"] == "likelihood":
		return tolLikelihood
	}
	return tolError
}

// floor is the size at which errors and variances are rounding of numbers of
// the size of 1; the tolerance is a part of it.
var floor = map[string]float64{"se": 1e-4, "cv": 1e-4, "variance": 1e-16, "vcov": 1e-16, "domain_vcov": 1e-16, "joint_vcov": 1e-16, "var_a": 1e-16, "var_b": 1e-16, "cov_ab": 1e-16}

// restsOnError are figures that a variance of zero leaves without meaning.
var restsOnError = map[string]bool{"deff": true, "deff_replace": true, "deff_wor": true, "n_eff": true, "t": true, "p": true, "p_df_design": true, "p_df_plus1": true}

// exact are the figures that are counts.
var exact = map[string]bool{"df": true, "df_nonmissing": true, "df_design": true, "n_obs": true, "n_rows_design": true, "n": true, "k": true, "level": true}
