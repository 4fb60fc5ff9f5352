package digest

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"clubrun/store"
)

// week is Monday 7 to Sunday 13 September 2026.
var sept = store.WeekOf(store.Date(2026, 9, 7), time.Monday)

var plain = cmpopts.IgnoreUnexported(Highlight{})

// run is a run of so many minutes on a day of the week, measured.
func run(athlete int64, day, minutes int) store.Activity {
	local := sept.Start.In(time.UTC).AddDate(0, 0, day).Add(7 * time.Hour)
	d := time.Duration(minutes) * time.Minute
	return store.Activity{
		ID: athlete*10000 + int64(day), Athlete: athlete, Source: "garmin", External: fmt.Sprint(athlete, "/", day),
		Sport: store.Run, Start: local, Local: local, Elapsed: d, Timer: d, Moving: d, Distance: float64(minutes) * 180,
		AvgHR: 140, Moderate: minutes,
	}
}

// of makes an input for so many members, named A, B, …
func of(members int, activities ...store.Activity) Input {
	in := Input{
		Group: store.Group{Zone: "Europe/Lisbon", WeekStart: time.Monday}, Span: sept,
		Now: sept.End.In(time.UTC).Add(6 * time.Hour), Season: store.Season{Activities: activities},
	}
	for i := range members {
		in.Members = append(in.Members, store.Athlete{ID: int64(i + 1), Name: string(rune('A' + i))})
	}
	return in
}

func with(a store.Activity, change func(*store.Activity)) store.Activity {
	change(&a)
	return a
}

func TestEffortIsMeasuredElseFromZonesElseEstimated(t *testing.T) {
	base := store.Activity{Sport: store.Run, Moving: time.Hour, Elapsed: time.Hour, Distance: 10000}
	for _, c := range []struct {
		name      string
		change    func(*store.Activity)
		want      float64
		estimated bool
	}{
		{"moderate and vigorous", func(a *store.Activity) { a.Moderate, a.Vigorous = 20, 30; a.Metrics.Zones[1] = 9999 }, 80, false},
		{"zones", func(a *store.Activity) { a.Metrics.Zones = [5]float64{600, 600, 1200, 600, 300} }, 10 + 20 + 20 + 10, false},
		{"nothing", func(a *store.Activity) {}, 96, true},
		{"e-bike", func(a *store.Activity) { a.Sport = store.EBike }, 45, true},
		{"walk", func(a *store.Activity) { a.Sport = store.Walk }, 30, true},
		{"strength by elapsed time", func(a *store.Activity) { a.Sport, a.Moving = store.Strength, time.Minute }, 48, true},
		{"garbage", func(a *store.Activity) { a.Moderate, a.Vigorous = -5, -5; a.Metrics.Zones[4] = math.NaN() }, 96, true},
	} {
		a := base
		c.change(&a)
		e := enter(&a, time.UTC, builtIn())
		if math.Abs(e.effort-c.want) > 1e-9 || e.estimated != c.estimated {
			t.Errorf("%s: effort %v, estimated %v, want %v %v", c.name, e.effort, e.estimated, c.want, c.estimated)
		}
	}
}

func TestEffortOfADayIsCapped(t *testing.T) {
	r := Compute(of(1, run(1, 0, 500), run(1, 1, 60)))
	if got := r.Rows[0].Effort; got != 240+60 {
		t.Errorf("effort %d, want 300", got)
	}
	if r.Time != 560*time.Minute {
		t.Errorf("time %v is capped too", r.Time)
	}
}

func TestTimeBasis(t *testing.T) {
	for sport, want := range map[store.Sport]time.Duration{
		store.Run: 50 * time.Minute, store.Ride: 50 * time.Minute, store.Swim: 50 * time.Minute,
		store.Strength: 70 * time.Minute, store.Yoga: 70 * time.Minute, store.Other: 70 * time.Minute,
	} {
		a := store.Activity{Sport: sport, Elapsed: 70 * time.Minute, Timer: 60 * time.Minute, Moving: 50 * time.Minute, Distance: 3000}
		if got := counted(&a, builtIn().sport(sport)); got != want {
			t.Errorf("%s counts %v, want %v", sport, got, want)
		}
	}
	indoors := store.Activity{Sport: store.Ride, Elapsed: 70 * time.Minute, Timer: 60 * time.Minute, Moving: time.Minute}
	if got := counted(&indoors, builtIn().sport(store.Ride)); got != time.Hour {
		t.Errorf("an indoor ride counts %v", got)
	}
}

