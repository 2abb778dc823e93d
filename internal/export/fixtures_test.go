package export

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fact is what is known of a made-up export.
type fact struct {
	Encoding, Sheet, Platform, Variant      string
	Titles, Headings, Columns, Rows, Folded int
	Problems                                string // codes
}

func csvFact(platform, variant string, headings, columns, rows, folded int) fact {
	return fact{Encoding: "utf-8", Platform: platform, Variant: variant, Headings: headings, Columns: columns, Rows: rows, Folded: folded}
}

func sheetFact(sheet, platform, variant string, headings, columns, rows, folded int) fact {
	f := csvFact(platform, variant, headings, columns, rows, folded)
	f.Encoding, f.Sheet = "", sheet
	return f
}

func (f fact) encoded(as string) fact    { f.Encoding = as; return f }
func (f fact) titled(n int) fact         { f.Titles = n; return f }
func (f fact) saying(codes string) fact  { f.Problems = codes; return f }
func (f fact) notAnExport() fact         { return f.saying("not-an-export") }
func anyTable(h, columns, rows int) fact { return csvFact("generic", "", h, columns, rows, 0) }

// wanted are the facts of the made-up exports.
var wanted = map[string]fact{
	"qualtrics-current.csv":    csvFact("qualtrics", "current", 3, 25, 6, 1),
	"qualtrics-2016.csv":       csvFact("qualtrics", "2016 to 2020", 3, 25, 6, 1),
	"qualtrics-legacy.csv":     csvFact("qualtrics", "legacy", 2, 14, 4, 1),
	"qualtrics-names-only.csv": csvFact("qualtrics", "names only", 1, 18, 6, 0),
	"qualtrics-tsv.tsv":        csvFact("qualtrics", "current", 3, 25, 6, 1).encoded("utf-16le"),
	"qualtrics-three.xlsx":     sheetFact("Sheet0", "qualtrics", "current", 3, 8, 3, 1),
	"qualtrics-two.xlsx":       sheetFact("Sheet0", "qualtrics", "no import ids", 2, 8, 3, 1),

	"surveymonkey-condensed.csv": csvFact("surveymonkey", "condensed", 2, 17, 5, 1),
	"surveymonkey-numeric.csv":   csvFact("surveymonkey", "condensed, numeric", 2, 17, 4, 1),
	"surveymonkey-expanded.csv":  csvFact("surveymonkey", "expanded", 2, 17, 4, 3),
	"surveymonkey-cleaned.csv":   csvFact("surveymonkey", "cleaned", 1, 5, 5, 1),
	"surveymonkey-by-hand.csv":   csvFact("surveymonkey", "condensed", 4, 16, 5, 1).titled(1),
	"surveymonkey.xlsx":          sheetFact("Sheet", "surveymonkey", "condensed", 2, 6, 3, 1),

	"jisc-coded.csv":       csvFact("jisc", "coded, with its key", 1, 14, 4, 3),
	"jisc-without-key.csv": csvFact("jisc", "coded", 1, 14, 4, 2),
	"jisc-coded-key.csv":   csvFact("jisc", "key", 0, 2, 22, 0).notAnExport(),
	"jisc-labelled.csv":    csvFact("jisc", "labelled", 1, 8, 3, 0),

	"msforms.xlsx":         sheetFact("Sheet1", "msforms", "", 1, 8, 3, 0),
	"msforms-saved-as.csv": csvFact("msforms", "", 1, 8, 3, 0).encoded("windows-1252"),
	"googleforms.csv":      csvFact("googleforms", "", 1, 7, 3, 0),
	"googleforms.xlsx":     sheetFact("Form Responses 1", "googleforms", "", 1, 3, 2, 0),

	"smartsurvey-one.csv":   csvFact("smartsurvey", "1 row of headings", 1, 14, 3, 1),
	"smartsurvey-two.csv":   csvFact("smartsurvey", "2 rows of headings", 2, 14, 3, 1),
	"smartsurvey-three.csv": csvFact("smartsurvey", "3 rows of headings", 3, 14, 3, 1),

	"limesurvey-codes.csv": csvFact("limesurvey", "codes", 1, 12, 3, 1),
	"limesurvey-texts.csv": csvFact("limesurvey", "texts", 1, 12, 3, 1),
	"limesurvey-both.csv":  csvFact("limesurvey", "codes and texts", 1, 12, 3, 1),

	"redcap-raw.csv":            csvFact("redcap", "raw, with its dictionary", 1, 9, 3, 1),
	"redcap-raw-dictionary.csv": csvFact("redcap", "data dictionary", 1, 18, 4, 0).notAnExport(),
	"redcap-labels.csv":         csvFact("redcap", "labels", 1, 8, 3, 1),
	"redcap-longitudinal.csv":   csvFact("redcap", "raw", 1, 5, 4, 0).saying("several-events"),
	"redcap-repeating.csv":      csvFact("redcap", "raw", 1, 7, 4, 0).saying("repeating-instruments"),

	"generic.csv":              anyTable(1, 6, 3),
	"generic-under-titles.csv": anyTable(3, 4, 3).titled(2),
	"generic-sheets.xlsx":      sheetFact("Data", "generic", "", 2, 6, 3, 0).titled(1),
	"ambiguous.xlsx":           {Problems: "ambiguous-sheet"},

	"not-crosstab.csv":      anyTable(1, 7, 5).notAnExport(),
	"not-organisations.csv": anyTable(2, 5, 4).titled(1).notAnExport(),
	"not-summary.csv":       anyTable(2, 3, 4).titled(1).notAnExport(),
	"not-pivot.csv":         anyTable(1, 4, 4).notAnExport(),
	"not-codebook.csv":      anyTable(1, 3, 3).notAnExport(),
	"not-results.csv":       anyTable(1, 5, 3).notAnExport(),
	"not-summary.xlsx":      sheetFact("Question 1", "generic", "", 2, 3, 3, 0).titled(1).notAnExport(),
}

