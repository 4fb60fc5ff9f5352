package digest

import (
	"time"

	"clubrun/store"
)

const (
	bestMonths   = 3  // whole months before, for one to be the best
	bestYears    = 1  // the same of years
	lastOfYear   = 26 // of December: the week that has the day before is the last to end in the year
	weeksOfAYear = 52
)

// glances sets the year before and, in a week's report that is all but over,
// the month and the year of which it is the turn.
func (b *book) glances(r *Report, posted []store.Digest) {
	r.LastYear = b.lastYear(r.Span)
	if r.Span.Days() != 7 || r.Begun < 7 {
		return
	}
	turns := store.Span{Start: told(r.Span, posted) + 1, End: r.Span.End + 1}
	if end := store.MonthOf(r.Span.End).Start; turns.Contains(end) {
		r.Month = b.period(store.MonthOf(end-1), store.MonthOf, bestMonths)
	}
	if year, ok := yearsTurn(turns); ok {
		s := store.YearOf(year)
		s.End = min(s.End, r.Span.End)
		r.Year = b.period(s, store.YearOf, bestYears)
	}
}

// told is the day up to which the group's digests have told before a week: the
// end of the last one posted, so that what a skipped week would have told is
// told by the next, and once; without any, the start of the week.
func told(week store.Span, posted []store.Digest) store.Day {
	day, found := week.Start, false
	for _, d := range posted {
		if d.Week.Start < week.Start && (!found || d.Week.End > day) {
			day, found = d.Week.End, true
		}
	}
	return day
}

// yearsTurn finds a day of the year that a digest tells, if one of the days of
// its turn is 26 December: the first day after the last week that begins early
// enough to end in the year.
func yearsTurn(turns store.Span) (day store.Day, ok bool) {
	last := turns.Last()
	for _, s := range []store.Span{store.YearOf(last), store.YearOf(store.YearOf(last).Start - 1)} {
		y, _, _ := s.Start.Date()
		if turns.Contains(store.Date(y, time.December, lastOfYear)) {
			return s.Start, true
		}
	}
	return 0, false
}

// glance adds up a span over all members.
func (b *book) glance(s store.Span) Glance {
	g := Glance{Span: s}
	for _, p := range b.people {
		entries := p.in(s)
		if len(entries) == 0 {
			continue
		}
		g.Active++
		g.Days += len(activeDays(entries))
		for i := range entries {
			part := entries[i].part()
			g.Workouts += part.Workouts
			g.Time += part.Time
			g.Distance += part.Distance
			g.Climb += part.Climb
		}
	}
	return g
}

// period is a month or a year at a glance, nil for one without a workout. It
// is the best when none of those before, that are known as a whole and are at
// least so many, had as much time.
func (b *book) period(s store.Span, of func(store.Day) store.Span, least int) *Glance {
	g := b.glance(s)
	if g.Workouts == 0 {
		return nil
	}
	first, _ := b.since()
	before, best := 0, true
	for o := of(s.Start - 1); o.Start >= first; o = of(o.Start - 1) {
		before++
		sum := time.Duration(0)
		for _, p := range b.people {
			sum += spent(p.in(o))
		}
		best = best && sum < g.Time
	}
	g.Best = best && before >= least
	return &g
}

// lastYear is the same period a year before; nil where it is not known from
// its first day on, or nobody moved.
func (b *book) lastYear(s store.Span) *Glance {
	first, known := b.since()
	if s.Days() <= 0 || s.Days() > mostDays || !known || first > s.Start {
		return nil
	}
	before := yearBefore(s)
	if first > before.Start {
		return nil
	}
	if g := b.glance(before); g.Workouts > 0 {
		return &g
	}
	return nil
}

// yearBefore is the same span a year before: the week of the same ISO number,
// or, where that year had none or weeks do not begin on Monday, the one 52
// weeks before; of any other span the same dates.
func yearBefore(s store.Span) store.Span {
	if s.Days() != 7 {
		return store.Span{Start: aYearBefore(s.Start), End: aYearBefore(s.End)}
	}
	back := store.Span{Start: s.Start - 7*weeksOfAYear, End: s.End - 7*weeksOfAYear}
	if _, week, ok := s.ISOWeek(); ok {
		earlier := store.Span{Start: back.Start - 7, End: back.End - 7}
		if _, w, _ := earlier.ISOWeek(); w == week {
			return earlier
		}
	}
	return back
}

func aYearBefore(d store.Day) store.Day {
	y, m, day := d.Date()
	return store.Date(y-1, m, day)
}
