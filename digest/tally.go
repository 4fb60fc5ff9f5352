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
		row.fill(p.in(s), s, b.rules.cap)
		rows = append(rows, row)
	}
	return rows
}

// fill adds up the entries of a span, with at most so much effort a day.
func (row *Row) fill(entries []entry, s store.Span, most float64) {
	parts := map[store.Sport]*Part{}
	for _, e := range entries {
		if parts[e.Sport] == nil {
			parts[e.Sport] = &Part{Sport: e.Sport}
		}
		part := e.part()
		parts[e.Sport].add(part)
		row.Workouts += part.Workouts
		row.Time += part.Time
		row.Distance += part.Distance
		row.Climb += part.Climb
		row.Estimated = row.Estimated || e.estimated
		row.Manual = row.Manual || e.Manual
	}
	for _, p := range parts {
		row.Parts = append(row.Parts, *p)
	}
	slices.SortFunc(row.Parts, byTime)
	row.Effort = cappedEffort(entries, most)
	for _, d := range activeDays(entries) {
		row.ActiveDays++
		if i := int(d - s.Start); i < len(row.Days) {
			row.Days[i] = true
		}
	}
}

// part is what one entry adds to its sport.
func (e entry) part() Part {
	p := Part{Sport: e.Sport, Workouts: 1, Time: e.time, Distance: e.Distance, Climb: e.Climb}
	if e.leg {
		p.Workouts = 0
	}
	return p
}

// cappedEffort adds up effort with at most so much a day.
func cappedEffort(entries []entry, most float64) int {
	days := map[store.Day]float64{}
	var order []store.Day
	for _, e := range entries {
		if _, seen := days[e.day]; !seen {
			order = append(order, e.day)
		}
		days[e.day] += e.effort
	}
	sum := 0.0
	for _, d := range order {
		sum += min(days[d], most)
	}
	return int(math.Round(sum))
}

// activeDays returns the days with enough counted time, in order.
func activeDays(entries []entry) []store.Day {
	days := map[store.Day]time.Duration{}
	for _, e := range entries {
		days[e.day] += e.time
	}
	var active []store.Day
	for d, t := range days {
		if t >= activeDay {
			active = append(active, d)
		}
	}
	slices.Sort(active)
	return active
}

// mostDays is the longest span that is told day by day.
const mostDays = 366

// days adds up each day of a span over all members.
func (b *book) days(s store.Span) []DayTotal {
	if s.Days() <= 0 || s.Days() > mostDays {
		return nil
	}
	parts := make([]map[store.Sport]*Part, s.Days())
	for _, p := range b.people {
		for _, e := range p.in(s) {
			i := int(e.day - s.Start)
			if parts[i] == nil {
				parts[i] = map[store.Sport]*Part{}
			}
			if parts[i][e.Sport] == nil {
				parts[i][e.Sport] = &Part{Sport: e.Sport}
			}
			parts[i][e.Sport].add(e.part())
		}
	}
	days := make([]DayTotal, s.Days())
	for i := range days {
		days[i].Day = s.Start + store.Day(i)
		for _, p := range parts[i] {
			days[i].Time += p.Time
			days[i].Parts = append(days[i].Parts, *p)
		}
		slices.SortFunc(days[i].Parts, byTime)
	}
	return days
}