// factOf opens a file whatever is wrong with it.
func factOf(t *testing.T, path string) fact {
	f, problems := Open(path, filepath.Base(path), Options{Anyway: true})
	var codes []string
	for _, d := range problems {
		codes = append(codes, d.Code)
	}
	got := fact{Problems: strings.Join(codes, " ")}
	if f == nil {
		return got
	}
	all := readAll(t, f)
	if all.codes != nil {
		t.Error(all.codes)
	}
	got.Encoding, got.Sheet, got.Platform, got.Variant = f.Encoding, f.Sheet, f.Platform, f.Variant
	got.Titles, got.Headings, got.Columns, got.Rows, got.Folded = f.Titles, f.HeaderRows, len(f.Columns), len(all.rows), len(f.Folds)
	return got
}

func TestFixtures(t *testing.T) {
	entries, err := os.ReadDir(fixtures)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, e := range entries {
		if e.IsDir() || e.Name() == "README.md" {
			continue
		}
		seen[e.Name()] = true
		t.Run(e.Name(), func(t *testing.T) {
			if d := cmp.Diff(wanted[e.Name()], factOf(t, filepath.Join(fixtures, e.Name()))); d != "" {
				t.Error(d)
			}
		})
	}
	for name := range wanted {
		if !seen[name] {
			t.Errorf("there is no %s", name)
		}
	}
}

// What is no export opens for nobody but who asks what it is, or says in a
// codebook that it is one.
func TestNotAnExportIsRefused(t *testing.T) {
	for name, want := range wanted {
		path := filepath.Join(fixtures, name)
		f, problems := Open(path, name, Options{})
		if f != nil {
			f.Close()
		}
		refused := slices.Contains([]string{"not-an-export", "repeating-instruments", "ambiguous-sheet"}, want.Problems)
		if (f == nil) != refused {
			t.Errorf("%s: opened %t, with %v", name, f != nil, problems)
		}
		if want.Problems != "not-an-export" {
			continue
		}
		if problems[0].Hint == "" || !strings.Contains(problems[0].Message, "this looks like a") && !strings.Contains(problems[0].Message, "this looks like the") {
			t.Errorf("%s: %s", name, problems[0])
		}
		f, problems = Open(path, name, Options{Platform: "generic"})
		if f == nil || len(problems) != 1 {
			t.Errorf("%s, declared: %v", name, problems)
			continue
		}
		f.Close()
	}
}

// What a message says of a file that is refused comes from its layout, not from
// its cells.
func TestRefusalQuotesNothing(t *testing.T) {
	const secret = "Canary"
	h := table("|Total|Doctor|Nurse|"+secret+" 1|"+secret+" 2", secret+"|23%|40%|12%|1%|3%", "Base|100|20|30|4|5", secret+" 3|1%|2%|3%|4%|5%")
	l := notExport(h, anything)
	if l == nil {
		t.Fatal("not recognised")
	}
	if text := l.refusal(h, "").String(); strings.Contains(text, secret) {
		t.Error(text)
	}
}

// Real answers are no cross-tabulation, however many numbers they have.
func TestAnswersAreNoCrossTab(t *testing.T) {
	tests := map[string]Head{
		"scales under names": table("Trust|Q1|Q2|Q3|Q4", "A|1|5|4|3", "B|2|2|1|5", "C|4|4|3|1"),
		"ages and incomes":   table("respondent|age|income|weight", "1|34|23000|1.21", "2|54|41000|0.83", "3|61|18000|0.97"),
		"weights":            table("Role|w|n_trusts|Total score", "Doctor|1.25|40|12", "Nurse|0.75|40|15", "Doctor|1|40|9"),
		"percent answers":    table("id|Share of time|Role", "1|20%|Doctor", "2|50%|Nurse", "3|5%|Nurse"),
		"a column Total":     table("ID|Total|Mean|Q1|Q2", "1|10|2.5|1|2", "2|12|3.5|4|2"),
		"a question Name":    table("name|Q1|Q2", "a|Agree|Agree", "b|Agree|Disagree"),
		"options over rows":  table("What stops you?||||", "Time|Money|Staff|Other|Nothing", "1|||1|", "|1|||", "1|1||1|"),
	}
	for name, h := range tests {
		if l := notExport(h, anything); l != nil {
			t.Errorf("%s: taken for %s by %v", name, l.what, l.signs)
		}
	}
}

func TestGuardedApostrophe(t *testing.T) {
	f, problems := Open(filepath.Join(fixtures, "limesurvey-codes.csv"), "limesurvey-codes.csv", Options{})
	if f == nil {
		t.Fatal(problems)
	}
	all := readAll(t, f)
	if got := all.rows[0][11]; got != "=1+1" {
		t.Errorf("%q, want the apostrophe taken off", got)
	}
	if got := all.rows[0][4]; got != "111" {
		t.Errorf("seed %q", got)
	}
}
