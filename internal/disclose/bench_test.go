package disclose_test

import (
	"testing"

	"github.com/caregap/caregap/internal/disclose"
	"github.com/caregap/caregap/internal/disclose/disclosetest"
	"github.com/caregap/caregap/internal/study"
)

// BenchmarkProtect protects and audits ten thousand numbers, of which some are
// hidden in every wave.
func BenchmarkProtect(b *testing.B) {
	s := disclosetest.Study()
	for len(disclosetest.Rows(s)) < 10000 {
		v := *s.Surveys[len(s.Surveys)%3]
		v.ID += "x"
		s.Surveys = append(s.Surveys, &v)
	}
	s.Breakdowns = []study.Breakdown{{"staff_group"}, {"setting"}}
	rows := disclosetest.Rows(s)
	b.ReportMetric(float64(len(rows)), "rows")
	for b.Loop() {
		if _, _, err := disclose.Protect(disclose.Evidence{Study: s, Table: disclosetest.Table(rows)}); err != nil {
			b.Fatal(err)
		}
	}
}
