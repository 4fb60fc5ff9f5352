package digest

import (
	"cmp"
	"slices"
	"time"

	"clubrun/store"
)

// Thresholds of what is worth a line.
const (
	longTime      = 30 * time.Minute // of a longest or farthest
	longMonths    = 6                // without anything as long
	highClimb     = 300              // metres
	awayDays      = 14               // before a comeback
	backWorkouts  = 2                // that make it one
	jumpLeast     = 0.3
	jumpMost      = 1.0
	daysAMonth    = 30.44
	firstLookback = store.Day(28) // days of history that make a first of a sport one
)

// longest tells the activity of a span that is the member's longest of its
// sport in at least six months.
func (p *person) longest(s store.Span) []Highlight {
	var found []Highlight
	for i, e := range p.entries {
		if e.quiet || e.Race || !goes(e.Sport) || e.time < longTime || e.Distance <= 0 || !s.Contains(e.day) || p.earlier(i, e.Sport) < bestEarlier {
			continue
		}
		since := p.entries[0].day
		for _, o := range p.entries[:i] {
			if o.Sport == e.Sport && o.Distance*1.01 >= e.Distance {
				since = o.day
			}
		}
		if months := int(float64(e.day-since) / daysAMonth); months >= longMonths {
			found = append(found, Highlight{
				Kind: KindLongest, Sport: e.Sport, Day: e.day, Distance: e.Distance, Months: months, weight: 50 + float64(min(months, 12)),
			})
		}
	}
	slices.SortStableFunc(found, func(a, b Highlight) int { return cmp.Compare(b.weight, a.weight) })
	return found[:min(1, len(found))]
}

// goes says whether a sport is told by its distance.
func goes(s store.Sport) bool {
	switch s {
	case store.Run, store.Ride, store.EBike, store.Swim, store.Walk, store.Hike, store.Row, store.Ski:
		return true
	}
	return false
}

// returns tells a comeback after a break, or that somebody is new.
func (p *person) returns(s store.Span) []Highlight {
	entries := p.in(s)
	if len(entries) == 0 {
		return nil
	}
	first := entries[0]
	i := slices.IndexFunc(p.entries, func(e entry) bool { return s.Contains(e.day) })
	if i == 0 {
		return []Highlight{{Kind: KindNew, Sport: first.Sport, Day: first.day, weight: 70}}
	}
	last := store.Day(0)
	for j, e := range p.entries[:i] {
		if j == 0 || e.day > last {
			last = e.day
		}
	}
	away := int(first.day - last)
	if away < awayDays || len(entries) < backWorkouts {
		return nil
	}
	return []Highlight{{Kind: KindComeback, Sport: first.Sport, Day: first.day, Weeks: away / 7, weight: 65 + float64(min(away/7, 10))/10}}
}

// firsts tells the first activity of a sport among enough others.
func (p *person) firsts(s store.Span) []Highlight {
	var found []Highlight
	seen := map[store.Sport]bool{}
	for _, e := range p.entries {
		fresh := !seen[e.Sport] && s.Contains(e.day) && p.entries[0].day <= e.day-firstLookback
		seen[e.Sport] = true
		if fresh && !e.quiet && e.Sport != store.Other && e.Sport != store.Walk && e.Parent == "" {
			found = append(found, Highlight{Kind: KindFirst, Sport: e.Sport, Day: e.day, weight: 55})
		}
	}
	return found
}

// steady tells streaks at 4, 8, 12 and from 14 weeks on, and weeks without a
// day off.
func steady(row Row, s store.Span) []Highlight {
	var found []Highlight
	if s.Days() != 7 {
		return nil
	}
	n := row.Streak
	if row.ActiveDays >= streakDays && (n == 4 || n == 8 || n == 12 || n >= 14) {
		h := Highlight{Kind: KindStreak, Weeks: n, Day: s.Last(), weight: 20 + float64(min(n, 52))/10}
		if n <= 14 || n%10 == 0 || n%52 == 0 {
			h.weight += 10 // a milestone; the weeks between are old news
		}
		found = append(found, h)
	}
	if row.ActiveDays == s.Days() {
		found = append(found, Highlight{Kind: KindEvery, Day: s.Last(), weight: 25})
	}
	return found
}

// far tells the longest activity of the group in each sport that at least two
// members did.
func (b *book) far(s store.Span) []Highlight {
	best, people := map[store.Sport]Highlight{}, map[store.Sport]int{}
	for _, p := range b.people {
		did := map[store.Sport]bool{}
		for _, e := range p.in(s) {
			did[e.Sport] = true
			strolls := e.Sport == store.Walk || e.Sport == store.EBike
			if e.quiet || strolls || !goes(e.Sport) || e.time < longTime || e.Distance <= best[e.Sport].Distance {
				continue
			}
			best[e.Sport] = Highlight{
				Kind: KindFar, Athlete: p.ID, Name: p.Name, Sport: e.Sport, Day: e.day, Distance: e.Distance,
				weight: 35 + min(e.time.Hours(), 6),
			}
		}
		for sport := range did {
			people[sport]++
		}
	}
	var found []Highlight
	for sport, h := range best {
		if people[sport] >= 2 {
			found = append(found, h)
		}
	}
	return found
}

// highest tells the highest climb of one activity in the group.
func (b *book) highest(s store.Span) []Highlight {
	var best Highlight
	for _, p := range b.people {
		for _, e := range p.in(s) {
			if !e.quiet && e.Climb >= highClimb && e.Climb > best.Climb {
				best = Highlight{Kind: KindClimb, Athlete: p.ID, Name: p.Name, Sport: e.Sport, Day: e.day, Climb: e.Climb, weight: 45}
			}
		}
	}
	if best.Climb == 0 {
		return nil
	}
	return []Highlight{best}
}

// jumps tells who is how far above the own average, the largest first; not the
// one who was first a week ago.
func (b *book) jumps(r *Report) []Highlight {
	if r.Span.Days() != 7 || r.Begun < 7 {
		return nil // half a week is not yet a jump
	}
	before, _ := b.firstJump(r)
	var found []Highlight
	for _, row := range r.Rows {
		if row.Change == nil || *row.Change < jumpLeast || row.Athlete == before {
			continue
		}
		c := min(*row.Change, jumpMost)
		found = append(found, Highlight{
			Kind: KindJump, Athlete: row.Athlete, Name: row.Name, Day: r.Span.Last(), Change: c, weight: 42 + c,
		})
	}
	return found
}

// firstJump is whoever was farthest above the own average a week before.
func (b *book) firstJump(r *Report) (athlete int64, found bool) {
	last := Report{Group: r.Group, Span: r.Span.Before(), Today: r.Span.Start - 1, Begun: 7, Metric: r.Metric, Sport: r.Sport}
	last.sum(b.tally(last.Span))
	b.compare(&last)
	most := jumpLeast
	for _, row := range last.Rows {
		if row.Change != nil && *row.Change > most {
			athlete, most, found = row.Athlete, *row.Change, true
		}
	}
	return athlete, found
}
