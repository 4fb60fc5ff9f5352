package decode

import "math"

// Heart is what heart rates of an athlete are held against, beats per minute.
// Zero is unknown.
type Heart struct {
	Rest   float64
	Max    float64
	Zones  [5]float64 // where zones 1 to 5 begin
	Female bool       // for Load, whose weights differ
}

// feet returns where the zones begin: as they were set, else at 50, 60, 70, 80
// and 90 % of the maximum, Garmin's own default. ok is false where neither is
// known.
func (h Heart) feet() (feet [5]float64, ok bool) {
	feet, ok = h.Zones, h.Zones[0] > 0
	for i := 1; i < len(feet); i++ {
		ok = ok && feet[i] > feet[i-1]
	}
	if ok {
		return feet, true
	}
	for i := range feet {
		feet[i] = h.Max * (0.5 + 0.1*float64(i))
	}
	return feet, h.Max > 0
}

// Or returns what is known of a heart, and what another says where that is
// nothing.
func (h Heart) Or(o Heart) Heart {
	h.Female = h.Female || h.Rest == 0 && h.Max == 0 && o.Female
	if h.Rest == 0 {
		h.Rest = o.Rest
	}
	if h.Max == 0 {
		h.Max = o.Max
	}
	if h.Zones[0] == 0 {
		h.Zones = o.Zones
	}
	return h
}

// hold is for how many milliseconds a reading stands at most; after that the
// sensor or the watch had stopped.
const hold = 10_000

// eachHeart calls f for each heart rate with the seconds for which it stood:
// until the next point, at most ten.
func (s Session) eachHeart(f func(beats, seconds float64)) {
	for i := 1; i < len(s.points); i++ {
		p, next := &s.points[i-1], &s.points[i]
		if p.heart == 0 || p.at == noTime || next.at <= p.at {
			continue
		}
		f(float64(p.heart), float64(min(next.at-p.at, hold))/1000)
	}
}

// Zones returns the seconds in heart rate zones 1 to 5: as the device counted
// them, else from the track. What is below zone 1 is in none. ok is false
// where nothing tells.
func (s Session) Zones() (seconds [5]float64, ok bool) {
	if s.Knows(HasZones) {
		return s.ZoneTimes, true
	}
	feet, ok := s.Heart.feet()
	if !ok {
		return seconds, false
	}
	ok = false
	s.eachHeart(func(beats, t float64) {
		ok = true
		for i := len(feet) - 1; i >= 0; i-- {
			if beats >= feet[i] {
				seconds[i] += t
				return
			}
		}
	})
	return seconds, ok
}

// Intensity returns the minutes of moderate intensity, heart rate zones 2 and
// 3, and of vigorous intensity, zones 4 and 5. Each vigorous minute counts
// twice where the two are added up.
func (s Session) Intensity() (moderate, vigorous int) {
	z, _ := s.Zones()
	return minutes(z[1] + z[2]), minutes(z[3] + z[4])
}

func minutes(seconds float64) int {
	return int(math.Round(min(max(seconds, 0), 1e7) / 60))
}

// restDefault is taken for the resting heart rate of somebody of whom none is
// known: the middle of what adults have (60 to 80 in most).
const restDefault = 65

// Trimp returns the training impulse after Banister, in its own units: minutes,
// each weighted by the share r of the heart rate reserve that is in use,
// Σ Δt · r · 0.64 · e^(1.92 r) for men and Σ Δt · r · 0.86 · e^(1.67 r) for
// women, r = (HR − rest) / (max − rest) within 0 and 1. ok is false without a
// maximum or without heart rates.
//
// Source: E. W. Banister, "Modeling elite athletic performance", in MacDougall,
// Wenger, Green (eds.), Physiological Testing of the High-Performance Athlete,
// 2nd ed., 1991, pp. 403–424; the weights: R. H. Morton, J. R. Fitz-Clarke,
// E. W. Banister, "Modeling human performance in running", J. Appl. Physiol. 69
// (1990), pp. 1171–1177.
func (s Session) Trimp() (impulse float64, ok bool) {
	rest, most := s.Heart.Rest, s.Heart.Max
	if rest == 0 {
		rest = restDefault
	}
	if most <= rest {
		return 0, false
	}
	weight, steep := 0.64, 1.92
	if s.Heart.Female {
		weight, steep = 0.86, 1.67
	}
	s.eachHeart(func(beats, t float64) {
		r := min(max((beats-rest)/(most-rest), 0), 1)
		impulse, ok = impulse+t/60*r*weight*math.Exp(steep*r), true
	})
	return impulse, ok
}