func TestTooFastIsHeldOut(t *testing.T) {
	for _, c := range []struct {
		sport   store.Sport
		km, min float64
		held    bool
	}{
		{store.Run, 24, 60, true}, {store.Run, 22, 60, false}, {store.Run, 0.9, 1, false}, {store.Ride, 56, 60, true}, {store.Ride, 54, 60, false},
		{store.Walk, 13, 60, true}, {store.Hike, 11, 60, false}, {store.Swim, 7.5, 60, true}, {store.Swim, 4, 60, false}, {store.Ski, 70, 60, false},
		{store.Run, 5, 0, false},
	} {
		r := Compute(of(1, with(run(1, 0, 0), func(a *store.Activity) {
			a.Sport, a.Distance = c.sport, c.km*1000
			a.Moving = time.Duration(c.min * float64(time.Minute))
			a.Timer, a.Elapsed = a.Moving, a.Moving
		})))
		if got := len(r.Held) == 1; got != c.held || c.held == (r.Workouts == 1) {
			t.Errorf("%s of %v km in %v min: held %v with %d workouts, want %v", c.sport, c.km, c.min, got, r.Workouts, c.held)
		}
	}
}

func TestWhatItsAthleteVouchesForCounts(t *testing.T) {
	fast := with(run(1, 0, 60), func(a *store.Activity) { a.Distance, a.Vouched = 24000, true })
	if r := Compute(of(1, fast)); len(r.Held) != 0 || r.Workouts != 1 {
		t.Errorf("%d held, %d counted", len(r.Held), r.Workouts)
	}
}

func TestTheSameWorkoutCountsOnce(t *testing.T) {
	watch := run(1, 0, 60)
	watch.Moderate = 40
	phone := with(watch, func(a *store.Activity) {
		a.ID, a.External, a.AvgHR, a.Moderate = 7, "phone", 0, 0
		a.Start = a.Start.Add(2 * time.Minute)
		a.Local, a.Elapsed = a.Start, 61*time.Minute
	})
	later := with(watch, func(a *store.Activity) {
		a.ID, a.External = 8, "later"
		a.Start = a.Start.Add(35 * time.Minute)
		a.Local = a.Start
	})
	r := Compute(of(1, phone, watch))
	if r.Workouts != 1 || r.Rows[0].Effort != 40 || r.Rows[0].Twice != 1 {
		t.Errorf("two devices: %d workouts, effort %d, %d twice", r.Workouts, r.Rows[0].Effort, r.Rows[0].Twice)
	}
	if r := Compute(of(1, watch, later)); r.Workouts != 2 {
		t.Errorf("42 %% overlap: %d workouts", r.Workouts)
	}
	if r := Compute(of(2, watch, with(phone, func(a *store.Activity) { a.Athlete = 2 }))); r.Workouts != 2 {
		t.Errorf("two people: %d workouts", r.Workouts)
	}
}

func TestMultisportCountsOnce(t *testing.T) {
	parent := with(run(1, 0, 120), func(a *store.Activity) { a.External, a.Sport, a.Moderate = "tri", store.Other, 110 })
	swim := with(run(1, 0, 30), func(a *store.Activity) { a.External, a.Parent, a.Sport, a.Distance = "s", "tri", store.Swim, 1500 })
	bike := with(run(1, 0, 60), func(a *store.Activity) {
		a.External, a.Parent, a.Sport = "b", "tri", store.Ride
		a.Start = a.Start.Add(30 * time.Minute)
	})
	if r := Compute(of(1, parent)); r.Workouts != 1 || r.Time != 2*time.Hour {
		t.Errorf("a parent alone: %d workouts, %v", r.Workouts, r.Time)
	}
	r := Compute(of(1, bike, parent, swim))
	if r.Workouts != 1 || r.Time != 90*time.Minute || len(r.Sports) != 2 {
		t.Errorf("with legs: %d workouts, %v, %d sports", r.Workouts, r.Time, len(r.Sports))
	}
}

func TestPrivateWorkouts(t *testing.T) {
	secret := with(run(1, 1, 90), func(a *store.Activity) { a.Private, a.Race, a.Climb = true, true, 2000 })
	in := of(1, run(1, 0, 30), secret)
	if r := Compute(in); r.Workouts != 1 || r.Rows[0].Private != 1 {
		t.Errorf("left out by default: %d workouts", r.Workouts)
	}
	in.Members[0].Prefs.Private = store.PrivateTotals
	r := Compute(in)
	if r.Workouts != 2 || r.Time != 2*time.Hour {
		t.Errorf("in the totals: %d workouts, %v", r.Workouts, r.Time)
	}
	for _, h := range r.Notable {
		if h.Kind == KindRace || h.Kind == KindClimb {
			t.Errorf("a private workout is told as %s", h.Kind)
		}
	}
}

