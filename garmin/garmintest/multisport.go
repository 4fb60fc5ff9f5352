package garmintest

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"time"

	"github.com/tormoder/fit"
)

// legsOf a triathlon over the Olympic distance: metres, or seconds in a
// transition.
var legsOf = []struct {
	sport   string
	metres  float64
	seconds float64
	effort  float64
}{
	{"open_water_swimming", 1500, 0, .75},
	{"swimToBikeTransition_v2", 0, 150, .6},
	{"road_biking", 40000, 0, .8},
	{"bikeToRunTransition_v2", 0, 90, .6},
	{"running", 10000, 0, .88},
}

// triathlon is one workout of several sports: the list shows the whole, the
// legs are reached through it.
func (s *Server) triathlon(m *member, whole *workout, week int, r *rand.Rand) []*workout {
	whole.start = whole.start.Truncate(time.Minute)
	at := whole.start
	for i, leg := range legsOf {
		sp, ok := sportOf(leg.sport)
		if !ok {
			continue
		}
		l := &workout{sport: sp, place: whole.place, zone: whole.zone, start: at, effort: leg.effort, device: whole.device,
			cadence: sp.cadence, hidden: whole.hidden, race: true, name: sp.label, parent: whole}
		d := digest(s.opts.Seed, "leg", mailKey(m.Email), week, i)
		l.key = binary.LittleEndian.Uint64(d[:8])
		l.timer = leg.seconds + float64(r.IntN(40))
		if leg.metres > 0 {
			l.distance = leg.metres * (.99 + .02*r.Float64())
			l.timer = math.Round(l.distance / (sp.speed * m.body.ability * (.8 + .38*leg.effort)))
			l.climb = math.Round(sp.climb * leg.metres / 1000)
		}
		if l.climb > 0 {
			l.hills = 1 + int(l.climb/90)
		}
		l.moving, l.elapsed = l.timer, l.timer
		l.measure(m.body)
		whole.legs = append(whole.legs, l)
		at = l.end()
	}
	whole.addUp()
	s.upload(whole, r)
	for _, l := range whole.legs {
		l.uploaded, l.updated = whole.uploaded, whole.uploaded
	}
	return []*workout{whole}
}

// addUp fills in what follows from the legs.
func (w *workout) addUp() {
	w.minHR = 255
	w.laps = 0
	var beats float64
	for _, l := range w.legs {
		w.timer, w.moving, w.elapsed = w.timer+l.timer, w.moving+l.moving, w.elapsed+l.elapsed
		w.distance, w.climb = round(w.distance+l.distance, 2), w.climb+l.climb
		w.calories, w.bmr, w.load = w.calories+l.calories, w.bmr+l.bmr, round(w.load+l.load, 1)
		w.moderate, w.vigorous, w.laps = w.moderate+l.moderate, w.vigorous+l.vigorous, w.laps+l.laps
		w.maxHR, w.minHR = max(w.maxHR, l.maxHR), min(w.minHR, l.minHR)
		w.topSpeed, w.aerobic = max(w.topSpeed, l.topSpeed), max(w.aerobic, l.aerobic)
		beats += l.avgHR * l.timer
		for i := range w.zones {
			w.zones[i] = round(w.zones[i]+l.zones[i], 3)
		}
	}
	w.hills = 1
	w.avgHR = math.Round(beats / max(w.timer, 1))
}

// parts are the sessions of a workout: its legs, or itself.
func (w *workout) parts() []*workout {
	if len(w.legs) > 0 {
		return w.legs
	}
	return []*workout{w}
}

// messages are the records, laps and sessions of all parts.
func (w *workout) messages(b body) (records []*fit.RecordMsg, laps []*fit.LapMsg, sessions []*fit.SessionMsg) {
	for i, p := range w.parts() {
		own := p.records(b)
		session := p.session()
		session.MessageIndex, session.FirstLapIndex = fit.MessageIndex(i), uint16(len(laps))
		for _, l := range p.lapMessages(own) {
			l.MessageIndex = fit.MessageIndex(len(laps))
			laps = append(laps, l)
		}
		records, sessions = append(records, own...), append(sessions, session)
	}
	return records, laps, sessions
}
