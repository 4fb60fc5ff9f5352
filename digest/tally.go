package digest

import (
	"math"
	"slices"
	"time"

	"clubrun/store"
)

// tally adds up a span, one row for each member.
func (b *book) tally(s store.Span) []Row {
	rows := make([]Row, 0, len(b.people))
	for _, p := range b.people {
		row := Row{Athlete: p.ID, Name: p.Name}
		row.Private = len(spanned(p.private, s))
		row.Held = len(spanned(p.held, s))
		row.Twice = len(spanned(p.twice, s))
		row.Hidden, row.Excluded = leftOutIn(spanned(p.out, s))
		row.fill(p.in(s), s, b.rules.cap)
		rows = append(rows, row)
	}
	return rows
}

// leftOutIn counts what was left out by the member's choice and by the group's.
func leftOutIn(entries []entry) (hidden, excluded int) {
	for i := range entries {
		if entries[i].out == byMember {
			hidden++
		} else {
			excluded++
		}
	}
	return hidden, excluded
}

// fill adds up the entries of a span, with at most so much effort a day.
func (row *Row) fill(entries []entry, s store.Span, most float64) {
	for i := range entries {
		e := &entries[i]
		part := e.part()
		row.Parts = plus(row.Parts, part)
		row.Workouts += part.Workouts
		row.Time += part.Time
		row.Distance += part.Distance
		row.Climb += part.Climb
		row.Estimated = row.Estimated || e.estimated
		row.Manual = row.Manual || e.Manual
	}
	slices.SortFunc(row.Parts, byTime)
	row.Effort = cappedEffort(entries, most)
	row.Points = points(entries)
	for _, d := range activeDays(entries) {
		row.ActiveDays++
		if i := int(d - s.Start); i < len(row.Days) {
			row.Days[i] = true
		}
	}
}

// plus adds a part to those of its sport.
func plus(parts []Part, p Part) []Part {
	for i := range parts {
		if parts[i].Sport == p.Sport {
			parts[i].add(p)
			return parts
		}
	}
	return append(parts, p)
}

// part is what one entry adds to its sport.
func (e *entry) part() Part {
	p := Part{Sport: e.Sport, Workouts: 1, Time: e.time, Distance: e.Distance, Climb: e.Climb}
	if e.leg {
		p.Workouts = 0
	}
	return p
}

// eachDay calls do with the entries of each day that has some, in order.
func eachDay(entries []entry, do func(day store.Day, entries []entry)) {
	for i := 0; i < len(entries); {
		next := i + 1
		for next < len(entries) && entries[next].day == entries[i].day {
			next++
		}
		do(entries[i].day, entries[i:next])
		i = next
	}
}

// cappedEffort adds up effort with at most so much a day.
func cappedEffort(entries []entry, most float64) int {
	sum := 0.0
	eachDay(entries, func(_ store.Day, entries []entry) {
		day := 0.0
		for i := range entries {
			day += entries[i].effort
		}
		sum += min(day, most)
	})
	return int(math.Round(sum))
}

// activeDays returns the days with enough counted time, in order.
func activeDays(entries []entry) []store.Day {
	var active []store.Day
	eachDay(entries, func(day store.Day, entries []entry) {
		if spent(entries) >= activeDay {
			active = append(active, day)
		}
	})
	return active
}

// spent adds up counted time.
func spent(entries []entry) (sum time.Duration) {
	for i := range entries {
		sum += entries[i].time
	}
	return sum
}

// mostDays is the longest span that is told day by day.
const mostDays = 366

// days adds up each day of a span over all members.
func (b *book) days(s store.Span) []DayTotal {
	if s.Days() <= 0 || s.Days() > mostDays {
		return nil
	}
	days := make([]DayTotal, s.Days())
	for i := range days {
		days[i].Day = s.Start + store.Day(i)
	}
	for _, p := range b.people {
		for _, e := range p.in(s) {
			d := &days[int(e.day-s.Start)]
			d.Time += e.time
			d.Parts = plus(d.Parts, e.part())
		}
	}
	for i := range days {
		slices.SortFunc(days[i].Parts, byTime)
	}
	return days
}
