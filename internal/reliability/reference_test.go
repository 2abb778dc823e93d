package reliability_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/caregap/caregap/internal/number"
	"github.com/caregap/caregap/internal/reliability"
)

const reference = "../../testdata/oracle/reference/"

// analysis is what psych::alpha says.
type analysis struct {
	Raw       float64 `json:"raw_alpha"`
	Std       float64 `json:"std_alpha"`
	AverageR  float64 `json:"average_r"`
	Lambda6   float64 `json:"guttman_lambda6"`
	SN        float64 `json:"signal_noise"`
	ASE       float64
	Mean, SD  float64
	ItemStats []struct {
		N        int
		RawR     float64 `json:"raw_r"`
		RCor     float64 `json:"r_cor"`
		RDrop    float64 `json:"r_drop"`
		Mean, SD float64
	} `json:"item_stats"`
	Dropped []struct {
		Raw float64 `json:"raw_alpha"`
		Std float64 `json:"std_alpha"`
	} `json:"alpha_if_dropped"`
}

type refCase struct {
	ID, Data           string
	Items              []string
	NComplete          int `json:"n_complete"`
	Pairwise, Listwise analysis
}

func references(t *testing.T) []refCase {
	t.Helper()
	data, err := os.ReadFile(reference + "alpha_unweighted.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []refCase }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	return file.Cases
}

// columns reads a case's items; an empty field is missing.
func (c refCase) columns(t *testing.T) [][]float64 {
	t.Helper()
	file, err := os.Open(reference + c.Data + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := make([][]float64, len(c.Items))
	for i, item := range c.Items {
		at := slices.Index(rows[0], item)
		for _, r := range rows[1:] {
			x, err := strconv.ParseFloat(r[at], 64)
			if err != nil {
				x = math.NaN()
			}
			out[i] = append(out[i], x)
		}
	}
	return out
}

func TestAgreesWithPsych(t *testing.T) {
	compared := 0
	cases := references(t)
	for _, c := range cases {
		for use, want := range map[reliability.Use]analysis{reliability.Pairwise: c.Pairwise, reliability.Listwise: c.Listwise} {
			got, err := reliability.FromAnswers(use, c.columns(t)...)
			if err != nil {
				t.Fatal(err)
			}
			near := func(what string, got number.Value, want float64) {
				t.Helper()
				compared++
				if math.Abs(got.Or(math.NaN())-want) <= 1e-10*max(1e-3, math.Abs(want)) {
					return
				}
				t.Errorf("%s, use %d, %s: got %v, psych has %.17g", c.ID, use, what, got.Full(), want)
			}
			near("alpha", got.Alpha, want.Raw)
			near("standardised", got.Standardised, want.Std)
			near("average r", got.AverageR, want.AverageR)
			near("lambda 6", got.Lambda6, want.Lambda6)
			near("signal to noise", got.SignalNoise, want.SN)
			near("se", got.SE, want.ASE)
			near("mean", got.Mean, want.Mean)
			near("sd", got.SD, want.SD)
			if use == reliability.Listwise && got.N != c.NComplete {
				t.Errorf("%s: %d complete rows, psych has %d", c.ID, got.N, c.NComplete)
			}
			for i, item := range want.ItemStats {
				near("r", got.PerItem[i].R, item.RawR)
				near("corrected r", got.Items[i].RCor, item.RCor)
				near("r with the others", got.Items[i].RDrop, item.RDrop)
				near("item's mean", got.PerItem[i].Mean, item.Mean)
				near("item's sd", got.PerItem[i].SD, item.SD)
				near("item's n", number.Of(float64(got.PerItem[i].N)), float64(item.N))
				if len(c.Items) > 2 { // psych has a regression coefficient as the alpha of one item
					near("alpha without", got.Items[i].AlphaWithout, want.Dropped[i].Raw)
					near("standardised without", got.Items[i].StandardisedWithout, want.Dropped[i].Std)
				} else if got.Items[i].AlphaWithout.Known() {
					t.Errorf("%s: alpha of one item", c.ID)
				}
			}
		}
	}
	t.Logf("%d numbers of %d cases agree with psych", compared, len(cases))
	if len(cases) != 7 || compared != 616 {
		t.Errorf("compared %d numbers of %d cases", compared, len(cases))
	}
}
