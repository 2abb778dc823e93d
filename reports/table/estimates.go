package table

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"github.com/gocarina/gocsv"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
)

// EstimateRow is one row of estimates.csv, its figures as formatted text, empty
// where there is none. The columns and their order are an interface of the
// program; public/ and private/ share them.
type EstimateRow struct {
	Measure       string `csv:"measure"`
	Statistic     string `csv:"statistic"`
	Level         string `csv:"level"`
	Survey        string `csv:"survey"`
	Wave          string `csv:"wave"`
	Breakdown     string `csv:"breakdown"`
	Category      string `csv:"category"`
	Contrast      string `csv:"contrast"`
	Versus        string `csv:"versus"`
	Unit          string `csv:"unit"`
	Estimate      string `csv:"estimate"`
	SE            string `csv:"se"`
	Lower         string `csv:"lower"`
	Upper         string `csv:"upper"`
	Base          string `csv:"base"`
	EffectiveBase string `csv:"effective_base"`
	Deff          string `csv:"deff"`
	DF            string `csv:"df"`
	PValue        string `csv:"p_value"`
	PAdjusted     string `csv:"p_adjusted"`
	Definition    string `csv:"definition"`
	BaseRule      string `csv:"base_rule"`
	Status        string `csv:"status"`
	Flags         string `csv:"flags"`
}

// header is the columns of estimates.csv: the tags of EstimateRow.
var header = []string{
	"measure", "statistic", "level", "survey", "wave", "breakdown", "category", "contrast", "versus", "unit",
	"estimate", "se", "lower", "upper", "base", "effective_base", "deff", "df", "p_value", "p_adjusted",
	"definition", "base_rule", "status", "flags",
}

// EstimatesCSV writes rows as estimates.csv, with its header. It does so field
// by field: a release has tens of thousands of rows, and gocsv's reflection
// takes five times as long.
func EstimatesCSV(rows []EstimateRow) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(128 * len(rows))
	w := csv.NewWriter(&b)
	_ = w.Write(header) // w keeps the first error
	record := make([]string, len(header))
	for i := range rows {
		rows[i].fields(record)
		_ = w.Write(record)
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, fmt.Errorf("estimates.csv: %w", err)
	}
	return b.Bytes(), nil
}

// fields writes the row's texts into record, in the order of header.
func (r *EstimateRow) fields(record []string) {
	for i, key := range [...]string{r.Measure, r.Statistic, r.Level, r.Survey, r.Wave, r.Breakdown, r.Category, r.Contrast, r.Versus} {
		record[i] = Safe(key)
	}
	copy(record[9:], []string{
		r.Unit, r.Estimate, r.SE, r.Lower, r.Upper, r.Base, r.EffectiveBase, r.Deff, r.DF, r.PValue, r.PAdjusted,
		r.Definition, r.BaseRule, r.Status, r.Flags,
	})
}

// marshal writes a slice of structs with csv tags. It hands gocsv a writer of
// its own, as gocsv's settings are global.
func marshal(rows any) ([]byte, error) {
	var b bytes.Buffer
	if err := gocsv.MarshalCSV(rows, gocsv.NewSafeCSVWriter(csv.NewWriter(&b))); err != nil {
		return nil, fmt.Errorf("csv: %w", err)
	}
	return b.Bytes(), nil
}

// Decimals of the figures that the study does not set.
const (
	placesEffective = 1
	placesDeff      = 2
	placesDF        = 0
	placesP         = 3
)

// Rows are the release's rows as text, in its order.
func Rows(r *disclose.Release) []EstimateRow {
	places := r.Study().Disclosure.Decimals
	out := make([]EstimateRow, 0, r.Len())
	for row := range r.All() {
		text := EstimateRow{
			Measure: row.Measure, Statistic: row.Statistic, Level: row.Level, Survey: row.Survey, Wave: row.Wave,
			Breakdown: row.Breakdown, Category: row.Category, Contrast: row.Contrast, Versus: row.Versus, Unit: row.Unit,
			Definition: row.Definition, BaseRule: row.BaseRule, Status: row.Status,
		}
		if row.Shown() {
			figures(&text, row, places)
		}
		out = append(out, text)
	}
	return out
}

func figures(e *EstimateRow, row disclose.Row, places int) {
	e.Estimate, e.Lower, e.Upper = row.Estimate.Fixed(places), row.Lower.Fixed(places), row.Upper.Fixed(places)
	e.SE = row.SE.Fixed(places + 1)
	e.Base = row.Base.Fixed(0)
	e.EffectiveBase, e.Deff, e.DF = row.EffectiveBase.Fixed(placesEffective), row.Deff.Fixed(placesDeff), row.DF.Fixed(placesDF)
	e.PValue, e.PAdjusted = probability(row.PValue), probability(row.PAdjusted)
	e.Flags = row.Flags
}

// probability prints a p-value, 0.001 at the least.
func probability(p number.Value) string {
	if f, ok := p.Get(); ok && f < 0.001 {
		return "0.001"
	}
	return p.Fixed(placesP)
}
