package estimate

import "github.com/caregap/caregap/internal/diag"

// CheckDesign says what is wrong with the design of a wave, as Estimate does. It is
// for runs that other problems stop before anything is estimated, so that one
// run says them all. The moments must hold respondents.
func CheckDesign(w Wave, diags *diag.List) {
	e := &waveEstimator{Wave: w}
	problem := e.reporter(diags)
	e.conflicts(problem)
	newDesign(w.Moments, w.Names, len(w.Wave.Codebook.Design.Weight) > 0, problem)
}
