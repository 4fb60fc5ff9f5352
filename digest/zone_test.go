package digest

import (
	_ "embed"
	"strings"
	"testing"
	"time"

	"clubrun/store"
)

// zoneList are the names of all zones of the tz database, one a line.
//
//go:embed testdata/zones.txt
var zoneList string

// eachZone calls do with every zone that this machine knows.
func eachZone(t *testing.T, do func(name string, zone *time.Location)) {
	t.Helper()
	known := 0
	for _, name := range strings.Fields(zoneList) {
		if zone, err := time.LoadLocation(name); err == nil {
			known++
			do(name, zone)
		}
	}
	if known == 0 {
		t.Skip("no zones on this machine")
	}
	t.Logf("%d zones", known)
}

// From the first instant of a week to the last before the next one it is the
// same week, wherever clocks are turned, and whenever weeks begin.
func TestWeeksMeetInEveryZone(t *testing.T) {
	from, to := store.Date(2020, 1, 1), store.Date(2038, 1, 1)
	step := store.Day(1) // every day: each is the first of a week somewhere
	if testing.Short() {
		step = 7
	}
	eachZone(t, func(name string, zone *time.Location) {
		for d := from; d < to; d += step {
			first := d.In(zone)
			if got := store.DayOf(first); got != d {
				t.Fatalf("%s: %s begins on %s, at %s", name, d, got, first)
			}
			if got := store.DayOf(first.Add(-time.Nanosecond)); got != d-1 {
				t.Fatalf("%s: the day before %s ends on %s", name, d, got)
			}
		}
	})
}

// A report knows by its group's zone which days have begun, and an activity
// counts by the date where it was, in the weeks in which clocks are turned.
func TestWeeksOfTurnedClocksAreWhole(t *testing.T) {
	eachZone(t, func(name string, zone *time.Location) {
		for _, day := range turns(zone, testing.Short()) {
			start := day.Weekday()
			for _, s := range []store.Span{store.WeekOf(day, start), store.WeekOf(day, start+1), store.WeekOf(day, time.Monday)} {
				s := s
				in := Input{Group: store.Group{Zone: name, WeekStart: s.Start.Weekday()}, Span: s, Season: store.Season{Members: []store.Athlete{{ID: 1}}}}
				begin, end := s.Start.In(zone), s.End.In(zone)
				for i, at := range []time.Time{begin.Add(-time.Second), begin, end.Add(-time.Second), end} {
					in.Activities = append(in.Activities, store.Activity{
						ID: int64(i), Athlete: 1, External: string(rune('a' + i)), Sport: store.Yoga, Start: at.UTC(), Local: at, Elapsed: time.Second,
					})
				}
				in.Activities[2].Start = in.Activities[2].Start.Add(-time.Minute) // not the same workout as the one after it
				in.Now = end.Add(-time.Second)
				if r := Compute(in); r.Workouts != 2 || !r.SoFar || r.Begun != 7 || r.Today != s.Last() {
					t.Fatalf("%s, week from %s: %d workouts, so far %v, %d days begun", name, s.Start, r.Workouts, r.SoFar, r.Begun)
				}
				in.Now = end
				if r := Compute(in); r.Workouts != 2 || r.SoFar || r.Begun != 7 {
					t.Fatalf("%s, after the week from %s: %d workouts, so far %v", name, s.Start, r.Workouts, r.SoFar)
				}
			}
		}
	})
}

// turns are the days from 2020 to 2037 on which a zone's clocks are turned.
func turns(zone *time.Location, few bool) (days []store.Day) {
	t, end := time.Date(2020, 1, 1, 0, 0, 0, 0, zone), time.Date(2038, 1, 1, 0, 0, 0, 0, zone)
	for t.Before(end) {
		_, next := t.ZoneBounds()
		if next.IsZero() || next.After(end) {
			break
		}
		days = append(days, store.DayOf(next.Add(-time.Second)))
		t = next
	}
	if few && len(days) > 2 {
		days = days[:2]
	}
	return days
}
