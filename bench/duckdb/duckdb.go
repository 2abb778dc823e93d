// Package duckdb does a part of caregap's job in DuckDB, as what caregap's speed
// is judged by:
//
//  1. It parses the export.
//  2. It makes the three scores and two gaps of each respondent.
//  3. It writes the respondents to a Parquet file.
//  4. It sums weights, weighted scores and their squares by region and
//     organisation, and by staff group and organisation.
//
// It keeps no ledger, makes no standard errors, protects and reports nothing.
package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2" // the driver

	"github.com/caregap/caregap/bench/gen"
)

// Result says which DuckDB it was, and the weighted means of everyone.
type Result struct {
	Version string             `json:"version"`
	Means   map[string]float64 `json:"means"`
}

// Run reads the export and writes the Parquet file.
func Run(ctx context.Context, export, parquet string) (Result, error) {
	var r Result
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return r, err
	}
	defer db.Close()
	// Rows may be written in any order, which is faster.
	if _, err := db.ExecContext(ctx, "SET preserve_insertion_order = false"); err != nil {
		return r, err
	}
	if _, err := db.ExecContext(ctx, writeParquet(export, parquet)); err != nil {
		return r, fmt.Errorf("write Parquet: %w", err)
	}
	if err := db.QueryRowContext(ctx, "SELECT version()").Scan(&r.Version); err != nil {
		return r, err
	}
	r.Means, err = means(ctx, db, parquet)
	if err != nil {
		return r, fmt.Errorf("sum: %w", err)
	}
	return r, nil
}

// writeParquet is the statement that parses, scores and writes.
func writeParquet(export, parquet string) string {
	return fmt.Sprintf(`COPY (
  WITH coded AS (
    SELECT md5(ResponseId) AS respondent, EndDate, Organisation, Region, StaffGroup, Age, Weight, %s
    FROM read_csv(%s, header = true, columns = {%s})),
  scored AS (SELECT *, %s FROM coded)
  SELECT *, will - ability AS ability_gap, will - capacity AS capacity_gap FROM scored
) TO %s (FORMAT parquet, COMPRESSION snappy)`, codes(), quote(export), columns(), scores(), quote(parquet))
}

// columns declares every column, so that nothing is guessed.
func columns() string {
	types := map[string]string{"Weight": "DOUBLE", "Age": "INTEGER"}
	var list []string
	for _, name := range gen.Header() {
		kind, ok := types[name]
		if !ok {
			kind = "VARCHAR"
		}
		list = append(list, quote(name)+": "+quote(kind))
	}
	return strings.Join(list, ", ")
}

// codes turns each item's label into percent of the maximum possible.
func codes() string {
	var list []string
	for n := range gen.Items {
		var b strings.Builder
		fmt.Fprintf(&b, "(CASE Q%d", n+1)
		for i, label := range gen.Levels {
			fmt.Fprintf(&b, " WHEN %s THEN %d", quote(label), 25*i)
		}
		fmt.Fprintf(&b, " END)::UTINYINT AS q%d", n+1)
		list = append(list, b.String())
	}
	return strings.Join(list, ", ")
}

// scores are means of the answered items where half or more were answered.
func scores() string {
	var list []string
	for i, construct := range gen.Constructs {
		var sums, counts []string
		for n := range gen.PerConstruct {
			item := fmt.Sprintf("q%d", i*gen.PerConstruct+n+1)
			sums = append(sums, fmt.Sprintf("coalesce(%s::INT, 0)", item))
			counts = append(counts, fmt.Sprintf("(%s IS NOT NULL)::INT", item))
		}
		count := "(" + strings.Join(counts, " + ") + ")"
		list = append(list, fmt.Sprintf("CASE WHEN %s >= %d THEN (%s)::DOUBLE / %s END AS %s",
			count, gen.PerConstruct/2, strings.Join(sums, " + "), count, construct))
	}
	return strings.Join(list, ", ")
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
