package digest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clubrun/store"
)

// aim is a goal by distance from six weeks before the week to so many days
// after it.
func aim(km float64, from, to store.Day) *store.Goal {
	return &store.Goal{Metric: store.ByDistance, Target: km * 1000, Span: store.Span{Start: sept.Start + from, End: sept.Start + to}}
}

func TestAGoalIsWhatCameTogetherInItsSpan(t *testing.T) {
	in := of(3,
		act(1, store.Run, -8, "08:00", 60, 10), // before the goal
		act(1, store.Run, -7, "08:00", 60, 10), act(2, store.Ride, 0, "08:00", 60, 30), act(1, store.Run, 6, "23:50", 60, 12),
		act(1, store.Run, 8, "08:00", 60, 10), // after the report
		act(9, store.Run, 1, "08:00", 60, 10), // not in the group
	)
	in.Goal = aim(104, -7, 21)
	g := Compute(in).Goal
	if g.Done != 52000 || len(g.Days) != 14 || g.Days[6] != 10000 || g.Days[7] != 40000 || g.Days[13] != 52000 {
		t.Errorf("done %v, days %v", g.Done, g.Days)
	}
	if g.Due != 52000 || g.Pace != 52000.0/14 || g.Projected != 104000 || g.Expected != sept.Start+20 || g.Reached != 0 {
		t.Errorf("%+v", g)
	}
	if diff := cmp.Diff([]Share{{2, "B", 30000}, {1, "A", 22000}}, g.Shares); diff != "" {
		t.Error(diff)
	}
	in.Goal.Sport = store.Run
	if g := Compute(in).Goal; g.Done != 22000 || len(g.Shares) != 1 || g.Expected != 0 || g.Projected != 44000 {
		t.Errorf("runs alone: %+v", g)
	}
}

func TestAGoalThatIsReachedKeepsItsDay(t *testing.T) {
	in := of(2, act(1, store.Run, 1, "08:00", 60, 10), act(2, store.Run, 3, "08:00", 60, 10), act(2, store.Run, 5, "08:00", 60, 10))
	in.Goal = aim(20, 0, 7)
	g := Compute(in).Goal
	if g.Reached != sept.Start+3 || g.Done != 30000 || g.Projected != 30000 || g.Due != 20000 || g.Expected != 0 {
		t.Errorf("%+v", g)
	}
}

func TestNothingIsForeseenInTheFirstFiveDays(t *testing.T) {
	in := of(1, act(1, store.Run, 0, "08:00", 60, 10))
	in.Goal = aim(100, 0, 30)
	for day := range 7 {
		in.Now = (sept.Start + store.Day(day)).In(time.UTC).Add(12 * time.Hour)
		g := Compute(in).Goal
		if foreseen := g.Projected != 0; foreseen != (day >= 5) || len(g.Days) != day+1 {
			t.Errorf("on day %d: projected %v of %d days", day+1, g.Projected, len(g.Days))
		}
	}
}

func TestAGoalToComeAndGoalsThatAreNone(t *testing.T) {
	in := of(1, act(1, store.Run, 0, "08:00", 60, 10))
	in.Goal = aim(100, 7, 30)
	if g := Compute(in).Goal; g == nil || g.Done != 0 || g.Due != 0 || len(g.Days) != 0 || g.Shares != nil {
		t.Errorf("to come: %+v", g)
	}
	for name, goal := range map[string]*store.Goal{
		"none": nil, "no target": aim(0, 0, 9), "less than none": aim(-3, 0, 9), "NaN": aim(math.NaN(), 0, 9), "endless": aim(math.Inf(1), 0, 9),
		"no day": aim(9, 3, 3), "backward": aim(9, 3, 1), "ages": aim(9, 0, 1e6), "from the beginning": aim(9, math.MinInt/2, 9),
	} {
		in.Goal = goal
		if g := Compute(in).Goal; g != nil {
			t.Errorf("%s: %+v", name, g)
		}
	}
}

