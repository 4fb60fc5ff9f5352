package digest

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"clubrun/store"
)

// muddle is a random group in a random week or another span, with all that may
// go wrong in it.
func muddle(seed uint64) Input {
	r := rand.New(rand.NewPCG(seed, 77))
	zones := []string{"Europe/Lisbon", "America/St_Johns", "Pacific/Chatham", "Asia/Kathmandu", "America/Los_Angeles", "Pacific/Kiritimati", "nowhere"}
	places := []int{-10, -7, -3, 0, 1, 2, 5, 9, 12, 13}
	in := Input{Group: store.Group{
		Zone: zones[r.IntN(len(zones))], WeekStart: time.Weekday(r.IntN(7)),
		Metric: []store.Metric{store.ByEffort, store.ByDays, store.ByTime, store.ByDistance, store.ByClimb, store.ByCount, store.ByPoints}[r.IntN(7)],
	}}
	day := store.Date(2020, 1, 1) + store.Day(r.IntN(6500))
	in.Span = store.WeekOf(day, in.Group.WeekStart)
	switch r.IntN(12) {
	case 0:
		in.Span = store.MonthOf(day)
	case 1:
		in.Span = store.YearOf(day)
	case 2:
		in.Span = store.Span{Start: day, End: day + store.Day(r.IntN(50))}
	}
	in.Now = in.Span.End.In(in.Group.Location()).Add(time.Duration(r.IntN(200)-60) * time.Hour)
	members := 1 + r.IntN(16)
	for i := range members {
		m := store.Athlete{ID: int64(i + 1), Name: string(rune('A' + i))}
		if r.IntN(4) == 0 {
			m.Prefs.Private = store.PrivateTotals
		}
		in.Members = append(in.Members, m)
		if r.IntN(4) == 0 {
			from := in.Span.End - store.Day(r.IntN(120))
			in.Pauses = append(in.Pauses, store.Pause{Athlete: m.ID, Span: store.Span{Start: from, End: from + store.Day(r.IntN(40))}})
		}
	}
	for w := in.Span.Before(); r.IntN(6) > 0 && len(in.Posted) < 3 && in.Span.Days() == 7; w = w.Before() {
		if r.IntN(5) > 0 {
			in.Posted = append(in.Posted, store.Digest{Week: w, Generated: w.End.In(time.UTC).Add(time.Duration(r.IntN(40)-10) * time.Hour)})
		}
	}
	back := []int{20, 90, 420}[r.IntN(3)]
	for i := range members * (3 + r.IntN(25)) {
		in.Activities = append(in.Activities, random(r, in, int64(i+1), members, back, places))
	}
	for i := 1; i < len(in.Activities); i++ { // other recordings, and legs
		a := &in.Activities[i]
		before := in.Activities[i-1]
		switch r.IntN(9) {
		case 0:
			a.Athlete, a.Start = before.Athlete, before.Start.Add(time.Duration(r.IntN(50)-25)*time.Minute)
			a.Local = a.Start.In(before.Local.Location())
		case 1:
			a.Athlete, a.Parent = before.Athlete, before.External
		case 2:
			a.Athlete, a.Parent = before.Athlete, before.Parent
		}
	}
	return in
}

// random is one activity of somebody, in the past of a span mostly.
func random(r *rand.Rand, in Input, id int64, members, back int, places []int) store.Activity {
	sports := []store.Sport{store.Run, store.Run, store.Ride, store.EBike, store.Swim, store.Walk, store.Hike, store.Row, store.Strength, store.Yoga, store.Other}
	a := store.Activity{ID: id, Athlete: 1 + int64(r.IntN(members+1)), Source: "garmin", External: fmt.Sprintf("%06d", id)}
	day := in.Span.End + 3 - store.Day(r.IntN(back))
	if r.IntN(3) == 0 {
		day = in.Span.End - store.Day(r.IntN(15))
	}
	place := time.FixedZone("", places[r.IntN(len(places))]*3600)
	a.Local = day.In(place).Add(time.Duration(r.IntN(86400)) * time.Second)
	a.Start = a.Local.UTC()
	a.Sport = sports[r.IntN(len(sports))]
	a.Elapsed = time.Duration(r.IntN(150*60)) * time.Second
	a.Timer = time.Duration(float64(a.Elapsed) * (0.7 + 0.3*r.Float64())).Truncate(time.Second)
	a.Moving = time.Duration(float64(a.Timer) * r.Float64()).Truncate(time.Second)
	for _, d := range []*time.Duration{&a.Elapsed, &a.Timer, &a.Moving} {
		if r.IntN(9) == 0 {
			*d = 0
		}
	}
	a.Distance, a.Climb = float64(r.IntN(20))*(100+1500*r.Float64()), float64(r.IntN(3))*r.Float64()*700
	if r.IntN(2) == 0 {
		a.AvgHR = float64(90 + r.IntN(90))
	}
	switch r.IntN(3) {
	case 0:
		a.Moderate, a.Vigorous = r.IntN(90), r.IntN(60)
	case 1:
		a.Metrics.Zones = [5]float64{r.Float64() * 900, r.Float64() * 900, r.Float64() * 900, r.Float64() * 900, r.Float64() * 900}
	}
	a.Private = r.IntN(8) == 0
	a.Known = a.Start.Add(time.Duration(r.IntN(100)) * time.Hour)
	return a
}

var oracled = flag.Uint64("oracle.groups", 2000, "how many random groups are computed a second time, in another way; the gate takes 10,000")

func TestAnOracleAgrees(t *testing.T) {
	for seed := range *oracled {
		in := muddle(seed)
		if wrong := ask(in).check(Compute(in)); len(wrong) > 0 {
			t.Fatalf("seed %d, %v from %s: %v", seed, in.Span, in.Group.WeekStart, wrong)
		}
	}
}