func TestADayIsTheOneWhereItHappened(t *testing.T) {
	auckland := time.FixedZone("NZST", 12*3600)
	early := with(run(1, 0, 60), func(a *store.Activity) {
		a.Local = time.Date(2026, 9, 7, 6, 0, 0, 0, auckland) // Sunday evening in Lisbon
		a.Start = a.Local.UTC()
	})
	next := with(run(2, 7, 60), func(a *store.Activity) {
		a.Local = time.Date(2026, 9, 14, 0, 0, 0, 0, time.UTC)
		a.Start = a.Local
	})
	r := Compute(of(2, early, next))
	if r.Active != 1 || !r.Rows[0].Days[0] || r.Days[0].Time != time.Hour {
		t.Errorf("active %d, days %v", r.Active, r.Rows)
	}
}

func TestAnUnknownPlaceIsTheGroups(t *testing.T) {
	in := of(1, with(run(1, 0, 60), func(a *store.Activity) {
		a.Start, a.Local = time.Date(2026, 9, 6, 23, 30, 0, 0, time.UTC), time.Time{} // Monday in Lisbon
	}))
	if r := Compute(in); r.Active != 1 || !r.Rows[0].Days[0] {
		t.Errorf("active %d", r.Active)
	}
}

func TestActiveDaysNeedFifteenMinutes(t *testing.T) {
	r := Compute(of(1, run(1, 0, 14), run(1, 1, 15), with(run(1, 2, 8), func(a *store.Activity) {}),
		with(run(1, 2, 8), func(a *store.Activity) { a.External, a.Start = "x", a.Start.Add(time.Hour) })))
	if r.Rows[0].ActiveDays != 2 || r.Rows[0].Days != [7]bool{1: true, 2: true} {
		t.Errorf("active days %d %v", r.Rows[0].ActiveDays, r.Rows[0].Days)
	}
}

func TestTiesShareARank(t *testing.T) {
	in := of(5, run(1, 0, 30), run(3, 0, 60), run(2, 0, 60), run(4, 0, 20))
	in.Members[1].Name, in.Members[2].Name = "C", "B"
	r := Compute(in)
	var got []string
	for _, row := range r.Board() {
		got = append(got, fmt.Sprint(row.Rank, row.Name))
	}
	if want := []string{"1B", "1C", "3A", "4D"}; !slices.Equal(got, want) {
		t.Errorf("board %v, want %v", got, want)
	}
	if len(r.Aside) != 1 || r.Aside[0].Rank != 0 {
		t.Errorf("aside %v", r.Aside)
	}
}

func TestBoardSizes(t *testing.T) {
	for _, c := range []struct{ members, active, want int }{{3, 3, 0}, {8, 3, 0}, {8, 4, 4}, {12, 12, 12}, {13, 13, 5}, {60, 3, 0}, {60, 4, 4}} {
		in := of(c.members)
		for i := range c.active {
			in.Activities = append(in.Activities, run(int64(i+1), 0, 30+i))
		}
		if got := len(Compute(in).Board()); got != c.want {
			t.Errorf("%d of %d active: %d rows, want %d", c.active, c.members, got, c.want)
		}
	}
}

func TestMetricsRank(t *testing.T) {
	in := of(4, run(1, 0, 60), run(2, 0, 50), run(2, 1, 20), run(3, 0, 40), run(3, 1, 20), run(3, 2, 20),
		with(run(4, 0, 55), func(a *store.Activity) { a.Distance, a.Climb = 12000, 500 }))
	for metric, want := range map[store.Metric]string{
		store.ByEffort: "CBAD", store.ByDays: "CBAD", store.ByTime: "CBAD", store.ByDistance: "CBDA", store.ByCount: "CBAD",
		store.ByClimb: "CBAD", "": "CBAD", "nonsense": "CBAD",
	} {
		in.Group.Metric = metric
		r := Compute(in)
		got := ""
		for _, row := range r.Board() {
			got += row.Name
		}
		if got != want {
			t.Errorf("by %q: %s, want %s", metric, got, want)
		}
		if metric == store.ByClimb && r.Metric != store.ByEffort {
			t.Errorf("one climber ranks by %s", r.Metric)
		}
	}
}

