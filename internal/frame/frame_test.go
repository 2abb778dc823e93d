package frame

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func csv(t testing.TB, text string) *File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "survey.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

func open(t testing.TB, path string) *File {
	t.Helper()
	f, err := Open(path, filepath.Base(path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func column(t testing.TB, f *File, w Want) *Column {
	t.Helper()
	frame, err := f.Read(context.Background(), []Want{w})
	if err != nil {
		t.Fatal(err)
	}
	return frame.Column(w)
}

var nan = math.NaN()

func TestNumbers(t *testing.T) {
	f := csv(t, "id,y,w\n1, 2.5 ,1e2\n2,,-.5\n3,NA,7.\n4,\"3\",0\n")
	for name, want := range map[string][]float64{"y": {2.5, nan, nan, 3}, "w": {100, -.5, 7, 0}} {
		c := column(t, f, Want{Name: name})
		got, err := c.Numbers()
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got, cmpopts.EquateNaNs()); d != "" || !c.Numeric() {
			t.Errorf("%s: numeric %v, -want +got\n%s", name, c.Numeric(), d)
		}
	}
}

func TestCategories(t *testing.T) {
	f := csv(t, "role,score,code,mix\nnurse,10,01,7\nDoctor,9,1,8+\n,9.0,2,NA\nnurse,,10,01\n")
	for _, c := range []struct {
		want   Want
		codes  []int32
		labels []string
	}{
		{Want{Name: "role"}, []int32{1, 0, -1, 1}, []string{"Doctor", "nurse"}},
		{Want{Name: "score"}, []int32{1, 0, 0, -1}, []string{"9", "10"}},
		{Want{Name: "score", Text: true}, []int32{2, 0, 1, -1}, []string{"9", "9.0", "10"}},
		{Want{Name: "code"}, []int32{0, 1, 2, 3}, []string{"01", "1", "2", "10"}}, // a zero that no number needs makes codes
		{Want{Name: "mix"}, []int32{1, 2, -1, 0}, []string{"01", "7", "8+"}},      // numbers and texts: as they are written
	} {
		got := column(t, f, c.want).Categories()
		if d := cmp.Diff(&Categories{c.want.Name, c.codes, c.labels}, got); d != "" {
			t.Errorf("%v: -want +got\n%s", c.want, d)
		}
	}
}

func TestLevels(t *testing.T) {
	f := csv(t, "role\nnurse\ndoctor\nNA\n")
	c := column(t, f, Want{Name: "role", Text: true})
	got, err := c.Levels([]string{"nurse", "other", "doctor"})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]int32{0, 2, -1}, got.Codes); d != "" {
		t.Error(d)
	}
	_, err = c.Levels([]string{"nurse"})
	if err == nil || err.Error() != `survey.csv, row 3, column "role": a value that is not among the 1 categories named; there are 1 such values` {
		t.Errorf("error %v", err)
	}
}

// A message says where and what kind, never the value.
func TestNoNumber(t *testing.T) {
	for value, kind := range map[string]string{
		"Jane Doe":         "a text of 8 characters",
		"1,5":              "a number with a comma",
		"-Inf":             "an infinite number",
		"NaN":              "NaN",
		"1e999":            "a number too large to hold",
		"2024-01-31":       "a date",
		"12%":              "a percentage with its sign",
		"0x1p3":            "a text of 5 characters, 3 of them digits",
		"M25 4QQ":          "a text of 7 characters, 3 of them digits",
		"9007199254740993": "a whole number of 16 digits, more than a number can hold exactly,",
	} {
		f := csv(t, fmt.Sprintf("y\n1\n\n2\n%q\n5\n%q\n", value, value))
		_, err := column(t, f, Want{Name: "y"}).Numbers()
		want := `survey.csv, row 5, column "y": ` + kind + " stands where a number is expected, as in 2 rows"
		if err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", value, err, want)
		}
	}
}

func TestUnknownColumn(t *testing.T) {
	f := csv(t, "weight,y,y\n1,2,3\n")
	for name, want := range map[string]string{
		"wieght": `survey.csv: no column "wieght"; nearest: "weight"`,
		"y":      `survey.csv: more than one column is called "y"; give each column a name of its own`,
	} {
		if err := f.Unknown(name); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if err := f.Unknown("weight"); err != nil {
		t.Error(err)
	}
}

// A column may change from numbers to texts in another piece of the file.
func TestManyPieces(t *testing.T) {
	const rows = 200_000
	var text strings.Builder
	text.WriteString("id;late;empty;role\n")
	for i := range rows {
		late := fmt.Sprint(i % 7)
		if i == rows-1 {
			late = "none"
		}
		fmt.Fprintf(&text, "%d;%s;;%s\n", i, late, []string{"nurse", "doctor", ""}[i%3])
	}
	f := csv(t, text.String())
	frame, err := f.Read(context.Background(), []Want{{Name: "late"}, {Name: "role"}, {Name: "empty"}, {Name: "id"}, {Name: "id"}})
	if err != nil {
		t.Fatal(err)
	}
	ids, err := frame.Column(Want{Name: "id"}).Numbers()
	if err != nil || len(ids) != rows || frame.Rows != rows {
		t.Fatal(len(ids), err)
	}
	for i, id := range ids {
		if id != float64(i) {
			t.Fatalf("row %d has id %v", i, id)
		}
	}
	role := frame.Column(Want{Name: "role"}).Categories()
	for i, code := range role.Codes {
		if code != []int32{1, 0, -1}[i%3] {
			t.Fatalf("row %d has role %d of %v", i, code, role.Labels)
		}
	}
	late := frame.Column(Want{Name: "late"})
	if _, err := late.Numbers(); err == nil || !strings.Contains(err.Error(), "row 200001,") {
		t.Error(err)
	}
	if d := cmp.Diff([]string{"0", "1", "2", "3", "4", "5", "6", "none"}, late.Categories().Labels); d != "" || !late.Numeric() {
		t.Error(d)
	}
	empty := frame.Column(Want{Name: "empty"})
	if got, err := empty.Numbers(); err != nil || len(got) != rows || !math.IsNaN(got[0]) || len(empty.Categories().Labels) != 0 {
		t.Error("an empty column has values", err)
	}
}

func TestBadFiles(t *testing.T) {
	for text, want := range map[string]string{
		"":                  "survey.csv: the file is empty",
		"a,b\n1,2\n3,4,5\n": "survey.csv, row 3: 3 fields found, 2 expected",
		"PK\x03\x04......":  "survey.csv: a workbook or another archive",
		"PAR1....":          "survey.csv: no Parquet file that can be read",
	} {
		path := filepath.Join(t.TempDir(), "survey.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Open(path, "survey.csv")
		if err == nil {
			_, err = f.Read(context.Background(), []Want{{Name: "a"}})
			f.Close()
		}
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "x"), "x"); err == nil || err.Error() != "x: no such file; name a CSV or Parquet file, or a folder of Parquet files" {
		t.Error(err)
	}
}
