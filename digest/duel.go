package digest

import (
	"cmp"
	"math"
	"slices"

	"clubrun/store"
)

const (
	duelDraw = 0.01 // of the own mean: closer than that nobody won
	duelMost = 2.0  // times the own mean: more than that does not win more
)

// duels tells how the duels of a report's week stand. Each one's score is what
// they did by the duel's metric over their own mean of the four weeks before,
// at most twice that, so that nobody has to overdo it. Where one of the two
// has no mean, as fewer than two of these weeks are known or they moved less
// than an hour in a week of them, both are measured by active days. Closer
// than one per cent is a draw, and so are equal days.
//
// A duel of the week before is told once more when that week's digest was made
// before the week was over. Who paused in the week, or is no longer shown in
// the group, is told in no duel.
func (b *book) duels(r *Report, season store.Season) []Standing {
	var told []Standing
	for _, d := range season.Duels {
		owed := d.Week == r.Span.Before() && cutShort(season.Posted, d.Week, b.group)
		if d.State != store.DuelOn || d.Week.Days() != 7 || d.Week != r.Span && !owed {
			continue
		}
		if s, ok := b.standing(r, d); ok {
			s.Over = !r.SoFar || r.Today >= d.Week.End
			told = append(told, s)
		}
	}
	slices.SortFunc(told, func(x, y Standing) int {
		return cmp.Or(cmp.Compare(x.Week.Start, y.Week.Start), x.Asked.Compare(y.Asked), cmp.Compare(x.ID, y.ID))
	})
	return told
}

// cutShort says whether the digest of a week was made before the week was
// over.
func cutShort(posted []store.Digest, week store.Span, g store.Group) bool {
	zone := g.Location()
	return slices.ContainsFunc(posted, func(d store.Digest) bool {
		return d.Week == week && !d.Generated.IsZero() && store.DayOf(d.Generated.In(zone)) < week.End
	})
}

// standing is how one duel stands; ok is false where it must not be told.
func (b *book) standing(r *Report, d store.Duel) (s Standing, ok bool) {
	s = Standing{Duel: d}
	var means [2]float64
	var two [2]*person
	for i, id := range [2]int64{d.From, d.To} {
		p, shown := b.byID[id]
		if !shown || p.pausedIn(d.Week) || p.silent(r) {
			return s, false
		}
		two[i] = p
		s.Names[i] = two[i].Name
		means[i] = two[i].duelMean(d, b.rules.cap)
		s.ByDays = s.ByDays || means[i] == 0
	}
	if d.From == d.To {
		return s, false
	}
	for i, p := range two {
		if s.ByDays {
			s.Scores[i] = float64(len(activeDays(p.in(d.Week))))
			continue
		}
		s.Scores[i] = min(amounts{metric: d.Metric, cap: b.rules.cap}.sum(p.in(d.Week))/means[i], duelMost)
	}
	switch lead := s.Scores[0] - s.Scores[1]; {
	case math.Abs(lead) < duelDraw-1e-9:
	case lead > 0:
		s.Leader = d.From
	default:
		s.Leader = d.To
	}
	return s, true
}

// duelMean is a member's mean over the four weeks before a duel, as far as
// they are known; 0 without one that means anything.
func (p *person) duelMean(d store.Duel, most float64) float64 {
	if len(p.entries) == 0 {
		return 0
	}
	weeks, sum, hours := 0, 0.0, 0.0
	for i := 1; i <= baseWeeks; i++ {
		start := d.Week.Start - store.Day(7*i)
		if start < p.entries[0].day {
			break
		}
		week := p.in(store.Span{Start: start, End: start + 7})
		weeks++
		sum += amounts{metric: d.Metric, cap: most}.sum(week)
		hours += amounts{metric: store.ByTime}.sum(week) / 3600
	}
	if weeks < 2 || hours < float64(weeks)*baseTime.Hours() {
		return 0
	}
	return sum / float64(weeks)
}