// TestGoalSumsAreThoseOfALoop adds up another way: a loop over the activities
// as they are.
func TestGoalSumsAreThoseOfALoop(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 9))
		in := of(1 + r.IntN(9))
		goal := store.Goal{
			Metric: []store.Metric{store.ByDistance, store.ByTime, store.ByEffort, store.ByClimb, store.ByDays, store.ByCount}[r.IntN(6)],
			Sport:  []store.Sport{"", store.Run, store.Ride}[r.IntN(3)], Target: 1e5,
			Span: store.Span{Start: sept.Start - store.Day(r.IntN(60)), End: sept.Start + store.Day(1+r.IntN(30))},
		}
		in.Goal = &goal
		want, effort, spent := map[int64]float64{}, map[string]float64{}, map[string]float64{}
		for day := -70; day < 20; day++ {
			for hour := range r.IntN(4) {
				a := act(int64(1+r.IntN(len(in.Members)+1)), []store.Sport{store.Run, store.Ride, store.Yoga}[r.IntN(3)], day, fmt.Sprintf("%02d:00", hour*6), float64(5+r.IntN(200)), 0)
				a.Moderate, a.Vigorous, a.Climb = 1+r.IntN(90), r.IntN(90), float64(r.IntN(500))
				if a.Sport != store.Yoga {
					a.Distance = a.Moving.Seconds() * 2.5
				}
				in.Activities = append(in.Activities, a)
				local := sept.Start + store.Day(day)
				if a.Athlete > int64(len(in.Members)) || local < goal.Span.Start || local >= goal.Span.End || local >= sept.End || goal.Sport != "" && goal.Sport != a.Sport {
					continue
				}
				switch key := fmt.Sprint(a.Athlete, day); goal.Metric {
				case store.ByDistance:
					want[a.Athlete] += a.Distance
				case store.ByTime:
					want[a.Athlete] += a.Moving.Seconds()
				case store.ByClimb:
					want[a.Athlete] += a.Climb
				case store.ByCount:
					want[a.Athlete]++
				case store.ByEffort:
					before := min(effort[key], 240)
					effort[key] += float64(a.Moderate + 2*a.Vigorous)
					want[a.Athlete] += min(effort[key], 240) - before
				case store.ByDays:
					before := spent[key]
					if spent[key] += a.Moving.Minutes(); before < 15 && spent[key] >= 15 {
						want[a.Athlete]++
					}
				}
			}
		}
		g := Compute(in).Goal
		sum := 0.0
		for _, v := range want {
			sum += v
		}
		if math.Abs(g.Done-sum) > 1e-6*max(sum, 1) {
			t.Errorf("seed %d, %s of %q: done %v, want %v", seed, goal.Metric, goal.Sport, g.Done, sum)
		}
		for _, s := range g.Shares {
			if math.Abs(want[s.Athlete]-s.Value) > 1e-6*max(s.Value, 1) {
				t.Errorf("seed %d, %s: %s gave %v, want %v", seed, goal.Metric, s.Name, s.Value, want[s.Athlete])
			}
		}
		if !slices.IsSorted(g.Days) || len(g.Days) > 0 && g.Days[len(g.Days)-1] != g.Done {
			t.Errorf("seed %d: days %v", seed, g.Days)
		}
	}
}

// TestAGoalCountsWhatTheReportsCount compares with the reports of each day,
// with recordings that are twice, too fast, private or legs of an event.
func TestAGoalCountsWhatTheReportsCount(t *testing.T) {
	for seed := range uint64(20) {
		in := crowd(seed)
		in.Goal = aim(1000, -20, 7)
		distance, workouts := 0.0, 0
		for day := store.Day(-20); day < 7; day++ {
			at := in
			at.Goal, at.Span = nil, store.Span{Start: sept.Start + day, End: sept.Start + day + 1}
			r := Compute(at)
			distance += r.Distance
			workouts += r.Workouts
		}
		if g := Compute(in).Goal; math.Abs(g.Done-distance) > 1e-6 {
			t.Errorf("seed %d: done %v, want %v", seed, g.Done, distance)
		}
		in.Goal.Metric = store.ByCount
		if g := Compute(in).Goal; math.Abs(g.Done-float64(workouts)) > 3 {
			t.Errorf("seed %d: %v workouts, want %v", seed, g.Done, workouts)
		}
	}
}

