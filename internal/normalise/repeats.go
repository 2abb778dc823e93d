package normalise

import (
	"fmt"
	"hash/maphash"
	"slices"

	"github.com/caregap/caregap/internal/diag"
	"github.com/caregap/caregap/internal/export"
)

// repeats finds respondents without an id whose rows are the same as an earlier one
// of the file in every column. The schema has no reason to set them aside, since
// two people may well give the same answers: they count, and are reported. Twelve
// bytes a respondent are kept.
type repeats struct {
	hashes  []uint64
	records []int32
}

// seed makes hashes that no export can be written to collide under.
var seed = maphash.MakeSeed()

// noteRepeat keeps what is needed of a row that counts.
//
//gosec:disable G115 -- records of a file are counted in int32
func (w *worker) noteRepeat(r *export.Row, id []byte) {
	if len(id) > 0 || w.p.wave.Codebook.Duplicates == "keep" {
		return
	}
	rows := &w.piece.repeats
	rows.hashes, rows.records = append(rows.hashes, r.Hash(seed)), append(rows.records, int32(w.record(r)))
}

// add puts those of another piece, whose records start at base, behind.
//
//gosec:disable G115 -- records of a file are counted in int32
func (r *repeats) add(o repeats, base int) {
	r.hashes = append(r.hashes, o.hashes...)
	for _, record := range o.records {
		r.records = append(r.records, int32(base)+record)
	}
}

// find lists the records that repeat an earlier one, in file order.
func (r *repeats) find() []int {
	order := make([]int32, len(r.hashes))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		switch x, y := r.hashes[a], r.hashes[b]; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	var out []int
	for i := 1; i < len(order); i++ {
		if r.hashes[order[i]] == r.hashes[order[i-1]] {
			out = append(out, int(r.records[order[i]]))
		}
	}
	slices.Sort(out)
	return out
}

// reportRepeats says which rows repeat others: a warning where the file holds what
// tells respondents apart, so that no two rows should be the same.
func (f *fileResult) reportRepeats(diags *diag.List) {
	rows := f.repeats.find()
	if len(rows) == 0 {
		return
	}
	d := diag.Diagnostic{Code: "repeated-rows", Severity: diag.Info, Pos: diag.Pos{File: f.source.Name, Sheet: f.source.Sheet},
		Message: fmt.Sprintf("%s without an id the same as an earlier one in every column (%s); all count as respondents", plural(len(rows), "row"), rowList(rows[:min(len(rows), maxRecords)], len(rows))),
		Hint:    "nothing in this file tells respondents apart, so that two may well have given the same answers"}
	if slices.ContainsFunc(f.source.Columns, func(c export.Column) bool {
		return c.Role == export.RoleID || c.Role == export.RoleTime || c.Role == export.RolePersonal
	}) {
		d.Severity, d.Hint = diag.Warning, "with id: in the codebook the last of each would count, and the others be set aside as duplicates"
	}
	diags.Add(d)
}
