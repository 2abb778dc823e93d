package table

import (
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/reports"
)

// estimatesResource describes estimates.csv: what product users rely on.
func estimatesResource(r *disclose.Release, data []byte) resource {
	level := reports.Level(r.Study())
	fields := []schemaField{
		text("measure", "Id of a construct, gap, question, combination or tick-all question; its words are in labels.csv"),
		choice("statistic", "What is estimated", "mean", "median", "lower_quartile", "upper_quartile", "share", "difference"),
		text("level", "Of a share: the answer, option or condition; empty for means and for shares of everyone"),
		text("survey", "Id of the survey, or average for all surveys together"),
		text("wave", "Id of the wave; for an average the latest waves joined by +"),
		text("breakdown", "Variable that respondents are grouped by; empty for everyone; crossed ones joined by a colon"),
		text("category", "Category of the breakdown; empty for everyone; crossed ones joined by a colon; single stands for organisations, of which none is named"),
		choice("contrast", "Of a difference: what is compared", "wave", "survey", "category"),
		text("versus", "Of a difference: what is subtracted: the earlier wave, the other survey, or rest"),
		choice("unit", "score (0 to 100), points (differences and gaps of scores), percent, or scale (the question's own)", "score", "points", "percent", "scale"),
		numeric("estimate", "The estimate; empty where status says why there is none"),
		numeric("se", "Its design-based standard error"),
		numeric("lower", "Lower limit of the "+level+" interval"),
		numeric("upper", "Upper limit of the "+level+" interval"),
		{Name: "base", Type: "integer", Description: "Respondents it rests on, not weighted"},
		numeric("effective_base", "Base over the design effect"),
		numeric("deff", "Design effect, with replacement"),
		numeric("df", "Degrees of freedom of the interval"),
		numeric("p_value", "Two-sided p-value that the number is 0, 0.001 at the least"),
		numeric("p_adjusted", "The same after correction for looking at many"),
		text("definition", "Short hash of what the measure rests on; numbers of unequal definitions are not compared"),
		choice("base_rule", "Of a tick-all question: whom its shares are of", "saw", "ticked_any"),
		choice("status", "Why there are no figures: c confidential, x not asked, w nobody, z not applicable, b break; empty where there are", "c", "x", "w", "z", "b"),
		text("flags", "Of a shown number: u low reliability, r revised"),
	}
	x := describe("estimates", "Every published number", "One row per number. A text that begins like a formula has an apostrophe before it.", data, fields, []string{""})
	x.Schema.PrimaryKey = header[:9]
	return x
}

func labelsResource(list []Label, data []byte) resource {
	fields := []schemaField{
		text("id", "Id of a survey, measure or variable, or the name of a column of estimates.csv"),
		text("level", "Code under that id: a wave, level, option, category or code; empty for the id itself"),
		text("label", "Its words"),
	}
	x := describe("labels", "Words for ids and codes", "The words for every id and code in estimates.csv.", data, fields, []string{""})
	if unambiguous(list) {
		x.Schema.PrimaryKey = []string{"id", "level"}
	}
	return x
}

// unambiguous reports whether each id and level has one label. A study may name
// a survey as it names a question, and then two labels have one id.
func unambiguous(list []Label) bool {
	seen := map[[2]string]bool{}
	for _, l := range list {
		key := [2]string{l.ID, l.Level}
		if seen[key] {
			return false
		}
		seen[key] = true
	}
	return true
}

func text(name, description string) schemaField {
	return schemaField{Name: name, Type: "string", Description: description}
}

func numeric(name, description string) schemaField {
	return schemaField{Name: name, Type: "number", Description: description}
}

func choice(name, description string, values ...string) schemaField {
	return schemaField{Name: name, Type: "string", Description: description, Constraints: &constraint{values}}
}
