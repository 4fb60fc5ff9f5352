package decode

import (
	"math"
	"time"

	"clubrun/store"
)

// Distance is a distance for which the fastest time is kept.
type Distance struct {
	Key    string // as Garmin's list names it: whole metres
	Metres float64
}

// Distances returns the distances from 400 m to the marathon for which
// Session.Splits has times.
func Distances() []Distance {
	return []Distance{
		{"400", 400}, {"1000", 1000}, {"1609", 1609.344}, {"5000", 5000}, {"10000", 10000},
		{"15000", 15000}, {"21097", 21097.5}, {"42195", 42195},
	}
}

// Splits returns the fastest time over each of the Distances that the session
// is long enough for, in seconds by Distance.Key. The clock does not stand
// still in a pause.
func (s Session) Splits() map[string]float64 {
	var out map[string]float64
	pieces := s.pieces()
	for _, d := range Distances() {
		if t := fastest(pieces, d.Metres); !math.IsInf(t, 1) {
			if out == nil {
				out = map[string]float64{}
			}
			out[d.Key] = math.Round(t*1000) / 1000
		}
	}
	return out
}

// Fastest returns the shortest time over a distance in metres anywhere in the
// session: exact over all starts, with even speed between two points. ok is
// false where the session is shorter.
func (s Session) Fastest(metres float64) (t time.Duration, ok bool) {
	best := fastest(s.pieces(), metres)
	if math.IsInf(best, 1) {
		return 0, false
	}
	return time.Duration(math.Round(best*1000)) * time.Millisecond, true
}

// course is a quantity that only grows over time: distance, or energy.
type course struct {
	at, sum []float64 // seconds; metres or joules
}

// The speeds in metres per second that no athlete reaches: beyond them a step
// from point to point is an error of the satellites. The fastest that anybody
// ran is 12.4 (Bolt, 100 m in Berlin, 2009).
const (
	tooFastOnFoot = 12.5
	tooFastAtAll  = 50
)

// pieces returns the session's distance over time. A step back, or one faster
// than anybody, ends a piece and begins the next; no effort goes across.
func (s Session) pieces() []course {
	most := float64(tooFastAtAll)
	switch FamilyOf(s.Sport, s.SubSport) {
	case store.Run, store.Walk, store.Hike, store.Swim:
		most = tooFastOnFoot
	}
	var all []course
	var c course
	for i := range s.points {
		p := &s.points[i]
		if p.distance == noCount || p.at == noTime {
			continue
		}
		at, d := float64(p.at)/1000, float64(p.distance)/100
		if n := len(c.at); n > 0 {
			if at <= c.at[n-1] {
				continue
			}
			if step := d - c.sum[n-1]; step < 0 || step > most*(at-c.at[n-1]) {
				all, c = append(all, c), course{}
			}
		}
		c.at, c.sum = append(c.at, at), append(c.sum, d)
	}
	return append(all, c)
}

func fastest(pieces []course, metres float64) float64 {
	best := math.Inf(1)
	for _, c := range pieces {
		best = min(best, c.shortest(metres))
	}
	return best
}

// shortest returns the least time in which the sum grows by so much, infinity
// where it never does. The time is a piecewise linear function of the start,
// with its corners where start or end is a point: one of these is the least.
func (c course) shortest(amount float64) float64 {
	best := math.Inf(1)
	n := len(c.at)
	if n == 0 || !(amount > 0.01) || c.sum[n-1]-c.sum[0] < amount {
		return best
	}
	for i, end := 0, 0; i < n; i++ { // from a point
		goal := c.sum[i] + amount
		end = max(end, i+1)
		for end < n && c.sum[end] < goal {
			end++
		}
		if end == n {
			break
		}
		best = min(best, c.when(end-1, goal)-c.at[i])
	}
	for i, begin := 0, 0; i < n; i++ { // up to a point
		goal := c.sum[i] - amount
		if goal < c.sum[0] {
			continue
		}
		for begin+1 < n && c.sum[begin+1] <= goal {
			begin++
		}
		best = min(best, c.at[i]-c.when(begin, goal))
	}
	return best
}

// when returns the time between point i and the next at which the sum was
// reached.
func (c course) when(i int, sum float64) float64 {
	return c.at[i] + (c.at[i+1]-c.at[i])*(sum-c.sum[i])/(c.sum[i+1]-c.sum[i])
}
