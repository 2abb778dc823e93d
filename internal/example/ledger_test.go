package example

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/fold"
	"github.com/caregap/caregap/internal/study"
	"github.com/google/go-cmp/cmp"
)

func ledgers(t *testing.T, id string) []Ledger {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, id, "ledger.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []Ledger
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// The ledger says what was planted; here the rows of the files are counted again
// by the rules of the study files.
func TestLedgerIsWhatTheFilesHold(t *testing.T) {
	for _, st := range studies() {
		loaded := load(t, st.id)
		for _, l := range ledgers(t, st.id) {
			t.Run(st.id+"/"+l.Survey+"/"+l.Wave, func(t *testing.T) {
				wave := loaded.Survey(l.Survey).Wave(l.Wave)
				c := fit{t: t, framework: loaded.Framework, book: wave.Codebook, wave: l.Wave, grid: readGrid(t, st.id, l.File, l.Platform)}
				got := map[string]int{"rows": len(c.grid.rows)}
				for _, reason := range c.reasons() {
					got[reason]++
				}
				want := map[string]int{"rows": l.Rows, counted: l.Respondents}
				for _, r := range l.SetAside {
					want[r.Reason] = r.Count
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("ledger.json and the rows of the file (-want +got):\n%s", diff)
				}
			})
		}
	}
}

func TestLedgerAddsUp(t *testing.T) {
	for _, st := range studies() {
		for _, l := range ledgers(t, st.id) {
			sum := l.Respondents
			for _, r := range l.SetAside {
				sum += r.Count
			}
			if sum != l.Rows {
				t.Errorf("%s: %d respondents and rows set aside, %d rows", l.File, sum, l.Rows)
			}
			least := 150
			if st.shape {
				least = 30 // too few for many a number, which is what some shapes are for
			}
			if l.Respondents < least || l.Respondents > 1200 {
				t.Errorf("%s: %d respondents, want %d to 1,200", l.File, l.Respondents, least)
			}
		}
	}
}

// The table of the README is the ledger in words.
func TestReadmeHasTheCounts(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(folder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, st := range studies() {
		if st.shape {
			hasLine(t, string(readme), summedUp(st, ledgers(t, st.id)))
			continue
		}
		for _, l := range ledgers(t, st.id) {
			set := map[string]int{}
			for _, r := range l.SetAside {
				set[r.Reason] = r.Count
			}
			line := fmt.Sprintf("| %s | %d | %d |", filepath.Base(l.File), l.Rows, l.Respondents)
			for _, reason := range reasons {
				line += fmt.Sprintf(" %d |", set[reason])
			}
			rejected := 0
			for _, r := range l.Rejected {
				rejected += r.Count
			}
			line += fmt.Sprintf(" %d | %d |", rejected, l.Blank)
			hasLine(t, string(readme), line)
		}
	}
}

func hasLine(t *testing.T, readme, line string) {
	t.Helper()
	if !strings.Contains(readme, line) {
		t.Errorf("README.md lacks the line\n%s", line)
	}
}

// summedUp is the line of a study that is made for its shape.
func summedUp(st fieldStudy, all []Ledger) string {
	surveys := map[string]bool{}
	rows, respondents := 0, 0
	for _, l := range all {
		surveys[l.Survey] = true
		rows += l.Rows
		respondents += l.Respondents
	}
	return fmt.Sprintf("| %s | %d | %d | %d | %d |", st.id, len(surveys), len(all), rows, respondents)
}

// reasons says of each row why it is set aside, or that it counts.
func (c fit) reasons() []string {
	id := c.grid.column(c.t, "id", c.book.ID)
	status := slices.IndexFunc(c.grid.names, func(n []string) bool { return n[0] == "status" })
	questions, keeps := c.questions(), make([]int, len(c.book.Keep))
	for i, k := range c.book.Keep {
		keeps[i] = c.grid.column(c.t, "keep", study.Names{k.ID})
	}
	out := make([]string, len(c.grid.rows))
	seen := map[string]bool{}
	for i, row := range c.grid.rows {
		out[i] = c.reason(row, status, questions, keeps)
		if out[i] != counted {
			continue
		}
		if seen[row[id]] {
			out[i] = duplicate // which of the two it is makes no difference to the count
		}
		seen[row[id]] = true
	}
	return out
}

func (c fit) reason(row []string, status int, questions, keeps []int) string {
	if status >= 0 {
		switch fold.String(row[status]) {
		case "survey preview":
			return preview
		case "survey test":
			return test
		case "spam":
			return spam
		}
	}
	answered := func(i int) bool { return row[i] != "" && row[i] != "0" && row[i] != notAnswered }
	if !slices.ContainsFunc(questions, answered) {
		return empty
	}
	for i, k := range c.book.Keep {
		value := fold.String(row[keeps[i]])
		kept := slices.ContainsFunc(k.Value, func(v string) bool { return fold.String(v) == value || v == "answered" && value != "" })
		switch {
		case kept:
		case k.ID == "Finished":
			return unfinished
		default:
			return screenedOut
		}
	}
	return counted
}

// questions are the columns of all items and choices.
func (c fit) questions() []int {
	var columns []int
	for id, src := range c.book.Items.All() {
		if asked(src.Waves, c.wave) {
			columns = append(columns, c.grid.column(c.t, id, src.Column))
		}
	}
	for id, src := range c.book.Choices.All() {
		if src.Columns != "" {
			many, _ := c.grid.pattern(src.Columns)
			columns = append(columns, many...)
			continue
		}
		columns = append(columns, c.grid.column(c.t, id, src.Column))
	}
	return columns
}
