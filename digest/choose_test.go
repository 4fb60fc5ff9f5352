package digest

import (
	"testing"
	"time"

	"clubrun/store"
)

// Nobody of a small group is told of twice while somebody who moved, of whom
// nothing was told of late, could have a line.
func TestNobodyIsNamedTwiceBeforeTheSilent(t *testing.T) {
	in, twice := season(3, 60, []habit{star, regular, triple, walker, lifter, beginner, beginner, lifter}), 0
	for w := range 52 {
		week := in
		back := store.Day(7 * w)
		week.Span = store.Span{Start: sept.Start - back, End: sept.End - back}
		week.Now = week.Span.End.In(time.UTC).Add(6 * time.Hour)
		r := Compute(week)
		named, did, again := map[int64]bool{}, 0, false
		for _, h := range r.Highlights {
			if h.Kind == KindDid {
				did++
			}
			if !ofSeveral(&h) {
				again = again || named[h.Athlete]
				named[h.Athlete] = true
			}
		}
		if !again {
			continue
		}
		twice++
		for _, row := range r.Rows {
			if row.Workouts > 0 && !named[row.Athlete] && did < share(KindDid) {
				t.Errorf("week of %s: %s is not named, somebody is named twice: %+v", week.Span.Start, row.Name, r.Highlights)
			}
		}
	}
	if twice == 0 {
		t.Error("no week in which anybody is named twice")
	}
}
