package reports

import (
	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
)

// Reliability says what the numbers of its table mean; nothing where there is none.
func Reliability(r *disclose.Release) []Told {
	if len(r.Reliabilities()) == 0 {
		return nil
	}
	return []Told{
		{"Scores", "Reliability estimates how much of what sets respondents’ scores apart the questions behind a score agree on: 0 is none of it, 1 all of it. It is not about how many answered, as the flag [u] is. For comparing groups 0.7 or more is commonly asked for. A number below 0 says that questions contradict one another: one of them may have to be turned round."},
		{"Gaps", "What two scores have in common drops out of their difference, so that a gap is less reliable than scores that go together. That concerns one respondent’s gap. How exact the mean gap of many respondents is, its interval says."},
	}
}

// reliabilityTable says how reliable each score and gap is.
func (m *tabler) reliabilityTable() Table {
	t := Table{
		ID: TableReliability, Title: "Reliability of scores and gaps", Summary: "Everyone in the wave who answered all the questions of the score; of a gap, who has both scores. Weighted as all else.",
		Columns: columns(waveColumns(), cols(measureColumn, textColumn("coefficient", "Coefficient", "Which reliability it is"),
			numberColumn("questions", "Questions (count)", 0, "Questions behind the score that the wave asks; of a gap, behind both"),
			numberColumn("reliability", "Reliability (0 to 1)", 2, "How much of what sets respondents apart the questions agree on"), baseColumn)),
	}
	for _, x := range m.r.Reliabilities() {
		figure := func(v number.Value) Cell {
			if x.Status != disclose.Shown {
				return Cell{Code: x.Status}
			}
			return num(v)
		}
		t.Rows = append(t.Rows, line(m.wave(Wave{x.Survey, x.Wave}), one(text(MeasureName(m.s, x.Measure)), text(coefficientWords(x.Coefficient)), whole(x.Items), figure(x.Value), figure(x.Base))))
	}
	return t
}

func coefficientWords(c disclose.Coefficient) string {
	switch c {
	case disclose.SpearmanBrown:
		return "Spearman-Brown, of two questions"
	case disclose.OfDifference:
		return "Of the difference of two scores"
	}
	return "Cronbach’s alpha"
}

// Heterogeneity says what the numbers of its table mean; nothing where there is none.
func Heterogeneity(r *disclose.Release) []Told {
	if len(r.Heterogeneities()) == 0 {
		return nil
	}
	return []Told{{"Differences between surveys", "Surveys differ by chance, as each asked other people, and because their members, their recruitment or their times differ. Tau is the standard deviation of what is not chance, I² its part in all that sets the surveys apart. The weighted mean lets exact surveys count for more; where it is far from the plain mean, “all surveys together” turns on how they are put together. Of few surveys all of this is known roughly, as the limits of tau show."}}
}

// heterogeneityTable says how far the surveys behind an average differ.
func (m *tabler) heterogeneityTable() Table {
	level := Level(m.s)
	points := func(id, title, description string) Column {
		return numberColumn(id, title+" (points)", m.places, description)
	}
	t := Table{
		ID: TableHeterogeneity, Title: "How far the surveys differ", Summary: "Latest waves of the surveys behind “all surveys together”, pooled as a random-effects meta-analysis. Points on the scale of 0 to 100.",
		Columns: columns(cols(measureColumn, waveColumn, numberColumn("surveys", "Surveys (count)", 0, "Surveys behind the average"),
			points("plain", "Plain mean", "The mean of the surveys, each counting the same"),
			points("weighted", "Weighted mean", "Mean weighted by precision, tau included"),
			points("lower", "Its lower limit", "Lower limit of the "+level+" interval (Hartung and Knapp, never narrower than the normal one)"),
			points("upper", "Its upper limit", "Upper limit of the "+level+" interval"),
			points("tau", "Tau", "Standard deviation between surveys, by restricted maximum likelihood"),
			points("tau_lower", "Lower limit of tau", "Lower limit of the "+level+" interval of tau (Q-profile)"),
			points("tau_upper", "Upper limit of tau", "Upper limit of the "+level+" interval of tau"),
			numberColumn("i2", "I² (percent)", 0, "Part of the variance between estimates that is not chance"),
			numberColumn("p", "p that they agree", 3, "p-value of Cochran's Q, that all surveys have one true value"))),
		Notes: m.openOf(LatestWaves(m.s)...),
	}
	for _, x := range m.r.Heterogeneities() {
		row, _ := m.r.Find(x.Key)
		t.Rows = append(t.Rows, line(one(text(MeasureName(m.s, x.Measure)), text(WaveName(x.Wave)), whole(x.Surveys), num(row.Estimate)),
			one(num(x.Pooled), num(x.Lower), num(x.Upper), num(x.Tau), num(x.TauLower), num(x.TauUpper), num(x.I2), num(x.QPValue))))
	}
	return t
}
