package export

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzImportID holds the reading of Qualtrics' import ids against a second one,
// through a map, on objects whose keys are spelt as Qualtrics does.
func FuzzImportID(f *testing.F) {
	for _, cell := range []string{
		`{"ImportId":"QID9"}`, `{"ImportId":"QID9","choiceId":"2"}`, `{"ImportId":"startDate","timeZone":"Europe/London"}`,
		`{"ImportId":"QID9","choiceId":-1}`, `{'ImportId': 'QID9_2'}`, `{"ImportId":""}`, `{"ImportId":7}`, `{"choiceId":null,"ImportId":"a"}`, `QID9`, `{`, strings.Repeat("{", 9),
	} {
		f.Add(cell)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		got := importID(cell)
		if m := regexp.MustCompile(`^\{'ImportId': '([^']+)'`).FindStringSubmatch(cell); m != nil {
			if got != m[1] {
				t.Fatalf("%q: %q, want %q", cell, got, m[1])
			}
			return
		}
		var all map[string]json.RawMessage
		if json.Unmarshal([]byte(cell), &all) != nil || !strings.HasPrefix(cell, "{") {
			if got != "" {
				t.Fatalf("%q is no object: %q", cell, got)
			}
			return
		}
		for key := range all {
			if key != "ImportId" && strings.EqualFold(key, "ImportId") || key != "choiceId" && strings.EqualFold(key, "choiceId") || strings.Count(cell, `Id"`) > len(all) {
				return // keys of other cases and keys given twice are not told apart here
			}
		}
		want := ""
		if json.Unmarshal(all["ImportId"], &want) != nil || want == "" {
			want = ""
		} else if choice := strings.Trim(string(all["choiceId"]), `"`); choice != "" && choice != "null" {
			want += "_" + choice
		}
		if got != want {
			t.Fatalf("%q: %q, want %q", cell, got, want)
		}
	})
}

func rowsOf(text string) [][]string {
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord, in.LazyQuotes = -1, true
	var out [][]string
	for {
		row, err := in.Read()
		if err == io.EOF {
			return out
		}
		if err == nil {
			out = append(out, row)
		}
	}
}

// FuzzJiscKey explains columns by any key, and holds the search for a column's
// question against trying all of them.
func FuzzJiscKey(f *testing.F) {
	f.Add("Q1,What is your age?\n1,18 - 24\n2,25 - 34\nQ11,How often?\nQ11_1_a,By day\n1,Often\n", "Q1,Q11,Q11_1_a_1,Q11_2")
	f.Add("1,an answer to nothing\nQ,\n,\nQ_,x\nQ__a,y\n9,z\n", "Q__a,Q_,_,Q1_")
	f.Fuzz(func(t *testing.T, key, codes string) {
		k := newJiscKey(rowsOf(key))
		var columns []Column
		for _, code := range strings.Split(codes, ",") {
			columns = append(columns, Column{Code: code, Role: RoleQuestion})
		}
		k.explain(columns)
		k.fits(columns)
		(jisc{}).isKey(rowsOf(key))
		for _, c := range columns {
			want := ""
			for code := range k.at {
				if (c.Code == code || strings.HasPrefix(c.Code, code+"_")) && len(code) > len(want) {
					want = code
				}
			}
			q, rest := k.find(c.Code)
			switch {
			case q == nil && want == "":
			case q == nil || k.questions[k.at[want]].code != q.code || want+rest != c.Code:
				t.Fatalf("column %q: %v and %q, want question %q", c.Code, q, rest, want)
			}
		}
	})
}

// FuzzDictionary explains columns by any data dictionary, and holds its choices
// against a regular expression.
func FuzzDictionary(f *testing.F) {
	const head = "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,\"Choices, Calculations, OR Slider Labels\",Field Note,Identifier?\n"
	f.Add(head+"sex,demographics,,radio,Sex,\"0, Female | 1, Male\",,\nrace,demographics,,checkbox,Race,\"1, A, or B|2,C\",,y\n", "sex,race___1,race___9,record_id")
	f.Add("field_name,form_name,a,b,c,d\n", "___1,a___")
	f.Add("field_name\n,,,,,,,\n", "")
	pair := regexp.MustCompile(`(?s)^([^,]*),(.*)$`)
	f.Fuzz(func(t *testing.T, text, codes string) {
		rows := rowsOf(text)
		if !(redcap{}).isDictionary(rows) {
			return
		}
		var columns []Column
		for _, code := range strings.Split(codes, ",") {
			columns = append(columns, Column{Code: code, Role: RoleQuestion})
		}
		d := newDictionary(rows)
		d.fits(columns)
		d.explain(columns)
		for _, row := range rows {
			for _, cell := range row {
				var want []Value
				for _, part := range strings.Split(cell, "|") {
					if m := pair.FindStringSubmatch(part); m != nil {
						want = append(want, Value{strings.TrimSpace(m[1]), strings.TrimSpace(m[2])})
					}
				}
				if diff := cmp.Diff(want, dictionaryChoices(cell)); diff != "" {
					t.Fatalf("%q (-want +got):\n%s", cell, diff)
				}
			}
		}
	})
}

// FuzzOpen opens anything as an export, with anything as a key beside it: it is
// refused with a problem or read to its end; without problems, the same in chunks of
// any size.
func FuzzOpen(f *testing.F) {
	f.Add("Respondent ID,Question,,Other\n,A,B,Response\n1,yes,,x\n", "Q1,What?\n1,One\n", byte(9))
	f.Add("URN,Q1,Q2_1,CompletionDate\n1-2-3,1,0,2024-01-02\n", "Q1,What?\n1,One\nQ2,Which?\n1,This\n", byte(1))
	f.Add("record_id,sex,race___1,demographics_complete\n1,0,1,2\n", "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,Choices\nsex,demographics,,radio,Sex,\"0, Female\"\n", byte(200))
	f.Add("\xFF\xFEa\x00,\x00b\x00\n\x001\x00,\x002\x00\n\x00", "", byte(3))
	f.Add("StartDate,Status,Finished,ResponseId,Q1\nStart,Status,Finished,ID,I want\n\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"status\"\"}\",{,{,\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n1,0,1,R_1,2\n", "", byte(64))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text, key string, chunk byte) {
		if len(text) > 20_000 || len(key) > 5_000 {
			return
		}
		path := filepath.Join(dir, "results.csv")
		for name, data := range map[string]string{path: text, filepath.Join(dir, "results-key.csv"): key} {
			if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		whole, cut := readWhole(t, path, 1<<16), readWhole(t, path, int(chunk)+1)
		if len(whole.codes)+len(cut.codes) > 0 {
			return // what is said of a damaged file depends on how it is cut
		}
		if d := cmp.Diff(whole, cut, cmp.AllowUnexported(content{})); d != "" {
			t.Fatalf("chunks of %d (-whole +cut):\n%s", int(chunk)+1, d)
		}
	})
}

// readWhole reads an export to its end; nothing where it is refused.
func readWhole(t *testing.T, path string, chunk int) content {
	testChunkBytes = chunk
	defer func() { testChunkBytes = 0 }()
	f, problems := Open(path, "results.csv", Options{})
	if f == nil {
		if len(problems) == 0 {
			t.Fatal("neither a file nor a problem")
		}
		return content{}
	}
	defer f.Close()
	return readAll(t, f)
}
