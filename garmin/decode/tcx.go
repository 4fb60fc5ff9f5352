package decode

import (
	"encoding/xml"
	"fmt"
)

// readTCX reads a Training Center Database, version 2: sport by activity,
// sums by lap, points in the laps' tracks.
func readTCX(data []byte) (Recording, error) {
	var v tcxVisitor
	err := walkXML(data, &v)
	if v.here {
		v.finish()
	}
	if err == nil && len(v.sessions) == 0 {
		err = fmt.Errorf("%w: %s in a TCX file", ErrNoActivity, v.instead())
	}
	return Recording{Format: "tcx", Sessions: v.sessions}, kept(err, v.records)
}

// instead says what there is where there is no activity.
func (v *tcxVisitor) instead() string {
	switch {
	case v.courses > 0:
		return "a course, which is a plan, and no Activity"
	case v.workouts > 0:
		return "a workout, which is a plan, and no Activity"
	}
	return "no Activity"
}

// count is 1 for what is so.
func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

type tcxVisitor struct {
	courses, workouts int
	sessions          []Session
	here              bool // in an Activity
	session           Session
	track             track
	lap               Lap
	inLap             bool
	point             trackpoint
	records           int // points in all activities
	laps              int // in all activities
	inPoint           bool
	furthest          float64 // the points' largest DistanceMeters
	hrTime            float64 // seconds of the laps that have an average heart rate
	hrSum             float64 // heart beats of those laps
}

func (v *tcxVisitor) open(name string, attrs []xml.Attr) error {
	if !v.here && name != "Activity" {
		v.courses, v.workouts = v.courses+count(name == "Course"), v.workouts+count(name == "Workout")
		return nil
	}
	switch name {
	case "Activity":
		if len(v.sessions) >= maxSessions {
			return ErrTooLarge
		}
		*v = tcxVisitor{sessions: v.sessions, records: v.records, laps: v.laps, here: true}
		v.session.Sport = tcxSport(attr(attrs, "Sport"))
	case "Lap":
		if v.laps++; v.laps > maxLaps {
			return ErrTooLarge
		}
		v.openLap(attrs)
	case "Trackpoint":
		v.point, v.inPoint = newTrackpoint(), true
	}
	return nil
}

func (v *tcxVisitor) openLap(attrs []xml.Attr) {
	v.lap, v.inLap = Lap{}, true
	v.session.Laps++
	t, ok := instant(attr(attrs, "StartTime"))
	if !ok {
		return
	}
	if v.lap.Start = t; v.session.Laps == 1 {
		v.session.Start = t
	}
}

func (v *tcxVisitor) close(name, parent, text string) error {
	if !v.here {
		return nil
	}
	switch {
	case name == "Activity":
		v.finish()
	case name == "Trackpoint":
		v.track.add(v.point)
		v.inPoint = false
		if v.records++; v.records > maxRecords {
			return ErrTooLarge
		}
	case v.inPoint:
		v.inTrackpoint(name, parent, text)
	case name == "Lap":
		v.closeLap()
	case v.inLap:
		v.inLapOnly(name, parent, text)
	case name == "Id" && parent == "Activity":
		v.id(text)
	}
	return nil
}

// id keeps the start by which the activity is named, for files whose laps have
// none.
func (v *tcxVisitor) id(text string) {
	if t, ok := instant(text); ok && v.session.Start.IsZero() {
		v.session.Start = t
	}
}

func (v *tcxVisitor) inTrackpoint(name, parent, text string) {
	switch name {
	case "Time":
		v.point.at, _ = instant(text)
	case "AltitudeMeters":
		v.point.reads(&v.point.height, text)
	case "LatitudeDegrees":
		v.point.reads(&v.point.lat, text)
	case "LongitudeDegrees":
		v.point.reads(&v.point.lon, text)
	case "Cadence", "RunCadence":
		v.point.reads(&v.point.cadence, text)
	case "Watts":
		v.point.reads(&v.point.strength, text)
	case "Speed":
		v.point.reads(&v.point.speed, text)
	case "DistanceMeters":
		if d, ok := number(text); ok {
			v.point.distance, v.furthest = d, max(v.furthest, d)
		}
	case "Value":
		if hr, ok := heartRate(text); ok && parent == "HeartRateBpm" {
			v.point.heart = hr
		}
	}
}

func (v *tcxVisitor) inLapOnly(name, parent, text string) {
	s := &v.session
	switch {
	case name == "TotalTimeSeconds":
		if sec, ok := number(text); ok && sec >= 0 {
			v.lap.Timer = seconds(sec)
			s.Timer, s.Known = s.Timer+seconds(sec), s.Known|HasTimer
		}
	case name == "DistanceMeters" && parent == "Lap":
		if d, ok := number(text); ok && d >= 0 {
			v.lap.Distance = d
			s.Distance, s.Known = s.Distance+d, s.Known|HasDistance
		}
	case name == "Calories":
		if c, ok := number(text); ok && c >= 0 {
			v.lap.Calories = c
			s.Calories, s.Known = s.Calories+c, s.Known|HasCalories
		}
	case name == "Value" && parent == "AverageHeartRateBpm":
		v.lap.AvgHR, _ = heartRate(text)
	case name == "Value" && parent == "MaximumHeartRateBpm":
		if hr, ok := heartRate(text); ok {
			v.lap.MaxHR = hr
			s.MaxHR, s.Known = max(s.MaxHR, hr), s.Known|HasMaxHR
		}
	}
}

func (v *tcxVisitor) closeLap() {
	v.inLap = false
	if t := v.lap.Timer.Seconds(); v.lap.AvgHR > 0 && v.lap.AvgHR < 255 {
		v.hrTime += t
		v.hrSum += t * v.lap.AvgHR
	}
	v.session.LapList = append(v.session.LapList, v.lap)
}

// finish ends an Activity. The average heart rate is that of the laps by their
// length; a distance that no lap has is that of the furthest point.
func (v *tcxVisitor) finish() {
	s := &v.session
	if v.hrTime > 0 {
		s.AvgHR, s.Known = v.hrSum/v.hrTime, s.Known|HasAvgHR
	}
	if !s.Knows(HasDistance) && v.furthest > 0 {
		s.Distance, s.Known = v.furthest, s.Known|HasDistance
	}
	v.track.finish(s)
	v.sessions = append(v.sessions, *s)
	*v = tcxVisitor{sessions: v.sessions, records: v.records, laps: v.laps}
}

// tcxSport translates the three sports of the schema, and what programs write
// there besides.
func tcxSport(name string) string {
	sport, _ := sportOf(name)
	return sport
}
