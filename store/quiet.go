package store

import "time"

// Quiet is the time of the day in which nothing unasked is posted in a group:
// minutes after midnight on the group's clocks, From in it and To not. It may
// go past midnight; two equal ends are no quiet time.
type Quiet struct{ From, To int }

// On says whether there is a quiet time.
func (q Quiet) On() bool { return q.From != q.To }

// Holds says whether the clock of t, in t's own location, is in it.
func (q Quiet) Holds(t time.Time) bool {
	now := t.Hour()*60 + t.Minute()
	if q.From <= q.To {
		return q.From <= now && now < q.To
	}
	return now >= q.From || now < q.To
}
