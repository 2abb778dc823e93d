package reports

import (
	"math"
	"slices"
	"strings"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

func (m *tabler) methodTables() []Table {
	return []Table{
		m.definitionsTable(), m.mergedTable(), m.collectedTable(), m.rowsTable(), m.rejectedTable(), m.overlapTable(), m.suppressionTable(),
		m.weightsTable(), m.unweightedTable(), m.marginsTable(), m.reliabilityTable(), m.heterogeneityTable(), m.publishedTable(), m.settingsTable(), m.inputsTable(),
	}
}

// rowsTable accounts for every row of every export.
func (m *tabler) rowsTable() Table {
	t := Table{
		ID: TableRows, Title: "Rows accounted for", Summary: "Every row of each export is a respondent or is set aside, by the first reason that applies.",
		Columns: columns(waveColumns(), cols(textColumn("file", "File", "The export"), textColumn("platform", "Platform", "The survey platform that made it"),
			textColumn("step", "Step", "What is counted"), numberColumn("rows", "Rows (count)", 0, "Rows of the export"))),
	}
	for _, l := range m.r.Ledger() {
		add := func(step string, c disclose.Count) {
			t.Rows = append(t.Rows, line(m.wave(Wave{l.Survey, l.Wave}), one(text(l.File), text(l.Platform), text(step), count(c))))
		}
		add("Rows in the file", l.Rows)
		for _, reason := range l.SetAside {
			add("Set aside: "+ReasonWord(reason.Reason), reason.Count)
		}
		add("Respondents", l.Respondents)
	}
	return t
}

// ReasonWord is why a row was set aside, in words.
func ReasonWord(reason string) string {
	words := map[string]string{
		"preview": "previews", "test": "tests", "spam": "spam", "empty": "no question answered", "unfinished": "not finished",
		"screened_out": "screened out", "speeder": "too fast to be read", "duplicate": "sent twice, of which the last counts",
	}
	if w, ok := words[reason]; ok {
		return w
	}
	return strings.ReplaceAll(reason, "_", " ")
}

func (m *tabler) rejectedTable() Table {
	t := Table{
		ID: "rejected", Title: "Answers that could not be used", Summary: "Values counted as missing, by column of the export and reason.",
		Columns: columns(waveColumns(), cols(textColumn("file", "File", "The export"), textColumn("column", "Column", "Column of the export"),
			textColumn("reason", "Reason", "Why the value could not be used"), numberColumn("values", "Values (count)", 0, "How many values"))),
	}
	for _, l := range m.r.Ledger() {
		for _, x := range l.Rejected {
			t.Rows = append(t.Rows, line(m.wave(Wave{l.Survey, l.Wave}), one(text(l.File), text(x.Column), text(x.Reason), count(x.Count))))
		}
	}
	return t
}

func (m *tabler) overlapTable() Table {
	t := Table{
		ID: "overlap", Title: "People in two surveys", Summary: "Looked for where the study says that surveys may hold the same people.",
		Columns: cols(surveyColumn, textColumn("other", "Other survey", "The survey it was set against"), numberColumn("people", "In both (people)", 0, "People who answered both")),
	}
	for _, o := range m.r.Overlaps() {
		t.Rows = append(t.Rows, one(text(SurveyName(m.s, o.Surveys[0])), text(SurveyName(m.s, o.Surveys[1])), count(o.People)))
	}
	return t
}

// suppressionTable counts the numbers of the release by what became of them.
func (m *tabler) suppressionTable() Table {
	column := func(id, title, description string) Column {
		return numberColumn(id, title+" (count)", 0, description)
	}
	t := Table{
		ID: "suppression", Title: "Numbers shown and hidden", Summary: "Counts of the numbers in tables/estimates.csv.",
		Columns: columns(waveColumns(), cols(column("numbers", "Numbers", "All numbers"), column("shown", "Shown", "Numbers with figures"),
			column("low", "Of these, low reliability", "Shown with the flag [u]"), column("confidential", "Confidential", "Hidden, [c]"),
			column("not_asked", "Not asked", "[x]"), column("nobody", "Nobody", "[w]"), column("broken", "Not compared", "[b]"), column("not_applicable", "Not applicable", "[z]"))),
	}
	order, tally := m.statuses()
	for _, w := range order {
		n := tally[w]
		total := 0
		for _, status := range statuses {
			total += n[status]
		}
		cells := append(m.wave(w), whole(total), whole(n[disclose.Shown]), whole(n["u"]))
		for _, status := range statuses[1:] {
			cells = append(cells, whole(n[status]))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

var statuses = []string{disclose.Shown, disclose.Confidential, disclose.NotAsked, disclose.Nobody, disclose.Break, disclose.NotApplicable}

func (m *tabler) statuses() ([]Wave, map[Wave]map[string]int) {
	var order []Wave
	tally := map[Wave]map[string]int{}
	for row := range m.r.All() {
		w := Wave{row.Survey, row.Wave}
		if tally[w] == nil {
			tally[w] = map[string]int{}
			order = append(order, w)
		}
		tally[w][row.Status]++
		if row.Low() {
			tally[w]["u"]++
		}
	}
	return order, tally
}

func whole(n int) Cell { return num(number.Of(float64(n))) }

// publishedTable sets figures from elsewhere beside ours.
func (m *tabler) publishedTable() Table {
	theirs := []Column{
		numberColumn("published", "Published (see unit)", m.places, "The published figure"),
		numberColumn("published_lower", "Its lower limit (see unit)", m.places, "Wilson limit worked out from the published base"),
		numberColumn("published_upper", "Its upper limit (see unit)", m.places, "Wilson limit worked out from the published base"),
		numberColumn("published_base", "Its base (respondents)", 0, "Respondents the published figure rests on"),
		textColumn("source", "Source", "Where it was published"),
	}
	t := Table{
		ID: TablePublished, Title: "Published figures beside ours", Summary: "With " + Level(m.s) + " limits; those of published shares are worked out from their base.",
		Columns: columns(cols(measureColumn, textColumn("of", "Of", "For a share, the answer it is of")), waveColumns(),
			m.estimateColumns("ours", "Ours", "see unit"), cols(baseColumn, textColumn("unit", "Unit", "What the figures are in")), theirs, cols(notesColumn)),
	}
	var waves []Wave
	for _, p := range m.s.Published {
		if w := (Wave{p.Survey, p.Wave}); !slices.Contains(waves, w) {
			waves = append(waves, w)
		}
		row := m.find(disclose.Key{Measure: p.Measure, Statistic: p.Statistic, Level: p.Level, Survey: p.Survey, Wave: p.Wave})
		lower, upper := PublishedLimits(p, m.s.Confidence)
		level := LevelName(m.s, p.Measure, p.Level)
		if p.Level == "" && p.Statistic != "share" {
			level = Upper(strings.ReplaceAll(p.Statistic, "_", " "))
		}
		t.Rows = append(t.Rows, line(one(text(MeasureName(m.s, p.Measure)), text(level)), m.wave(Wave{p.Survey, p.Wave}), figures(row),
			one(text(publishedUnit(p)), num(number.Of(p.Estimate.Float())), num(lower.Round(m.places)), num(upper.Round(m.places)), unknown(p.Base), text(p.Source), notes(row))))
	}
	t.Notes = m.openOf(waves...)
	return t
}

func publishedUnit(p study.Published) string {
	if p.Statistic == "share" {
		return "percent"
	}
	return "score"
}

// PublishedLimits is Wilson's interval (1927) of a published share from its
// base, in percent; nothing where there is no base or the figure is no share.
func PublishedLimits(p study.Published, confidence float64) (lower, upper number.Value) {
	if p.Statistic != "share" || p.Base <= 0 {
		return number.Value{}, number.Value{}
	}
	n, share := float64(p.Base), p.Estimate.Float()/100
	z := math.Sqrt2 * math.Erfinv(confidence)
	centre := (share + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(share*(1-share)/n+z*z/(4*n*n))
	return number.Of(100 * (centre - half)), number.Of(100 * (centre + half))
}
