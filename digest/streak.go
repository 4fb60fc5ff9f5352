package digest

import "clubrun/store"

// streaks sets each row's weeks in a row with at least three active days, as
// they stand in the week in which the span ends. A week that is not over
// breaks none.
func (b *book) streaks(r *Report) {
	if r.Span.Days() <= 0 {
		return
	}
	last := min(r.Span.Last(), max(r.Today, r.Span.Start))
	now := store.WeekOf(last, b.group.WeekStart)
	if r.Span.Days() == 7 {
		now = r.Span
	}
	for row := range r.all() {
		row.Streak, row.Frozen = b.byID[row.Athlete].streak(now, r.Today < now.End)
	}
}

// streak counts weeks from the first known one on. Ten weeks earn one that is
// forgiven when it is missed. A week that is all pause neither counts nor
// breaks; one with days of a pause counts when it has its active days all the
// same. Frozen says that the streak stands though its last week was missed.
func (p *person) streak(now store.Span, running bool) (run int, frozen bool) {
	active := p.activeWeeks(now.Start)
	forgiven := 0
	for i, days := range active {
		back := store.Day(7 * (len(active) - 1 - i))
		week := store.Span{Start: now.Start - back, End: now.Start - back + 7}
		frozen = false
		switch {
		case p.pausedAll(week):
			frozen = run > 0
		case days >= streakDays:
			run++
		case p.pausedIn(week):
			frozen = run > 0
		case i == len(active)-1 && running:
		case forgiven < run/streakWeeks:
			forgiven++
			frozen = true
		default:
			run, forgiven = 0, 0
		}
	}
	return run, frozen
}

// activeWeeks counts the active days of each week, from the first one with any
// up to the one that begins on start.
func (p *person) activeWeeks(start store.Day) []int {
	var weeks []int
	first := 0
	eachDay(p.before(start+7), func(day store.Day, entries []entry) {
		if spent(entries) < activeDay {
			return
		}
		n := weeksFrom(start, day)
		if n < -weeksMost {
			return
		}
		if weeks == nil {
			first, weeks = n, make([]int, 1-n)
		}
		weeks[n-first]++
	})
	return weeks
}

// weeksFrom numbers the week of a day, counted from the one that begins on
// start: -1 is the week before.
func weeksFrom(start, d store.Day) int {
	n := int(d - start)
	if n < 0 {
		n -= 6
	}
	return n / 7
}
