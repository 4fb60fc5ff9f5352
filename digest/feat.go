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
	for i := at(p.entries, s.Start); i < len(p.entries) && p.entries[i].day < s.End; i++ {
		e := &p.entries[i]
		if e.quiet || e.Race || !e.Sport.Travels() || e.time < longTime || e.Distance <= 0 || !p.practised(i) {
			continue
		}
		since := p.entries[0].day
		for j := i - 1; j >= 0; j-- {
			if o := &p.entries[j]; o.Sport == e.Sport && o.Distance*1.01 >= e.Distance {
				since = o.day
				break
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

// returns tells a comeback after a break, or that somebody is new. A break
// with an announced pause in it is nobody's business.
func (p *person) returns(s store.Span) []Highlight {
	entries, before := p.in(s), p.before(s.Start)
	if len(entries) == 0 {
		return nil
	}
	first := &entries[0]
	if len(before) == 0 {
		return []Highlight{{Kind: KindNew, Sport: first.Sport, Day: first.day, weight: 70}}
	}
	last := before[len(before)-1].day
	away := int(first.day - last)
	if away < awayDays || len(entries) < backWorkouts || p.pausedIn(store.Span{Start: last + 1, End: first.day}) {
		return nil
	}
	return []Highlight{{Kind: KindComeback, Sport: first.Sport, Day: first.day, Weeks: away / 7, weight: 65 + float64(min(away/7, 10))/10}}
}

// firsts tells the first activity of a sport among enough others.
func (p *person) firsts(s store.Span) []Highlight {
	var found []Highlight
	entries, before := p.in(s), p.before(s.Start)
	for i := range entries {
		e := &entries[i]
		if e.quiet || e.Sport == store.Other || e.Sport == store.Walk || e.Parent != "" || p.entries[0].day > e.day-firstLookback {
			continue
		}
		did := func(o entry) bool { return o.Sport == e.Sport }
		if !slices.ContainsFunc(before, did) && !slices.ContainsFunc(entries[:i], did) {
			found = append(found, Highlight{Kind: KindFirst, Sport: e.Sport, Day: e.day, weight: 55})
		}
	}
	return found
}

// steady tells streaks at 4, 8, 12 and from 14 weeks on, and weeks without a
// day off.
func steady(row *Row, s store.Span) []Highlight {
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
			if e.quiet || strolls || !e.Sport.Travels() || e.time < longTime || e.Distance <= best[e.Sport].Distance {
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
