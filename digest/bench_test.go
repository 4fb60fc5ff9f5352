package digest

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"clubrun/store"
)

// years is a group of so many with five years of training: about 200 workouts
// a year each, in the order in which a store yields them.
func years(members int) Input {
	const days = 5 * 365
	r := rand.New(rand.NewPCG(uint64(members), 5))
	in := of(members)
	splits := []map[string]float64{}
	for i := range 200 {
		pace := 280 + float64(i)/2
		splits = append(splits, map[string]float64{"1000": pace - 20, "1609": pace * 1.6, "5000": pace * 5})
	}
	sports := []store.Sport{store.Run, store.Run, store.Ride, store.Strength}
	for back := days; back > -7; back-- {
		for m := range members {
			if r.IntN(100) >= 55 {
				continue
			}
			a := run(int64(m+1), -back, 25+r.IntN(70))
			a.Sport = sports[r.IntN(len(sports))]
			a.ID, a.External = int64(len(in.Activities)+1), fmt.Sprint(len(in.Activities)+1)
			a.Start = a.Start.Add(time.Duration(r.IntN(600)) * time.Minute)
			a.Local = a.Start.In(lisbon)
			a.Climb = float64(r.IntN(600))
			if a.Sport == store.Run && r.IntN(2) == 0 {
				a.Metrics.Splits = splits[r.IntN(len(splits))]
			}
			if r.IntN(40) == 0 && len(in.Activities) > 0 {
				in.Together = append(in.Together, store.Together{A: a.ID - 1, B: a.ID})
			}
			in.Activities = append(in.Activities, a)
		}
	}
	return in
}

var lisbon = time.FixedZone("", 3600)

func BenchmarkCompute(b *testing.B) {
	for _, members := range []int{8, 60, 1000} {
		in := years(members)
		b.Run(fmt.Sprintf("members=%d/activities=%d/digest", members, len(in.Activities)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Compute(in)
			}
		})
		b.Run(fmt.Sprintf("members=%d/activities=%d/plainloop", members, len(in.Activities)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				passBy(in)
			}
		})
	}
}

// passBy is the least that a report can cost: a look at each activity, and a
// sum per member of those in the span.
func passBy(in Input) map[int64]time.Duration {
	sums := map[int64]time.Duration{}
	for i := range in.Activities {
		a := &in.Activities[i]
		if in.Span.Contains(a.Day()) {
			sums[a.Athlete] += a.Moving
		}
	}
	return sums
}
