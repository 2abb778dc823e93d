package reports

import (
	"slices"
	"strconv"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/study"
)

// collectedTable says of every wave what a report of a web survey should, as far
// as the study knows it (CHERRIES: Eysenbach 2004, J. Med. Internet Res. 6:e34):
// where the answers were given, how much was asked, and what became of answers
// that were unfinished, sent twice or too fast. Who was asked is in askedTable.
func (m *tabler) collectedTable() Table {
	t := Table{
		ID: TableCollected, Title: "How answers were collected and checked", Summary: "What became of rows that were unfinished, sent twice or too fast, every survey and wave.",
		Columns: columns(waveColumns(), cols(
			textColumn("platform", "Platform", "The survey platform that the export is from"),
			numberColumn("questions", "Questions (count)", 0, "Questions of the shared language that the wave asks"),
			numberColumn("lists", "Lists to tick (count)", 0, "Questions of the shared language where several answers could be ticked"),
			textColumn("unfinished", "Unfinished", "Rows set aside as not finished"),
			textColumn("twice", "Sent twice", "Rows set aside because a later one has the same id"),
			textColumn("fast", "Too fast", "Rows set aside because they took too little time"),
			textColumn("weights", "Weights", "Where the weights come from"),
		)),
	}
	for _, w := range Waves(m.s) {
		book := m.s.Survey(w.Survey).Wave(w.Wave).Codebook
		if book == nil {
			continue
		}
		items, lists := m.asks(w)
		t.Rows = append(t.Rows, line(m.wave(w), one(text(m.platforms(w)), whole(items), whole(lists), text(m.setAside(w, "unfinished")),
			text(m.twice(book, w)), text(m.fast(book, w)), text(or(weighted(m.r, w), "unknown")))))
	}
	return t
}

// asks counts the items and choices of a wave.
func (m *tabler) asks(w Wave) (items, lists int) {
	for id := range m.s.Framework.Items.All() {
		if version, _ := Asks(m.s, id, w); version > 0 {
			items++
		}
	}
	for id := range m.s.Framework.Choices.All() {
		if version, _ := AsksChoice(m.s, id, w); version > 0 {
			lists++
		}
	}
	return items, lists
}

// platforms are those of a wave's exports.
func (m *tabler) platforms(w Wave) string {
	var names []string
	for _, l := range m.r.Ledger() {
		if name := platformName(l.Platform); l.Survey == w.Survey && l.Wave == w.Wave && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return And(names)
}

func platformName(id string) string {
	names := map[string]string{
		"qualtrics": "Qualtrics", "surveymonkey": "SurveyMonkey", "jisc": "Jisc Online Surveys", "msforms": "Microsoft Forms", "googleforms": "Google Forms",
		"smartsurvey": "SmartSurvey", "limesurvey": "LimeSurvey", "redcap": "REDCap", "generic": "not known",
	}
	if name, ok := names[id]; ok {
		return name
	}
	return id
}

// setAside is how many rows of a wave were set aside for a reason. Where one of
// several files has only words for its count, the words stand for all.
func (m *tabler) setAside(w Wave, reason string) string {
	total := 0.0
	for _, l := range m.r.Ledger() {
		if l.Survey != w.Survey || l.Wave != w.Wave {
			continue
		}
		for _, x := range l.SetAside {
			if x.Reason != reason {
				continue
			}
			n, known := x.Count.N.Get()
			if !known {
				return x.Count.Words + " set aside"
			}
			total += n
		}
	}
	if total == 0 {
		return "none set aside"
	}
	return number.Count(int(total)) + " set aside"
}

func (m *tabler) twice(book *study.Codebook, w Wave) string {
	switch {
	case len(book.ID) == 0:
		return "not known: the export has no id"
	case book.Duplicates == "keep":
		return "all kept"
	}
	return m.setAside(w, "duplicate")
}

func (m *tabler) fast(book *study.Codebook, w Wave) string {
	if book.MinSeconds <= 0 {
		return "not looked for"
	}
	return m.setAside(w, "speeder") + " (under " + strconv.Itoa(book.MinSeconds) + " seconds)"
}

// NotSaid lists what a report of a web survey should say and a study has no place for.
func NotSaid() (intro string, list []string) {
	return "A report of a web survey should also say the things below (CHERRIES, Eysenbach 2004). This study does not hold them. Ask the survey’s owner.", []string{
		"Who gave ethical approval, and what respondents were told.",
		"How the questions were tested.",
		"Where the survey was announced, and what was offered for taking part.",
		"How many pages it had, and whether answers could be changed.",
		"How many people opened it.",
		"How the same person was kept from answering twice.",
	}
}
