package decode

import (
	"encoding/xml"
	"fmt"
	"math"
)

// readGPX reads the tracks of a GPX file, version 1.0 or 1.1, one session
// each. Routes and waypoints are plans, not activities.
func readGPX(data []byte) (Recording, error) {
	var v gpxVisitor
	err := walkXML(data, &v)
	if v.here {
		v.finish()
	}
	if err == nil && len(v.sessions) == 0 {
		err = fmt.Errorf("%w: %s in a GPX file", ErrNoActivity, v.instead())
	}
	return Recording{Format: "gpx", Sessions: v.sessions}, kept(err, v.records)
}

// instead says what there is where there is no track.
func (v *gpxVisitor) instead() string {
	switch {
	case v.routes > 0:
		return "a route, which is a plan, and no track"
	case v.waypoints > 0:
		return "waypoints and no track"
	}
	return "no track"
}

type gpxVisitor struct {
	sessions          []Session
	routes, waypoints int
	records           int  // in all sessions
	here              bool // in a trk
	session           Session
	track             track
	point             trackpoint
	inPoint           bool
	before            *trackpoint // the point before in the same segment
	laps              int         // segments in all sessions
	lap               Lap         // the segment
}

func (v *gpxVisitor) open(name string, attrs []xml.Attr) error {
	if !v.here && name != "trk" {
		v.routes, v.waypoints = v.routes+count(name == "rte"), v.waypoints+count(name == "wpt")
		return nil
	}
	switch name {
	case "trk":
		if len(v.sessions) >= maxSessions {
			return ErrTooLarge
		}
		*v = gpxVisitor{sessions: v.sessions, records: v.records, laps: v.laps, here: true}
	case "trkseg":
		if v.laps++; v.laps > maxLaps {
			return ErrTooLarge
		}
		v.before, v.lap = nil, Lap{}
		v.session.Laps++
	case "trkpt":
		v.point, v.inPoint = newTrackpoint(), true
		lat, ok1 := number(attr(attrs, "lat"))
		lon, ok2 := number(attr(attrs, "lon"))
		if ok1 && ok2 && math.Abs(lat) <= 90 && math.Abs(lon) <= 360 { // beyond, it is nowhere
			v.point.lat, v.point.lon = lat, lon
		}
	}
	return nil
}

func (v *gpxVisitor) close(name, parent, text string) error {
	if !v.here {
		return nil
	}
	switch {
	case name == "trk":
		v.finish()
	case name == "trkpt":
		return v.closePoint()
	case name == "trkseg":
		v.session.LapList = append(v.session.LapList, v.lap)
	case v.inPoint:
		v.inTrackpoint(name, parent, text)
	case name == "name" && parent == "trk":
		v.session.Name = text
	case name == "type" && parent == "trk":
		v.session.Sport, v.session.SubSport = sportOf(text)
	}
	return nil
}

func (v *gpxVisitor) inTrackpoint(name, parent, text string) {
	switch name {
	case "time":
		if parent == "trkpt" {
			v.point.at, _ = instant(text)
		}
	case "ele":
		v.point.reads(&v.point.height, text)
	case "hr", "heartrate", "HeartRate":
		if hr, ok := heartRate(text); ok {
			v.point.heart = hr
		}
	case "cad", "cadence", "RunCadence":
		v.point.reads(&v.point.cadence, text)
	case "power", "PowerInWatts", "watts", "Watts":
		v.point.reads(&v.point.strength, text)
	case "speed":
		v.point.reads(&v.point.speed, text)
	}
}

func (v *gpxVisitor) closePoint() error {
	p := v.point
	v.inPoint = false
	if b := v.before; b != nil && p.placed() {
		step := Haversine(b.lat, b.lon, p.lat, p.lon)
		v.session.Distance, v.lap.Distance = v.session.Distance+step, v.lap.Distance+step
		v.session.Known |= HasDistance
	}
	if p.placed() {
		v.before, p.distance = &p, v.session.Distance
	}
	if v.lap.Start.IsZero() {
		v.lap.Start = p.at
	}
	if d := p.at.Sub(v.lap.Start); !p.at.IsZero() && d > v.lap.Elapsed {
		v.lap.Elapsed = d
	}
	v.track.add(p)
	if v.records++; v.records > maxRecords {
		return ErrTooLarge
	}
	return nil
}

func (v *gpxVisitor) finish() {
	v.track.finish(&v.session)
	v.sessions = append(v.sessions, v.session)
	*v = gpxVisitor{sessions: v.sessions, records: v.records, laps: v.laps}
}
