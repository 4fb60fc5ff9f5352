package decode

import "github.com/tormoder/fit"

// fitZones is a time_in_zone message: what a session's heart rate was held
// against, and how long it was where.
type fitZones struct {
	session uint32
	known   bool // it is of a session, and has times
	times   [5]float64
}

// zoneTimes reads an array of milliseconds: below zone 1, zones 1 to 5, and
// perhaps above zone 5, which counts to it.
func zoneTimes(m fitMessage, num byte) (times [5]float64, ok bool) {
	for n := 1; n <= 6; n++ {
		v, known := m.nth(num, n)
		if !known {
			break
		}
		if n >= 5 {
			ok = true
		}
		times[min(n, 5)-1] += v / 1000
	}
	return times, ok
}

func zonesOf(m fitMessage) (z fitZones) {
	of, _ := m.number(0)
	index, _ := m.stamp(1)
	z.session = index & 0x0fff
	z.times, z.known = zoneTimes(m, 2)
	z.known = z.known && fit.MesgNum(of) == fit.MesgNumSession
	return z
}

// keepZones gives the sessions the times that are told apart from them.
func (l *fitLog) keepZones() {
	for _, z := range l.zones {
		for i := range l.sessions {
			if s := &l.sessions[i]; z.known && s.index == z.session && !s.Knows(HasZones) {
				s.ZoneTimes, s.Known = z.times, s.Known|HasZones
				break
			}
		}
	}
}

// take reads what a file says of the athlete's heart: the resting rate of the
// user profile, the maximum of the zones' target, the top of each zone, which
// is the foot of the next.
func (h *Heart) take(m fitMessage) {
	set := func(to *float64, num byte) {
		if v := m.amount(num, 1); v > 0 && v < 255 {
			*to = v
		}
	}
	switch m.kind.global {
	case fit.MesgNumUserProfile:
		set(&h.Rest, 8)
		if gender, ok := m.number(1); ok {
			h.Female = gender == 0
		}
		if h.Max == 0 {
			set(&h.Max, 11)
		}
	case fit.MesgNumZonesTarget:
		set(&h.Max, 1)
	case mesgTimeInZone:
		set(&h.Max, 11)
		set(&h.Rest, 12)
		for i := range h.Zones {
			if top, ok := m.nth(6, i); ok && top > 0 {
				h.Zones[i] = top
			}
		}
	case fit.MesgNumHrZone:
		// Number 0 is below zone 1.
		if i, ok := m.stamp(fitIndex); ok && i < uint32(len(h.Zones)) {
			set(&h.Zones[i], 1)
		}
	}
}
