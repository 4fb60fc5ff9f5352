package garmintest

import (
	"fmt"
	"slices"
)

// Training says what somebody does all year. The zero value is a member of a
// club whose habits follow from the e-mail address.
type Training struct {
	Archetype string  // one of Archetypes; empty means Club
	Volume    float64 // scales durations; 0 means 1
}

// The archetypes.
const (
	Runner     = "runner"     // five runs a week: easy, fast and long
	Triathlete = "triathlete" // swims, rides and runs; each quarter all in one race
	Beginner   = "beginner"   // walks, and for four months runs; sometimes types workouts in
	Hiker      = "hiker"      // long days at the weekend
	EBiker     = "ebiker"     // commutes with a motor
	Gym        = "gym"        // strength, yoga, rowing: no distances
	Comeback   = "comeback"   // a long break, back this month, nothing yet this week
	TwoDevices = "twodevices" // records each ride with a watch and a bike computer
	Private    = "private"    // hides about half of it
	Racer      = "racer"      // a runner with a race now and then, one at the end of the first week
	Club       = "club"       // most run two to four times a week, some also ride or lift
)

// Archetypes returns the names of all archetypes.
func Archetypes() []string {
	return []string{Runner, Triathlete, Beginner, Hiker, EBiker, Gym, Comeback, TwoDevices, Private, Racer, Club}
}

func (t Training) check() error {
	if t.Archetype != "" && !slices.Contains(Archetypes(), t.Archetype) {
		return fmt.Errorf("garmintest: no such archetype: %q", t.Archetype)
	}
	if t.Volume < 0 || t.Volume > 3 {
		return fmt.Errorf("garmintest: volume %g is not between 0 and 3", t.Volume)
	}
	return nil
}

// slot is a habit: a workout at a time of the week.
type slot struct {
	day     int     // 0 is Monday
	at      float64 // local hour of the start
	sport   string
	minutes float64
	effort  float64 // 0 is a stroll, 1 a race
	chance  float64 // of doing it in a week
	name    string  // empty means place and sport
	hidden  float64 // chance of being private
	manual  bool    // typed in, not recorded
	paired  bool    // recorded by two devices
	race    bool
	from    int // first and last week, counted from the world's start; both
	to      int // zero means always
}

func (s slot) during(week int) bool {
	return s.from == 0 && s.to == 0 || s.from <= week && week <= s.to
}

const ever = 1 << 20

