package decode

import (
	"math"
	"time"
)

// track gathers the points of one session of a TCX or GPX file. The zero value
// is ready.
type track struct {
	first, last time.Time // of the points, in the order of the file
	points      int
	hrSum       float64
	hrCount     int
	hrMax       float64
	climb       climb
}

func (t *track) add(at time.Time, hr float64, height float64, hasHeight bool) {
	t.points++
	if !at.IsZero() {
		if t.first.IsZero() {
			t.first = at
		}
		t.last = at
	}
	if hr > 0 {
		t.hrSum, t.hrCount, t.hrMax = t.hrSum+hr, t.hrCount+1, max(t.hrMax, hr)
	}
	if hasHeight {
		t.climb.add(height)
	}
}

// finish writes what only points tell into a session.
func (t *track) finish(s *Session) {
	s.Records = t.points
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

// haversine returns the metres between two places given in degrees.
func haversine(lat1, lon1, lat2, lon2 float64) float64 {
	const degree = math.Pi / 180
	sinLat, sinLon := math.Sin((lat2-lat1)*degree/2), math.Sin((lon2-lon1)*degree/2)
	h := sinLat*sinLat + math.Cos(lat1*degree)*math.Cos(lat2*degree)*sinLon*sinLon
	return 2 * earthRadius * math.Asin(math.Sqrt(min(1, h)))
}
