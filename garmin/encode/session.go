package encode

import (
	"math"
	"slices"
	"time"

	"clubrun/garmin/decode"

	"github.com/tormoder/fit"
)

// sessionOf writes the figures that a session knows.
func sessionOf(s decode.Session) *fit.SessionMsg {
	m := fit.NewSessionMsg()
	m.StartTime, m.Event, m.EventType, m.Trigger = s.Start, fit.EventSession, fit.EventTypeStop, fit.SessionTriggerActivityEnd
	sport, sub := decode.SportNumbers(s.Sport, s.SubSport)
	m.Sport, m.SubSport = fit.Sport(sport), fit.SubSport(sub)
	m.TotalElapsedTime, m.TotalTimerTime = millis(max(s.Elapsed, s.Timer)), millis(timerOf(s))
	if s.Moving > 0 {
		m.TotalMovingTime = millis(s.Moving)
	}
	if s.Knows(decode.HasDistance) || s.Distance > 0 {
		m.TotalDistance = long(s.Distance * 100)
	}
	m.TotalCalories = known16(s, decode.HasCalories, s.Calories)
	m.AvgHeartRate, m.MaxHeartRate = some8(s.AvgHR), some8(s.MaxHR)
	m.AvgCadence, m.MaxCadence = some8(s.AvgCadence), some8(s.MaxCadence)
	m.AvgPower, m.MaxPower = some16(s.AvgPower), some16(s.MaxPower)
	m.TotalAscent, m.TotalDescent = known16(s, decode.HasAscent, s.Ascent), known16(s, decode.HasDescent, s.Descent)
	if s.Pool > 0 {
		m.PoolLength, m.PoolLengthUnit = some16(s.Pool*100), fit.DisplayMeasureMetric
	}
	if n := len(s.Lengths); n > 0 {
		m.NumLengths, m.NumActiveLengths = count(n), count(active(s.Lengths))
	}
	return m
}

func active(all []decode.Length) (n int) {
	for _, l := range all {
		if l.Active {
			n++
		}
	}
	return n
}

// laps adds a session's laps, or, where it has none, itself as the one that a FIT
// activity must have.
func (m *messages) laps(s decode.Session) {
	all := s.LapList
	if len(all) == 0 {
		all = []decode.Lap{{
			Start: s.Start, Elapsed: s.Elapsed, Timer: timerOf(s), Distance: s.Distance, Ascent: s.Ascent, Calories: s.Calories,
			AvgHR: s.AvgHR, MaxHR: s.MaxHR, AvgCadence: s.AvgCadence, AvgPower: s.AvgPower,
		}}
	}
	for _, lap := range all {
		l := fit.NewLapMsg()
		begin := lap.Start.UTC().Truncate(time.Second)
		if begin.Before(s.Start) {
			begin = s.Start
		}
		timer := lap.Timer
		if timer == 0 {
			timer = lap.Elapsed
		}
		elapsed := max(lap.Elapsed, timer)
		l.MessageIndex = fit.MessageIndex(min(len(m.file.Laps), math.MaxUint16-1))
		l.StartTime, l.Timestamp, l.Event, l.EventType = begin, begin.Add(elapsed).Truncate(time.Second), fit.EventLap, fit.EventTypeStop
		l.TotalElapsedTime, l.TotalTimerTime = millis(elapsed), millis(timer)
		if lap.Distance > 0 {
			l.TotalDistance = long(lap.Distance * 100)
		}
		l.TotalCalories, l.TotalAscent = some16(lap.Calories), some16(lap.Ascent)
		l.AvgHeartRate, l.MaxHeartRate = some8(lap.AvgHR), some8(lap.MaxHR)
		l.AvgCadence, l.AvgPower = some8(lap.AvgCadence), some16(lap.AvgPower)
		m.file.Laps = append(m.file.Laps, l)
	}
}

