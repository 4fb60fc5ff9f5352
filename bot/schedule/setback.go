package schedule

import "time"

// The waits before a digest that failed is tried again.
const (
	firstSetback = time.Minute
	lastSetback  = 30 * time.Minute
)

// setbacks are the groups whose digest failed, and when to try again. They are
// kept in memory: a restart tries at once.
type setbacks map[int64]setback

type setback struct {
	due   time.Time // of the digest that failed
	wait  time.Duration
	until time.Time
}

// waits says whether the group's digest of that moment is not to be tried yet.
func (s setbacks) waits(group int64, due, now time.Time) bool {
	b, failed := s[group]
	return failed && b.due.Equal(due) && now.Before(b.until)
}

// note keeps how a try ended: each failure doubles the wait.
func (s *setbacks) note(group int64, due, now time.Time, err error) {
	if err == nil {
		delete(*s, group)
		return
	}
	if *s == nil {
		*s = setbacks{}
	}
	wait := firstSetback
	if b, again := (*s)[group]; again && b.due.Equal(due) {
		wait = min(2*b.wait, lastSetback)
	}
	(*s)[group] = setback{due, wait, now.Add(wait)}
}
