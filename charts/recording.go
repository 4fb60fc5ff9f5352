package charts

import (
	"math"
	"slices"
)

// recording is an activity's samples with what is wrong with them taken out.
type recording struct {
	seconds  []float64 // growing
	distance []float64 // metres, never falling
	speed    []float64 // metres per second; NaN where it is not known or a stop
	heart    []float64 // beats per minute; NaN where it is not known
	apart    float64   // seconds between samples from which on they are apart
}

// The limits of what a sample is taken for.
const (
	mostSamples = 40_000 // more are thinned out
	slowest     = 0.05   // metres per second
	fastest     = 60.0
	stopShare   = 0.3 // of the middle speed: less is a stop
	leastHeart  = 30.0
	mostHeart   = 250.0
	mostMetres  = 1e7
	mostSeconds = 1e7
	window      = 12.0 // seconds to each side that a curve is smoothed over
	leastApart  = 15.0
	indoors     = 100.0 // metres: with less there is no axis of distance
)

func newRecording(samples []Sample) recording {
	var r recording
	every := 1 + len(samples)/mostSamples
	last := Sample{Seconds: -1}
	for i := 0; i < len(samples); i += every {
		s := samples[i]
		if !(s.Seconds > last.Seconds && s.Seconds < mostSeconds) {
			continue
		}
		if !(s.Distance >= last.Distance && s.Distance < mostMetres) {
			s.Distance = last.Distance
		}
		r.seconds = append(r.seconds, s.Seconds)
		r.distance = append(r.distance, s.Distance)
		r.speed = append(r.speed, s.Speed)
		r.heart = append(r.heart, within(s.Heart, leastHeart, mostHeart))
		last = s
	}
	r.fillSpeed()
	steps := make([]float64, 0, len(r.seconds))
	for i := 1; i < len(r.seconds); i++ {
		steps = append(steps, r.seconds[i]-r.seconds[i-1])
	}
	r.apart = leastApart
	if len(steps) > 0 {
		r.apart = max(r.apart, 4*quantile(steps, 0.5))
	}
	return r
}

// within is a value that lies between two others, NaN otherwise.
func within(v, least, most float64) float64 {
	if v >= least && v <= most {
		return v
	}
	return math.NaN()
}

// fillSpeed takes speeds from distance and time where they are missing, and
// stops out.
func (r *recording) fillSpeed() {
	measured := slices.ContainsFunc(r.speed, func(v float64) bool { return v >= slowest && v <= fastest })
	var moving []float64
	for i, v := range r.speed {
		known := measured && v >= 0 && v <= fastest
		if !known && i > 0 {
			v = (r.distance[i] - r.distance[i-1]) / (r.seconds[i] - r.seconds[i-1])
		}
		if r.speed[i] = within(v, slowest, fastest); v >= slowest && v <= fastest {
			moving = append(moving, v)
		}
	}
	if len(moving) == 0 {
		return
	}
	stop := stopShare * quantile(moving, 0.5)
	for i, v := range r.speed {
		if v < stop {
			r.speed[i] = math.NaN()
		}
	}
}

func (r recording) len() int { return len(r.seconds) }

// overDistance says whether the axis is one of distance and not of time.
func (r recording) overDistance() bool { return r.len() > 0 && r.distance[r.len()-1] >= indoors }

// at is where the nth sample stands on the axis: in units of so many metres,
// or in minutes.
func (r recording) at(i int, length float64) float64 {
	if r.overDistance() {
		return r.distance[i] / length
	}
	return r.seconds[i] / 60
}

// curve is the smoothed values in unbroken pieces. A value that is missing for
// less than a while does not break them; one that no axis could hold is missing.
func (r recording) curve(values []float64, x func(i int) float64, y func(v float64) float64) [][]pt {
	var out [][]pt
	last := math.Inf(-1)
	for i, v := range r.smooth(values) {
		p := pt{x(i), y(v)}
		if !(math.Abs(p.y) < 1e6) {
			continue
		}
		if r.seconds[i]-last > r.apart {
			out = append(out, nil)
		}
		last = r.seconds[i]
		n := len(out) - 1
		out[n] = append(out[n], p)
	}
	return out
}

// smooth is the rolling median of the values that are known. Values that are
// apart do not mix.
func (r recording) smooth(values []float64) []float64 {
	out := make([]float64, len(values))
	var near []float64 // the window, sorted
	from, to := 0, 0
	for i, v := range values {
		for to < len(values) && r.seconds[to] <= r.seconds[i]+window {
			if !math.IsNaN(values[to]) {
				at, _ := slices.BinarySearch(near, values[to])
				near = slices.Insert(near, at, values[to])
			}
			to++
		}
		for r.seconds[from] < r.seconds[i]-window {
			if at, found := slices.BinarySearch(near, values[from]); found {
				near = slices.Delete(near, at, at+1)
			}
			from++
		}
		if out[i] = math.NaN(); !math.IsNaN(v) {
			out[i] = near[len(near)/2]
		}
	}
	return out
}
