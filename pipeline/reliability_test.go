package pipeline_test

import (
	"fmt"
	"math"
	"strconv"
	"testing"

	"github.com/caregap/caregap/pipeline"
)

// TestReliabilityAgreesWithR holds every score and gap of the example study, of
// each survey and wave, against testdata/oracle/care/reliability.R.
func TestReliabilityAgreesWithR(t *testing.T) {
	got, err := pipeline.Reliabilities(t.Context(), loadCare(t))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{}
	for _, r := range records(t, readFile(t, oracle("reliability.csv")))[1:] {
		value, err := strconv.ParseFloat(r[5], 64)
		if err != nil {
			t.Fatal(err)
		}
		want[fmt.Sprint(r[:5])] = value
	}
	for _, r := range got {
		key := fmt.Sprint([]string{r.Measure, r.Survey, r.Wave, strconv.Itoa(len(r.Items)), strconv.Itoa(r.Base)})
		value, ok := want[key]
		if x := r.Value.Or(math.NaN()); !ok || !(math.Abs(x-value) <= 1e-11*math.Abs(value)) {
			t.Errorf("%s: %.17g, R has %.17g", key, x, value)
		}
	}
	if len(got) != 30 || len(want) != len(got) {
		t.Errorf("%d reliabilities, R has %d", len(got), len(want))
	}
}
