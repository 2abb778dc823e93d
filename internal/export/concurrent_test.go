package export

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
)

// Chunks scanned side by side, released and used again, give each row once.
func TestSideBySide(t *testing.T) {
	const rows = 5000
	var text strings.Builder
	table := [][]string{{"id", "Q1", "Q2"}}
	text.WriteString("id,Q1,Q2\n")
	for i := range rows {
		fmt.Fprintf(&text, "%d,\"Agree, \"\"a lot\"\"\",No\n", i)
		table = append(table, []string{fmt.Sprint(i), "Agree", "No"})
	}
	files := map[string]string{"a.csv": text.String(), "a.xlsx": workbook(t, sheet{"S", "visible", table})}
	for name, content := range files {
		t.Run(name, func(t *testing.T) {
			testChunkBytes = 1000
			f, problems := Open(write(t, name, content), name, Options{})
			testChunkBytes = 0
			if f == nil {
				t.Fatal(problems)
			}
			defer f.Close()
			var mu sync.Mutex
			seen := map[string]int{}
			next := func() (*Chunk, error) {
				mu.Lock()
				defer mu.Unlock()
				return f.Next()
			}
			var wg sync.WaitGroup
			for range 3 {
				wg.Go(func() { scanSome(t, next, &mu, seen) })
			}
			wg.Wait()
			for i := range rows {
				if seen[fmt.Sprint(i)] != 1 {
					t.Fatalf("row of id %d seen %d times", i, seen[fmt.Sprint(i)])
				}
			}
		})
	}
}

func scanSome(t *testing.T, next func() (*Chunk, error), mu *sync.Mutex, seen map[string]int) {
	for {
		c, err := next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Error(err)
			return
		}
		var ids []string
		_, problems := c.Scan(func(r *Row) { ids = append(ids, string(r.Field(0))) })
		c.Release()
		if problems != nil {
			t.Error(problems)
		}
		mu.Lock()
		for _, id := range ids {
			seen[id]++
		}
		mu.Unlock()
	}
}
