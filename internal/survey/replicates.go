package survey

// Replicates are replicate weights and how their estimates are put together:
// Var = Scale sum_r RScales_r (theta_r - c)(theta_r - c)'.
type Replicates struct {
	Weights [][]float64 // one column a replicate: the weight of each row, in full
	Scale   float64
	RScales []float64 // one a replicate
	MSE     bool      // c is the full sample's estimate, not the mean of the replicates'
}
