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

// crowd is a random group with all kinds of workouts.
func crowd(seed uint64) Input {
	r := rand.New(rand.NewPCG(seed, 1))
	in := of(4 + r.IntN(12))
	in.Group.Metric = []store.Metric{store.ByEffort, store.ByDays, store.ByTime, store.ByDistance, store.ByClimb, store.ByCount}[r.IntN(6)]
	sports := []store.Sport{store.Run, store.Ride, store.EBike, store.Swim, store.Walk, store.Strength, store.Yoga, store.Other}
	for i := range 400 {
		a := run(int64(1+r.IntN(len(in.Members)+1)), -r.IntN(120)+7, 10+r.IntN(90))
		a.ID, a.External, a.Sport = int64(i), fmt.Sprint(r.IntN(380)), sports[r.IntN(len(sports))]
		a.Start = a.Start.Add(time.Duration(r.IntN(12*60)) * time.Minute)
		a.Local, a.Distance, a.Climb = a.Start, float64(r.IntN(20000)), float64(r.IntN(900))
		a.Private, a.Race, a.Record, a.Manual = r.IntN(9) == 0, r.IntN(20) == 0, r.IntN(20) == 0, r.IntN(20) == 0
		a.Moderate *= r.IntN(2)
		if r.IntN(12) == 0 {
			a.Parent = fmt.Sprint(r.IntN(380))
		}
		in.Activities = append(in.Activities, a)
	}
	return in
}

func TestTotalsAreTheSumsOfTheRows(t *testing.T) {
	for seed := range uint64(40) {
		r := Compute(crowd(seed))
		var workouts, effort int
		var spent, bySport, byDay time.Duration
		var distance float64
		for _, row := range r.Rows {
			workouts += row.Workouts
			effort += row.Effort
			spent += row.Time
			distance += row.Distance
			if row.ActiveDays > 7 || len(row.Parts) == 0 {
				t.Errorf("row %+v", row)
			}
		}
		for _, s := range r.Sports {
			bySport += s.Time
		}
		for _, d := range r.Days {
			byDay += d.Time
		}
		if workouts != r.Workouts || effort != r.Effort || spent != r.Time || bySport != r.Time || byDay != r.Time || math.Abs(distance-r.Distance) > 1e-6 {
			t.Errorf("seed %d: sums differ", seed)
		}
		if r.Active != len(r.Rows) || r.Active+len(r.Aside) != r.Members {
			t.Errorf("seed %d: %d rows, %d aside, %d members", seed, len(r.Rows), len(r.Aside), r.Members)
		}
		for i := 1; i < len(r.Rows); i++ {
			if r.Score(r.Rows[i]) > r.Score(r.Rows[i-1]) {
				t.Errorf("seed %d: rank %d is better than the one before", seed, i)
			}
		}
	}
}

func TestOrderOfInputDoesNotMatter(t *testing.T) {
	for seed := range uint64(40) {
		in := crowd(seed)
		want := Compute(in)
		r := rand.New(rand.NewPCG(seed, 2))
		r.Shuffle(len(in.Activities), func(i, j int) { in.Activities[i], in.Activities[j] = in.Activities[j], in.Activities[i] })
		r.Shuffle(len(in.Members), func(i, j int) { in.Members[i], in.Members[j] = in.Members[j], in.Members[i] })
		if diff := cmp.Diff(want, Compute(in), cmp.AllowUnexported(Highlight{})); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

func TestComputeLeavesItsInputAlone(t *testing.T) {
	in := crowd(3)
	before := slices.Clone(in.Activities)
	Compute(in)
	if diff := cmp.Diff(before, in.Activities); diff != "" {
		t.Error(diff)
	}
}

func TestEmptyAndBackwardSpans(t *testing.T) {
	for _, s := range []store.Span{{}, {Start: 5, End: 5}, {Start: 9, End: 2}, {Start: math.MinInt, End: math.MaxInt}, {Start: math.MaxInt - 1, End: math.MaxInt},
		{Start: sept.Start, End: math.MaxInt}, {Start: sept.Start - 1<<40, End: sept.End}, {Start: sept.Start, End: sept.Start + 1<<40}, {Start: math.MinInt, End: math.MinInt + 7}} {
		in := crowd(1)
		for _, now := range []time.Time{{}, in.Now} {
			in.Span, in.Now = s, now
			if r := Compute(in); r.Members == 0 {
				t.Errorf("span %v: no members", s)
			}
		}
	}
	Compute(Input{})
}
