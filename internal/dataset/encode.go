package dataset

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"

	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/metadata"
)

// The library's column writers encode levels and codes value by value, which is
// a third of a run's time at a million respondents. Here a column of a part is
// one page, and whole columns of small codes are packed at once; pages, headers,
// compression and metadata stay the library's.

// null is the index of a value that is not there.
const null = -1

// sink gathers a part in memory, and knows how far it is.
type sink struct{ bytes.Buffer }

// Tell is the number of bytes written.
func (s *sink) Tell() int64 { return int64(s.Len()) }

// encoder writes the columns of one part. Its memory is used again.
type encoder struct {
	out      sink
	page     []byte
	bitmap   []byte
	values   []byte
	packed   bytes.Buffer // scratch of the compressor
	rowGroup *metadata.RowGroupMetaDataBuilder
	props    *parquet.WriterProperties
	column   int16
}

// pager opens the next column's page writer.
func (e *encoder) pager() (file.PageWriter, error) {
	meta := e.rowGroup.NextColumnChunk()
	path := meta.Descr().Path()
	e.column++
	return file.NewPageWriter(&e.out, e.props.CompressionFor(path), e.props.CompressionLevelFor(path), meta, 0, e.column-1, memory.DefaultAllocator, false, nil, nil)
}

// dictionary writes a column of indices into a dictionary of so many entries,
// which is given as Parquet's plain encoding; index null is NULL.
//
//gosec:disable G115 -- a part has at most a block's rows, and codes their few bits
func (e *encoder) dictionary(plain []byte, entries int, indices []int32) error {
	p, err := e.pager()
	if err != nil {
		return err
	}
	if _, err := p.WriteDictionaryPage(file.NewDictionaryPage(memory.NewBufferBytes(plain), int32(entries), parquet.Encodings.Plain)); err != nil {
		return err
	}
	e.page = appendLevels(e.page[:0], len(indices), func(i int) bool { return indices[i] != null })
	width := dictionaryWidth(entries)
	e.page = appendPacked(append(e.page, byte(width)), indices, width)
	return e.finish(p, len(indices), parquet.Encodings.RLEDict, true)
}

// slots writes a column of one-byte slots as indices into a dictionary; index
// tells each slot's, null where the slot is NULL. Levels and indices are packed in
// one go, as most columns of a questionnaire are of this kind.
//
//gosec:disable G115 -- a part has at most a block's rows, and codes their few bits
func (e *encoder) slots(plain []byte, entries int, column []uint8, index *[256]int8) error {
	p, err := e.pager()
	if err != nil {
		return err
	}
	if _, err := p.WriteDictionaryPage(file.NewDictionaryPage(memory.NewBufferBytes(plain), int32(entries), parquet.Encodings.Plain)); err != nil {
		return err
	}
	width := dictionaryWidth(entries)
	bitmap, values, count := e.bitmap[:0], e.values[:0], 0
	var word uint64
	filled := 0
	for from := 0; from < len(column); from += 8 {
		var there byte
		for i, s := range column[from:min(len(column), from+8)] {
			x := index[s]
			if x == null {
				continue
			}
			there |= 1 << i
			count++
			word |= uint64(x) << filled
			filled += width
		}
		bitmap = append(bitmap, there)
		for filled >= 8 {
			values = append(values, byte(word))
			word >>= 8
			filled -= 8
		}
	}
	if filled > 0 {
		values = append(values, byte(word))
	}
	e.bitmap, e.values = bitmap, values
	e.page = appendBitmap(e.page[:0], bitmap, count, len(column))
	groups := (count + 7) / 8
	e.page = binary.AppendUvarint(append(e.page, byte(width)), uint64(groups)<<1|1)
	e.page = append(e.page, values...)
	for range groups*width - len(values) {
		e.page = append(e.page, 0)
	}
	return e.finish(p, len(column), parquet.Encodings.RLEDict, true)
}

// dictionaryWidth is the bits an index into so many entries takes.
func dictionaryWidth(entries int) int { return max(1, bits.Len(uint(max(0, entries-1)))) }

// doubles writes a column of numbers, NaN as NULL; values may be nil.
func (e *encoder) doubles(values []float64, rows int) error {
	p, err := e.pager()
	if err != nil {
		return err
	}
	if len(values) == 0 {
		e.page = appendLevels(e.page[:0], rows, func(int) bool { return false })
		return e.finish(p, rows, parquet.Encodings.Plain, false)
	}
	e.page = appendLevels(e.page[:0], rows, func(i int) bool { return values[i] == values[i] })
	for _, v := range values {
		if v == v {
			e.page = binary.LittleEndian.AppendUint64(e.page, math.Float64bits(v))
		}
	}
	return e.finish(p, rows, parquet.Encodings.Plain, false)
}

