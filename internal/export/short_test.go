package export

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Rows that leave out the blanks at their end are whole where something stands for
// it. All of it is made up.
func TestShortRows(t *testing.T) {
	row := func(i int, rest string) string { return fmt.Sprintf("%d,Agree%s\n", 1000+i, rest) }
	rows := func(n int, rest func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(row(i, rest(i)))
		}
		return b.String()
	}
	stripped := func(i int) string { return []string{"", ",Yes", ",Yes,words"}[i%3] }
	blank := func(int) string { return ",," }
	excel := func(i int) string { // the headings are in Excel's first block
		switch (i + 1) / 16 {
		case 1, 3:
			return ","
		}
		return blank(i)
	}
	const head = "Respondent ID,Q1,Q2,Q3\n"
	for name, tc := range map[string]struct {
		text string
		rows int
		want []string
	}{
		"no blanks at all":        {head + rows(60, stripped), 60, []string{"short-rows@0"}},
		"blocks of sixteen":       {head + rows(80, excel), 80, []string{"short-rows@0"}},
		"the last block":          {head + rows(52, excel), 52, []string{"short-rows@0"}},
		"one row":                 {head + rows(30, blank) + row(99, "") + rows(10, blank), 41, []string{"ragged-row@32"}},
		"two rows of many":        {head + rows(30, blank) + row(98, "") + row(99, ",") + rows(10, blank), 42, []string{"ragged-row@32", "ragged-row@33"}},
		"a line break":            {head + rows(30, stripped) + "1999,Agree,Yes,two\nlines\n" + rows(3, stripped), 34, []string{"ragged-row@33", "short-rows@0"}},
		"cut off":                 {head + rows(30, blank) + "1999,Agr", 31, []string{"ragged-row@32"}},
		"nothing to tell rows by": {"Q1,Q2,Q3\n" + strings.Repeat("words,,\nother words\n,more words\n", 10), 10, []string{"ragged-row@3", "ragged-row@4"}},
	} {
		for _, size := range []int{0, 64} {
			testChunkBytes = size
			f, problems := Open(write(t, "a.csv", tc.text), "a.csv", Options{})
			testChunkBytes = 0
			if f == nil {
				t.Fatal(name, problems)
			}
			got := readAll(t, f)
			if len(got.rows) != tc.rows {
				t.Errorf("%s, chunks of %d: %d rows, want %d", name, size, len(got.rows), tc.rows)
			}
			if d := cmp.Diff(tc.want, got.codes[:min(len(got.codes), len(tc.want))]); d != "" {
				t.Errorf("%s, chunks of %d (-want +got):\n%s", name, size, d)
			}
		}
	}
}

// Of a file that was cut off the problem says so.
func TestCutOff(t *testing.T) {
	for text, want := range map[string]bool{"1,a,b\n2,a": true, "1,a,b\n2,a\n": false} {
		f, problems := Open(write(t, "a.csv", "id,Q1,Q2\n"+text), "a.csv", Options{})
		if f == nil {
			t.Fatal(problems)
		}
		for {
			c, err := f.Next()
			if err != nil {
				break
			}
			c.Scan(func(*Row) {})
		}
		found := f.Uneven()
		if len(found) != 1 || strings.Contains(found[0].Hint, "cut short") != want {
			t.Errorf("%q: %v", text, found)
		}
		f.Close()
	}
}
