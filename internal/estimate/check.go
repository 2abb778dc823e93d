package estimate

import "github.com/caregap/caregap/internal/diag"

// CheckDesign says what is wrong with the design of a wave, as Estimate does,
// without estimating anything. The moments must hold respondents.
func CheckDesign(w Wave, diags *diag.List) {
	e := &waveEstimator{Wave: w}
	problem := e.reporter(diags)
	e.conflicts(problem)
	newDesign(w.Moments, w.Names, len(w.Wave.Codebook.Design.Weight) > 0, problem)
}