func TestGoalsAndDuelsOfAnySpanGiveAReport(t *testing.T) {
	ends := []store.Day{math.MinInt, math.MinInt + 1, -1, 0, sept.Start - 1, sept.Start, sept.Start + 3, sept.End, sept.End + 400, math.MaxInt - 1, math.MaxInt}
	in := crowd(4)
	in.Duels = []store.Duel{{From: 1, To: 2, State: store.DuelOn}}
	in.Goal = &store.Goal{Metric: "nonsense", Target: 1, Route: "rhein"}
	for _, start := range ends {
		for _, end := range ends {
			s := store.Span{Start: start, End: end}
			for _, at := range [][3]store.Span{{s, sept, sept}, {sept, s, sept}, {sept, sept, s}, {s, s, s}} {
				in.Span, in.Goal.Span, in.Duels[0].Week = at[0], at[1], at[2]
				if g := Compute(in).Goal; g != nil && (math.IsNaN(g.Due) || math.IsNaN(g.Projected) || math.IsInf(g.Projected, 0) || len(g.Days) > g.Span.Days()) {
					t.Fatalf("%v: %+v", at, g)
				}
			}
		}
	}
}

// A goal that ends on the evening of a digest is told once more, unless that
// digest told that it was reached.
func TestAGoalThatEndedAfterTheDigestIsToldOnceMore(t *testing.T) {
	made := (sept.Start - 1).In(time.UTC).Add(17 * time.Hour) // on Sunday
	in := of(2, act(1, store.Run, -3, "08:00", 60, 10), with(act(2, store.Run, -1, "20:00", 60, 10), knownAt(made.Add(5*time.Hour))))
	in.Goal = aim(20, -7, 0)
	if g := Compute(in).Goal; g != nil {
		t.Errorf("without a digest before: %+v", g)
	}
	in.Posted = []store.Digest{{Week: sept.Before(), Generated: made}}
	if g := Compute(in).Goal; g == nil || g.Done != 20000 || g.Reached != sept.Start-1 || !g.Late {
		t.Errorf("reached in the evening: %+v", g)
	}
	in.Goal = aim(30, -7, 0)
	if g := Compute(in).Goal; g == nil || g.Done != 20000 || g.Late {
		t.Errorf("not reached: %+v", g)
	}
	in.Goal = aim(10, -7, 0)
	if g := Compute(in).Goal; g != nil {
		t.Errorf("told already: %+v", g)
	}
	in.Goal = aim(20, -7, 14)
	if g := Compute(in).Goal; g == nil || !g.Late {
		t.Errorf("one that runs on: %+v", g)
	}
	in.Goal, in.Posted[0].Generated = aim(30, -7, 0), sept.Start.In(time.UTC).Add(7*time.Hour)
	if g := Compute(in).Goal; g != nil {
		t.Errorf("after the digest of the whole week: %+v", g)
	}
}

func TestWhoIsInAPauseHasNoShareByName(t *testing.T) {
	in := of(2, act(1, store.Run, 0, "08:00", 60, 10), act(2, store.Run, 1, "08:00", 60, 10))
	in.Goal, in.Pauses = aim(100, 0, 7), []store.Pause{{Athlete: 1, Span: store.Span{Start: sept.Start + 2, End: sept.End + 9}}}
	if g := Compute(in).Goal; g.Done != 20000 || len(g.Shares) != 1 || g.Shares[0].Athlete != 2 {
		t.Errorf("%+v", g)
	}
}
