package digest_test

import (
	"testing"
	"time"

	"clubrun/digest"
	"clubrun/store"
)

func TestFiguresAreAsOldAsMostOfThem(t *testing.T) {
	now := time.Date(2026, 9, 9, 12, 0, 0, 0, time.UTC)
	ago := func(hours ...int) (reads []time.Time) {
		for _, h := range hours {
			reads = append(reads, now.Add(-time.Duration(h)*time.Hour))
		}
		return reads
	}
	for name, c := range map[string]struct {
		reads []time.Time
		want  int // hours ago; 0 where they are not late
	}{
		"nobody":                     {nil, 0},
		"never read":                 {[]time.Time{{}, {}}, 0},
		"all in time":                {ago(0, 1, 2, 3), 0},
		"one late of four":           {ago(0, 1, 1, 9), 0},
		"two late of four":           {ago(0, 1, 5, 9), 9},
		"all late":                   {ago(4, 5, 6), 6},
		"one far behind":             {ago(4, 5, 200), 5},
		"a day behind":               {ago(4, 28), 28},
		"alone":                      {ago(7), 7},
		"late, and others never":     {append(ago(7), time.Time{}, time.Time{}), 7},
		"just as old as they may be": {ago(3, 3), 0},
	} {
		at, late := digest.AsOf(c.reads, now, 3*time.Hour)
		if late != (c.want > 0) || late && !at.Equal(now.Add(-time.Duration(c.want)*time.Hour)) {
			t.Errorf("%s: %v, %v", name, at, late)
		}
	}
}

// One of two who has trouble of their own is no news for their group.
func TestADigestTellsOfGarminWhereMostWait(t *testing.T) {
	now := time.Date(2026, 9, 13, 17, 0, 0, 0, time.UTC)
	week := store.Span{Start: store.Date(2026, 9, 7), End: store.Date(2026, 9, 14)}
	fresh, old := now.Add(-time.Hour), now.Add(-48*time.Hour)
	for name, c := range map[string]struct {
		reads []time.Time
		told  bool
	}{"one of two": {[]time.Time{fresh, old}, false}, "two of three": {[]time.Time{fresh, old, old}, true}, "alone": {[]time.Time{old, {}}, true}} {
		r := digest.Compute(digest.Input{Group: store.Group{Zone: "UTC"}, Span: week, Now: now, Patience: 3 * time.Hour, Season: store.Season{Reads: c.reads}})
		if r.AsOf.IsZero() == c.told {
			t.Errorf("%s: %v", name, r.AsOf)
		}
	}
}
