package encode

import (
	"clubrun/garmin/decode"
	"clubrun/store"
)

// Activity returns a recording of what is kept of an activity of which there is
// no file: one session with one lap and without moments, such as somebody typed
// in.
func Activity(a store.Activity) decode.Recording {
	sport, sub := pairOf(a)
	s := decode.Session{
		Name: a.Name, Sport: sport, SubSport: sub, Start: a.Start.UTC(), Local: a.Local,
		Elapsed: max(a.Elapsed, a.Timer), Timer: a.Timer, Moving: a.Moving,
		Distance: a.Distance, Ascent: a.Climb, Calories: a.Calories, AvgHR: a.AvgHR, MaxHR: a.MaxHR,
		Load: a.Metrics.Load, ZoneTimes: a.Metrics.Zones, Device: a.Metrics.Device,
		Known: decode.HasElapsed | decode.HasTimer, Laps: 1,
	}
	for _, f := range []struct {
		figure decode.Figure
		known  bool
	}{
		{decode.HasMoving, a.Moving > 0}, {decode.HasDistance, a.Distance > 0}, {decode.HasAscent, a.Climb > 0},
		{decode.HasCalories, a.Calories > 0}, {decode.HasAvgHR, a.AvgHR > 0}, {decode.HasMaxHR, a.MaxHR > 0},
		{decode.HasLoad, a.Metrics.Load > 0}, {decode.HasZones, a.Metrics.Zones != [5]float64{}},
	} {
		if f.known {
			s.Known |= f.figure
		}
	}
	if s.Timer == 0 {
		s.Timer = s.Elapsed
	}
	s.LapList = []decode.Lap{{
		Start: s.Start, Elapsed: s.Elapsed, Timer: s.Timer, Distance: s.Distance, Ascent: s.Ascent, Calories: s.Calories, AvgHR: s.AvgHR, MaxHR: s.MaxHR,
	}}
	return decode.Recording{Sessions: []decode.Session{s}, Device: a.Metrics.Device}
}

// pairOf returns sport and sub-sport: those of the type, if they are of the
// family under which the activity is counted, else the family's own.
func pairOf(a store.Activity) (sport, sub string) {
	sport, sub = decode.SportPair(a.Type)
	if sport != "" && decode.FamilyOf(sport, sub) == a.Sport {
		return sport, sub
	}
	return decode.PairOf(a.Sport)
}
