package decode

import (
	"math"
	"time"
)

// track gathers the points of one session of a TCX or GPX file. The zero value
// is ready.
type track struct {
	first, last time.Time // of the points, in the order of the file
	points      []point
	hrSum       float64
	hrCount     int
	hrMax       float64
	climb       climb
}

// trackpoint is what a point of a TCX or GPX file states. Without a reading a
// figure is NaN, a heart rate 0.
type trackpoint struct {
	at                       time.Time
	lat, lon                 float64 // degrees
	height, distance, speed  float64 // metres, metres per second
	heart, cadence, strength float64 // beats and revolutions per minute, watts
}

func newTrackpoint() trackpoint {
	unknown := math.NaN()
	return trackpoint{lat: unknown, lon: unknown, height: unknown, distance: unknown, speed: unknown, cadence: unknown, strength: unknown}
}

// placed says whether it is known where the point is.
func (p *trackpoint) placed() bool { return !math.IsNaN(p.lat) && !math.IsNaN(p.lon) }

func (t *track) add(p trackpoint) {
	t.points = append(t.points, p.point())
	if !p.at.IsZero() {
		if t.first.IsZero() {
			t.first = p.at
		}
		t.last = p.at
	}
	if p.heart > 0 {
		t.hrSum, t.hrCount, t.hrMax = t.hrSum+p.heart, t.hrCount+1, max(t.hrMax, p.heart)
	}
	if !math.IsNaN(p.height) {
		t.climb.add(p.height)
	}
}

func (p *trackpoint) point() point {
	out := blank()
	out.at = fitMillis(p.at)
	if p.placed() {
		out.lat, out.lon = semicircles(p.lat, 90), semicircles(p.lon, 180)
	}
	out.distance, out.speed, out.height = units(p.distance, 100), units(p.speed, 1000), millimetres(p.height)
	out.heart = uint8(p.heart)
	if p.cadence >= 0 && p.cadence < noCadence {
		out.cadence = uint8(p.cadence)
	}
	if p.strength >= 0 && p.strength < noPower {
		out.power = uint16(p.strength)
	}
	return out
}

// finish writes what only points tell into a session.
func (t *track) finish(s *Session) {
	s.points, s.Records = t.points, len(t.points)
	if s.Start.IsZero() {
		s.Start = t.first
	}
	if d := t.last.Sub(s.Start); !t.last.IsZero() && d >= 0 {
		s.Elapsed, s.Known = d, s.Known|HasElapsed
	}
	if t.climb.count > 1 {
		s.Ascent, s.Known = t.climb.gained, s.Known|HasAscent
	}
	if t.hrCount > 0 && !s.Knows(HasAvgHR) {
		s.AvgHR, s.Known = math.Round(t.hrSum/float64(t.hrCount)), s.Known|HasAvgHR
	}
	if t.hrCount > 0 && !s.Knows(HasMaxHR) {
		s.MaxHR, s.Known = t.hrMax, s.Known|HasMaxHR
	}
}

// climbStep is the rise in metres below which a change of height is taken for
// noise of the barometer or the satellites.
const climbStep = 3

// climb adds up the metres gained. A rise counts once it is climbStep above
// the lowest point since the last that counted.
type climb struct {
	gained float64
	low    float64
	count  int
}

func (c *climb) add(height float64) {
	c.count++
	if c.count == 1 || height < c.low {
		c.low = height
		return
	}
	if rise := height - c.low; rise >= climbStep {
		c.gained, c.low = c.gained+rise, height
	}
}

// earthRadius in metres.
const earthRadius = 6371000

// Haversine returns the metres between two places given in degrees,
// on a globe of 6,371 km.
func Haversine(lat1, lon1, lat2, lon2 float64) float64 {
	const degree = math.Pi / 180
	sinLat, sinLon := math.Sin((lat2-lat1)*degree/2), math.Sin((lon2-lon1)*degree/2)
	h := sinLat*sinLat + math.Cos(lat1*degree)*math.Cos(lat2*degree)*sinLon*sinLon
	return 2 * earthRadius * math.Asin(math.Sqrt(min(1, h)))
}
