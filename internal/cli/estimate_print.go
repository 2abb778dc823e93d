package cli

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/request"
)

// estimateRecord is one estimate as a JSON line; what is not to be had is null.
type estimateRecord struct {
	Kind       string            `json:"kind"`
	Statistic  request.Kind      `json:"statistic"`
	Variable   string            `json:"variable"`
	Category   *string           `json:"category,omitempty"`
	Quantile   *float64          `json:"probability,omitempty"`
	Group      json.RawMessage   `json:"group,omitempty"`
	Difference *differenceRecord `json:"difference,omitempty"`
	Estimate   *float64          `json:"estimate"`
	SE         *float64          `json:"se"`
	Lower      *float64          `json:"lower"`
	Upper      *float64          `json:"upper"`
	Level      float64           `json:"level"`
	N          int               `json:"n"`
	Missing    int               `json:"missing"`
	Effective  *float64          `json:"effective_n"`
	Deff       *float64          `json:"deff"`
	DF         *float64          `json:"df"`
	P          *float64          `json:"p"`
	Note       string            `json:"note,omitempty"`
}

type differenceRecord struct {
	Variable string `json:"variable"`
	From     string `json:"from"`
	To       string `json:"to"`
}

// estimates prints one line each.
func (p *printer) estimates(rows []request.Row, level float64) {
	for _, r := range rows {
		rec := estimateRecord{
			Kind: "estimate", Statistic: r.Item.Kind, Variable: r.Item.Name(), Group: groupObject(r.Group),
			Estimate: pointer(r.Estimate), SE: pointer(r.SE), Lower: pointer(r.Lower), Upper: pointer(r.Upper), Level: level,
			N: r.N, Missing: r.Missing, Effective: pointer(r.Effective), Deff: pointer(r.Deff), DF: pointer(r.DF), P: pointer(r.P), Note: r.Note(),
		}
		if r.Category != "" {
			rec.Category = &r.Category
		}
		if r.Item.Kind == request.Quantile {
			rec.Quantile = &r.Item.Quantile
		}
		if d := r.Difference; d != nil {
			rec.Difference = &differenceRecord{d.Column, d.From, d.To}
		}
		p.record(rec)
	}
}

// groupObject keeps the columns in the order that they were asked for.
func groupObject(group []request.Where) json.RawMessage {
	if group == nil {
		return nil
	}
	var parts []string
	for _, g := range group {
		column, _ := json.Marshal(g.Column) // texts always have a JSON form
		category, _ := json.Marshal(g.Category)
		parts = append(parts, string(column)+":"+string(category))
	}
	return json.RawMessage("{" + strings.Join(parts, ",") + "}")
}

func pointer(v number.Value) *float64 {
	f, ok := v.Get()
	if !ok {
		return nil
	}
	return &f
}

// estimateTable prints estimates for people. Columns that nothing stands in are
// left out.
func (p *printer) estimateTable(rows []request.Row, level float64) {
	header := []string{"what", "group", "estimate", "std error", fmt.Sprintf("%.12g%% from", 100*level), "to", "n", "effective n", "deff", "df", "p", "note"}
	table := [][]string{header}
	for i, r := range rows {
		places := decimals(rows, i)
		table = append(table, []string{
			what(r), groupText(r.Group), r.Estimate.Fixed(places), r.SE.Fixed(places + 1), r.Lower.Fixed(places), r.Upper.Fixed(places),
			number.Count(r.N), r.Effective.Fixed(0), r.Deff.Fixed(2), r.DF.Fixed(0), probability(r.P), noteText(r),
		})
	}
	for _, line := range aligned(withoutEmpty(table)) {
		p.say(line)
	}
}

// what is an estimate in words.
func what(r request.Row) string {
	name := r.Item.Name()
	if r.Category != "" {
		name += "=" + r.Category
	}
	text := string(r.Item.Kind) + " " + name
	if r.Item.Kind == request.Quantile {
		text = fmt.Sprintf("quantile %v of %s", r.Item.Quantile, name)
		if r.Item.Quantile == 0.5 {
			text = "median " + name
		}
	}
	if d := r.Difference; d != nil {
		text += fmt.Sprintf(", %s %s less %s", d.Column, d.To, d.From)
	}
	return text
}

func groupText(group []request.Where) string {
	var parts []string
	for _, g := range group {
		parts = append(parts, g.Column+"="+g.Category)
	}
	return strings.Join(parts, ", ")
}

// noteText says why figures are missing, and how many rows had no answer.
func noteText(r request.Row) string {
	notes := r.Notes
	if r.Missing > 0 {
		notes = append([]string{number.Count(r.Missing) + " missing"}, notes...)
	}
	return strings.Join(notes, "; ")
}

// decimals are as many as make two figures of the smallest error of the same item,
// and four of an estimate without an error, or of the larger limit of one of 0.
func decimals(rows []request.Row, at int) int {
	least := 0.0
	for _, r := range rows {
		if se, ok := r.SE.Get(); ok && se > 0 && r.Item.Name() == rows[at].Item.Name() && r.Item.Kind == rows[at].Item.Kind && (least == 0 || se < least) {
			least = se
		}
	}
	if least == 0 {
		r := rows[at]
		least = max(math.Abs(r.Estimate.Or(1)), math.Abs(r.Lower.Or(0)), math.Abs(r.Upper.Or(0))) / 1000
	}
	if least == 0 {
		return 0
	}
	return min(max(1-int(math.Floor(math.Log10(least))), 0), 9)
}

func probability(v number.Value) string {
	if f, ok := v.Get(); ok && f < 0.0005 {
		return "<0.001"
	}
	return v.Fixed(3)
}

// withoutEmpty leaves out columns with nothing but a heading, and says which of
// the others are numbers.
func withoutEmpty(table [][]string) (rows [][]string, first, last int) {
	const firstNumber, lastNumber = 2, 10
	out := make([][]string, len(table))
	for c := range table[0] {
		used := c == 0 || c == firstNumber
		for _, row := range table[1:] {
			used = used || row[c] != ""
		}
		if !used {
			continue
		}
		switch {
		case c == firstNumber:
			first = len(out[0])
			fallthrough
		case c <= lastNumber:
			last = len(out[0])
		}
		for i, row := range table {
			out[i] = append(out[i], row[c])
		}
	}
	return out, first, last
}
