package digest

import (
	"cmp"
	"math"
	"slices"

	"clubrun/store"
)

const (
	goalMost = 20 * 366 // days of a goal; a longer one is a mistake
	goalSoon = 5        // days that are too few to look ahead from
)

// goal is how far a group's goal is by the end of the report, or by today
// where that comes first. Every day that has begun counts as a whole one. The
// goal may have begun before the report: the input must hold the activities
// since then. One that ended with the week before is told once more when that
// week's digest was made before the week was over, unless it told already that
// the goal was reached. Who is in a pause counts, and has no share by name.
func (b *book) goal(r *Report, goal *store.Goal, posted []store.Digest) *Progress {
	if goal == nil || !between(goal.Target, math.SmallestNonzeroFloat64, 1e12) {
		return nil
	}
	span := goal.Span
	if span.End <= span.Start || span.Days() < 0 || span.Days() > goalMost || span.Start < r.Span.Start-history {
		return nil
	}
	begun := max(span.Start, min(span.End, r.Span.End, r.Today+1)) - span.Start
	p := &Progress{Goal: *goal, Days: make([]float64, begun)}
	for _, member := range b.people {
		share := member.towards(goal, b.rules.cap, p.Days)
		if share > 0 && !member.silent(r) {
			p.Shares = append(p.Shares, Share{member.ID, member.Name, share})
		}
	}
	slices.SortFunc(p.Shares, func(x, y Share) int {
		return cmp.Or(cmp.Compare(y.Value, x.Value), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Athlete, y.Athlete))
	})
	p.pile()
	news := b.owing(r, p, posted)
	if p.Reached != 0 {
		p.Late = news && r.Span.Before().Contains(p.Reached)
	}
	if span.End == r.Span.Start && !news {
		return nil
	}
	p.forecast()
	p.Journey = p.travel(r.Span)
	return p
}

// owing says whether the digest of the week before was made too early to tell
// how far the goal came in that week, or that it was reached.
func (b *book) owing(r *Report, p *Progress, posted []store.Digest) bool {
	before := r.Span.Before()
	i := slices.IndexFunc(posted, func(d store.Digest) bool { return d.Week == before })
	if r.Span.Days() != 7 || i < 0 || !cutShort(posted, before, b.group) {
		return false
	}
	made, told := posted[i].Generated, make([]float64, min(len(p.Days), max(0, int(before.End-p.Span.Start))))
	sum := 0.0
	for _, member := range b.people {
		early := *member
		early.entries = slices.DeleteFunc(slices.Clone(member.in(p.Span)), func(e entry) bool { return e.Known.After(made) })
		sum += early.towards(&p.Goal, b.rules.cap, told)
	}
	return sum < p.Target*(1-1e-9)
}

// towards adds what a member did towards a goal to its days, and returns the
// sum.
func (p *person) towards(goal *store.Goal, most float64, days []float64) float64 {
	sum := 0.0
	span := store.Span{Start: goal.Span.Start, End: goal.Span.Start + store.Day(len(days))}
	done := amounts{metric: goal.Metric, sport: goal.Sport, cap: most}
	done.eachDay(p.in(span), func(day store.Day, amount float64) {
		days[day-span.Start] += amount
		sum += amount
	})
	return sum
}

// pile makes the days cumulative and says when the target was reached.
func (p *Progress) pile() {
	for i := range p.Days {
		p.Done += p.Days[i]
		p.Days[i] = p.Done
		if p.Reached == 0 && p.Done >= p.Target*(1-1e-9) {
			p.Reached = p.Span.Start + store.Day(i)
		}
	}
}

// forecast compares with even progress and looks ahead.
func (p *Progress) forecast() {
	begun, all := float64(len(p.Days)), float64(p.Span.Days())
	p.Due = p.Target * begun / all
	if begun == 0 {
		return
	}
	p.Pace = p.Done / begun
	switch {
	case begun == all:
		p.Projected = p.Done
		return
	case begun <= goalSoon:
		return
	}
	p.Projected = p.Pace * all
	if needs := math.Ceil(p.Target/p.Pace - 1e-9); p.Reached == 0 && p.Pace > 0 && needs <= all {
		p.Expected = p.Span.Start + store.Day(needs) - 1
	}
}

// amounts measures what a member did, day by day, in the unit of a goal:
// metres, seconds, minutes of effort with the daily cap, metres up, active
// days, workouts or points.
type amounts struct {
	metric store.Metric
	sport  store.Sport // alone; empty for all
	cap    float64     // of a day's effort
}

// eachDay calls do with the amount of each day that has one, in order.
func (m amounts) eachDay(entries []entry, do func(day store.Day, amount float64)) {
	eachDay(entries, func(day store.Day, entries []entry) {
		if amount := m.of(entries); amount > 0 {
			do(day, amount)
		}
	})
}

// of is the amount of one day.
func (m amounts) of(day []entry) float64 {
	if m.sport != "" {
		day = slices.DeleteFunc(slices.Clone(day), func(e entry) bool { return e.Sport != m.sport })
	}
	if m.metric == store.ByPoints {
		return float64(points(day))
	}
	var done Part
	effort := 0.0
	for i := range day {
		done.add(day[i].part())
		effort += day[i].effort
	}
	switch m.metric {
	case store.ByDistance:
		return done.Distance
	case store.ByTime:
		return done.Time.Seconds()
	case store.ByClimb:
		return done.Climb
	case store.ByCount:
		return float64(done.Workouts)
	case store.ByDays:
		return float64(yes(done.Time >= activeDay))
	}
	return min(effort, m.cap)
}

// sum is the amount of all days.
func (m amounts) sum(entries []entry) float64 {
	sum := 0.0
	m.eachDay(entries, func(_ store.Day, amount float64) { sum += amount })
	return sum
}
