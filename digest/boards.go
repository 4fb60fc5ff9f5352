package digest

import (
	"cmp"
	"slices"

	"clubrun/store"
)

// boards are the orders by every metric of which at least two members have
// something: effort, days, time, distance per sport (the sport that most did
// first), climb and workouts, and points where the group ranks by them.
func (r *Report) boards() []Board {
	var boards []Board
	add := func(m store.Metric, s store.Sport) {
		rows := r.shown(ranked(r.Rows, m, s), m, s)
		if len(rows) >= 2 {
			boards = append(boards, Board{m, s, rows})
		}
	}
	metrics := []store.Metric{store.ByEffort, store.ByDays, store.ByTime}
	if r.Metric == store.ByPoints {
		metrics = append(metrics, store.ByPoints)
	}
	for _, m := range metrics {
		add(m, "")
	}
	for _, sport := range r.travelled() {
		add(store.ByDistance, sport)
	}
	add(store.ByClimb, "")
	add(store.ByCount, "")
	return boards
}

// travelled are the sports with a distance, those that most members did first.
func (r *Report) travelled() []store.Sport {
	totals := slices.DeleteFunc(slices.Clone(r.Sports), func(t Total) bool {
		return t.Distance < 100 || t.Athletes < 2 || !t.Sport.Travels()
	})
	slices.SortStableFunc(totals, func(a, b Total) int { return cmp.Compare(b.Athletes, a.Athletes) })
	var sports []store.Sport
	for _, t := range totals {
		sports = append(sports, t.Sport)
	}
	return sports
}
