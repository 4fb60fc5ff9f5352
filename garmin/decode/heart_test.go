package decode

import (
	"math"
	"testing"
	"time"

	"clubrun/store"
)

// beating is a session with a heart rate every so many seconds.
func beating(step int, rates ...uint8) Session {
	s := Session{Sport: "running", Start: morning}
	for i, hr := range rates {
		p := blank()
		p.at, p.heart = fitMillis(morning)+int64(i*step)*1000, hr
		s.points = append(s.points, p)
	}
	return s
}

func TestZonesFromTheirFeetOrTheMaximum(t *testing.T) {
	s := beating(5, 90, 100, 130, 150, 170, 185, 185)
	if _, ok := s.Zones(); ok {
		t.Error("zones of somebody unknown")
	}
	s.Heart.Max = 200
	if z, ok := s.Zones(); !ok || z != [5]float64{5, 5, 5, 5, 5} {
		t.Errorf("by maximum %v %v", z, ok)
	}
	s.Heart.Zones = [5]float64{80, 95, 140, 180, 184}
	if z, _ := s.Zones(); z != [5]float64{5, 10, 10, 0, 5} {
		t.Errorf("by feet %v", z)
	}
	s.ZoneTimes, s.Known = [5]float64{1, 2, 3, 4, 5}, HasZones
	if z, _ := s.Zones(); z != s.ZoneTimes {
		t.Errorf("the device counted otherwise than %v", z)
	}
}

func TestAReadingStandsTenSecondsAtMost(t *testing.T) {
	s := beating(600, 150, 150)
	s.Heart.Max = 200
	if z, _ := s.Zones(); z[2] != 10 {
		t.Errorf("%v", z)
	}
}

func TestTrimpIsBanisters(t *testing.T) {
	rates := make([]uint8, 61)
	for i := range rates {
		rates[i] = 130 // half of the reserve of 60 to 200
	}
	s := beating(10, rates...)
	s.Heart = Heart{Rest: 60, Max: 200}
	if got, ok := s.Trimp(); !ok || math.Abs(got-10*0.5*0.64*math.Exp(0.96)) > 1e-9 {
		t.Errorf("a man's %v %v", got, ok)
	}
	s.Heart.Female = true
	if got, _ := s.Trimp(); math.Abs(got-10*0.5*0.86*math.Exp(0.835)) > 1e-9 {
		t.Errorf("a woman's %v", got)
	}
	s.Heart = Heart{}
	if got, ok := s.Trimp(); ok {
		t.Errorf("without a maximum %v", got)
	}
}

func TestAnActivityHasWhatOnlyItsTrackTells(t *testing.T) {
	s := Session{Sport: "running", Start: morning, Device: "GARMIN 12", Heart: Heart{Rest: 60, Max: 200}}
	for i := range 601 {
		p := blank()
		p.at, p.heart, p.distance, p.height = fitMillis(morning)+int64(i)*1000, 150, uint32(i*300), int32(i*100)
		if i >= 300 {
			p.heart = 170
		}
		s.points = append(s.points, p)
	}
	a := s.Activity(7, "file", "x", nil)
	if a.Distance != 1800 || a.Moving != 10*time.Minute || a.AvgHR != 160 || a.MaxHR != 170 || a.Climb < 57 || a.Climb > 60 {
		t.Errorf("%+v", a)
	}
	if a.Moderate != 5 || a.Vigorous != 5 || a.Metrics.Zones != [5]float64{0, 0, 300, 300, 0} || a.Metrics.Device != "GARMIN 12" {
		t.Errorf("%+v", a)
	}
	if a.Metrics.Splits["1000"] != 333.333 || a.Metrics.Splits["400"] != 133.333 || len(a.Metrics.Splits) != 3 || a.Metrics.Load < 10 {
		t.Errorf("%+v", a.Metrics)
	}
	s.Known, s.Distance, s.AvgHR, s.Moving, s.Load = HasDistance|HasAvgHR|HasMoving|HasLoad, 5, 99, time.Minute, 42
	if a := s.Activity(7, "file", "x", nil); a.Distance != 5 || a.AvgHR != 99 || a.Moving != time.Minute || a.Metrics.Load != 42 {
		t.Errorf("a session's own figures are computed anew: %+v", a)
	}
	if s.Sport = "cycling"; s.Activity(7, "file", "x", nil).Metrics.Splits != nil {
		t.Error("a ride with a run's splits")
	}
	if a := (Session{}).Activity(1, "file", "y", nil); a.Sport != store.Other || a.Elapsed != 0 {
		t.Errorf("%+v", a)
	}
}
