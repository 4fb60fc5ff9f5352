package decode

import (
	"math"
	"time"

	"clubrun/store"
)

// Activity returns the session as an activity of an athlete. The zone is where
// it happened as far as the file does not say; nil is UTC. A file is trusted
// with its figures, but nothing lasts shorter than its own timer. What the file
// does not state is computed from its track: moving time, distance, climb and
// heart rates, and the fastest splits of a run. Zones, training load (Trimp
// where the device has none) and intensity minutes need what s.Heart says of
// the athlete. Without a date the activity has no start.
func (s Session) Activity(athlete int64, source, external string, zone *time.Location) store.Activity {
	local := s.Local
	if !s.Dated() {
		s.Start, local = time.Time{}, time.Time{}
	} else if local.IsZero() {
		if zone == nil {
			zone = time.UTC
		}
		local = s.Start.In(zone)
	}
	s = s.Completed()
	a := store.Activity{
		Athlete: athlete, Source: source, External: external,
		Name: s.Name, Sport: FamilyOf(s.Sport, s.SubSport), Type: s.Sport,
		Start: s.Start, Local: local,
		Elapsed: max(s.Elapsed, s.Timer), Timer: s.Timer, Moving: s.Moving,
		Distance: within(s.Distance, 10_000_000), Climb: within(s.Ascent, 100_000), Calories: within(s.Calories, 100_000),
		AvgHR: beats(s.AvgHR), MaxHR: beats(s.MaxHR),
	}
	if a.Timer == 0 {
		a.Timer = a.Elapsed
	}
	if s.SubSport != "" && s.SubSport != "generic" {
		a.Type = s.Sport + "/" + s.SubSport
	}
	a.Moderate, a.Vigorous = s.Intensity()
	a.Metrics = s.metrics(a.Sport)
	return a
}

func (s Session) metrics(sport store.Sport) store.Metrics {
	m := store.Metrics{Device: s.Device, Load: s.Load}
	if zones, ok := s.Zones(); ok {
		m.Zones = zones
	}
	if sport == store.Run {
		m.Splits = s.Splits()
	}
	m.Power = s.strength()
	if m.Load == 0 {
		impulse, _ := s.Trimp()
		m.Load = math.Round(impulse*10) / 10
	}
	return m
}

// PairOf returns FIT's pair of names of which FamilyOf makes a sport.
func PairOf(family store.Sport) (sport, sub string) {
	switch family {
	case store.Run:
		return "running", ""
	case store.Ride:
		return "cycling", ""
	case store.EBike:
		return "e_biking", ""
	case store.Swim:
		return "swimming", ""
	case store.Walk:
		return "walking", ""
	case store.Hike:
		return "hiking", ""
	case store.Row:
		return "rowing", ""
	case store.Ski:
		return "cross_country_skiing", ""
	case store.Strength:
		return "training", "strength_training"
	case store.Yoga:
		return "training", "yoga"
	case store.Team:
		return "team_sport", ""
	}
	return "generic", ""
}

// FamilyOf returns the sport of FIT's pair of names.
func FamilyOf(sport, sub string) store.Sport {
	switch sub {
	case "strength_training":
		return store.Strength
	case "yoga", "pilates", "flexibility_training":
		return store.Yoga
	case "indoor_rowing":
		return store.Row
	case "treadmill", "indoor_running":
		return store.Run
	case "spin", "indoor_cycling":
		return store.Ride
	case "indoor_walking":
		return store.Walk
	case "e_bike_fitness", "e_bike_mountain", "e_bike_enduro":
		return store.EBike
	}
	if family, ok := fitFamilies[sport]; ok {
		return family
	}
	return store.Other
}

// fitFamilies are FIT's sports that do not count as other.
var fitFamilies = map[string]store.Sport{
	"running": store.Run, "cycling": store.Ride, "e_biking": store.EBike, "swimming": store.Swim,
	"walking": store.Walk, "hiking": store.Hike, "mountaineering": store.Hike, "snowshoeing": store.Hike, "rowing": store.Row,
	"cross_country_skiing": store.Ski, "alpine_skiing": store.Ski, "snowboarding": store.Ski, "mobility": store.Yoga,
	"basketball": store.Team, "soccer": store.Team, "american_football": store.Team, "baseball": store.Team, "team_sport": store.Team,
	"cricket": store.Team, "rugby": store.Team, "hockey": store.Team, "lacrosse": store.Team, "volleyball": store.Team,
}
