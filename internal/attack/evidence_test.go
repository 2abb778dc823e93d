package attack

import (
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/normalise"
)

// evidence is what a run would hand to protection.
func (w *world) evidence() disclose.Evidence {
	e := disclose.Evidence{ID: "3f9a1c07be42", Version: "0.1.0", Study: w.study, Table: w.table}
	for _, x := range w.waves {
		n := len(x.sample.Respondents)
		e.Ledgers = append(e.Ledgers, normalise.Ledger{Survey: x.survey.ID, Wave: x.wave.ID, File: "exports/" + x.survey.ID + "-" + x.wave.ID + ".csv", Platform: "qualtrics", Rows: n + 30, Respondents: n,
			SetAside: []normalise.ReasonCount{{Reason: "unfinished", Count: 30}}})
		source := "none"
		switch {
		case x.sample.Raked != nil:
			source = "raked"
		case x.sample.Weighted:
			source = "design"
		}
		e.Weights = append(e.Weights, disclose.WeightSummary{Survey: x.survey.ID, Wave: x.wave.ID, Source: source})
	}
	return e
}
