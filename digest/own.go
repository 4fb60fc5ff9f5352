package digest

import (
	"cmp"
	"slices"
	"time"

	"clubrun/store"
)

const (
	bigWeeks = 8  // without a week as large, for one to be told
	bigMost  = 52 // weeks that are looked at
	manyDays = 3  // active days, for their number to be told
)

// week tells of a member's week as a whole, against the own weeks before it:
// the largest in time for at least eight weeks, or more active days than in
// any of the last four.
func (p *person) week(s store.Span) []Highlight {
	if s.Days() != 7 || len(p.entries) == 0 {
		return nil
	}
	var found []Highlight
	this := p.in(s)
	if n := p.weeksSince(s, spent(this)); n >= bigWeeks {
		found = append(found, Highlight{Kind: KindWeek, Day: s.Last(), Weeks: n, Time: spent(this), weight: 36 + float64(n)/10})
	}
	days := len(activeDays(this))
	if days < manyDays || p.entries[0].day > s.Start-baseWeeks*7 {
		return found
	}
	for i := 1; i <= baseWeeks; i++ {
		back := store.Day(7 * i)
		if len(activeDays(p.in(store.Span{Start: s.Start - back, End: s.End - back}))) >= days {
			return found
		}
	}
	return append(found, Highlight{Kind: KindDays, Day: s.Last(), Days: days, weight: 28})
}

// weeksSince counts the weeks before one in which the member did less, as far
// back as something is known and at most a year; 0 where there was too little
// to compare with.
func (p *person) weeksSince(s store.Span, t time.Duration) int {
	if t < baseTime {
		return 0
	}
	n, some := 0, 0
	for ; n < bigMost; n++ {
		back := store.Day(7 * (n + 1))
		week := store.Span{Start: s.Start - back, End: s.End - back}
		before := spent(p.in(week))
		if week.Start < p.entries[0].day || before >= t {
			break
		}
		if before > 0 {
			some++
		}
	}
	if some < bigWeeks/2 {
		return 0
	}
	return n
}

// did tells the largest thing that a member did, for a week in which nothing
// else can be told of somebody of whom nothing was told of late.
func (p *person) did(s store.Span) []Highlight {
	if s.Days() != 7 {
		return nil // of a month nobody needs to be told of one by one
	}
	entries := slices.DeleteFunc(slices.Clone(p.in(s)), func(e entry) bool { return e.quiet })
	if len(entries) == 0 {
		return nil
	}
	e := slices.MaxFunc(entries, func(x, y entry) int { return cmp.Or(cmp.Compare(x.time, y.time), inOrder(y, x)) })
	return []Highlight{{
		Kind: KindDid, Sport: e.Sport, Day: e.day, Distance: e.Distance, Climb: e.Climb, Time: e.time,
		Days: len(activeDays(entries)), weight: 8,
	}}
}
