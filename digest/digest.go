// Package digest computes a period of a group: totals, board, highlights,
// streaks and bests. It is pure and total: the same data give the same report
// in whatever order they come, and any input gives a report. It never reads a
// clock, a database or a language, and never says a word itself.
package digest

import (
	"cmp"
	"slices"
	"time"

	"clubrun/store"
)

// Input is what a report is computed from.
type Input struct {
	Group store.Group
	Span  store.Span
	// Now is the moment of the report. While it lies before the end of the
	// span, averages are taken over as many days as have begun.
	Now time.Time
	// Season has who is shown in the group and what they did: in the span and
	// before it, at least five weeks for averages and a year for bests,
	// streaks and the year before.
	store.Season
	// Patience is after how long accounts that were not read again are behind;
	// with 0 they never are.
	Patience time.Duration
	Rules    *Rules // nil for the built-in ones
}

// Compute makes the report of a period.
func Compute(in Input) Report {
	today := in.Span.Last()
	if !in.Now.IsZero() {
		today = store.DayOf(in.Now.In(in.Group.Location()))
	}
	book := open(in)
	r := Report{
		Group: in.Group, Span: in.Span, Today: today, SoFar: today < in.Span.End && !in.Now.IsZero(),
		Members: len(book.people), Held: book.held,
	}
	r.Begun = min(max(int(today-in.Span.Start)+1, 0), max(in.Span.Days(), 0))
	if !r.SoFar {
		r.Begun = max(in.Span.Days(), 0)
	}
	if at, late := AsOf(in.Reads, in.Now, in.Patience); late && in.Patience > 0 && mostBehind(in.Reads, in.Now, in.Patience) && at.Before(in.Span.End.In(in.Group.Location())) {
		r.AsOf = at
	}
	rows := book.tally(in.Span)
	r.sum(rows)
	r.Days = book.days(in.Span)
	r.Metric, r.Sport = settle(in.Group.Metric, rows)
	book.pauses(&r)
	book.compare(&r)
	book.streaks(&r)
	book.series(&r)
	r.rank()
	book.remark(&r, in.Season)
	book.glances(&r, in.Posted)
	r.Late = book.late(&r, in.Posted)
	r.Boards = r.boards()
	r.Goal = book.goal(&r, in.Goal, in.Posted)
	r.Duels = book.duels(&r, in.Season)
	r.Prize = book.prize(&r, in.Season)
	return r
}

// sum adds up the rows into the group's totals and parts active members from
// the others.
func (r *Report) sum(rows []Row) {
	totals := map[store.Sport]*Total{}
	for _, row := range rows {
		if len(row.Parts) == 0 {
			r.Aside = append(r.Aside, row)
			continue
		}
		r.Rows = append(r.Rows, row)
		r.Active++
		r.Workouts += row.Workouts
		r.Time += row.Time
		r.Distance += row.Distance
		r.Climb += row.Climb
		r.Effort += row.Effort
		for _, p := range row.Parts {
			if totals[p.Sport] == nil {
				totals[p.Sport] = &Total{Part: Part{Sport: p.Sport}}
			}
			t := totals[p.Sport]
			t.Athletes++
			t.add(p)
		}
	}
	for _, t := range totals {
		r.Sports = append(r.Sports, *t)
	}
	slices.SortFunc(r.Sports, func(a, b Total) int { return byTime(a.Part, b.Part) })
}

// byTime orders parts by time, most first, then by name of the sport.
func byTime(a, b Part) int {
	return cmp.Or(cmp.Compare(b.Time, a.Time), cmp.Compare(a.Sport, b.Sport))
}
