package draft

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/inspect"
)

// Of an export whose texts were removed the cells say what ticks an option's column,
// and a single box is named as the boxes of several are. All of it is made up.
func TestBoxesInDrafts(t *testing.T) {
	var named, single strings.Builder
	named.WriteString("ResponseId,Status,Finished,Progress,Q1,Q4_1,Q4_2\n")
	single.WriteString("record_id,want_more,consent___1,staff_complete\n")
	for i := range 40 {
		fmt.Fprintf(&named, "R_%015d,IP Address,True,100,%s,%s,%s\n", i, []string{"Agree", "Disagree", "Strongly agree"}[i%3], []string{"Lack of time", ""}[i%2], []string{"", "Lack of money", "Lack of money"}[i%3])
		fmt.Fprintf(&single, "%d,%d,%d,2\n", i+1, 1+i%5, i%2)
	}
	for name, tc := range map[string]struct{ text, want string }{
		"texts removed": {named.String(), "  q4:  # 1.00: Q4\n    columns: \"Q4_*\"\n    map:\n      Lack of time: q4_1  # what its column holds\n      Lack of money: q4_2  # what its column holds\n"},
		"a single box":  {single.String(), "#choices:\n  #consent_1: {columns: \"consent___*\"}"},
	} {
		path := filepath.Join(t.TempDir(), "made-up.csv")
		if err := os.WriteFile(path, []byte(tc.text), 0o600); err != nil {
			t.Fatal(err)
		}
		e, err := Read(t.Context(), path, "made-up.csv", inspect.Options{Jobs: 1})
		if err != nil {
			t.Fatal(name, err)
		}
		book := Study(filepath.Join(t.TempDir(), "s"), []Export{e}).Files[2].Text
		if !strings.Contains(book, tc.want) {
			t.Errorf("%s: the codebook lacks\n%s\nand is\n%s", name, tc.want, book)
		}
	}
}
