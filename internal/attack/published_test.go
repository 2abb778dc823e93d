package attack

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/estimate"
	"github.com/caregap/caregap/reports/table"
)

// published is what was given to everybody: the rows of estimates.csv as text, and
// what the report's tables say beside them.
type published struct {
	rows        []line
	respondents map[[2]string]int  // of a survey and wave, where told
	weighted    map[[2]string]bool // survey and wave
	reliability []disclose.Reliability
	decimals    int
}

// line is a row of estimates.csv.
type line struct {
	estimate.Key
	status                   string
	estimate, se, base, df   figure
	unit, definition         string
	baseRule, flags          string
	effective, lower, higher figure
}

// figure is a printed number: the true one lies within half a step of it.
type figure struct {
	known bool
	value float64
	half  float64
}

func (f figure) lo() float64 { return f.value - f.half - 1e-9 }
func (f figure) hi() float64 { return f.value + f.half + 1e-9 }

func parseFigure(text string) figure {
	if text == "" {
		return figure{}
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(err)
	}
	_, fraction, _ := strings.Cut(text, ".")
	return figure{true, v, 0.5 * math.Pow10(-len(fraction))}
}

// publish protects a world and reads back what came of it.
func (w *world) publish() (*published, error) {
	release, _, err := disclose.Protect(w.evidence())
	if err != nil {
		return nil, err
	}
	data, err := table.EstimatesCSV(table.Rows(release))
	if err != nil {
		return nil, err
	}
	out := &published{rows: read(data), respondents: map[[2]string]int{}, weighted: map[[2]string]bool{}, reliability: release.Reliabilities(), decimals: release.Study().Disclosure.Decimals}
	for _, l := range release.Ledger() {
		if n, ok := l.Respondents.N.Get(); ok {
			out.respondents[[2]string{l.Survey, l.Wave}] += int(n)
		}
	}
	for _, x := range release.Weights() {
		out.weighted[[2]string{x.Survey, x.Wave}] = x.Source != "none"
	}
	return out, nil
}

// read reads estimates.csv.
func read(data []byte) []line {
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		panic(err)
	}
	at := map[string]int{}
	for i, name := range records[0] {
		at[name] = i
	}
	var out []line
	for _, r := range records[1:] {
		text := func(name string) string { return r[at[name]] }
		of := func(name string) figure { return parseFigure(text(name)) }
		out = append(out, line{Key: estimate.Key{Measure: text("measure"), Statistic: text("statistic"), Level: text("level"), Survey: text("survey"), Wave: text("wave"),
			Breakdown: text("breakdown"), Category: text("category"), Contrast: text("contrast"), Versus: text("versus")},
			status: text("status"), estimate: of("estimate"), se: of("se"), base: of("base"), df: of("df"),
			unit: text("unit"), definition: text("definition"), baseRule: text("base_rule"), flags: text("flags"), effective: of("effective_base"), lower: of("lower"), higher: of("upper")})
	}
	return out
}

func (l line) shown() bool  { return l.status == "" }
func (l line) hidden() bool { return l.status == disclose.Confidential }

// simple reports whether all numbers of a wave have as many degrees of freedom as
// respondents but one: it is then no sample of clusters or strata.
func (p *published) simple(survey, wave string) bool {
	seen := false
	for _, l := range p.rows {
		if l.Survey == survey && l.Wave == wave && l.Contrast == "" && l.df.known {
			if l.df.value != l.base.value-1 {
				return false
			}
			seen = true
		}
	}
	return seen
}
