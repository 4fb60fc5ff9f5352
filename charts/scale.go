package charts

import "math"

// ticks are the values at which an axis from 0 has its lines: at most most of
// them over 0, on numbers that people count in, the last at or over peak.
func ticks(peak float64, most int) []float64 {
	if peak = amount(peak); peak == 0 {
		peak = 1
	}
	peak = max(peak, 1e-6)
	step := niceStep(peak / float64(most))
	n := int(math.Ceil(peak/step - 1e-9))
	out := make([]float64, n+1)
	for i := range out {
		out[i] = step * float64(i)
	}
	return out
}

// niceStep is the least of 1, 2 and 5 times a power of ten, and 2.5 times
// those from ten, that is not less than v.
func niceStep(v float64) float64 {
	ten := math.Pow(10, math.Floor(math.Log10(v)))
	for _, k := range []float64{1, 2, 2.5, 5} {
		if k == 2.5 && ten < 10 {
			continue
		}
		if k*ten >= v*(1-1e-9) {
			return k * ten
		}
	}
	return 10 * ten
}
