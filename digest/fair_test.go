package digest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"clubrun/store"
)

// habit is how somebody trains.
type habit struct {
	name    string
	sports  []store.Sport
	days    float64 // a week
	minutes int     // of a workout
	speed   float64 // km/h
	climb   float64 // metres an hour
	races   float64 // a year
	away    float64 // share of weeks without anything
}

// The kinds of people in the groups.
var (
	star     = habit{sports: []store.Sport{store.Run, store.Run, store.Ride}, days: 6, minutes: 80, speed: 13.5, climb: 150, races: 8, away: 0.02}
	regular  = habit{sports: []store.Sport{store.Run}, days: 3.5, minutes: 50, speed: 10.5, climb: 60, races: 3, away: 0.08}
	triple   = habit{sports: []store.Sport{store.Run, store.Ride, store.Swim}, days: 5, minutes: 60, speed: 11, climb: 120, races: 4, away: 0.05}
	walker   = habit{sports: []store.Sport{store.Walk, store.Hike}, days: 2.5, minutes: 60, speed: 5, climb: 100, away: 0.1}
	lifter   = habit{sports: []store.Sport{store.Strength, store.Yoga}, days: 3, minutes: 45, away: 0.1}
	beginner = habit{sports: []store.Sport{store.Run, store.Walk}, days: 1.6, minutes: 30, speed: 7, climb: 20, away: 0.15}
)

// season is what a group of such people does in so many weeks up to the end of
// sept, with pairs who ran together.
func season(seed uint64, weeks int, people []habit) Input {
	r := rand.New(rand.NewPCG(seed, 52))
	in := of(len(people))
	for i, h := range people {
		in.Members[i].Name = fmt.Sprintf("%s %02d", h.name, i+1)
	}
	for back := weeks - 1; back >= 0; back-- {
		start := sept.Start - store.Day(7*back)
		for i, h := range people {
			if r.Float64() < h.away {
				continue
			}
			for day := range 7 {
				if r.Float64() < h.days/7 {
					in.Activities = append(in.Activities, h.workout(r, int64(i+1), start+store.Day(day), int64(len(in.Activities)+1)))
				}
			}
		}
	}
	for i := 1; i < len(in.Activities); i++ {
		a, b := in.Activities[i-1], in.Activities[i]
		if a.Day() == b.Day() && a.Sport == b.Sport && a.Athlete != b.Athlete && a.Sport == store.Run && r.IntN(3) == 0 {
			in.Together = append(in.Together, store.Together{A: a.ID, B: b.ID})
		}
	}
	return in
}

func (h habit) workout(r *rand.Rand, athlete int64, day store.Day, id int64) store.Activity {
	d := time.Duration(float64(h.minutes)*(0.6+0.8*r.Float64())) * time.Minute
	start := day.In(time.UTC).Add(time.Duration(6*60+r.IntN(12*60)) * time.Minute)
	a := store.Activity{
		ID: id, Athlete: athlete, Source: "garmin", External: fmt.Sprint(id), Sport: h.sports[r.IntN(len(h.sports))],
		Start: start, Local: start, Elapsed: d, Timer: d, Moving: d, AvgHR: 130, Known: start.Add(d),
	}
	speed := h.speed * (0.92 + 0.16*r.Float64())
	switch a.Sport {
	case store.Ride:
		speed *= 2.2
	case store.Swim:
		speed = 2.6
	case store.Strength, store.Yoga:
		speed = 0
	}
	a.Distance, a.Climb = speed*1000*d.Hours(), h.climb*d.Hours()*2*r.Float64()
	a.Moderate, a.Vigorous = int(d.Minutes()*r.Float64()), int(d.Minutes()*0.3*r.Float64())
	if a.Sport == store.Run && speed > 0 {
		pace := 3600 / speed
		a.Metrics.Splits = map[string]float64{"1000": pace * (0.9 + 0.08*r.Float64())}
		if a.Distance > 5000 {
			a.Metrics.Splits["5000"] = pace * 5 * (0.96 + 0.04*r.Float64())
		}
		if r.Float64() < h.races/52/max(h.days, 1) {
			a.Race, a.Distance = true, 10000
			a.Timer = time.Duration(pace*10*0.93) * time.Second
			a.Elapsed, a.Moving = a.Timer, a.Timer
		}
	}
	return a
}

