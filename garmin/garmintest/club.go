package garmintest

import "math/rand/v2"

// liking is a kind of workout that a club member may have taken up.
type liking struct {
	sport   string
	minutes float64
	effort  float64
}

// runs are what most members of a club do.
var runs = []liking{
	{"running", 44, .55}, {"running", 36, .65}, {"running", 50, .5}, {"running", 60, .5}, {"trail_running", 65, .6}, {"treadmill_running", 35, .6},
}

// besides is what runners do besides, and what members do who do not run.
var besides = []liking{
	{"road_biking", 105, .55}, {"strength_training", 50, .3}, {"cycling", 75, .5}, {"strength_training", 40, .35}, {"yoga", 50, .12},
	{"lap_swimming", 42, .55}, {"walking", 60, .25}, {"hiking", 160, .28}, {"gravel_cycling", 90, .55}, {"pilates", 45, .15},
	{"hiit", 30, .85}, {"indoor_cycling", 45, .65}, {"mountain_biking", 95, .6}, {"indoor_rowing", 30, .65}, {"elliptical", 40, .55},
	{"tennis_v2", 75, .6}, {"bouldering", 90, .25}, {"soccer", 65, .7}, {"open_water_swimming", 35, .5}, {"e_bike_fitness", 35, .2},
}

// clubHabits makes somebody's week in a club of runners: five of six run, most
// of them at the club's evening on Tuesday, half of them do something else
// besides, and one of eight starts in races.
func clubHabits(r *rand.Rand) []slot {
	if r.IntN(6) == 0 {
		return otherHabits(r)
	}
	days := r.Perm(7)
	slots := []slot{clubSlot(r, runs[r.IntN(4)], r.IntN(2))}
	if r.IntN(3) > 0 {
		slots[0].day, slots[0].at = 1, 18+r.Float64()
	}
	for _, day := range days[:2+r.IntN(2)] {
		if day == slots[0].day {
			continue
		}
		run := clubSlot(r, runs[r.IntN(len(runs))], day)
		if day == 6 {
			run.minutes, run.effort = 70+30*r.Float64(), .5
		}
		slots = append(slots, run)
	}
	if day := days[6]; r.IntN(2) == 0 && day != slots[0].day {
		slots = append(slots, clubSlot(r, besides[r.IntN(len(besides))], day))
	}
	if r.IntN(8) == 0 {
		slots = append(slots, slot{day: 6, at: 9.5, sport: "running", minutes: 44, effort: .9 + .07*r.Float64(), chance: .8, race: true})
	}
	return slots
}

// otherHabits are two or three likings on two to five days, one of them early
// in the week.
func otherHabits(r *rand.Rand) []slot {
	kinds := 2 + r.IntN(2)
	mine := make([]liking, kinds)
	for i := range mine {
		mine[i] = besides[r.IntN(len(besides))]
	}
	days := r.Perm(7)[:2+r.IntN(4)]
	early := r.IntN(2)
	slots := []slot{clubSlot(r, mine[0], early)}
	for i, day := range days {
		if day == early {
			continue
		}
		slots = append(slots, clubSlot(r, mine[i%kinds], day))
	}
	return slots
}

func clubSlot(r *rand.Rand, l liking, day int) slot {
	at := 17.5 + 2*r.Float64()
	if r.IntN(3) == 0 {
		at = 6.2 + 1.5*r.Float64()
	}
	if day >= 5 {
		at = 8 + 3*r.Float64()
	}
	s := slot{day: day, at: at, sport: l.sport, minutes: l.minutes * (.75 + .6*r.Float64()), effort: l.effort, chance: .55 + .4*r.Float64()}
	if r.IntN(12) == 0 {
		s.hidden = .5
	}
	return s
}
