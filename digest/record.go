package digest

import (
	"cmp"
	"slices"

	"clubrun/store"
)

// The names of the group's records. That of the longest of a sport is followed
// by the sport: "longest.run".
const (
	RecordTime     = "week.time"     // the week with the most time: seconds
	RecordWorkouts = "week.workouts" // the week with the most workouts
	RecordJoint    = "joint"         // the most people in one activity
	RecordClimb    = "climb"         // the highest climb of one activity: metres
	RecordLongest  = "longest."      // the longest activity of a sport: metres
)

const (
	recordWeeks   = 8  // with a workout, that a week's record needs before it
	recordTimes   = 12 // a sport was done before, for a record of it
	recordHistory = 26 // weeks of which something is known before
)

// records are the group's best of everything that is known up to the end of
// the span. One whose holder is in a pause is left out.
func (b *book) records(r *Report, past, now annals) []Record {
	var all []Record
	week := func(kind string, before, here weekBest) {
		if here.value > before.value {
			before = here
		}
		if before.value > 0 {
			all = append(all, Record{Kind: kind, Day: before.start, Value: before.value})
		}
	}
	week(RecordTime, past.time, now.time)
	week(RecordWorkouts, past.workouts, now.workouts)
	if j := larger(past.joint, now.joint); len(j.people) > 1 {
		all = append(all, Record{Kind: RecordJoint, Sport: j.sport, Day: j.day, Value: float64(len(j.people))})
	}
	of := func(kind string, before, here deed, value func(deed) float64) {
		if before.entry == nil || here.entry != nil && value(here) > value(before) {
			before = here
		}
		if before.entry != nil && !before.silent(r) {
			all = append(all, Record{
				Kind: kind, Athlete: before.person.ID, Name: before.person.Name, Sport: before.Sport, Day: before.day, Value: value(before),
			})
		}
	}
	for _, sport := range sportsOf(past, now) {
		before, _ := past.of(sport)
		here, _ := now.of(sport)
		of(RecordLongest+string(sport), before, here, func(d deed) float64 { return d.Distance })
	}
	of(RecordClimb, past.highest, now.highest, func(d deed) float64 { return d.Climb })
	return all
}

// sportsOf are the sports of two annals, by name.
func sportsOf(x, y annals) []store.Sport {
	var sports []store.Sport
	for _, d := range slices.Concat(x.longest, y.longest) {
		sports = append(sports, d.Sport)
	}
	slices.Sort(sports)
	return slices.Compact(sports)
}

func larger(x, y joint) joint {
	if len(y.people) > len(x.people) {
		return y
	}
	return x
}

// broken tells which of the group's records a week broke: of the group as a
// whole, or by the activity of a member. Enough must be known before it.
func (b *book) broken(r *Report, past, now annals) []Highlight {
	first, known := b.since()
	if r.Span.Days() != 7 || !known || first > r.Span.Start-recordHistory*7 {
		return nil
	}
	var found []Highlight
	if past.weeks >= recordWeeks && now.time.value > past.time.value*1.01 {
		found = append(found, Highlight{
			Kind: KindGroup, What: RecordTime, Day: r.Span.Last(), Value: now.time.value, Time: now.time.duration(), weight: 75,
		})
	}
	if past.weeks >= recordWeeks && now.workouts.value > past.workouts.value {
		found = append(found, Highlight{Kind: KindGroup, What: RecordWorkouts, Day: r.Span.Last(), Value: now.workouts.value, weight: 62})
	}
	for _, here := range now.longest {
		if before, did := past.of(here.Sport); did && before.times >= recordTimes && here.Distance > before.Distance*1.01 {
			found = append(found, here.record(RecordLongest+string(here.Sport), here.Distance, 78))
		}
	}
	if here, before := now.highest, past.highest; here.entry != nil && before.entry != nil && here.Climb > before.Climb*1.01 {
		found = append(found, here.record(RecordClimb, here.Climb, 76))
	}
	slices.SortStableFunc(found, func(x, y Highlight) int { return cmp.Compare(y.weight, x.weight) })
	return found
}

// record tells a deed as a record of the group.
func (d deed) record(what string, value, weight float64) Highlight {
	return Highlight{
		Kind: KindGroup, What: what, Athlete: d.person.ID, Name: d.person.Name, Sport: d.Sport, Day: d.day,
		Distance: d.Distance, Climb: d.Climb, Time: d.time, Value: value, weight: weight,
	}
}