// habits are the weeks of the archetypes.
var habits = map[string][]slot{
	Runner: {
		{day: 0, at: 19, sport: "strength_training", minutes: 32, effort: .3, chance: .4},
		{day: 1, at: 18.6, sport: "running", minutes: 52, effort: .78, chance: .95, name: "Tempo"},
		{day: 2, at: 6.6, sport: "running", minutes: 38, effort: .4, chance: .8},
		{day: 3, at: 18.6, sport: "track_running", minutes: 55, effort: .88, chance: .85, name: "8 x 400 m"},
		{day: 5, at: 8.4, sport: "running", minutes: 45, effort: .35, chance: .7},
		{day: 6, at: 8, sport: "running", minutes: 105, effort: .5, chance: .85, name: "Long run"},
		{day: 6, at: 9.2, sport: "trail_running", minutes: 95, effort: .6, chance: .12},
	},
	Triathlete: {
		{day: 0, at: 6.5, sport: "lap_swimming", minutes: 48, effort: .55, chance: .9},
		{day: 1, at: 18.2, sport: "running", minutes: 50, effort: .65, chance: .9},
		{day: 2, at: 6.3, sport: "indoor_cycling", minutes: 58, effort: .7, chance: .8},
		{day: 3, at: 6.5, sport: "lap_swimming", minutes: 55, effort: .6, chance: .85},
		{day: 3, at: 19, sport: "running", minutes: 42, effort: .5, chance: .6},
		{day: 4, at: 7, sport: "strength_training", minutes: 35, effort: .3, chance: .5},
		{day: 5, at: 8, sport: "road_biking", minutes: 175, effort: .55, chance: .9},
		{day: 6, at: 9, sport: "running", minutes: 75, effort: .5, chance: .8},
		{day: 6, at: 9, sport: "multi_sport", minutes: 160, effort: .8, chance: 1, race: true},
		{day: 6, at: 16, sport: "open_water_swimming", minutes: 38, effort: .5, chance: .5, from: -16, to: 4},
	},
	Beginner: {
		{day: 0, at: 18.5, sport: "walking", minutes: 34, effort: .3, chance: .8},
		{day: 1, at: 18.5, sport: "walking", minutes: 30, effort: .35, chance: .6, from: -52, to: -18},
		{day: 1, at: 18.5, sport: "running", minutes: 24, effort: .7, chance: .9, from: -17, to: ever},
		{day: 3, at: 19, sport: "running", minutes: 22, effort: .65, chance: .8, from: -17, to: ever},
		{day: 5, at: 10, sport: "walking", minutes: 55, effort: .3, chance: .7},
		{day: 5, at: 15, sport: "soccer", minutes: 50, effort: .6, chance: .3, name: "Football with the kids", manual: true},
		{day: 6, at: 10.5, sport: "running", minutes: 27, effort: .6, chance: .5, from: -8, to: ever},
	},
	Hiker: {
		{day: 1, at: 18, sport: "walking", minutes: 48, effort: .3, chance: .9},
		{day: 3, at: 18, sport: "walking", minutes: 42, effort: .3, chance: .6},
		{day: 5, at: 8, sport: "hiking", minutes: 265, effort: .3, chance: .85, name: "Serra day"},
		{day: 6, at: 9, sport: "hiking", minutes: 190, effort: .26, chance: .5},
		{day: 6, at: 17, sport: "yoga", minutes: 30, effort: .1, chance: .3},
	},
	EBiker: {
		{day: 0, at: 8.1, sport: "e_bike_fitness", minutes: 27, effort: .18, chance: .85, name: "Commute"},
		{day: 0, at: 17.6, sport: "e_bike_fitness", minutes: 31, effort: .24, chance: .8, name: "Commute home"},
		{day: 1, at: 8.1, sport: "e_bike_fitness", minutes: 28, effort: .18, chance: .85, name: "Commute"},
		{day: 1, at: 17.6, sport: "e_bike_fitness", minutes: 30, effort: .24, chance: .8, name: "Commute home"},
		{day: 3, at: 8.1, sport: "e_bike_fitness", minutes: 27, effort: .18, chance: .8, name: "Commute"},
		{day: 3, at: 17.6, sport: "e_bike_fitness", minutes: 32, effort: .24, chance: .75, name: "Commute home"},
		{day: 5, at: 10, sport: "e_bike_mountain", minutes: 115, effort: .5, chance: .65},
		{day: 6, at: 11, sport: "walking", minutes: 55, effort: .25, chance: .45},
	},
	Gym: {
		{day: 0, at: 18.2, sport: "strength_training", minutes: 62, effort: .3, chance: .95, name: "Push"},
		{day: 1, at: 12.3, sport: "yoga", minutes: 45, effort: .12, chance: .6},
		{day: 2, at: 18.2, sport: "strength_training", minutes: 58, effort: .3, chance: .85, name: "Pull"},
		{day: 3, at: 7, sport: "indoor_rowing", minutes: 26, effort: .7, chance: .5},
		{day: 4, at: 18, sport: "strength_training", minutes: 66, effort: .3, chance: .85, name: "Legs"},
		{day: 5, at: 10, sport: "hiit", minutes: 31, effort: .85, chance: .6},
		{day: 6, at: 11, sport: "elliptical", minutes: 36, effort: .55, chance: .3},
	},
	Comeback: {
		{day: 1, at: 19, sport: "running", minutes: 48, effort: .6, chance: .9, from: -52, to: -21},
		{day: 3, at: 19, sport: "running", minutes: 42, effort: .5, chance: .8, from: -52, to: -21},
		{day: 5, at: 9, sport: "cycling", minutes: 95, effort: .5, chance: .7, from: -52, to: -21},
		{day: 2, at: 18.5, sport: "running", minutes: 24, effort: .55, chance: 1, from: -1, to: ever, name: "Back again"},
		{day: 4, at: 18.4, sport: "walking", minutes: 42, effort: .35, chance: .9, from: -1, to: ever},
		{day: 6, at: 9.5, sport: "running", minutes: 31, effort: .6, chance: 1, from: -1, to: ever},
	},
	TwoDevices: {
		{day: 0, at: 7, sport: "strength_training", minutes: 34, effort: .3, chance: .4},
		{day: 1, at: 18, sport: "gravel_cycling", minutes: 82, effort: .6, chance: .9, paired: true},
		{day: 3, at: 18.4, sport: "virtual_ride", minutes: 58, effort: .7, chance: .75},
		{day: 5, at: 8.5, sport: "road_biking", minutes: 155, effort: .6, chance: .9, paired: true},
		{day: 6, at: 10, sport: "running", minutes: 44, effort: .5, chance: .6},
	},
	Private: {
		{day: 0, at: 6.7, sport: "running", minutes: 41, effort: .5, chance: .9, hidden: 1},
		{day: 1, at: 18.5, sport: "yoga", minutes: 52, effort: .12, chance: .9},
		{day: 2, at: 19, sport: "running", minutes: 46, effort: .65, chance: .8, hidden: .5},
		{day: 4, at: 7, sport: "lap_swimming", minutes: 40, effort: .5, chance: .7},
		{day: 5, at: 9, sport: "cycling", minutes: 92, effort: .5, chance: .8, hidden: .5},
		{day: 6, at: 17, sport: "walking", minutes: 52, effort: .25, chance: .6, hidden: .4},
	},
	Racer: {
		{day: 0, at: 6.8, sport: "running", minutes: 36, effort: .35, chance: .7},
		{day: 1, at: 18.3, sport: "track_running", minutes: 54, effort: .88, chance: .95, name: "6 x 1000 m"},
		{day: 3, at: 18.3, sport: "running", minutes: 50, effort: .55, chance: .85},
		{day: 4, at: 12.2, sport: "indoor_cycling", minutes: 40, effort: .4, chance: .4},
		{day: 6, at: 9.5, sport: "running", minutes: 44, effort: .97, chance: 1, race: true},
		{day: 6, at: 8.3, sport: "running", minutes: 95, effort: .5, chance: .85, name: "Long run"},
	},
}

// races are what a racer starts in, in turn.
var races = []struct {
	name   string
	metres float64
}{{"10K", 10000}, {"Half Marathon", 21097.5}, {"5K", 5000}, {"15K", 15000}}
