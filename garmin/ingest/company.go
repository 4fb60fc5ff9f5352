package ingest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"clubrun/garmin/decode"
	"clubrun/store"
)

// How near two starts are that were one.
const (
	togetherWithin = 10 * time.Minute
	togetherMetres = 300
	companyDays    = 10 // that starts are remembered
)

// company remembers where and when the activities of the last days began, to
// see who went together. It is in memory only and holds nothing that is
// private at the source; after a restart the next lists fill it again. The
// zero value is ready.
type company struct {
	mu     sync.Mutex // never held while waiting
	starts map[int64]start
}

// start is where and when one activity began.
type start struct {
	activity, athlete int64
	at                time.Time
	lat, lon          float64 // degrees
}

// with says whether two people began together.
func (s start) with(o start) bool {
	return s.athlete != o.athlete && s.at.Sub(o.at).Abs() <= togetherWithin && s.metres(o) <= togetherMetres
}

// metres between two starts.
func (s start) metres(o start) float64 {
	return decode.Haversine(s.lat, s.lon, o.lat, o.lon)
}

// listing is an athlete's starts as a list shows them that goes back to from.
type listing struct {
	athlete int64
	from    time.Time
	starts  []start
}

// renew replaces what is remembered of an athlete by a new list, forgets what
// began before since, and returns with whose activities the athlete's were
// together, in the order of the ids.
func (c *company) renew(l listing, since time.Time) (pairs []store.Together) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.starts == nil {
		c.starts = map[int64]start{}
	}
	maps.DeleteFunc(c.starts, func(_ int64, s start) bool {
		return s.at.Before(since) || s.athlete == l.athlete && !s.at.Before(l.from)
	})
	for _, s := range l.starts {
		for _, o := range c.starts {
			if s.with(o) {
				pairs = append(pairs, store.Together{A: min(s.activity, o.activity), B: max(s.activity, o.activity)})
			}
		}
	}
	for _, s := range l.starts {
		c.starts[s.activity] = s
	}
	slices.SortFunc(pairs, func(a, b store.Together) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	return pairs
}

// only forgets who has no account any more.
func (c *company) only(accounts []store.Account) {
	linked := map[int64]bool{}
	for _, a := range accounts {
		linked[a.Athlete] = true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.starts, func(_ int64, s start) bool { return !linked[s.athlete] })
}

// meet looks with whom the athlete was, of the days that were listed now.
func (r *run) meet(ctx context.Context) error {
	since := r.Now().AddDate(0, 0, -companyDays)
	acts, err := r.Store.Activities(ctx, r.athlete.ID, store.Span{Start: store.DayOf(since.UTC()) - 1, End: r.span.End + 1})
	if err != nil {
		return err
	}
	open := map[string]store.Activity{}
	for _, a := range acts {
		if a.Source == garmin && !a.Private && !a.Start.Before(since) {
			open[a.External] = a
		}
	}
	l := listing{athlete: r.athlete.ID, from: (r.span.Start + 1).In(time.UTC)} // a day later: for all zones
	for _, row := range r.rows {
		a, ok := open[row.External]
		if !ok {
			continue
		}
		if lat, lon, ok := decode.StartPlace(row.Body); ok {
			l.starts = append(l.starts, start{a.ID, a.Athlete, a.Start, lat, lon})
		}
	}
	return r.Store.SaveTogether(ctx, r.company.renew(l, since))
}
