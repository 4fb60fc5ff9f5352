package digest

import (
	"fmt"
	"math"
	"sort"
	"time"

	"clubrun/store"
)

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*(1+math.Abs(a)) }

// check compares a report with the oracle and returns what differs.
func (o oracle) check(r Report) (wrong []string) {
	says := func(what string, ok bool) {
		if !ok {
			wrong = append(wrong, what)
		}
	}
	span := o.in.Span
	g := o.all(span.Start, span.End)
	says("totals", r.Workouts == g.workouts && r.Time == g.spent && near(r.Distance, g.distance) && near(r.Climb, g.climb) && r.Effort == g.effort && r.Active == g.active)
	last := min(span.Last(), r.Today)
	for _, row := range append(append([]Row{}, r.Rows...), r.Aside...) {
		s := o.sum(row.Athlete, span.Start, span.End)
		who := row.Name + " "
		says(who+"sums", row.Workouts == s.workouts && row.Time == s.spent && near(row.Distance, s.distance) && near(row.Climb, s.climb))
		says(who+fmt.Sprintf("effort %d %d, days %d %d, points %d %d", row.Effort, s.effort, row.ActiveDays, s.days, row.Points, s.points),
			row.Effort == s.effort && row.ActiveDays == s.days && row.Points == s.points)
		says(who+"left out", row.Private == inside(o.private[row.Athlete], span) && row.Held == inside(o.held[row.Athlete], span) && row.Twice == inside(o.twice[row.Athlete], span))
		says(who+"paused", row.Paused == (o.paused(row.Athlete, last) || o.paused(row.Athlete, r.Today)))
		if span.Days() == 7 {
			n, frozen := o.streak(row.Athlete, span.Start, r.Today < span.End)
			says(who+fmt.Sprintf("streak %d %v, oracle %d %v", row.Streak, row.Frozen, n, frozen), row.Streak == n && row.Frozen == frozen)
			says(who+"change", o.sameChange(r, row))
		}
	}
	o.checkOrder(r, says)
	o.checkGlances(r, says)
	o.checkLate(r, says)
	o.checkRecords(r, says)
	return wrong
}

func inside(cs []counting, s store.Span) (n int) {
	for _, c := range cs {
		if c.day >= s.Start && c.day < s.End {
			n++
		}
	}
	return n
}

// figure is a member's score by a metric.
func (o oracle) figure(athlete int64, m store.Metric, sport store.Sport, from, to store.Day) int {
	s := o.sum(athlete, from, to)
	switch m {
	case store.ByDays:
		return s.days
	case store.ByTime:
		return int(math.Floor(s.spent.Minutes() + 0.5))
	case store.ByClimb:
		if s.climb >= 1000 {
			return 10 * int(math.Floor(s.climb/10+0.5))
		}
		return int(math.Floor(s.climb + 0.5))
	case store.ByCount:
		return s.workouts
	case store.ByPoints:
		return s.points
	case store.ByDistance:
		d := 0.0
		for _, c := range o.kept[athlete] {
			if c.Sport == sport && c.day >= from && c.day < to {
				d += c.Distance
			}
		}
		if sport == store.Swim && d < 3000 {
			return int(math.Floor(d + 0.5))
		}
		if d >= 99950 {
			return int(math.Floor(d/1000+0.5)) * 1000
		}
		return int(math.Floor(d/100+0.5)) * 100
	}
	return s.effort
}

func (o oracle) sameChange(r Report, row Row) bool {
	weeks, spent, score, first := 0, time.Duration(0), 0, store.Day(math.MaxInt)
	for _, c := range o.kept[row.Athlete] {
		first = min(first, c.day)
	}
	for i := store.Day(1); i <= 4; i++ {
		from := o.in.Span.Start - 7*i
		to := from + store.Day(r.Begun)
		rests := false
		for d := from; d < to; d++ {
			rests = rests || o.paused(row.Athlete, d)
		}
		if from < first || rests {
			continue
		}
		weeks++
		spent += o.sum(row.Athlete, from, to).spent
		score += o.figure(row.Athlete, r.Metric, r.Sport, from, to)
	}
	if weeks < 2 || spent < time.Duration(weeks)*time.Hour || score == 0 || len(row.Parts) == 0 || row.Paused || r.Begun == 0 {
		return row.Change == nil
	}
	mean := float64(score) / float64(weeks)
	return row.Change != nil && near(*row.Change, float64(r.Score(row))/mean-1)
}

