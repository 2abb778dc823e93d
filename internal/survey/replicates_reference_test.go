package survey

import (
	"fmt"
	"slices"
	"testing"
)

// replicateDesign is a design of replicate weights in columns of another file.
type replicateDesign struct {
	File     string `json:"repweights_data"`
	Type     string
	Combined bool `json:"combined_weights"`
	MSE      bool
	Rho      float64
	Scale    float64
	RScales  []float64
}

func (d replicateDesign) replicated(t *testing.T, weights []float64) (*Sample, error) {
	kind, ok := ReplicateKindOf(d.Type)
	if !ok {
		t.Fatalf("no kind %q of replicate weights", d.Type)
	}
	g := GivenReplicates{Kind: kind, Multipliers: !d.Combined, Scale: d.Scale, RScales: d.RScales, Rho: d.Rho, MSE: d.MSE}
	columns := readFrame(t, d.File)
	for r := 1; columns.columns[fmt.Sprintf("rw%d", r)] != nil; r++ {
		g.Columns = append(g.Columns, columns.numbers(fmt.Sprintf("rw%d", r)))
	}
	return NewReplicated(weights, g)
}

func (c *referenceCase) replicated() bool {
	return c.Design.Kind == "replicate" || slices.ContainsFunc(c.Steps, func(s referenceStep) bool { return s.Op == "replicate" })
}

// TestReplicatesAgreeWithR holds replicate weights, given or made, plain or
// calibrated, against R's survey 4.5. Those of limits of shares and of quantiles
// are held against with these.
func TestReplicatesAgreeWithR(t *testing.T) {
	for file, cases := range map[string]int{"replicates.json": 148, "lonely_psu.json": 10} {
		var list struct{ Cases []*referenceCase }
		readJSON(t, file, &list)
		ran := 0
		for _, rc := range list.Cases {
			if !rc.replicated() || slices.Contains([]string{"ciprop", "quantile"}, rc.Stat.Fn) {
				continue
			}
			ran++
			t.Run(rc.ID, func(t *testing.T) { runReference(t, rc) })
		}
		if ran != cases {
			t.Errorf("%s: ran %d cases, want %d", file, ran, cases)
		}
	}
}