func TestChangeAgainstFourWeeks(t *testing.T) {
	in := of(2, run(1, 0, 120), run(2, 0, 60))
	if r := Compute(in); r.Change != nil || r.Rows[0].Change != nil {
		t.Error("a change without a base")
	}
	for week := 1; week <= 5; week++ {
		in.Activities = append(in.Activities, run(1, -7*week, 100))
	}
	r := Compute(in)
	if r.Change == nil || math.Abs(*r.Change-0.8) > 1e-9 {
		t.Errorf("group %v, want 0.8", r.Change)
	}
	if c := r.Rows[0].Change; c == nil || math.Abs(*c-0.2) > 1e-9 {
		t.Errorf("own %v, want 0.2", c)
	}
	if r.Rows[1].Change != nil {
		t.Error("a change for somebody without a past")
	}
}

// On Wednesday the average is that of Monday to Wednesday.
func TestARunningWeekIsComparedWithAsManyDays(t *testing.T) {
	in := of(1, run(1, 0, 100))
	in.Now = sept.Start.In(time.UTC).AddDate(0, 0, 2).Add(12 * time.Hour)
	for week := 1; week <= 5; week++ {
		in.Activities = append(in.Activities, run(1, -7*week, 100), run(1, 5-7*week, 300))
	}
	r := Compute(in)
	if !r.SoFar || r.Begun != 3 || r.Change == nil || math.Abs(*r.Change) > 1e-9 {
		t.Errorf("so far %v, begun %d, change %v", r.SoFar, r.Begun, r.Change)
	}
}

