package pipeline_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/pipeline"
)

// TestEveryFileHidesTheSame reads all public files of a release back: what
// estimates.csv hides is hidden in every table, in every form that a table has,
// and stands in no text.
func TestEveryFileHidesTheSame(t *testing.T) {
	notWhileRacing(t)
	for name, r := range map[string]*pipeline.Result{
		"care":   care(t),
		"hidden": run(t, "hidden", testKey, pipeline.Options{Out: t.TempDir()}),
	} {
		t.Run(name, func(t *testing.T) {
			b := readBack(t, r.Release.Path)
			t.Run("counted alike", b.countedAlike)
			t.Run("keyed tables", b.keyedTables)
			t.Run("forms of tables", b.formsOfTables)
			t.Run("texts", func(t *testing.T) { b.searchTexts(t, name == "care") })
		})
	}
}

// back is a release as it is read back. The rows of the two estimates.csv are
// matched one by one by TestPrivateAndPublicEstimates.
type back struct {
	folder          string // public/
	public, private []map[string]string
	tables          []string // ids, in the order of the data package
}

func readBack(t *testing.T, release string) *back {
	t.Helper()
	b := &back{folder: filepath.Join(release, "public")}
	b.public = named(csvRows(t, filepath.Join(b.folder, "tables", "estimates.csv")))
	b.private = named(openly(csvRows(t, filepath.Join(release, "private", "estimates.csv"))))
	if len(b.public) != len(b.private) {
		t.Fatalf("%d public rows, %d private ones", len(b.public), len(b.private))
	}
	for i, row := range b.public {
		if row["status"] != b.private[i]["status"] {
			t.Fatalf("row %d: status %q in public/, %q in private/", i, row["status"], b.private[i]["status"])
		}
		for _, f := range append(slices.Clone(figureColumns), "p_adjusted", "flags") {
			if row["status"] != "" && row[f] != "" {
				t.Fatalf("row %d has status %s and a %s", i, row["status"], f)
			}
		}
	}
	var description struct{ Resources []struct{ Name string } }
	unmarshal(t, filepath.Join(b.folder, "tables", "datapackage.json"), &description)
	for _, r := range description.Resources[2:] { // after estimates and labels
		b.tables = append(b.tables, r.Name)
	}
	return b
}

// named gives each row of a table its columns' names.
func named(list [][]string) []map[string]string {
	out := make([]map[string]string, len(list)-1)
	for i, row := range list[1:] {
		out[i] = make(map[string]string, len(row))
		for j, cell := range row {
			out[i][list[0][j]] = cell
		}
	}
	return out
}

func unmarshal(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (b *back) table(t *testing.T, id string) []map[string]string {
	t.Helper()
	return named(csvRows(t, filepath.Join(b.folder, "tables", id+".csv")))
}

// countedAlike holds the manifest, the method section's sentence and the table
// of what is hidden against the rows of estimates.csv.
func (b *back) countedAlike(t *testing.T) {
	hidden, shown := 0, 0
	for _, row := range b.public {
		switch row["status"] {
		case "c":
			hidden++
		case "":
			shown++
		}
	}
	var manifest struct {
		Counts struct{ Published, Suppressed int }
	}
	unmarshal(t, filepath.Join(b.folder, "manifest.json"), &manifest)
	if c := manifest.Counts; c.Suppressed != hidden || c.Published != shown {
		t.Errorf("manifest.json counts %+v, estimates.csv has %d hidden and %d shown rows", c, hidden, shown)
	}
	said := number.Count(hidden) + " of the " + number.Count(hidden+shown) + " numbers that could be shown are hidden"
	for _, file := range []string{"index.html", "report.md"} {
		if !strings.Contains(read(t, filepath.Join(b.folder, file)), said) {
			t.Errorf("%s does not say %q", file, said)
		}
	}
	sum := 0
	for _, row := range b.table(t, "suppression") {
		n, err := strconv.Atoi(row["confidential"])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	if sum != hidden {
		t.Errorf("suppression.csv counts %d hidden rows, estimates.csv has %d", sum, hidden)
	}
}

// keyedTables finds the row of estimates.csv behind every row of the tables by
// group: its figures and base, or the code in the place of each.
func (b *back) keyedTables(t *testing.T) {
	label := map[[2]string]string{}
	for _, row := range b.table(t, "labels") {
		label[[2]string{row["id"], row["level"]}] = row["label"]
	}
	rows := map[string]map[string]string{} // the last of several waves, which the tables are of
	for _, row := range b.public {
		if row["statistic"] != "mean" || row["contrast"] != "" || row["breakdown"] == "" {
			continue
		}
		id := "by-" + strings.NewReplacer("_", "-", ":", "-").Replace(row["breakdown"]+"-"+row["survey"])
		rows[id+"\n"+label[[2]string{row["measure"]}]+"\n"+label[[2]string{row["breakdown"], row["category"]}]] = row
	}
	found, hidden := 0, 0
	for _, id := range b.tables {
		if !strings.HasPrefix(id, "by-") {
			continue
		}
		for _, row := range b.table(t, id) {
			if row["group"] == "All respondents" {
				continue
			}
			behind := rows[id+"\n"+row["measure"]+"\n"+row["group"]]
			if behind == nil {
				t.Fatalf("%s: no row of estimates.csv for %s, %s", id, row["measure"], row["group"])
			}
			found++
			if behind["status"] == "c" {
				hidden++
			}
			for column, of := range map[string]string{"mean": "estimate", "lower": "lower", "upper": "upper", "base": "base"} {
				want := behind[of]
				if s := behind["status"]; s != "" {
					want = "[" + s + "]"
				}
				if row[column] != want {
					t.Errorf("%s: %s of %s, %s is %s, estimates.csv has %s", id, column, row["measure"], row["group"], row[column], want)
				}
			}
		}
	}
	if found < 20 || hidden == 0 {
		t.Errorf("only %d rows compared, %d of them hidden", found, hidden)
	}
}