// told is who was named in each of a year's weeks, and who moved in them so
// that it may be told.
type telling struct {
	named, moved []map[int64]bool
	times        map[int64]int
	lines        []int
}

// tell makes 52 digests, each of which knows whom the ones before it named.
func tell(in Input) telling {
	const weeks = 52
	all := telling{times: map[int64]int{}}
	for w := weeks - 1; w >= 0; w-- {
		week := in
		back := store.Day(7 * w)
		week.Span = store.Span{Start: sept.Start - back, End: sept.End - back}
		week.Now = week.Span.End.In(time.UTC).Add(6 * time.Hour)
		r := Compute(week)
		named, moved := map[int64]bool{}, map[int64]bool{}
		for _, m := range mentions(r) {
			named[m.Athlete] = true
		}
		for _, row := range r.Rows {
			moved[row.Athlete] = true
		}
		for id := range named {
			all.times[id]++
		}
		all.named, all.moved = append(all.named, named), append(all.moved, moved)
		all.lines = append(all.lines, len(r.Highlights))
		in.Mentions = append(in.Mentions, mentions(r)...)
	}
	return all
}

// longestSilence is the most weeks that a member moved in, one after the
// other, without being named in any.
func (t telling) longestSilence(id int64) int {
	run, most := 0, 0
	for w := range t.named {
		switch {
		case t.named[w][id]:
			run = 0
		case t.moved[w][id]:
			run++
		}
		most = max(most, run)
	}
	return most
}

// silences counts the windows of four weeks, in so many of which a member
// moved at least, without the member being named in any of the four.
func (t telling) silences(id int64, moved int) (windows, silent int) {
	for w := 0; w+4 <= len(t.named); w++ {
		active, named := 0, false
		for i := w; i < w+4; i++ {
			if t.moved[i][id] {
				active++
			}
			named = named || t.named[i][id]
		}
		if active >= moved {
			windows++
			if !named {
				silent++
			}
		}
	}
	return windows, silent
}

func (t telling) table(in Input) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s %6s %6s %8s\n", "member", "moved", "named", "silence")
	for _, m := range in.Members {
		moved := 0
		for _, w := range t.moved {
			if w[m.ID] {
				moved++
			}
		}
		fmt.Fprintf(&b, "%-12s %6d %6d %8d\n", m.Name, moved, t.times[m.ID], t.longestSilence(m.ID))
	}
	return b.String()
}

func people(of ...any) []habit {
	var all []habit
	for i := 0; i < len(of); i += 3 {
		for range of[i].(int) {
			h := of[i+2].(habit)
			h.name = of[i+1].(string)
			all = append(all, h)
		}
	}
	return all
}

// Whoever moved in two weeks or more of any four is named in one of them, in a
// group in which everybody can be; in a club, whoever moved in all four.
func TestNobodyWhoMovesIsForgotten(t *testing.T) {
	groups := []struct {
		name   string
		people []habit
		moved  int // weeks of four that a member must have moved in
	}{
		{"small mixed group", people(2, "runner", regular, 1, "triathlete", triple, 1, "star", star, 1, "hiker", walker, 1, "lifter", lifter, 2, "beginner", beginner), 2},
		{"two stars and six beginners", people(2, "star", star, 6, "beginner", beginner), 2},
		{"full dozen", people(3, "star", star, 4, "runner", regular, 2, "hiker", walker, 3, "beginner", beginner), 2},
		{"club of sixty", people(8, "star", star, 20, "runner", regular, 6, "triathlete", triple, 8, "hiker", walker, 4, "lifter", lifter, 14, "beginner", beginner), 4},
	}
	for _, g := range groups {
		t.Run(g.name, func(t *testing.T) {
			in := season(1, 110, g.people)
			told := tell(in)
			t.Logf("highlights a week %d to %d\n%s", slices.Min(told.lines), slices.Max(told.lines), told.table(in))
			for _, m := range in.Members {
				if windows, silent := told.silences(m.ID, g.moved); silent > 0 {
					t.Errorf("%s is not named in %d of %d windows of four weeks", m.Name, silent, windows)
				}
			}
		})
	}
}
