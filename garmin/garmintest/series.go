package garmintest

import "math"

// step is the time between two records, seconds.
const step = 8

// noise is a cheap generator: a series has thousands of values.
type noise uint64

func (n *noise) next() float64 {
	*n += 0x9e3779b97f4a7c15
	z := uint64(*n)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return float64((z^z>>31)>>11)/(1<<53)*2 - 1
}

// samples is how many records the workout has: one at its start, one each
// step, one at its end.
func (w *workout) samples() int { return int(math.Ceil(w.timer/step)) + 1 }

// at is the timer's second of a record.
func (w *workout) at(i int) float64 { return min(float64(i*step), w.timer) }

// heart is the heart rate at each record: a warm-up, a slow drift, waves for
// hard workouts, and noise.
func (w *workout) heart(b body) []uint8 {
	n := noise(w.key)
	series := make([]uint8, w.samples())
	goal := b.rest + (b.max-b.rest)*(.34+.52*w.effort)
	wobble := 0.0
	for i := range series {
		t := w.at(i)
		v := goal + 4*t/max(w.timer, 1)
		if t < 300 {
			v -= (goal - b.rest - 20) * .6 * (1 - t/300)
		}
		if w.effort > .7 && w.effort < .95 && t > 600 {
			v += 9 * math.Sin(2*math.Pi*t/280)
		}
		wobble = .94*wobble + 2.1*n.next()
		series[i] = uint8(math.Round(min(max(v+wobble, b.rest+8), b.max)))
	}
	return series
}

// progress is the distance at each record, metres; the last is the whole.
func (w *workout) progress() []float64 {
	n := noise(w.key ^ 0xd157)
	out := make([]float64, w.samples())
	for i := 1; i < len(out); i++ {
		dt := w.at(i) - w.at(i-1)
		pace := 1 + .07*math.Sin(2*math.Pi*w.at(i)/540) + .05*n.next()
		out[i] = out[i-1] + dt*pace
	}
	last := out[len(out)-1]
	for i := range out {
		if last > 0 {
			out[i] *= w.distance / last
		}
	}
	return out
}

// height is the altitude after a part of the way, metres: hills whose ascents
// add up to the climb.
func (w *workout) height(part float64) float64 {
	if w.hills == 0 {
		return w.place.base
	}
	h := w.climb / float64(w.hills)
	return w.place.base + h*(1-math.Cos(2*math.Pi*float64(w.hills)*part))/2
}

// point is a place on the globe, degrees.
type point struct{ lat, lon float64 }

const metresADegree = 111195

// track gives the position after each distance: a bent loop that is as long
// as the way and comes home.
func (w *workout) track(distances []float64) []point {
	n := noise(w.key ^ 0x6e0)
	var bend, phase [4]float64
	for k := range bend {
		bend[k], phase[k] = .22*n.next(), math.Pi*n.next()
	}
	turn := math.Pi * n.next()
	const corners = 720
	var x, y, long [corners + 1]float64
	for i := range x {
		a := 2 * math.Pi * float64(i%corners) / corners
		r := 1.0
		for k := range bend {
			r += bend[k] * math.Sin(float64(k+2)*a+phase[k]) / float64(k+1)
		}
		x[i], y[i] = r*math.Cos(a+turn), r*math.Sin(a+turn)
		if i > 0 {
			long[i] = long[i-1] + math.Hypot(x[i]-x[i-1], y[i]-y[i-1])
		}
	}
	scale := w.distance / long[corners]
	out := make([]point, len(distances))
	corner := 0
	for i, d := range distances {
		for corner < corners-1 && long[corner+1]*scale < d {
			corner++
		}
		f := (d/scale - long[corner]) / (long[corner+1] - long[corner])
		north := (y[corner] + f*(y[corner+1]-y[corner]) - y[0]) * scale
		east := (x[corner] + f*(x[corner+1]-x[corner]) - x[0]) * scale
		out[i] = point{w.place.lat + north/metresADegree, w.place.lon + east/(metresADegree*math.Cos(w.place.lat*math.Pi/180))}
	}
	return out
}
