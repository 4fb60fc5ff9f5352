package digest

import (
	"cmp"
	"slices"
	"time"

	"clubrun/store"
)

// annals are the group's bests of some time: of weeks and of single
// activities. Of equal ones it is the first.
type annals struct {
	weeks        int // in which somebody moved
	time         weekBest
	workouts     weekBest
	longest      []deed // one for each sport
	highest      deed
	joint        joint
	jointBefores int // how many joint activities there were
}

// weekBest is a week with its figure.
type weekBest struct {
	start store.Day
	value float64
}

// deed is the activity of a best.
type deed struct {
	*person
	*entry
	times int // how often somebody did the sport
}

// annals are those of the time before a week and those of the week itself; of
// any other span all is in the latter.
func (b *book) annals(s store.Span, joints []joint) (past, now annals) {
	all := store.Span{Start: s.Start - history, End: s.End}
	if s.Days() != 7 {
		return annals{}, b.annalsOf(all, store.WeekOf(s.Last(), b.group.WeekStart).Start, joints)
	}
	return b.annalsOf(store.Span{Start: all.Start, End: s.Start}, s.Start, joints), b.annalsOf(s, s.Start, joints)
}

// annalsOf looks at a span, week by week from the one that holds its last day.
func (b *book) annalsOf(s store.Span, start store.Day, joints []joint) annals {
	a := annals{}
	sums := []Glance{} // by week, the one from start first and then back
	sums = slices.Grow(sums, 64)
	for _, p := range b.people {
		entries := p.in(s)
		sums = weekly(sums, entries, start)
		a.deeds(p, entries)
	}
	for i := len(sums) - 1; i >= 0; i-- {
		if w := &sums[i]; w.Workouts > 0 || w.Time > 0 {
			first := start - store.Day(7*i)
			a.weeks++
			a.time.raise(first, w.Time.Seconds())
			a.workouts.raise(first, float64(w.Workouts))
		}
	}
	for _, j := range joints {
		if s.Contains(j.day) {
			a.jointBefores++
			if len(j.people) > len(a.joint.people) {
				a.joint = j
			}
		}
	}
	slices.SortFunc(a.longest, func(x, y deed) int { return cmp.Compare(x.Sport, y.Sport) })
	return a
}

func (w *weekBest) raise(start store.Day, value float64) {
	if value > w.value {
		*w = weekBest{start, value}
	}
}

// weeksMost is how many weeks before a day are looked at, whatever the span.
const weeksMost = 10000

// weekly adds entries to the sums of their weeks, of which the first begins on
// start and each further one a week earlier.
func weekly(sums []Glance, entries []entry, start store.Day) []Glance {
	for i := range entries {
		e := &entries[i]
		n := -weeksFrom(start, e.day)
		if n < 0 || n > weeksMost {
			continue
		}
		for len(sums) <= n {
			sums = append(sums, Glance{})
		}
		if !e.leg {
			sums[n].Workouts++
		}
		sums[n].Time += e.time
	}
	return sums
}

// deeds notes what of a member's entries is the longest or the highest so far.
func (a *annals) deeds(p *person, entries []entry) {
	var last *deed
	for i := range entries {
		e := &entries[i]
		if e.quiet {
			continue
		}
		if e.Climb >= highClimb && (a.highest.entry == nil || a.highest.beaten(e.Climb, a.highest.Climb, e)) {
			a.highest.person, a.highest.entry = p, e
		}
		if !e.Sport.Travels() || e.Distance <= 0 || e.time < longTime {
			continue
		}
		if last == nil || last.Sport != e.Sport {
			last = a.deed(e)
		}
		last.times++
		if last.person == nil {
			last.person = p
		}
		if last.beaten(e.Distance, last.Distance, e) {
			last.person, last.entry = p, e
		}
	}
}

// beaten says whether another entry comes before the one of the deed: by its
// figure, else by its day.
func (d *deed) beaten(value, old float64, by *entry) bool {
	return value > old || value == old && by.day < d.day
}

// deed returns the sport's deed.
func (a *annals) deed(e *entry) *deed {
	for i := range a.longest {
		if a.longest[i].Sport == e.Sport {
			return &a.longest[i]
		}
	}
	a.longest = append(a.longest, deed{entry: e})
	return &a.longest[len(a.longest)-1]
}

// of returns the longest of a sport.
func (a *annals) of(s store.Sport) (deed, bool) {
	for _, d := range a.longest {
		if d.Sport == s {
			return d, true
		}
	}
	return deed{}, false
}

// duration is the week's figure as time.
func (w weekBest) duration() time.Duration { return time.Duration(w.value * float64(time.Second)) }
