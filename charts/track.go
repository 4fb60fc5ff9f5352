package charts

import (
	"errors"
	"math"
)

// Fix is one sample of a recorded track.
type Fix struct {
	Lat, Lon float64 // degrees; a fix without a place on earth is left out
	Seconds  float64 // since the start; where it does not grow there is no pace
	Altitude float64 // metres above the sea; NaN where it is not known
}

// Track is where somebody went, in the order of time. A Track stays in this
// package: pictures show its form, never where on earth it lies.
type Track []Fix

// ErrHidden says that a track is too short to be shown: next to nothing is
// left of it once the surroundings of its ends are hidden.
var ErrHidden = errors.New("too little of the route is left once its ends are hidden")

// errNobody refuses to show a track whose ends cannot be hidden well.
var errNobody = errors.New("a route needs an id, as its ends are hidden by it")

// The limits of what a track is taken for.
const (
	mostFixes  = 20_000  // more are thinned out
	mostSpeed  = 60.0    // metres per second; faster is a fault of the receiver
	looseFixes = 5       // so many wrong fixes in a row are left out
	leastGap   = 500.0   // metres without a fix, at least, that part two stretches
	leastSeen  = 300.0   // metres that must be left to make a picture
	leastPiece = 60.0    // shorter pieces between hidden parts are left out
	earth      = 6371009 // mean radius in metres
)

// spot is a place on the plane of a track: metres to the east and north of its
// middle.
type spot struct {
	x, y    float64
	seconds float64
	height  float64 // metres; NaN where it is not known
	along   float64 // metres since the start of the track
	speed   float64 // metres per second; NaN where it is not known
}

func (a spot) to(b spot) float64 { return math.Hypot(b.x-a.x, b.y-a.y) }

// between is the spot at share t of the way from a to b.
func (a spot) between(b spot, t float64) spot {
	f := func(p, q float64) float64 { return p + (q-p)*t }
	return spot{f(a.x, b.x), f(a.y, b.y), f(a.seconds, b.seconds), f(a.height, b.height), f(a.along, b.along), f(a.speed, b.speed)}
}

// vec is a place on the unit sphere. Calculating in space needs no care for
// the poles nor for the line where longitudes jump.
type vec struct{ x, y, z float64 }

func (a vec) dot(b vec) float64 { return a.x*b.x + a.y*b.y + a.z*b.z }

func (a vec) cross(b vec) vec {
	return vec{a.y*b.z - a.z*b.y, a.z*b.x - a.x*b.z, a.x*b.y - a.y*b.x}
}

func (a vec) length() float64 { return math.Sqrt(a.dot(a)) }

func (a vec) unit() vec {
	n := a.length()
	return vec{a.x / n, a.y / n, a.z / n}
}

// far is the distance of two places on the ground, in metres.
func (a vec) far(b vec) float64 { return earth * math.Atan2(a.cross(b).length(), a.dot(b)) }

func (f Fix) vec() vec {
	sinLat, cosLat := math.Sincos(f.Lat * math.Pi / 180)
	sinLon, cosLon := math.Sincos(f.Lon * math.Pi / 180)
	return vec{cosLat * cosLon, cosLat * sinLon, sinLat}
}

// placed says whether a fix is on earth. Receivers write 0, 0 before they
// know where they are.
func (f Fix) placed() bool {
	return math.Abs(f.Lat) <= 90 && math.Abs(f.Lon) <= 180 && (f.Lat != 0 || f.Lon != 0)
}

// valid returns the fixes that are on earth, at most mostFixes of them, the
// first and the last among them.
func (t Track) valid() Track {
	var out Track
	for _, f := range t {
		if !f.placed() {
			continue
		}
		if !finite(f.Seconds) || math.Abs(f.Seconds) > 1e9 {
			f.Seconds = 0
		}
		if !finite(f.Altitude) || f.Altitude < -500 || f.Altitude > 9000 {
			f.Altitude = math.NaN()
		}
		out = append(out, f)
	}
	if len(out) <= mostFixes {
		return out
	}
	thin := make(Track, 0, mostFixes)
	for i := range mostFixes {
		thin = append(thin, out[i*(len(out)-1)/(mostFixes-1)])
	}
	return thin
}

// stretches divides a track where the receiver lost its way: at leaps that
// nobody can run and at long ways without a fix. Single wrong fixes are left
// out.
func (t Track) stretches() []Track {
	gap := max(leastGap, 12*t.spacing())
	var out []Track
	var cur Track
	for i := 0; i < len(t); i++ {
		if len(cur) == 0 || !leap(cur[len(cur)-1], t[i], gap) {
			cur = append(cur, t[i])
			continue
		}
		if back := t.resume(cur[len(cur)-1], i, gap); back > i {
			i = back - 1
			continue
		}
		out = append(out, cur)
		cur = Track{t[i]}
	}
	if len(cur) > 0 {
		out = append(out, cur)
	}
	return out
}

// resume finds the next fix after i that can follow last, 0 where none is near.
func (t Track) resume(last Fix, i int, gap float64) int {
	for j := i + 1; j < min(len(t), i+1+looseFixes); j++ {
		if !leap(last, t[j], gap) {
			return j
		}
	}
	return 0
}

// leap says whether two fixes cannot be neighbours on one way.
func leap(a, b Fix, gap float64) bool {
	far := a.vec().far(b.vec())
	dt := b.Seconds - a.Seconds
	return far > gap || dt > 0 && far > 50+mostSpeed*dt
}

// spacing is the usual distance between fixes.
func (t Track) spacing() float64 {
	if len(t) < 2 {
		return 0
	}
	steps := make([]float64, len(t)-1)
	for i := range steps {
		steps[i] = t[i].vec().far(t[i+1].vec())
	}
	return quantile(steps, 0.5)
}

// plane is the flat map of a track: the azimuthal equidistant projection from
// its middle, which keeps metres true for hundreds of kilometres.
type plane struct{ middle, east, north vec }

func newPlane(tracks []Track) plane {
	var sum vec
	for _, t := range tracks {
		for _, f := range t {
			v := f.vec()
			sum = vec{sum.x + v.x, sum.y + v.y, sum.z + v.z}
		}
	}
	if sum.length() < 1e-9 {
		sum = tracks[0][0].vec()
	}
	p := plane{middle: sum.unit()}
	p.east = vec{0, 0, 1}.cross(p.middle)
	if p.east.length() < 1e-12 { // at a pole every way leads to the other one
		p.east = vec{0, 1, 0}
	}
	p.east = p.east.unit()
	p.north = p.middle.cross(p.east)
	return p
}

func (p plane) spot(f Fix) spot {
	v := f.vec()
	e, n, up := v.dot(p.east), v.dot(p.north), v.dot(p.middle)
	flat := math.Hypot(e, n)
	k := float64(earth)
	if flat > 1e-15 {
		k = earth * math.Atan2(flat, up) / flat
	}
	return spot{x: e * k, y: n * k, seconds: f.Seconds, height: f.Altitude, speed: math.NaN()}
}
