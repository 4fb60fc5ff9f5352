package decode

import (
	"math"
	"strconv"
	"time"
)

// Power is the highest mean power over a time.
type Power struct {
	For   time.Duration
	Watts float64
}

// powerTimes are the times from 5 seconds to an hour for which the highest mean
// power is told.
func powerTimes() []time.Duration {
	return []time.Duration{
		5 * time.Second, 10 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute,
		5 * time.Minute, 10 * time.Minute, 20 * time.Minute, 30 * time.Minute, time.Hour,
	}
}

// Powers returns the highest mean power over 5 seconds to 60 minutes, for the
// times that the session is long enough for.
func (s Session) Powers() []Power {
	var out []Power
	c := s.energy()
	for _, d := range powerTimes() {
		if watts, ok := c.strongest(d.Seconds()); ok {
			out = append(out, Power{For: d, Watts: watts})
		}
	}
	return out
}

// strength is Powers by whole seconds, as activities keep it; of a session
// without power there is none.
func (s Session) strength() map[string]float64 {
	powers := s.Powers()
	if len(powers) == 0 {
		return nil
	}
	by := make(map[string]float64, len(powers))
	for _, p := range powers {
		by[strconv.Itoa(int(p.For/time.Second))] = p.Watts
	}
	return by
}

// Strongest returns the highest mean power over a time anywhere in the
// session. ok is false where the session has no power or is shorter.
func (s Session) Strongest(over time.Duration) (watts float64, ok bool) {
	return s.energy().strongest(over.Seconds())
}

// mostWatts is beyond what legs can do; the best track sprinters peak at 2,500.
const mostWatts = 4_000

// energy returns the joules over time. A reading stands until the next point,
// at most ten seconds, the last one for a second; without a reading there is
// no power.
func (s Session) energy() course {
	var c course
	known, watts, last := false, 0.0, 0.0
	for i := range s.points {
		p := &s.points[i]
		at := float64(p.at) / 1000
		if p.at == noTime || len(c.at) > 0 && at <= last {
			continue
		}
		c.stand(last, at, watts)
		last, watts = at, 0
		if p.power <= mostWatts {
			watts, known = float64(p.power), known || p.power > 0
		}
	}
	if !known {
		return course{}
	}
	c.stand(last, last+1, watts)
	return c
}

// stand adds the time from one point to the next.
func (c *course) stand(from, to, watts float64) {
	n := len(c.at)
	if n == 0 {
		c.at, c.sum = append(c.at, to), append(c.sum, 0)
		return
	}
	until := min(to, from+hold/1000)
	sum := c.sum[n-1] + watts*(until-from)
	c.at, c.sum = append(c.at, until), append(c.sum, sum)
	if until < to {
		c.at, c.sum = append(c.at, to), append(c.sum, sum)
	}
}

// strongest returns the most by which the sum grows in a time, per second.
func (c course) strongest(span float64) (rate float64, ok bool) {
	n := len(c.at)
	if n == 0 || !(span > 0.01) || c.at[n-1]-c.at[0] < span {
		return 0, false
	}
	best := 0.0
	for i, end := 0, 0; i < n; i++ { // from a point
		goal := c.at[i] + span
		end = max(end, i+1)
		for end < n && c.at[end] < goal {
			end++
		}
		if end == n {
			break
		}
		best = max(best, c.reached(end-1, goal)-c.sum[i])
	}
	for i, begin := 0, 0; i < n; i++ { // up to a point
		goal := c.at[i] - span
		if goal < c.at[0] {
			continue
		}
		for begin+1 < n && c.at[begin+1] <= goal {
			begin++
		}
		best = max(best, c.sum[i]-c.reached(begin, goal))
	}
	return math.Round(best/span*10) / 10, true
}

// reached returns the sum at a time between point i and the next.
func (c course) reached(i int, at float64) float64 {
	return c.sum[i] + (c.sum[i+1]-c.sum[i])*(at-c.at[i])/(c.at[i+1]-c.at[i])
}
