package digest

import (
	"cmp"
	"math"
	"time"

	"clubrun/store"
)

// entry is an activity that counts, with what it counts for.
type entry struct {
	store.Activity
	rule      sportRule
	day       store.Day
	time      time.Duration // counted time
	effort    float64       // minutes, before the daily cap
	estimated bool
	quiet     bool // private: in the totals, without details
	leg       bool // not the first leg of its multisport event
}

// enter reads an activity; what cannot be is taken as unknown.
func enter(a store.Activity, zone *time.Location, rules *Rules) entry {
	a.Distance, a.Climb = sane(a.Distance, mostMetres), sane(a.Climb, mostClimb)
	a.AvgHR = sane(a.AvgHR, 300)
	for i, z := range a.Metrics.Zones {
		a.Metrics.Zones[i] = sane(z, longestWork.Seconds())
	}
	a.Elapsed, a.Timer, a.Moving = within(a.Elapsed), within(a.Timer), within(a.Moving)
	a.Moderate, a.Vigorous = min(max(a.Moderate, 0), 1e4), min(max(a.Vigorous, 0), 1e4)
	if a.Local.IsZero() && !a.Start.IsZero() {
		a.Local = a.Start.In(zone)
	}
	if a.Start.IsZero() {
		a.Start = a.Local
	}
	e := entry{Activity: a, day: a.Day(), rule: rules.sport(a.Sport)}
	e.time = counted(a, e.rule)
	e.effort, e.estimated = effort(a, e.time, e.rule)
	return e
}

func sane(x, most float64) float64 {
	if math.IsNaN(x) || x < 0 || x > most {
		return 0
	}
	return x
}

func within(d time.Duration) time.Duration {
	if d < 0 || d > longestWork {
		return 0
	}
	return d
}

// counted is the time an activity counts for: moving time for sports that
// move, elapsed time for those that do not and for those indoors, where
// nothing tells movement.
func counted(a store.Activity, rule sportRule) time.Duration {
	if rule.still {
		return cmp.Or(a.Elapsed, a.Timer, a.Moving)
	}
	if a.Distance == 0 {
		return cmp.Or(a.Timer, a.Elapsed, a.Moving)
	}
	return cmp.Or(a.Moving, a.Timer, a.Elapsed)
}

// effort is moderate + 2 × vigorous minutes: as the source counted them, else
// from the time in heart rate zones (2 and 3 moderate, 4 and 5 vigorous), else
// estimated from the time by the sport's factor.
func effort(a store.Activity, d time.Duration, rule sportRule) (minutes float64, estimated bool) {
	if n := a.Moderate + 2*a.Vigorous; n > 0 {
		return float64(n), false
	}
	z := a.Metrics.Zones
	if n := (z[1] + z[2] + 2*(z[3]+z[4])) / 60; n > 0 {
		return n, false
	}
	minutes = rule.factor * d.Minutes()
	return minutes, minutes > 0
}

// plausible says whether a person can have been that fast.
func (e entry) plausible() bool {
	rule := e.rule
	if rule.fastest == 0 || e.time <= 0 || e.Distance < rule.from {
		return true
	}
	return e.Distance/1000/e.time.Hours() <= rule.fastest
}

// length is how long the recording took.
func (e entry) length() time.Duration { return max(e.Elapsed, e.Timer, e.Moving) }

// same says whether two entries of one athlete are one workout: recordings
// that overlap for most of the shorter one, but for legs of one event.
func (e *entry) same(o *entry) bool {
	if e.Parent != "" && e.Parent == o.Parent && e.Source == o.Source {
		return false
	}
	from, to := e.Start, e.Start.Add(e.length())
	if o.Start.After(from) {
		from = o.Start
	}
	if end := o.Start.Add(o.length()); end.Before(to) {
		to = end
	}
	shorter := min(e.length(), o.length())
	if shorter == 0 {
		return e.Start.Equal(o.Start) && e.Sport == o.Sport
	}
	return float64(to.Sub(from)) >= overlapShare*float64(shorter)
}

// richer orders recordings: with heart rate first, then measured effort, then
// the longer one; the rest makes the order total.
func richer(a, b entry) int {
	heart := func(e entry) int {
		if e.AvgHR > 0 {
			return 1
		}
		return 0
	}
	measured := func(e entry) int {
		if e.effort > 0 && !e.estimated {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(heart(b), heart(a)), cmp.Compare(measured(b), measured(a)),
		cmp.Compare(b.length(), a.length()), cmp.Compare(b.Distance, a.Distance), inOrder(a, b))
}

// inOrder orders entries by time, and those of one instant by all that is told
// of them.
func inOrder(a, b entry) int {
	return cmp.Or(
		a.Start.Compare(b.Start), cmp.Compare(a.day, b.day), cmp.Compare(a.Source, b.Source), cmp.Compare(a.External, b.External),
		cmp.Compare(a.ID, b.ID), cmp.Compare(a.Sport, b.Sport), cmp.Compare(a.length(), b.length()),
		cmp.Compare(a.time, b.time), cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.Climb, b.Climb),
		cmp.Compare(a.effort, b.effort), cmp.Compare(a.Parent, b.Parent), cmp.Compare(a.Name, b.Name))
}
