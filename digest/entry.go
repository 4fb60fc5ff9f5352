package digest

import (
	"cmp"
	"math"
	"time"

	"clubrun/store"
)

// entry is an activity that counts, with what it counts for. It is small: a
// group of years has many, and most of them are only passed by.
type entry struct {
	*store.Activity
	day       store.Day
	start     int64         // seconds since 1970
	time      time.Duration // counted time
	lasted    time.Duration // of the whole recording
	effort    float64       // minutes, before the daily cap
	estimated bool
	fast      bool // too fast to be true
	quiet     bool // private: in the totals, without details
	child     bool // a leg of a multisport event
	leg       bool // not the first one of it
	out       leftOut
}

// leftOut says by whose choice a workout is in no figure of the group.
type leftOut uint8

const (
	isIn     leftOut = iota
	byMember         // hidden, alone or with all of its class
	byGroup          // of a class that the group does not count
)

// chosen says by whose choice an activity of the member is left out.
func (p *person) chosen(a *store.Activity, g store.Group) leftOut {
	switch {
	case !a.Hidden.IsZero() || p.Prefs.Hidden.Covers(a):
		return byMember
	case g.Excluded.Covers(a):
		return byGroup
	}
	return isIn
}

// enter reads an activity; what cannot be is taken as unknown.
func enter(a *store.Activity, zone *time.Location, rules *Rules) entry {
	if !clean(a) {
		a = cleaned(*a, zone)
	}
	rule := rules.sport(a.Sport)
	e := entry{Activity: a, day: a.Day(), start: a.Start.Unix(), lasted: max(a.Elapsed, a.Timer, a.Moving), quiet: a.Private, child: a.Parent != ""}
	e.time = counted(a, rule)
	e.effort, e.estimated = effort(a, e.time, rule)
	e.fast = tooFast(a, e.time, rule)
	return e
}

// clean says whether all figures of an activity can be.
func clean(a *store.Activity) bool {
	for _, z := range a.Metrics.Zones {
		if sane(z, longestWork.Seconds()) != z {
			return false
		}
	}
	return sane(a.Distance, mostMetres) == a.Distance && sane(a.Climb, mostClimb) == a.Climb && sane(a.AvgHR, 300) == a.AvgHR &&
		within(a.Elapsed) == a.Elapsed && within(a.Timer) == a.Timer && within(a.Moving) == a.Moving &&
		a.Moderate >= 0 && a.Moderate <= mostMinutes && a.Vigorous >= 0 && a.Vigorous <= mostMinutes &&
		!a.Local.IsZero() && !a.Start.IsZero()
}

// cleaned is an activity without the figures that cannot be.
func cleaned(a store.Activity, zone *time.Location) *store.Activity {
	a.Distance, a.Climb = sane(a.Distance, mostMetres), sane(a.Climb, mostClimb)
	a.AvgHR = sane(a.AvgHR, 300)
	for i, z := range a.Metrics.Zones {
		a.Metrics.Zones[i] = sane(z, longestWork.Seconds())
	}
	a.Elapsed, a.Timer, a.Moving = within(a.Elapsed), within(a.Timer), within(a.Moving)
	a.Moderate, a.Vigorous = min(max(a.Moderate, 0), mostMinutes), min(max(a.Vigorous, 0), mostMinutes)
	if a.Local.IsZero() && !a.Start.IsZero() {
		a.Local = a.Start.In(zone)
	}
	if a.Start.IsZero() {
		a.Start = a.Local
	}
	return &a
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
func counted(a *store.Activity, rule sportRule) time.Duration {
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
func effort(a *store.Activity, d time.Duration, rule sportRule) (minutes float64, estimated bool) {
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

// tooFast says whether nobody can have been that fast.
func tooFast(a *store.Activity, d time.Duration, rule sportRule) bool {
	if a.Vouched || rule.fastest == 0 || d <= 0 || a.Distance < rule.from {
		return false
	}
	return a.Distance/1000/d.Hours() > rule.fastest
}

// TooFast says whether nobody can have been that fast on average; nil are the
// built-in rules.
func (r *Rules) TooFast(a *store.Activity) bool {
	if r == nil {
		r = builtIn()
	}
	rule := r.sport(a.Sport)
	return tooFast(a, counted(a, rule), rule)
}

// clock is the time of a race.
func (e *entry) clock() time.Duration { return cmp.Or(e.Timer, e.Elapsed, e.Moving) }

// same says whether two entries of one athlete are one workout: recordings
// that overlap for most of the shorter one, but for legs of one event, what
// the athlete has taken apart, and what was typed without its time of day.
func (e *entry) same(o *entry) bool {
	if e.Type == store.TypedDay || o.Type == store.TypedDay {
		return false
	}
	if e.Parent != "" && e.Parent == o.Parent && e.Source == o.Source || e.Apart && o.Apart {
		return false
	}
	from, to := e.Start, e.Start.Add(e.lasted)
	if o.Start.After(from) {
		from = o.Start
	}
	if end := o.Start.Add(o.lasted); end.Before(to) {
		to = end
	}
	shorter := min(e.lasted, o.lasted)
	if shorter == 0 {
		return e.Start.Equal(o.Start) && e.Sport == o.Sport
	}
	return float64(to.Sub(from)) >= overlapShare*float64(shorter)
}

// richer orders recordings: with heart rate first, then measured effort, then
// the longer one; the rest makes the order total.
func richer(a, b entry) int {
	measured := func(e entry) bool { return e.effort > 0 && !e.estimated }
	return cmp.Or(
		first(a.AvgHR > 0, b.AvgHR > 0), first(measured(a), measured(b)),
		cmp.Compare(b.lasted, a.lasted), cmp.Compare(b.Distance, a.Distance), byStart(a, b))
}

// first orders what is before what is not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// inOrder orders entries by day, those of one day by time.
func inOrder(a, b entry) int {
	if a.day != b.day {
		return cmp.Compare(a.day, b.day)
	}
	return byStart(a, b)
}

// byStart orders entries by the instant, and those of one instant by all that
// is told of them.
func byStart(a, b entry) int {
	if a.start != b.start {
		return cmp.Compare(a.start, b.start)
	}
	return cmp.Or(
		a.Start.Compare(b.Start), cmp.Compare(a.day, b.day), cmp.Compare(a.Source, b.Source), cmp.Compare(a.External, b.External),
		cmp.Compare(a.ID, b.ID), cmp.Compare(a.Sport, b.Sport), cmp.Compare(a.lasted, b.lasted),
		cmp.Compare(a.time, b.time), cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.Climb, b.Climb),
		cmp.Compare(a.effort, b.effort), cmp.Compare(a.Parent, b.Parent), cmp.Compare(a.Name, b.Name))
}