// lengths adds the lengths of a pool.
func (m *messages) lengths(s decode.Session) {
	for _, length := range s.Lengths {
		l := fit.NewLengthMsg()
		begin := length.Start.UTC().Truncate(time.Second)
		if begin.Before(s.Start) {
			begin = s.Start
		}
		l.MessageIndex = fit.MessageIndex(min(len(m.file.Lengths), math.MaxUint16-1))
		l.StartTime, l.Timestamp, l.Event, l.EventType = begin, begin.Add(length.Elapsed).Truncate(time.Second), fit.EventLength, fit.EventTypeStop
		l.TotalElapsedTime, l.TotalTimerTime, l.TotalStrokes = millis(length.Elapsed), millis(length.Elapsed), some16(float64(length.Strokes))
		l.LengthType = fit.LengthTypeIdle
		if length.Active {
			l.LengthType, l.SwimStroke = fit.LengthTypeActive, strokeOf(length.Stroke)
		}
		m.file.Lengths = append(m.file.Lengths, l)
	}
}

func strokeOf(name string) fit.SwimStroke {
	switch name {
	case "freestyle":
		return fit.SwimStrokeFreestyle
	case "backstroke":
		return fit.SwimStrokeBackstroke
	case "breaststroke":
		return fit.SwimStrokeBreaststroke
	case "butterfly":
		return fit.SwimStrokeButterfly
	case "drill":
		return fit.SwimStrokeDrill
	case "mixed":
		return fit.SwimStrokeMixed
	case "im":
		return fit.SwimStrokeIm
	}
	return fit.SwimStrokeInvalid
}

// records adds a session's moments.
func (m *messages) records(s decode.Session) {
	begin := s.Begin()
	last := m.gone
	m.file.Records = slices.Grow(m.file.Records, s.Points())
	for p := range s.Moments() {
		r := fit.NewRecordMsg()
		r.Timestamp = begin.Add(time.Duration(math.Round(p.Seconds*1000)) * time.Millisecond).Truncate(time.Second)
		if !math.IsNaN(p.Latitude) {
			r.PositionLat, r.PositionLong = fit.NewLatitudeDegrees(p.Latitude), fit.NewLongitudeDegrees(p.Longitude)
		}
		if !math.IsNaN(p.Distance) {
			last = m.gone + p.Distance
			r.Distance = long(last * 100)
		}
		r.Altitude = fit16((p.Altitude + 500) * 5)
		r.Speed, r.Power = fit16(p.Speed*1000), fit16(p.Power)
		r.Cadence = fit8(p.Cadence)
		r.HeartRate = some8(p.Heart)
		m.file.Records = append(m.file.Records, r)
		m.end = m.after(r.Timestamp)
	}
	m.gone = last
}

// How FIT says that it does not know.
const (
	no8  = math.MaxUint8
	no16 = math.MaxUint16
	no32 = math.MaxUint32
)

// fit8, fit16 and long round to a number of that width, that which says none
// where it does not fit or is none.
func fit8(v float64) uint8 {
	if v = math.Round(v); !(v >= 0 && v < no8) {
		return no8
	}
	return uint8(v)
}

func fit16(v float64) uint16 {
	if v = math.Round(v); !(v >= 0 && v < no16) {
		return no16
	}
	return uint16(v)
}

func long(v float64) uint32 {
	if v = math.Round(v); !(v >= 0 && v < no32) {
		return no32
	}
	return uint32(v)
}

// some8 and some16 are for figures of which zero is unknown.
func some8(v float64) uint8 {
	if v == 0 {
		return no8
	}
	return fit8(v)
}

func some16(v float64) uint16 {
	if v == 0 {
		return no16
	}
	return fit16(v)
}

// known16 is for figures that a session can know to be zero.
func known16(s decode.Session, f decode.Figure, v float64) uint16 {
	if v == 0 && !s.Knows(f) {
		return no16
	}
	return fit16(v)
}

func count(n int) uint16 { return uint16(min(n, no16-1)) }

func millis(d time.Duration) uint32 { return long(float64(d) / float64(time.Millisecond)) }
