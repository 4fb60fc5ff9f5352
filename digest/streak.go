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
	running := r.Today < now.End
	for _, rows := range [][]Row{r.Rows, r.Aside} {
		for i := range rows {
			for _, p := range b.people {
				if p.ID == rows[i].Athlete {
					rows[i].Streak = p.streak(now, running)
				}
			}
		}
	}
}

// streak counts weeks from the first known one on. Ten weeks earn one that is
// forgiven when it is missed.
func (p *person) streak(now store.Span, running bool) int {
	if len(p.entries) == 0 {
		return 0
	}
	active := map[int]int{}
	first := 0
	for _, d := range activeDays(p.entries) {
		n := weeksFrom(now.Start, d)
		active[n]++
		first = min(first, n)
	}
	run, forgiven := 0, 0
	for n := first; n <= 0; n++ {
		switch {
		case active[n] >= streakDays:
			run++
		case n == 0 && running:
		case forgiven < run/streakWeeks:
			forgiven++
		default:
			run, forgiven = 0, 0
		}
	}
	return run
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
