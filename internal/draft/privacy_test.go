package draft

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/inspect"
)

// canaries are texts that must not get into any draft.
var canaries = []string{
	"canary.person@example.org", "07700 900123", "192.0.2.44", "SW1A 9ZZ", "Canary Freetext about my manager", "Canarysson", "Rare canary answer", "a canary's own Other", "heading.canary@example.org",
	"canary-key-7731",
}

// planted is an export that has all of them, as headings for a platform or for none.
func planted(headings []string, first []string) string {
	const n = 60
	return table(headings, n, func(i int) []string {
		rare, other := []string{"Nurse", "Doctor", "Therapist"}[i%3], ""
		if i%20 == 3 {
			rare, other = "Rare canary answer", "a canary's own Other "+fmt.Sprint(i)
		}
		agree := []string{"Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"}[i%5]
		ticks := []string{"Time;Money;", "Time;", "Money;a canary's own Other;"}[min(i%20, 2)]
		if i%20 > 2 {
			ticks = "Time;Money;"
		}
		cells := []string{
			fmt.Sprint(3436139000 + i), "2023-05-07 10:00", "canary.person@example.org", "192.0.2.44", "Anna Canarysson", "07700 900123", "SW1A 9ZZ",
			rare, other, agree, "Canary Freetext about my manager " + fmt.Sprint(i), ticks, agree, fmt.Sprintf("canary-key-7731-%d", i), "1",
		}
		if i == 0 && first != nil {
			return first
		}
		return cells
	})
}

func TestNothingPersonalIsDrafted(t *testing.T) {
	generic := []string{"ref", "sent", "contact", "net", "who", "call", "where", "What is your role?", "Other (please specify)", "I have time for research", "Anything else?", "What stands in your way?", "Ask heading.canary@example.org whether research matters", "token", "consent"}
	forms := append([]string{"ID", "Start time", "Completion time", "Email", "Name"}, generic[5:]...)
	monkey := append([]string{"Respondent ID", "End Date", "Email Address", "IP Address", "Last Name"}, generic[5:]...)
	second := []string{"", "", "", "", "", "Open-Ended Response", "Open-Ended Response", "Response", "Other (please specify)", "Response", "Open-Ended Response", "Response", "Response", "Open-Ended Response", "Response"}
	for name, text := range map[string]string{
		"generic.csv": planted(generic, nil), "msforms.csv": planted(forms, nil), "monkey.csv": planted(monkey, second),
	} {
		e := written(t, name, text)
		f := Study(filepath.Join(t.TempDir(), "s"), []Export{e})
		all := Codebook(e, nil) + Codebook(e, framework(t))
		for _, file := range f.Files {
			all += file.Text
		}
		for _, c := range canaries {
			if strings.Contains(all, c) {
				t.Errorf("%s: %q is in a draft:\n%s", name, c, all)
			}
		}
		if !strings.Contains(all, "Strongly agree") || !strings.Contains(all, "Therapist") {
			t.Errorf("%s: what may be shown is not:\n%s", name, all)
		}
		if _, s := drafted(t, e); len(s.Framework.Items) != 1 {
			t.Errorf("%s: %d items", name, len(s.Framework.Items))
		}
	}
}

// Answers that are not shown make their entry invalid, and say how many they are.
func TestHiddenAnswers(t *testing.T) {
	e := written(t, "staff-2024.csv", table([]string{"id", "What is your role?"}, 44, func(i int) []string {
		role := []string{"Nurse", "Doctor"}[i%2]
		if i > 39 {
			role = []string{"Rare one", "Rare two"}[i%2]
		}
		return []string{fmt.Sprint(i + 100), role}
	}))
	got := Study(t.TempDir(), []Export{e}).Files[2].Text
	if want := "    unknown: invalid  # not shown here: 2 answers, of 4 respondents\n"; !strings.Contains(got, want) {
		t.Errorf("want %q in\n%s", want, got)
	}
	loud := Codebook(e, nil)
	if want := "    #unknown: invalid  # not shown here: 2 answers, of 4 respondents\n"; !strings.Contains(loud, want) {
		t.Errorf("want %q in\n%s", want, loud)
	}
	if o := (inspect.Others{}); hidden(o) != "" {
		t.Errorf("nothing is hidden: %q", hidden(o))
	}
}
