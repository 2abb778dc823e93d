package frame

import (
	"bytes"
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// respondents writes a Parquet file with a column of every type, optional all, in
// row groups of three rows: 1, NULL, 2 and 3, NULL, 4 and so on.
func respondents(t *testing.T, path string, groups int, props ...parquet.WriterProperty) {
	t.Helper()
	optional := parquet.Repetitions.Optional
	node := func(n schema.Node, err error) schema.Node {
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	root := schema.MustGroup(schema.NewGroupNode("schema", parquet.Repetitions.Required, schema.FieldList{
		schema.NewInt32Node("i32", optional, -1),
		schema.NewInt64Node("i64", optional, -1),
		schema.NewFloat32Node("f32", optional, -1),
		schema.NewFloat64Node("f64", optional, -1),
		schema.NewBooleanNode("yes", optional, -1),
		node(schema.NewPrimitiveNodeLogical("text", optional, schema.StringLogicalType{}, parquet.Types.ByteArray, 0, -1)),
		node(schema.NewPrimitiveNodeLogical("money", optional, schema.NewDecimalLogicalType(9, 2), parquet.Types.Int32, 0, -1)),
		node(schema.NewPrimitiveNodeLogical("day", optional, schema.DateLogicalType{}, parquet.Types.Int32, 0, -1)),
	}, -1))
	var out bytes.Buffer
	w := file.NewParquetWriter(&out, root, file.WithWriterProps(parquet.NewWriterProperties(props...)))
	there := []int16{1, 0, 1}
	for g := range groups {
		group := w.AppendRowGroup()
		a, b := 2*g+1, 2*g+2
		for range root.NumFields() {
			c, err := group.NextColumn()
			if err != nil {
				t.Fatal(err)
			}
			switch c := c.(type) {
			case *file.Int32ColumnChunkWriter:
				_, err = c.WriteBatch([]int32{int32(a), int32(b)}, there, nil)
			case *file.Int64ColumnChunkWriter:
				_, err = c.WriteBatch([]int64{int64(a), int64(b)}, there, nil)
			case *file.Float32ColumnChunkWriter:
				_, err = c.WriteBatch([]float32{float32(a) / 2, float32(math.NaN())}, there, nil)
			case *file.Float64ColumnChunkWriter:
				_, err = c.WriteBatch([]float64{float64(a) / 4, float64(b) / 4}, there, nil)
			case *file.BooleanColumnChunkWriter:
				_, err = c.WriteBatch([]bool{true, false}, there, nil)
			case *file.ByteArrayColumnChunkWriter:
				_, err = c.WriteBatch([]parquet.ByteArray{[]byte("nurse"), []byte(strings.Repeat("x", a))}, there, nil)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := group.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestParquet(t *testing.T) {
	for name, props := range map[string][]parquet.WriterProperty{
		"dictionary": {parquet.WithDictionaryDefault(true)},
		"plain":      {parquet.WithDictionaryDefault(false), parquet.WithCompression(compress.Codecs.Snappy)},
		"version 2":  {parquet.WithDataPageVersion(parquet.DataPageV2), parquet.WithCompression(compress.Codecs.Zstd)},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "respondents.parquet")
			respondents(t, path, 2, props...)
			f := open(t, path)
			for column, want := range map[string][]float64{
				"i32": {1, nan, 2, 3, nan, 4}, "i64": {1, nan, 2, 3, nan, 4}, "f32": {0.5, nan, nan, 1.5, nan, nan},
				"f64": {0.25, nan, 0.5, 0.75, nan, 1}, "yes": {1, nan, 0, 1, nan, 0}, "money": {0.01, nan, 0.02, 0.03, nan, 0.04},
			} {
				got, err := readColumnOf(f, column)
				if err != nil {
					t.Fatal(column, err)
				}
				if d := cmp.Diff(want, got, cmpopts.EquateNaNs()); d != "" {
					t.Errorf("%s: -want +got\n%s", column, d)
				}
			}
			text := column(t, f, Want{Name: "text"}).Categories()
			if d := cmp.Diff(&Categories{"text", []int32{0, -1, 1, 0, -1, 2}, []string{"nurse", "x", "xxx"}}, text); d != "" {
				t.Error(d)
			}
			codes := column(t, f, Want{Name: "i32", Text: true}).Categories().Labels
			if d := cmp.Diff([]string{"1", "2", "3", "4"}, codes); d != "" {
				t.Error(d)
			}
			if _, err := readColumnOf(f, "day"); err == nil || err.Error() != `respondents.parquet, column "day": it holds dates or times, which are neither numbers nor texts` {
				t.Error(err)
			}
			if _, err := readColumnOf(f, "text"); err == nil || err.Error() != `respondents.parquet, row 1, column "text": a text of 5 characters stands where a number is expected, as in 4 rows` {
				t.Error(err)
			}
		})
	}
}

func readColumnOf(f *File, name string) ([]float64, error) {
	frame, err := f.Read(context.Background(), []Want{{Name: name}})
	if err != nil {
		return nil, err
	}
	return frame.Column(Want{Name: name}).Numbers()
}

func TestPartitions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "respondents")
	respondents(t, filepath.Join(dir, "survey=rcp", "wave=2020", "part-0.parquet"), 1)
	respondents(t, filepath.Join(dir, "survey=crn", "wave=2024%20spring", "part-0.parquet"), 1)
	respondents(t, filepath.Join(dir, "survey=crn", "wave=2024%20spring", "part-1.parquet"), 1)
	if err := os.WriteFile(filepath.Join(dir, "_SUCCESS.parquet"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f := open(t, dir)
	if d := cmp.Diff([]string{"i32", "i64", "f32", "f64", "yes", "text", "money", "day", "survey", "wave"}, f.Columns); d != "" {
		t.Error(d)
	}
	for name, want := range map[string][]string{"survey": {"crn", "rcp"}, "wave": {"2020", "2024 spring"}} {
		c := column(t, f, Want{Name: name}).Categories()
		if d := cmp.Diff(want, c.Labels); d != "" || len(c.Codes) != 9 || c.Label(c.Codes[0]) == c.Label(c.Codes[8]) {
			t.Errorf("%s: %v %v", name, c, d)
		}
	}
	if got, err := readColumnOf(f, "i32"); err != nil || len(got) != 9 {
		t.Error(got, err)
	}
	respondents(t, filepath.Join(dir, "survey=odd", "part-0.parquet"), 1)
	if _, err := Open(dir, "respondents"); err == nil || !strings.Contains(err.Error(), "its folders name other columns than those of respondents/survey=crn") {
		t.Error(err)
	}
	if _, err := Open(t.TempDir(), "nothing"); err == nil || err.Error() != "nothing: the folder has no Parquet file" {
		t.Error(err)
	}
}

// A damaged file is an error, whichever byte is wrong, and never a panic.
func TestDamagedParquet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "respondents.parquet")
	respondents(t, path, 1)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := 4; at < len(whole); at += 7 {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0xff
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Open(path, "respondents.parquet")
		if err != nil {
			continue
		}
		for _, name := range []string{"i32", "text", "f64"} {
			if f.Unknown(name) == nil {
				_, _ = readColumnOf(f, name) // a wrong number is no error that could be seen
			}
		}
		f.Close()
	}
}
