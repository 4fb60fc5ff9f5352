package decode

import (
	"encoding/xml"
	"fmt"
	"time"
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
		err = fmt.Errorf("%w: no track in a GPX file", ErrNoActivity)
	}
	return Recording{Format: "gpx", Sessions: v.sessions}, err
}

type gpxVisitor struct {
	sessions []Session
	records  int  // in all sessions
	here     bool // in a trk
	session  Session
	track    track
	point    gpxPoint
	inPoint  bool
	before   *gpxPoint // the point before in the same segment
}

type gpxPoint struct {
	lat, lon  float64
	placed    bool
	at        time.Time
	hr        float64
	height    float64
	hasHeight bool
}

func (v *gpxVisitor) open(name string, attrs []xml.Attr) error {
	if !v.here && name != "trk" {
		return nil
	}
	switch name {
	case "trk":
		if len(v.sessions) >= maxSessions {
			return ErrTooLarge
		}
		*v = gpxVisitor{sessions: v.sessions, records: v.records, here: true}
	case "trkseg":
		v.before = nil
		v.session.Laps++
	case "trkpt":
		lat, ok1 := number(attr(attrs, "lat"))
		lon, ok2 := number(attr(attrs, "lon"))
		v.point, v.inPoint = gpxPoint{lat: lat, lon: lon, placed: ok1 && ok2}, true
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
		v.point.height, v.point.hasHeight = number(text)
	case "hr", "heartrate", "HeartRate":
		if hr, ok := heartRate(text); ok {
			v.point.hr = hr
		}
	}
}

func (v *gpxVisitor) closePoint() error {
	p := v.point
	v.inPoint = false
	v.track.add(p.at, p.hr, p.height, p.hasHeight)
	if v.records++; v.records > maxRecords {
		return ErrTooLarge
	}
	if !p.placed {
		return nil
	}
	if b := v.before; b != nil {
		v.session.Distance += haversine(b.lat, b.lon, p.lat, p.lon)
		v.session.Known |= HasDistance
	}
	v.before = &p
	return nil
}

func (v *gpxVisitor) finish() {
	v.track.finish(&v.session)
	v.sessions = append(v.sessions, v.session)
	*v = gpxVisitor{sessions: v.sessions, records: v.records}
}
