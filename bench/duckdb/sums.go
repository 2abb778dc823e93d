package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

var measures = []string{"will", "ability", "capacity", "ability_gap", "capacity_gap"}

// means reads the grouped sums, all of which a design-based error would need,
// and returns the weighted means of everyone.
func means(ctx context.Context, db *sql.DB, parquet string) (map[string]float64, error) {
	rows, err := db.QueryContext(ctx, groupedSums(parquet))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	weights, totals := map[string]float64{}, map[string]float64{}
	for rows.Next() {
		var region, group, organisation sql.NullString
		sums := make([]sql.NullFloat64, 3*len(measures))
		into := []any{&region, &group, &organisation}
		for i := range sums {
			into = append(into, &sums[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		if region.Valid || group.Valid {
			continue
		}
		for i, m := range measures {
			weights[m] += sums[3*i].Float64
			totals[m] += sums[3*i+1].Float64
		}
	}
	out := map[string]float64{}
	for _, m := range measures {
		out[m] = totals[m] / weights[m]
	}
	return out, rows.Err()
}

func groupedSums(parquet string) string {
	var sums []string
	for _, m := range measures {
		sums = append(sums,
			fmt.Sprintf("sum(Weight) FILTER (%s IS NOT NULL)", m),
			fmt.Sprintf("sum(Weight * %s)", m),
			fmt.Sprintf("sum(Weight * Weight * %s * %s)", m, m))
	}
	return fmt.Sprintf(`SELECT Region, StaffGroup, Organisation, %s FROM %s
GROUP BY GROUPING SETS ((Organisation), (Region, Organisation), (StaffGroup, Organisation))`, strings.Join(sums, ", "), quote(parquet))
}
