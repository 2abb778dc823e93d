package normalise

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/study"
)

// studyFlag names a study for BenchmarkStudy: `make bench` has a large one.
var studyFlag = flag.String("study", "", "folder of a study whose first export BenchmarkStudy reads")

// nobody is a consumer that looks at nothing.
type nobody struct{}

func (nobody) Begin(*WaveNames) error                  { return nil }
func (nobody) Chunk(int, *Block) (func() error, error) { return func() error { return nil }, nil }

// benchExport is an export of 30 items, a date, two rules, a choice and a design.
func benchExport(rows int) (framework, book, export string) {
	var fw, list, items, head bytes.Buffer
	for i := range 30 {
		fmt.Fprintf(&fw, "  i%d: {title: Item, scale: agree}\n", i)
		fmt.Fprintf(&list, "i%d, ", i)
		fmt.Fprintf(&items, "  i%d: {column: Q%d}\n", i, i)
		fmt.Fprintf(&head, "Q%d,", i)
	}
	framework = "version: 1\nscales: {agree: {options: [Strongly disagree, Disagree, Neither agree nor disagree, Agree, Strongly agree], positive: [Agree, Strongly agree], unscored: [Unsure]}}\n" +
		"constructs: {c: {title: C, items: [" + list.String() + "]}}\nitems:\n" + fw.String() +
		"choices: {b: {title: B, options: {time: Lack of time, money: Lack of money}}}\nvariables: {role: {title: Role, categories: {doctor: Doctor, nurse: Nurse}}}\n"
	book = "version: 1\nid: ID\ncompleted: End\nmin_seconds: 5\nkeep: {Finished: \"True\", Consent: answered}\nitems:\n" + items.String() +
		"choices: {b: {column: B, separator: \";\"}}\nvariables: {role: {column: Role}}\ndesign: {weight: W, psu: PSU, stratum: Region}\n"
	labels := []string{"Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree", "Unsure", ""}
	out := bytes.NewBufferString("ID,End,Duration,Finished,Consent,B,Role,W,PSU,Region," + head.String() + "Comments\n")
	for r := range rows {
		fmt.Fprintf(out, "R_%08d,%02d/03/2024 10:%02d,%d,True,yes,Lack of time;Lack of money;,%s,1.25,T%d,R%d,", r, 1+r%28, r%60, 30+r%100, []string{"Doctor", "Nurse"}[r%2], r%40, r%40/10)
		for i := range 30 {
			out.WriteString(labels[(r*7+i*3)%len(labels)] + ",")
		}
		out.WriteString("a comment\n")
	}
	return framework, book, out.String()
}

// BenchmarkNormalise reads an export from the file to blocks, on one goroutine and
// on two: one with everything that a codebook can ask for, and one with answers, an
// id and weights alone.
func BenchmarkNormalise(b *testing.B) {
	const rows = 200_000
	framework, book, export := benchExport(rows)
	_, items, _ := strings.Cut(book, "items:")
	items, _, _ = strings.Cut(items, "choices:")
	plain := "version: 1\nid: ID\nitems:" + items + "design: {weight: W}\n"
	for _, c := range []struct{ name, book string }{{"everything", book}, {"answers", plain}} {
		s, dir := studyOf(b, framework, c.book, export)
		for _, jobs := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/jobs=%d", c.name, jobs), func(b *testing.B) {
				l := Loader{Schema: NewSchema(s), Survey: s.Surveys[0], Wave: s.Surveys[0].Waves[0], Key: []byte("a made-up key"), Jobs: jobs}
				b.SetBytes(int64(len(export)))
				b.ReportAllocs()
				for b.Loop() {
					diags := &diag.List{}
					if r, err := l.Read(context.Background(), dir, nobody{}, diags); err != nil || r.Respondents != rows {
						b.Fatalf("%v %s", err, said(diags))
					}
				}
				b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}

// BenchmarkStudy reads an export of any size from the file to respondents, on two
// goroutines, and beside it its bytes alone, for which nothing is done.
func BenchmarkStudy(b *testing.B) {
	if *studyFlag == "" {
		b.Skip("no -study is given")
	}
	s, list, err := study.Load(*studyFlag)
	if err != nil || s == nil {
		b.Fatal(err, said(list))
	}
	wave := s.Surveys[0].Waves[0]
	file := filepath.Join(s.Dir, filepath.FromSlash(wave.Exports[0]))
	info, err := os.Stat(file)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("respondents", func(b *testing.B) {
		b.SetBytes(info.Size())
		l := Loader{Schema: NewSchema(s), Survey: s.Surveys[0], Wave: wave, Key: []byte("a made-up key"), Jobs: 2}
		for b.Loop() {
			diags := &diag.List{}
			if _, err := l.Read(context.Background(), s.Dir, nobody{}, diags); err != nil || diags.HasErrors() {
				b.Fatal(err, said(diags))
			}
		}
	})
	b.Run("bytes", func(b *testing.B) {
		b.SetBytes(info.Size())
		buffer := make([]byte, 1<<20)
		for b.Loop() {
			readAlone(b, file, buffer)
		}
	})
}

func readAlone(b *testing.B, file string, buffer []byte) {
	f, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for {
		if _, err := f.Read(buffer); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// What is allocated does not grow with the rows but for what is kept of each:
// its id, its time and its record.
func TestAllocationsPerRow(t *testing.T) {
	count := func(rows int) float64 {
		framework, book, export := benchExport(rows)
		s, dir := studyOf(t, framework, book, export)
		l := Loader{Schema: NewSchema(s), Survey: s.Surveys[0], Wave: s.Surveys[0].Waves[0], Key: []byte("a made-up key"), Jobs: 1}
		return testing.AllocsPerRun(1, func() {
			if _, err := l.Read(context.Background(), dir, nobody{}, &diag.List{}); err != nil {
				t.Fatal(err)
			}
		})
	}
	few, many := count(2_000), count(22_000)
	if perRow := (many - few) / 20_000; perRow > 0.1 {
		t.Errorf("%.2f allocations a row", perRow)
	}
}
