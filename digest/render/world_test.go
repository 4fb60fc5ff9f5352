package render

import (
	"fmt"
	"time"

	"clubrun/digest"
	"clubrun/store"
)

// world makes inputs by hand: a group, its members, and what they did.
type world struct {
	in digest.Input
	n  int64
}

// week37 is the week from Monday 7 September 2026.
var week37 = store.WeekOf(store.Date(2026, 9, 7), time.Monday)

func newWorld(name string, people ...string) *world {
	w := &world{in: digest.Input{
		Group: store.Group{ID: 1, Name: name, Language: "en", Units: store.Kilometres, Zone: "Europe/Lisbon", WeekStart: time.Monday},
		Span:  week37, Now: time.Date(2026, 9, 14, 6, 0, 0, 0, time.UTC),
	}}
	for i, p := range people {
		w.in.Members = append(w.in.Members, store.Athlete{ID: int64(i + 1), Name: p})
	}
	return w
}

// hour is when people of a sport begin.
var hour = map[store.Sport]time.Duration{
	store.Run: 7 * time.Hour, store.Ride: 9 * time.Hour, store.Hike: 10 * time.Hour, store.Walk: 15 * time.Hour,
	store.Swim: 17 * time.Hour, store.Strength: 19 * time.Hour, store.Yoga: 20 * time.Hour,
}

// did adds a workout so many days after the Monday of week 37: minutes, and,
// where they matter, kilometres, metres of climb, moderate and vigorous
// minutes.
func (w *world) did(who int64, day int, s store.Sport, minutes int, figures ...float64) *store.Activity {
	f := append(figures, 0, 0, 0, 0)
	w.n++
	local := week37.Start.In(time.UTC).Add(time.Duration(day)*24*time.Hour + hour[s] + time.Duration(w.n%600)*time.Second)
	d := time.Duration(minutes) * time.Minute
	w.in.Activities = append(w.in.Activities, store.Activity{
		ID: w.n, Athlete: who, Source: "garmin", External: fmt.Sprint(w.n), Sport: s, Start: local, Local: local,
		Elapsed: d, Timer: d, Moving: d, Distance: f[0] * 1000, Climb: f[1], Moderate: int(f[2]), Vigorous: int(f[3]), AvgHR: 140,
	})
	return &w.in.Activities[len(w.in.Activities)-1]
}

// past gives somebody so many weeks of training before week 37: the same
// workout on so many days of each.
func (w *world) past(who int64, weeks, days int, s store.Sport, minutes int, figures ...float64) {
	for week := 1; week <= weeks; week++ {
		for day := range days {
			w.did(who, -7*week+2*day%7, s, minutes, figures...)
		}
	}
}

func (w *world) report() digest.Report { return digest.Compute(w.in) }

func eight() *world {
	w := newWorld("Tuesday Runners", "Ana", "Ben", "Caro", "Dev", "Eli", "Fay", "Gus", "Hana")
	w.past(1, 14, 5, store.Run, 52, 9, 60, 30, 12)
	for day := range 6 {
		w.did(1, day, store.Run, 50, 9.1, 70, 30, 19)
	}
	w.past(2, 30, 4, store.Ride, 90, 40, 400, 60, 20)
	w.did(2, 1, store.Ride, 75, 32, 300, 50, 12)
	w.did(2, 3, store.Ride, 60, 25, 200, 40, 12)
	w.did(2, 5, store.Ride, 190, 81, 1243, 100, 60)
	w.did(2, 6, store.Swim, 35, 1.5, 0, 20, 5)
	w.past(3, 10, 3, store.Run, 50, 9, 80, 30, 15)
	w.past(3, 10, 2, store.Swim, 40, 1.8, 0, 25, 8)
	for day := range 4 {
		w.did(3, day, store.Run, 52, 9.4, 90, 30, 18)
	}
	w.did(3, 4, store.Swim, 45, 2, 0, 30, 8)
	w.did(3, 5, store.Swim, 38, 1.7, 0, 22, 6)
	w.past(4, 15, 4, store.Run, 48, 9.5, 40, 25, 20)
	w.did(4, -40, store.Run, 100, 21.1, 120, 20, 80).Timer = 100*time.Minute + 16*time.Second
	race := w.did(4, 6, store.Run, 98, 21.14, 130, 10, 88)
	race.Race, race.Timer = true, 98*time.Minute+12*time.Second
	w.did(4, 1, store.Run, 45, 9, 40, 25, 15)
	w.did(4, 3, store.Run, 40, 8, 40, 25, 10)
	w.past(5, 40, 3, store.Ride, 110, 50, 500, 80, 20)
	w.did(5, 5, store.Ride, 250, 104, 900, 120, 70)
	w.did(5, 2, store.Ride, 60, 24, 200, 40, 5)
	w.did(5, 3, store.Strength, 45, 0, 0, 20, 5)
	w.past(6, 12, 3, store.Run, 40, 6.5, 50, 25, 6)
	for _, day := range []int{0, 2, 4, 5} {
		w.did(6, day, store.Run, 42, 7, 60, 25, 9)
	}
	w.did(7, -23, store.Run, 40, 6, 30, 20, 10)
	for week := 5; week < 20; week++ {
		w.did(7, -7*week, store.Run, 40, 6, 30, 20, 10)
	}
	w.did(7, 2, store.Run, 38, 5.5, 20, 25, 10)
	w.did(7, 5, store.Run, 42, 6, 20, 28, 12)
	w.past(8, 8, 2, store.Walk, 40, 3.5, 40, 10, 0)
	for _, day := range []int{0, 1, 3, 4, 6} {
		a := w.did(8, day, store.Walk, 55, 4.6, 60)
		a.AvgHR = 0
	}
	return w
}

func three() *world {
	w := newWorld("Tuesday Runners", "Ana", "Ben", "Caro", "Dev", "Eli", "Fay", "Gus", "Hana")
	w.past(1, 12, 4, store.Run, 45, 8, 60, 30, 12)
	w.did(1, 4, store.Run, 55, 9, 60, 30, 15)
	w.did(1, 6, store.Run, 52, 9, 60, 30, 15)
	w.past(7, 8, 2, store.Hike, 70, 5, 100, 20, 0)
	w.did(7, 2, store.Hike, 75, 11, 420, 30, 5)
	w.past(8, 12, 1, store.Run, 30, 4, 10, 15, 2)
	w.did(8, 5, store.Yoga, 48)
	return w
}
