package garmintest

import "math/rand/v2"

// liking is a kind of workout that a club member may have taken up.
type liking struct {
	sport   string
	minutes float64
	effort  float64
}

var likings = []liking{
	{"running", 44, .55}, {"running", 36, .65}, {"running", 60, .5}, {"cycling", 75, .5}, {"road_biking", 105, .55},
	{"walking", 45, .3}, {"walking", 60, .25}, {"strength_training", 50, .3}, {"yoga", 50, .12}, {"lap_swimming", 42, .55},
	{"hiking", 160, .28}, {"gravel_cycling", 90, .55}, {"trail_running", 65, .6}, {"treadmill_running", 35, .6}, {"pilates", 45, .15},
	{"hiit", 30, .85}, {"tennis_v2", 75, .6}, {"soccer", 65, .7}, {"bouldering", 90, .25}, {"indoor_cycling", 45, .65},
	{"mountain_biking", 95, .6}, {"indoor_rowing", 30, .65}, {"rowing_v2", 60, .6}, {"kayaking_v2", 80, .4}, {"e_bike_fitness", 35, .2},
	{"elliptical", 40, .55}, {"open_water_swimming", 35, .5},
}

// clubHabits makes somebody's week: two or three likings on two to five days,
// one of them early in the week.
func clubHabits(r *rand.Rand) []slot {
	kinds := 2 + r.IntN(2)
	mine := make([]liking, kinds)
	for i := range mine {
		mine[i] = likings[r.IntN(len(likings))]
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
