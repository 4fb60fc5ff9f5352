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
				return int(math.Round(p.Distance / 100))
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
	}
	return row.Effort
}

// settle returns the metric that the board can be ranked by: the group's, or
// effort where fewer than two members have anything of it. A board by distance
// is one of a single sport, the one that most members did.
func settle(m store.Metric, rows []Row) (store.Metric, store.Sport) {
	sport := store.Sport("")
	switch m {
	case store.ByDays, store.ByTime, store.ByClimb, store.ByCount:
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
// (1, 1, 3) and stand by name.
func (r *Report) rank() {
	slices.SortFunc(r.Rows, func(a, b Row) int { return cmp.Or(cmp.Compare(r.Score(b), r.Score(a)), byName(a, b)) })
	slices.SortFunc(r.Aside, byName)
	for i := range r.Rows {
		r.Rows[i].Rank = i + 1
		if i > 0 && r.Score(r.Rows[i]) == r.Score(r.Rows[i-1]) {
			r.Rows[i].Rank = r.Rows[i-1].Rank
		}
	}
}

func byName(a, b Row) int {
	return cmp.Or(
		cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)),
		cmp.Compare(a.Name, b.Name), cmp.Compare(a.Athlete, b.Athlete))
}
