package interval

import "math"

// FewEffective is the effective size under which a number is of low reliability,
// 30, less what rounding may take from it.
const FewEffective = 30 - 1e-9

// Unreliable applies the rules of Parker and others 2017 (NCHS) to a share: its
// corrected effective size is under 30, or the truncated Korn-Graubard interval
// is 30 points wide or more, or wider than 5 points and than 130% of the share.
func (s Share) Unreliable() bool {
	const tail = 0.025
	size := s.truncatedSize(tail)
	if size < FewEffective {
		return true
	}
	// An upper bound of the width spares most shares the exact one.
	bound := widthBound(s.P, size)
	if bound < 0.05 || bound < 0.30 && bound <= 1.30*s.P {
		return false
	}
	lo, hi := ClopperPearson(s.P, size, tail)
	width := hi - lo
	return width >= 0.30 || width > 0.05 && width > 1.30*s.P
}

// widthBound is no less than the width of ClopperPearson's 95% interval, for sizes
// of 30 and more.
func widthBound(p, n float64) float64 { return 4.1*math.Sqrt(p*(1-p)/n) + 4/n }
