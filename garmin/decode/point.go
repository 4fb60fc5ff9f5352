package decode

import (
	"iter"
	"math"
	"time"

	"clubrun/store"
)

// point is one moment of a recording in 32 bytes, in the units of FIT where
// these lose nothing.
type point struct {
	at       int64  // milliseconds since the FIT epoch; noTime
	lat, lon int32  // semicircles: 2^31 are 180 degrees; noPlace
	distance uint32 // centimetres since the start; noCount
	speed    uint32 // millimetres per second; noCount
	height   int32  // millimetres above the sea; noHeight
	power    uint16 // watts; noPower
	heart    uint8  // beats per minute; 0 for none
	cadence  uint8  // revolutions per minute; noCadence
}

// How a point says that it does not know.
const (
	noTime    = math.MinInt64
	noPlace   = math.MaxInt32
	noCount   = math.MaxUint32
	noHeight  = math.MinInt32
	noPower   = math.MaxUint16
	noCadence = math.MaxUint8
)

// blank is a point that knows nothing.
func blank() point {
	return point{at: noTime, lat: noPlace, lon: noPlace, distance: noCount, speed: noCount, height: noHeight, power: noPower, cadence: noCadence}
}

// fitMillis turns a time into milliseconds since the FIT epoch.
func fitMillis(t time.Time) int64 {
	if t.IsZero() {
		return noTime
	}
	return t.UnixMilli() - fitEpochUnix*1000
}

// semicircles turns degrees into FIT's unit, noPlace beyond the poles or the
// date line.
func semicircles(degrees, most float64) int32 {
	if !(math.Abs(degrees) <= most) {
		return noPlace
	}
	return int32(max(math.MinInt32, min(math.MaxInt32-1, math.Round(degrees*(1<<31)/180))))
}

// units turns an amount into a count of its parts, noCount where it does not
// fit.
func units(v, parts float64) uint32 {
	if v = math.Round(v * parts); !(v >= 0 && v < noCount) {
		return noCount
	}
	return uint32(v)
}

// millimetres turns a height into a point's, noHeight where nobody can be.
func millimetres(metres float64) int32 {
	if !(math.Abs(metres) < 1e6) {
		return noHeight
	}
	return int32(math.Round(metres * 1000))
}

// Points returns how many moments the session's track has.
func (s Session) Points() int { return len(s.points) }

// Moments goes through the session's track without a copy of it. Seconds and
// Distance count from the session's start; moments without a time are left
// out.
func (s Session) Moments() iter.Seq[store.Moment] {
	begin := s.begin()
	return func(yield func(store.Moment) bool) {
		for i := range s.points {
			if p := &s.points[i]; p.at != noTime && !yield(p.moment(begin, s.base)) {
				return
			}
		}
	}
}

// Track returns the session's moments.
func (s Session) Track() []store.Moment {
	out := make([]store.Moment, 0, len(s.points))
	for m := range s.Moments() {
		out = append(out, m)
	}
	return out
}

// Track returns the moments of all sessions. Seconds and Distance count from
// the start of the first one.
func (r Recording) Track() []store.Moment {
	var out []store.Moment
	var gone float64
	for _, s := range r.Sessions {
		late := float64(s.begin()-r.Sessions[0].begin()) / 1000
		furthest := 0.0
		for m := range s.Moments() {
			if m.Distance > furthest {
				furthest = m.Distance
			}
			m.Seconds, m.Distance = m.Seconds+late, m.Distance+gone
			out = append(out, m)
		}
		gone += furthest
	}
	return out
}

// Begin returns when the session's track begins, from which its moments count:
// the start, or an earlier first point. It is zero where nothing tells.
func (s Session) Begin() time.Time {
	at := s.begin()
	if at == noTime {
		return time.Time{}
	}
	return time.UnixMilli(at + fitEpochUnix*1000).UTC()
}

// begin is the millisecond at which the session's track begins.
func (s Session) begin() int64 {
	first := int64(noTime)
	for i := range s.points {
		if first = s.points[i].at; first != noTime {
			break
		}
	}
	start := fitMillis(s.Start)
	if start == noTime || first != noTime && first < start {
		return first
	}
	return start
}

func (p *point) moment(begin int64, base uint32) store.Moment {
	unknown := math.NaN()
	m := store.Moment{
		Seconds: float64(p.at-begin) / 1000, Distance: unknown, Speed: unknown, Heart: unknown,
		Latitude: unknown, Longitude: unknown, Altitude: unknown, Cadence: unknown, Power: unknown,
	}
	if p.distance != noCount && p.distance >= base {
		m.Distance = float64(p.distance-base) / 100
	}
	if p.speed != noCount {
		m.Speed = float64(p.speed) / 1000
	}
	if p.heart != 0 {
		m.Heart = float64(p.heart)
	}
	if p.lat != noPlace && p.lon != noPlace {
		m.Latitude, m.Longitude = degrees(p.lat), degrees(p.lon)
	}
	if p.height != noHeight {
		m.Altitude = float64(p.height) / 1000
	}
	if p.cadence != noCadence {
		m.Cadence = float64(p.cadence)
	}
	if p.power != noPower {
		m.Power = float64(p.power)
	}
	return m
}

func degrees(semicircles int32) float64 { return float64(semicircles) * 180 / (1 << 31) }
