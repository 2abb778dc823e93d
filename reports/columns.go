package reports

// Columns that many tables share have one id, one header and one description
// everywhere, so that files and releases can be stacked.

func textColumn(id, title, description string) Column {
	return Column{ID: id, Title: title, Description: description}
}

func numberColumn(id, title string, places int, description string) Column {
	return Column{ID: id, Title: title, Numeric: true, Places: places, Description: description}
}

var (
	surveyColumn   = textColumn("survey", "Survey", "The survey")
	waveColumn     = textColumn("wave", "Wave", "The round of the survey")
	groupColumn    = textColumn("group", "Group", "The group of respondents")
	questionColumn = textColumn("question", "Question", "The question, in the study's own words")
	measureColumn  = textColumn("measure", "Measure", "What is measured")
	answerColumn   = textColumn("answer", "Answer", "The answer")
	verdictColumn  = textColumn("verdict", "Verdict", "What may be said of the difference")
	notesColumn    = textColumn("notes", "Notes", "Codes that apply to the numbers of this row, or None")
	baseColumn     = numberColumn("base", "Base (respondents)", 0, "Respondents the numbers rest on, not weighted")
)

func waveColumns() []Column { return []Column{surveyColumn, waveColumn} }

// estimateColumns are an estimate of what and its limits.
func (m *tabler) estimateColumns(id, title, unit string) []Column {
	level := Level(m.s)
	return []Column{
		numberColumn(id, title+" ("+unit+")", m.places, title+", in "+unit),
		numberColumn("lower", "Lower limit ("+unit+")", m.places, "Lower limit of the "+level+" interval"),
		numberColumn("upper", "Upper limit ("+unit+")", m.places, "Upper limit of the "+level+" interval"),
	}
}

func (m *tabler) shareColumns() []Column {
	return append(m.estimateColumns("percent", "Share", "percent"), baseColumn)
}

func columns(groups ...[]Column) []Column {
	var out []Column
	for _, g := range groups {
		out = append(out, g...)
	}
	return out
}

func cols(c ...Column) []Column { return c }