// checkOrder holds each board against a count of who has more.
func (o oracle) checkOrder(r Report, says func(string, bool)) {
	able := 0
	for _, row := range r.Rows {
		if !row.Paused {
			able++
		}
	}
	boards := append([]Board{{r.Metric, r.Sport, r.Board()}}, r.Boards...)
	for n, b := range boards {
		what := fmt.Sprintf("board %d by %s %s", n, b.Metric, b.Sport)
		scored, figures := 0, map[int64]int{}
		for _, row := range r.Rows {
			figures[row.Athlete] = o.figure(row.Athlete, b.Metric, b.Sport, o.in.Span.Start, o.in.Span.End)
		}
		for _, row := range r.Rows {
			mine := figures[row.Athlete]
			if row.Paused || mine <= 0 {
				continue
			}
			scored++
			rank := 1
			for _, other := range r.Rows {
				if !other.Paused && figures[other.Athlete] > mine {
					rank++
				}
			}
			for _, shown := range b.Rows {
				says(what+" rank of "+row.Name, shown.Athlete != row.Athlete || shown.Rank == rank)
			}
		}
		want := scored
		if r.Members > 12 {
			want = min(want, 5)
		}
		if able < 4 {
			want = 0
		}
		says(fmt.Sprintf("%s has %d rows, want %d", what, len(b.Rows), want), len(b.Rows) == want)
		says(what+" is in order", sort.SliceIsSorted(b.Rows, func(i, j int) bool { return b.Rows[i].Rank < b.Rows[j].Rank }))
	}
}

func (o oracle) sameGlance(g *Glance, s store.Span) bool {
	w := o.all(s.Start, s.End)
	active := 0
	for _, m := range o.in.Members {
		for _, c := range o.kept[m.ID] {
			if c.day >= s.Start && c.day < s.End {
				active++
				break
			}
		}
	}
	return g.Span == s && g.Workouts == w.workouts && g.Time == w.spent && near(g.Distance, w.distance) && near(g.Climb, w.climb) && g.Days == w.days && g.Active == active
}

func (o oracle) checkGlances(r Report, says func(string, bool)) {
	span := o.in.Span
	if r.LastYear != nil {
		says("last year", o.sameGlance(r.LastYear, r.LastYear.Span) && o.since() <= r.LastYear.Span.Start)
		if y, w, ok := span.ISOWeek(); ok && w < 53 {
			ly, lw, _ := r.LastYear.Span.ISOWeek()
			says("last year's week", ly == y-1 && lw == w)
		}
	}
	if span.Days() != 7 || r.Begun < 7 {
		says("no month nor year", r.Month == nil && r.Year == nil)
		return
	}
	// Every day after which the group was told nothing yet, up to the end.
	from := span.Start
	for _, d := range o.in.Posted {
		if d.Week.Start < span.Start {
			from = d.Week.End
			break
		}
	}
	var month, year *store.Span
	for d := from + 1; d <= span.End; d++ {
		y, m, day := d.Date()
		if day == 1 {
			month = &store.Span{Start: store.Date(y, m-1, 1), End: d}
		}
		if m == time.December && day == 26 {
			year = &store.Span{Start: store.Date(y, 1, 1), End: min(store.Date(y+1, 1, 1), span.End)}
		}
	}
	for what, g := range map[string]struct {
		got  *Glance
		want *store.Span
	}{"month": {r.Month, month}, "year": {r.Year, year}} {
		if g.want == nil || o.all(g.want.Start, g.want.End).workouts == 0 {
			says(what+" is none", g.got == nil)
			continue
		}
		says(what, g.got != nil && o.sameGlance(g.got, *g.want))
	}
}

