package request

import (
	"bytes"
	"encoding/json"
	"math"

	"github.com/caregap/caregap/internal/distribution"
	"github.com/caregap/caregap/internal/number"
)

// figure is a number of an answer, null where it is not to be had.
type figure float64

// MarshalJSON writes the shortest text that reads back as the same number.
func (f figure) MarshalJSON() ([]byte, error) {
	if v := float64(f); math.IsNaN(v) || math.IsInf(v, 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(f))
}

func known(v number.Value) figure { return figure(v.Or(math.NaN())) }

func figures(xs []float64) []figure {
	out := make([]figure, len(xs))
	for i, x := range xs {
		out[i] = figure(x)
	}
	return out
}

func matrix(v [][]float64) [][]figure {
	out := make([][]figure, len(v))
	for i, row := range v {
		out[i] = figures(row)
	}
	return out
}

// unknown is a matrix of which nothing is known.
func unknown(n int) [][]float64 {
	out := make([][]float64, n)
	for i := range out {
		out[i] = make([]float64, n)
		for j := range out[i] {
			out[i][j] = math.NaN()
		}
	}
	return out
}

// limits are an estimate less and plus t standard errors, null without degrees of
// freedom (R's confint with df).
func limits(estimate, se, df float64) [2]figure {
	if !(df > 0) {
		return [2]figure{figure(math.NaN()), figure(math.NaN())}
	}
	half := distribution.TQuantile(0.025, df) * se
	return [2]figure{figure(estimate - half), figure(estimate + half)}
}

// pairs is a JSON object whose keys keep their order.
type pairs []pair

type pair struct{ key, value string }

// MarshalJSON writes an object of texts.
func (p pairs) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, kv := range p {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, text := range []string{kv.key, kv.value} {
			quoted, err := json.Marshal(text)
			if err != nil {
				return nil, err
			}
			if j > 0 {
				b.WriteByte(':')
			}
			b.Write(quoted)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