func TestStreaks(t *testing.T) {
	three := func(in *Input, week int) {
		for day := range 3 {
			in.Activities = append(in.Activities, run(1, -7*week+day, 30))
		}
	}
	streak := func(weeks ...int) int {
		in := of(1)
		for _, w := range weeks {
			three(&in, w)
		}
		row, _ := Compute(in).Own(1)
		return row.Streak
	}
	count := func(from, to int) (weeks []int) {
		for w := from; w <= to; w++ {
			weeks = append(weeks, w)
		}
		return weeks
	}
	for _, c := range []struct {
		name  string
		weeks []int
		want  int
	}{
		{"four", count(0, 3), 4}, {"broken", []int{0, 1, 3, 4}, 2}, {"forgiven", append(count(0, 1), count(3, 14)...), 14},
		{"missed now", count(1, 5), 0}, {"two missed", append(count(0, 1), count(4, 15)...), 2}, {"none", nil, 0},
	} {
		if got := streak(c.weeks...); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	in := of(1)
	for _, w := range count(1, 5) {
		three(&in, w)
	}
	in.Now = sept.Start.In(time.UTC).Add(36 * time.Hour)
	if row, _ := Compute(in).Own(1); row.Streak != 5 {
		t.Errorf("a running week breaks the streak: %d", row.Streak)
	}
}

func find(r Report, k Kind) *Highlight {
	for _, h := range r.Notable {
		if h.Kind == k {
			return &h
		}
	}
	return nil
}

func TestRacesAndBests(t *testing.T) {
	in := of(1)
	for i := 1; i <= 6; i++ {
		in.Activities = append(in.Activities, with(run(1, -7*i, 50), func(a *store.Activity) {
			a.Metrics.Splits = map[string]float64{"1000": 300, "5000": 1600}
		}))
	}
	in.Activities = append(in.Activities, with(run(1, -50, 100), func(a *store.Activity) { a.Distance, a.Timer = 21100, 100*time.Minute+16*time.Second }))
	race := with(run(1, 6, 98), func(a *store.Activity) {
		a.Race, a.Distance, a.Timer = true, 21200, 98*time.Minute+12*time.Second
	})
	fast := with(run(1, 2, 40), func(a *store.Activity) { a.Metrics.Splits = map[string]float64{"1000": 292, "5000": 1599} })
	in.Activities = append(in.Activities, race, fast)
	r := Compute(in)
	want := &Highlight{Kind: KindRace, Athlete: 1, Name: "A", Activity: 10006, Sport: store.Run, Day: sept.Last(), Distance: 21097.5, Time: 98*time.Minute + 12*time.Second, Better: 124 * time.Second}
	if diff := cmp.Diff(want, find(r, KindRace), plain); diff != "" {
		t.Error(diff)
	}
	want = &Highlight{Kind: KindBest, Athlete: 1, Name: "A", Sport: store.Run, Day: sept.Start + 2, Distance: 1000, Time: 292 * time.Second, Better: 8 * time.Second}
	if diff := cmp.Diff(want, find(r, KindBest), plain); diff != "" {
		t.Error(diff)
	}
	in.Activities = in.Activities[4:]
	if h := find(Compute(in), KindRace); h == nil || h.Better != 0 {
		t.Errorf("a race beats the best of three runs: %v", h)
	}
	if h := find(Compute(in), KindBest); h != nil {
		t.Errorf("a best after three runs: %v", h)
	}
}

func TestComebackNewAndFirst(t *testing.T) {
	in := of(3, run(1, -23, 40), run(1, 0, 30), run(1, 2, 30), run(2, 0, 40), run(3, -40, 40), run(3, -2, 40), run(3, -3, 40),
		with(run(3, 3, 30), func(a *store.Activity) { a.Sport, a.Distance = store.Swim, 1000 }))
	r := Compute(in)
	if h := find(r, KindComeback); h == nil || h.Athlete != 1 || h.Weeks != 3 {
		t.Errorf("comeback %v", h)
	}
	if h := find(r, KindNew); h == nil || h.Athlete != 2 {
		t.Errorf("new %v", h)
	}
	if h := find(r, KindFirst); h == nil || h.Athlete != 3 || h.Sport != store.Swim {
		t.Errorf("first %v", h)
	}
}

func TestJumpIsNotTheSamePersonTwice(t *testing.T) {
	in := of(2)
	for week := 1; week <= 6; week++ {
		in.Activities = append(in.Activities, run(1, -7*week, 80), run(2, -7*week, 80))
	}
	in.Activities = append(in.Activities, run(1, 0, 150), run(2, 0, 120))
	if h := find(Compute(in), KindJump); h == nil || h.Athlete != 1 {
		t.Errorf("jump %v", h)
	}
	in.Activities = append(in.Activities, run(1, -5, 100))
	if h := find(Compute(in), KindJump); h == nil || h.Athlete != 2 {
		t.Errorf("the same person jumps twice: %v", h)
	}
}

func TestEverybodyIsNamedBeforeAnybodyTwice(t *testing.T) {
	all := []Highlight{
		{Kind: KindRace, Athlete: 1, Day: 1}, {Kind: KindFar, Athlete: 1, Day: 1}, {Kind: KindBest, Athlete: 1}, {Kind: KindClimb, Athlete: 2},
		{Kind: KindClimb, Athlete: 1}, {Kind: KindClimb, Athlete: 3},
	}
	var got []string
	for _, h := range choose(all, &Report{Span: sept, Today: sept.Last(), Active: 3}, nil) {
		got = append(got, fmt.Sprint(h.Kind, h.Athlete))
	}
	// Three is named though climbs have had their share, one is named twice, and
	// the race is not told again as the farthest.
	if want := "race1 best1 climb2 climb3"; strings.Join(got, " ") != want {
		t.Errorf("chosen %v, want %s", got, want)
	}
}

func TestDistancesThatReadEqualShareARankAndNoOthers(t *testing.T) {
	for _, c := range []struct {
		sport store.Sport
		a, b  float64 // metres
		equal bool
	}{
		{store.Swim, 2225, 2150, false}, {store.Swim, 3220, 3190, true}, {store.Run, 10040, 9960, true}, {store.Run, 10060, 9940, false},
		{store.Ride, 111200, 110900, true}, {store.Ride, 111600, 110900, false},
	} {
		in := of(4, run(3, 0, 20), run(4, 0, 20))
		for id, metres := range map[int64]float64{1: c.a, 2: c.b} {
			in.Activities = append(in.Activities, with(run(id, 1, 300), func(a *store.Activity) { a.Sport, a.Distance = c.sport, metres }))
		}
		in.Group.Metric = store.ByDistance
		boards := Compute(in).Boards
		i := slices.IndexFunc(boards, func(b Board) bool { return b.Metric == store.ByDistance && b.Sport == c.sport })
		if i < 0 {
			t.Fatalf("%v: no board", c)
		}
		if rows := boards[i].Rows; rows[0].Rank != 1 || (rows[1].Rank == 1) != c.equal {
			t.Errorf("%v: ranks %d and %d", c, rows[0].Rank, rows[1].Rank)
		}
	}
}