func (o oracle) checkLate(r Report, says func(string, bool)) {
	var made time.Time
	week := o.in.Span.Before()
	for _, d := range o.in.Posted {
		if d.Week == week {
			made = d.Generated
		}
	}
	n, spent, distance := 0, time.Duration(0), 0.0
	for _, m := range o.in.Members {
		if made.IsZero() || o.in.Span.Days() != 7 || o.paused(m.ID, min(o.in.Span.Last(), r.Today)) || o.paused(m.ID, r.Today) {
			continue
		}
		known := false
		for _, a := range o.in.Activities {
			y, mo, d := a.Local.Date()
			known = known || a.Athlete == m.ID && !a.Known.After(made) && store.Date(y, mo, d) < o.in.Span.End && o.stands(a)
		}
		for _, c := range o.kept[m.ID] {
			if !known || c.day < week.Start || c.day >= week.End || c.Private || !c.Known.After(made) {
				continue
			}
			other := false
			for _, x := range o.twice[m.ID] {
				other = other || alike(c, x) && !x.Known.After(made)
			}
			if other {
				continue
			}
			if !c.leg {
				n++
			}
			spent += c.spent
			distance += c.Distance
		}
	}
	for _, l := range r.Late {
		n -= l.Workouts
		spent -= l.Time
		distance -= l.Distance
	}
	says(fmt.Sprintf("late: off by %d, %v, %v", n, spent, distance), n == 0 && spent == 0 && math.Abs(distance) < 1e-3)
}

// stands says whether an activity is one of which something is known: kept or
// held, but neither private nor the other recording of one.
func (o oracle) stands(a store.Activity) bool {
	for _, list := range [][]counting{o.kept[a.Athlete], o.held[a.Athlete]} {
		for _, c := range list {
			if c.ID == a.ID {
				return true
			}
		}
	}
	return false
}

func (o oracle) checkRecords(r Report, says func(string, bool)) {
	best := map[string]float64{}
	last := min(o.in.Span.Last(), r.Today)
	holder := map[string]int64{}
	days := map[string]store.Day{}
	raise := func(kind string, who int64, day store.Day, value float64) {
		if value > best[kind] || value == best[kind] && value > 0 && day < days[kind] {
			best[kind], holder[kind], days[kind] = value, who, day
		}
	}
	start := o.in.Span.Start
	if o.in.Span.Days() != 7 {
		for start = o.in.Span.Last(); start.Weekday() != o.in.Group.WeekStart; {
			start--
		}
	}
	for w := start; w+7 > o.since(); w -= 7 {
		g := o.all(w, w+7)
		raise("week.time", 0, w, g.spent.Seconds())
		raise("week.workouts", 0, w, float64(g.workouts))
	}
	for _, m := range o.in.Members {
		for _, c := range o.kept[m.ID] {
			if c.Private {
				continue
			}
			if c.Climb >= 300 {
				raise("climb", m.ID, c.day, c.Climb)
			}
			if !standing[c.Sport] && c.spent >= 30*time.Minute && c.Distance > 0 {
				raise("longest."+string(c.Sport), m.ID, c.day, c.Distance)
			}
		}
	}
	told := 0
	for _, rec := range r.Records {
		if rec.Kind == RecordJoint {
			continue
		}
		told++
		says(fmt.Sprintf("record %s: %v of %d on %s, oracle %v of %d on %s", rec.Kind, rec.Value, rec.Athlete, rec.Day, best[rec.Kind], holder[rec.Kind], days[rec.Kind]),
			near(rec.Value, best[rec.Kind]) && rec.Athlete == holder[rec.Kind] && rec.Day == days[rec.Kind])
	}
	for kind := range best {
		if holder[kind] == 0 || !o.paused(holder[kind], last) && !o.paused(holder[kind], r.Today) {
			told--
		}
	}
	says(fmt.Sprintf("number of records: %d too many", told), told == 0)
}
