package digest

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"clubrun/store"
)

// score is a row's figure by a metric, in whole units as it is told, so that
// what reads equal is equal.
func score(row Row, m store.Metric, s store.Sport) int {
	switch m {
	case store.ByDays:
		return row.ActiveDays
	case store.ByTime:
		return int(row.Time.Round(time.Minute) / time.Minute)
	case store.ByDistance:
		for _, p := range row.Parts {
			if p.Sport == s {
				return metresTold(p.Distance, s)
			}
		}
		return 0
	case store.ByClimb:
		if row.Climb >= 1000 {
			return int(math.Round(row.Climb/10)) * 10 // as it is told
		}
		return int(math.Round(row.Climb))
	case store.ByCount:
		return row.Workouts
	case store.ByPoints:
		return row.Points
	}
	return row.Effort
}

// metresTold is a distance as precisely as it is told: short swims to the
// metre, others to a tenth of a kilometre, from a hundred on to a whole one.
func metresTold(metres float64, s store.Sport) int {
	step := 100.0
	switch {
	case s == store.Swim && metres < 3000:
		step = 1
	case metres >= 99950:
		step = 1000
	}
	return int(math.Round(metres/step) * step)
}

// settle returns the metric that the board can be ranked by: the group's, or
// effort where fewer than two members have anything of it. A board by distance
// is one of a single sport, the one that most members did.
func settle(m store.Metric, rows []Row) (store.Metric, store.Sport) {
	sport := store.Sport("")
	switch m {
	case store.ByDays, store.ByTime, store.ByClimb, store.ByCount, store.ByPoints:
	case store.ByDistance:
		sport = commonSport(rows)
	default:
		return store.ByEffort, ""
	}
	with := 0
	for _, row := range rows {
		if score(row, m, sport) > 0 {
			with++
		}
	}
	if with < 2 {
		return store.ByEffort, ""
	}
	return m, sport
}

// commonSport is the sport with a distance that most members did; of several
// the one with the most time.
func commonSport(rows []Row) store.Sport {
	people, spent := map[store.Sport]int{}, map[store.Sport]time.Duration{}
	var sports []store.Sport
	for _, row := range rows {
		for _, p := range row.Parts {
			if p.Distance < 50 {
				continue
			}
			if people[p.Sport] == 0 {
				sports = append(sports, p.Sport)
			}
			people[p.Sport]++
			spent[p.Sport] += p.Time
		}
	}
	slices.SortFunc(sports, func(a, b store.Sport) int {
		return cmp.Or(cmp.Compare(people[b], people[a]), cmp.Compare(spent[b], spent[a]), cmp.Compare(a, b))
	})
	if len(sports) == 0 {
		return ""
	}
	return sports[0]
}

// rank orders the rows by score and gives them ranks: equal scores share one
// (1, 1, 3) and stand by name. Who is in a pause comes last, without a rank.
func (r *Report) rank() {
	slices.SortFunc(r.Aside, byName)
	r.Rows = ranked(r.Rows, r.Metric, r.Sport)
}

// ranked returns the rows by score, with their ranks.
func ranked(rows []Row, m store.Metric, s store.Sport) []Row {
	type place struct{ row, score int }
	order := make([]place, len(rows)) // sorted in place of the rows, which are large
	for i := range rows {
		order[i] = place{i, score(rows[i], m, s)}
	}
	slices.SortFunc(order, func(a, b place) int {
		x, y := &rows[a.row], &rows[b.row]
		if x.Paused != y.Paused {
			return first(y.Paused, x.Paused)
		}
		return cmp.Or(cmp.Compare(b.score, a.score), byName(*x, *y))
	})
	sorted := make([]Row, len(rows))
	for i, o := range order {
		row := &sorted[i]
		*row = rows[o.row]
		switch {
		case row.Paused:
			row.Rank = 0
		case i > 0 && o.score == order[i-1].score:
			row.Rank = sorted[i-1].Rank
		default:
			row.Rank = i + 1
		}
	}
	return sorted
}

func byName(a, b Row) int {
	return cmp.Or(
		cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)),
		cmp.Compare(a.Name, b.Name), cmp.Compare(a.Athlete, b.Athlete))
}

// shown returns those of ranked rows that may be shown.
func (r Report) shown(rows []Row, m store.Metric, s store.Sport) []Row {
	able := 0
	for i := range r.Rows {
		if !r.Rows[i].Paused {
			able++
		}
	}
	if able < boardActive {
		return nil
	}
	for i := range rows {
		if rows[i].Paused || score(rows[i], m, s) <= 0 {
			rows = rows[:i]
			break
		}
	}
	if r.Members > boardFull {
		rows = rows[:min(boardTop, len(rows))]
	}
	return rows
}
