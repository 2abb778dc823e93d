package distribution

import "math"

// FUpper is P(F > x) for Fisher's F with df1 and df2 degrees of freedom, both
// above 0. With df2 infinite df1 times F is chi-squared.
func FUpper(x, df1, df2 float64) float64 {
	if x <= 0 {
		return 1
	}
	if math.IsInf(df2, 1) {
		return ChiSquaredUpper(df1*x, df1)
	}
	d := df2 + df1*x
	upper, _ := incompleteBeta(df2/2, df1/2, df2/d, df1*x/d)
	return upper
}
