package normalise

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What the column calls missing comes before what the codebook does, that before
// the column's labels, and they before the scale's own words.
func TestItemAnswersPrecedence(t *testing.T) {
	book := lines("version: 1", "missing: {x1: refused, x2: refused, x3: refused, Neither: not_shown}",
		"items:", "  want:", "    column: Q1", "    missing: {x1: not_applicable, x2: not_applicable}", "    labels: {x1: Agree, x2: Agree, x3: Agree, x4: Agree, Disagree: Agree, so so: unsure}",
		"  skills: {column: Q3, unknown: invalid}")
	rows := []string{"Name,Q1,Q3"}
	for _, c := range []string{"x1", "x2", "x3", "x4", "Disagree", "Neither", "agree", "\" AGREE \"", "so so", "Unsure", "not  applicable"} {
		rows = append(rows, "x,"+c+",5")
	}
	var got []string
	for _, r := range load(t, testFramework, book, lines(rows...)).quiet(t).rows {
		got = append(got, r.Items["want"])
	}
	want := []string{"not_applicable", "not_applicable", "refused", "Agree", "Agree", "not_shown", "Agree", "Agree", "unsure", "unsure", "not_applicable"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("answers (-want +got):\n%s", d)
	}
}

// Labels fold as column names do: case, space, no-break space, quotation marks.
func TestAnswersFold(t *testing.T) {
	framework := lines("version: 1", "scales: {s: {options: [\"I don't\", \"I \\\"do\\\"\"], positive: [\"I \\\"do\\\"\"]}}", "constructs: {c: {title: C, items: [want]}}", "items: {want: {title: W, scale: s}}")
	l := load(t, framework, lines("version: 1", "items: {want: {column: Q1}}"), lines("Name,Q1", "x,I don’t", "x,i\u00a0DON'T ", "x,I “do”", "x,I  «do»")).quiet(t)
	var got []string
	for _, r := range l.rows {
		got = append(got, r.Items["want"])
	}
	if d := cmp.Diff([]string{"I don't", "I don't", "I \"do\"", "I \"do\""}, got); d != "" {
		t.Error(d)
	}
}

func TestNumbers(t *testing.T) {
	book := lines("version: 1", "unknown: invalid", "items: {skills: {column: Q3, labels: {\"10 - very\": \"10\", none: Prefer not to say}}}")
	rows, want := []string{"Name,Q3"}, []string{}
	for _, c := range [][2]string{{"1", "1"}, {"10", "10"}, {"7.0", "7"}, {" 7 ", "7"}, {"1e1", "10"}, {"0", "invalid"}, {"11", "invalid"}, {"-1", "invalid"}, {"7.5", "invalid"}, {"nan", "invalid"},
		{"inf", "invalid"}, {"1e300", "invalid"}, {"seven", "invalid"}, {"10 - Very", "10"}, {"none", "unsure"}, {"prefer not to say", "unsure"}} {
		rows, want = append(rows, "x,"+c[0]), append(want, c[1])
	}
	var got []string
	l := load(t, testFramework, book, lines(rows...)).quiet(t)
	for _, r := range l.rows {
		got = append(got, r.Items["skills"])
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("numbers (-want +got):\n%s", d)
	}
	rejected := []RejectedCount{{"Q3", NotInRange, 5}, {"Q3", UnknownLabel, 3}}
	if d := cmp.Diff(rejected, l.Ledgers[0].Rejected); d != "" {
		t.Errorf("rejected (-want +got):\n%s", d)
	}
}

// A blank is seen and unanswered, but not shown where the file itself marks what
// was seen and left blank.
func TestBlanks(t *testing.T) {
	book := lines("version: 1", "missing: {\"-99\": seen_unanswered}", "items: {want: {column: Q1}, skills: {column: Q3}}", "variables: {role: {column: Role}}")
	for _, tc := range []struct {
		name, mark, want string
		reads            int
	}{
		{"no mark", "", "seen_unanswered", 1},
		{"a mark", "-99", "not_shown", 2},
	} {
		l := load(t, testFramework, book, lines("Q1,Q3,Role", "Agree,,Doctor", "Agree,"+tc.mark+",Nurse", ",5,")).quiet(t)
		if got := l.rows[0].Items["skills"]; got != tc.want || l.reads != tc.reads {
			t.Errorf("%s: a blank is %q after %d readings, want %q after %d", tc.name, got, l.reads, tc.want, tc.reads)
		}
		if got := l.rows[1].Items["skills"]; got != "seen_unanswered" {
			t.Errorf("%s: the mark, or the blank beside it, is %q", tc.name, got)
			continue
		}
		if got := l.rows[2].Items["want"]; got != tc.want {
			t.Errorf("%s: a blank of another item is %q", tc.name, got)
		}
	}
}