// texts writes a column of strings: their plain encoding, and which rows have one
// (nil for a column that is never NULL).
func (e *encoder) texts(plain []byte, there []bool, rows int) error {
	p, err := e.pager()
	if err != nil {
		return err
	}
	e.page = e.page[:0]
	if there != nil {
		e.page = appendLevels(e.page, rows, func(i int) bool { return there[i] })
	}
	e.page = append(e.page, plain...)
	return e.finish(p, rows, parquet.Encodings.Plain, false)
}

//gosec:disable G115 -- a part has at most a block's rows, and codes their few bits
func (e *encoder) finish(p file.PageWriter, rows int, encoding parquet.Encoding, dictionary bool) error {
	data := e.page
	if p.HasCompressor() {
		e.packed.Reset()
		data = p.Compress(&e.packed, e.page)
	}
	page := file.NewDataPageV1(memory.NewBufferBytes(data), int32(rows), encoding, parquet.Encodings.RLE, parquet.Encodings.RLE, int32(len(e.page)))
	if _, err := p.WriteDataPage(page); err != nil {
		return err
	}
	return p.Close(dictionary, false)
}

// appendPlain appends a text as Parquet's plain encoding has it.
//
//gosec:disable G115 -- a part has at most a block's rows, and codes their few bits
func appendPlain(b []byte, text []byte) []byte {
	return append(binary.LittleEndian.AppendUint32(b, uint32(len(text))), text...)
}

// appendLevels appends the definition levels of an optional column.
func appendLevels(b []byte, rows int, there func(row int) bool) []byte {
	bitmap := make([]byte, 0, (rows+7)/8)
	count := 0
	for from := 0; from < rows; from += 8 {
		var levels byte
		for i := from; i < min(rows, from+8); i++ {
			if there(i) {
				levels |= 1 << (i & 7)
				count++
			}
		}
		bitmap = append(bitmap, levels)
	}
	return appendBitmap(b, bitmap, count, rows)
}

// appendBitmap appends definition levels, of which count are 1: one run where all
// rows are alike, else one bit a row.
//
//gosec:disable G115 -- a part has at most a block's rows, and codes their few bits
func appendBitmap(b, bitmap []byte, count, rows int) []byte {
	from := len(b)
	b = append(b, 0, 0, 0, 0)
	header := len(b)
	if count == 0 || count == rows {
		b = append(binary.AppendUvarint(b, uint64(rows)<<1), byte(min(1, count)))
	} else {
		b = append(binary.AppendUvarint(b, uint64(len(bitmap))<<1|1), bitmap...)
	}
	binary.LittleEndian.PutUint32(b[from:], uint32(len(b)-header))
	return b
}

// appendPacked appends the indices that are there as one bit-packed run, the
// lowest bits first, filled up to a multiple of eight values.
//
//gosec:disable G115 -- a part has at most a block's rows, and codes their few bits
func appendPacked(b []byte, indices []int32, width int) []byte {
	count := 0
	for _, x := range indices {
		if x != null {
			count++
		}
	}
	groups := (count + 7) / 8
	b = binary.AppendUvarint(b, uint64(groups)<<1|1)
	end := len(b) + groups*width
	var word uint64
	filled := 0
	for _, x := range indices {
		if x == null {
			continue
		}
		word |= uint64(x) << filled
		filled += width
		for filled >= 8 {
			b = append(b, byte(word))
			word >>= 8
			filled -= 8
		}
	}
	for len(b) < end {
		b = append(b, byte(word))
		word >>= 8
	}
	return b
}

// begin starts a part of so many rows.
//
//gosec:disable G104 -- a bytes.Buffer never returns an error
func (e *encoder) begin(s *Schema, rows int) *metadata.FileMetaDataBuilder {
	e.out.Reset()
	e.out.WriteString(magic)
	meta := metadata.NewFileMetadataBuilder(s.flat, s.props, nil)
	e.rowGroup, e.props, e.column = meta.AppendRowGroup(), s.props, 0
	e.rowGroup.SetNumRows(rows)
	return meta
}

const magic = "PAR1"

// end closes the part: the metadata, its length, the magic word.
//
//gosec:disable G104 G115 -- a bytes.Buffer never returns an error; a part has at most a block's rows, and codes their few bits
func (e *encoder) end(meta *metadata.FileMetaDataBuilder) error {
	if err := e.rowGroup.Finish(e.out.Tell()-int64(len(magic)), 0); err != nil {
		return err
	}
	footer, err := meta.Finish()
	if err != nil {
		return err
	}
	n, err := footer.WriteTo(&e.out, nil)
	if err != nil {
		return fmt.Errorf("parquet footer: %w", err)
	}
	e.out.Write(binary.LittleEndian.AppendUint32(nil, uint32(n)))
	e.out.WriteString(magic)
	return nil
}
