package survey

// Statistic is a vector of numbers that weighted rows have.
type Statistic interface {
	// Len is how many numbers it is.
	Len() int
	// Estimate gives the numbers under the weights w, of which those of 0 stand
	// outside. A number that is not to be had is NaN.
	Estimate(w []float64) []float64
	// Linearise fills z with the linearised values of number i, one a row, 0 for
	// rows outside, such that its variance is that of the total of w z.
	Linearise(w, theta []float64, i int, z []float64)
}

// Estimates are the numbers of a Statistic with their covariance.
type Estimates struct {
	Theta []float64
	V     [][]float64 // covariance, len(Theta) square
	DF    float64     // of the sample as given
	// DFObserved is that of the rows that took part.
	DFObserved float64
	N          int     // rows with a weight above 0 that took part
	SumWeights float64 // of them
}