// The mark of one file says nothing about another of the same wave.
func TestMarksHoldForTheirFile(t *testing.T) {
	book := lines("version: 1", "missing: {\"-99\": seen_unanswered}", "items: {want: {column: Q1}, skills: {column: Q3}}")
	l := load(t, testFramework, book, lines("Q1,Q3", "Agree,-99", "Agree,"), lines("Q1,Q3", "Agree,")).quiet(t)
	var got []string
	for _, r := range l.rows {
		got = append(got, r.Items["skills"])
	}
	if d := cmp.Diff([]string{"seen_unanswered", "not_shown", "seen_unanswered"}, got); d != "" {
		t.Error(d)
	}
}

func TestVariableAnswers(t *testing.T) {
	book := lines("version: 1", "unknown: invalid", "missing: {N/A: not_applicable}", "items: {want: {column: Q1}}",
		"variables:", "  role: {column: Role, map: {Consultant: doctor, Nurse: doctor, None: nurse}, missing: {None: refused}}", "  trust: {column: Trust}", "design: {psu: none}")
	l := load(t, testFramework, book, lines("Q1,Role,Trust", "Agree,consultant,RX1", "Agree,Doctor, RX1 ", "Agree,nurse,\"Royal\u00a0 Trust\"", "Agree,none,n/a", "Agree,,", "Agree,N/A,RX2", "Agree,porter,RX2")).quiet(t)
	var got [][2]string
	for _, r := range l.rows {
		got = append(got, [2]string{r.Variables["role"], r.Variables["trust"]})
	}
	want := [][2]string{{"doctor", "RX1"}, {"doctor", "RX1"}, {"doctor", "Royal Trust"}, {"refused", "not_applicable"}, {"seen_unanswered", "seen_unanswered"}, {"not_applicable", "RX2"}, {"invalid", "RX2"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("variables (-want +got):\n%s", d)
	}
}

// An item that the wave does not ask is no column at all.
func TestNotAsked(t *testing.T) {
	book := lines("version: 1", "items: {want: {column: Q1}}")
	l := load(t, testFramework, book, lines("ID,Q1", "1,Agree")).quiet(t)
	if _, there := l.rows[0].Items["worth"]; there {
		t.Error("an item that is not asked has a column")
	}
}

// The organisation is the PSU; what its column calls missing is none.
func TestDesign(t *testing.T) {
	base := lines("version: 1", "missing: {N/A: not_applicable}", "items: {want: {column: Q1}}", "variables: {trust: {column: Trust, missing: {none: refused}}}")
	export := lines("Q1,Trust,Region,W", "Agree,RX1,N,1", "Agree,RX2,S, 2.5 ")
	l := load(t, testFramework, base, export).quiet(t)
	if l.rows[0].PSU != "RX1" || l.rows[1].PSU != "RX2" || !l.DesignRead {
		t.Errorf("PSUs %q and %q", l.rows[0].PSU, l.rows[1].PSU)
	}
	l = load(t, testFramework, base+"design: {psu: none, stratum: Region, weight: W}\n", export).quiet(t)
	if l.rows[1].PSU != "" || l.rows[1].Stratum != "S" || l.rows[1].Weight != 2.5 {
		t.Errorf("row %+v", l.rows[1])
	}
	l = load(t, testFramework, base, lines("Q1,Trust", "Agree,none", "Agree,n/a", "Agree,", "Agree,RX1"))
	want := `exports/a.csv, column "Trust": no PSU in 3 rows (rows 2, 3, 4), expected every respondent's primary sampling unit; set rows without one aside with keep: {"Trust": answered}, or say design: {psu: none}` + "\n"
	if said(l.diags) != want || l.DesignRead {
		t.Errorf("said %q, want %q", said(l.diags), want)
	}
}
