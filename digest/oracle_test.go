package digest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"testing"
	"time"

	"clubrun/store"
)

// The oracle computes a report's figures once more, from the activities
// themselves, by loops that a reader can follow with a finger: nothing is
// indexed, nothing shared with the code that it checks but the store's words.

// counting is an activity as the oracle counts it.
type counting struct {
	store.Activity
	day    store.Day
	spent  time.Duration
	effort float64
	leg    bool
}

// oracle holds what counts of each member.
type oracle struct {
	in                   Input
	kept                 map[int64][]counting
	private, held, twice map[int64][]counting
}

var factors = map[store.Sport]float64{
	store.Run: 1.6, store.Ride: 1.1, store.EBike: 0.75, store.Swim: 1.6, store.Walk: 0.5, store.Hike: 0.9, store.Row: 1.4,
	store.Ski: 1.6, store.Strength: 0.8, store.Yoga: 0.4, store.Team: 1.2, store.Other: 0.8,
}

var limits = map[store.Sport]float64{
	store.Run: 23, store.Ride: 55, store.EBike: 55, store.Swim: 7, store.Walk: 12, store.Hike: 12,
}

var standing = map[store.Sport]bool{store.Strength: true, store.Yoga: true, store.Team: true, store.Other: true}

func longestOf(a store.Activity) time.Duration { return max(a.Elapsed, a.Timer, a.Moving) }

func firstOf(ds ...time.Duration) time.Duration {
	for _, d := range ds {
		if d != 0 {
			return d
		}
	}
	return 0
}

func weigh(a store.Activity) counting {
	y, m, d := a.Local.Date()
	c := counting{Activity: a, day: store.Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)}
	switch {
	case standing[a.Sport]:
		c.spent = firstOf(a.Elapsed, a.Timer, a.Moving)
	case a.Distance > 0:
		c.spent = firstOf(a.Moving, a.Timer, a.Elapsed)
	default:
		c.spent = firstOf(a.Timer, a.Elapsed, a.Moving)
	}
	z := a.Metrics.Zones
	zones := (z[1] + z[2] + 2*z[3] + 2*z[4]) / 60
	switch {
	case a.Moderate+2*a.Vigorous > 0:
		c.effort = float64(a.Moderate + 2*a.Vigorous)
	case zones > 0:
		c.effort = zones
	default:
		c.effort = factors[a.Sport] * c.spent.Minutes()
	}
	return c
}

func (c counting) richerThan(o counting) bool {
	if x, y := c.AvgHR > 0, o.AvgHR > 0; x != y {
		return x
	}
	measured := func(c counting) bool {
		return c.Moderate+2*c.Vigorous > 0 || c.Metrics.Zones[1]+c.Metrics.Zones[2]+c.Metrics.Zones[3]+c.Metrics.Zones[4] > 0
	}
	if x, y := measured(c), measured(o); x != y {
		return x
	}
	if x, y := longestOf(c.Activity), longestOf(o.Activity); x != y {
		return x > y
	}
	if c.Distance != o.Distance {
		return c.Distance > o.Distance
	}
	if !c.Start.Equal(o.Start) {
		return c.Start.Before(o.Start)
	}
	if c.day != o.day {
		return c.day < o.day
	}
	return c.External < o.External
}

// alike says whether two recordings are of one workout.
func alike(a, b counting) bool {
	if a.Parent != "" && a.Parent == b.Parent {
		return false
	}
	x, y := longestOf(a.Activity), longestOf(b.Activity)
	if x == 0 || y == 0 {
		return a.Start.Equal(b.Start) && a.Sport == b.Sport
	}
	from, to := a.Start, a.Start.Add(x)
	if b.Start.After(from) {
		from = b.Start
	}
	if e := b.Start.Add(y); e.Before(to) {
		to = e
	}
	return to.Sub(from).Seconds() >= 0.6*min(x, y).Seconds()
}

func ask(in Input) oracle {
	o := oracle{in, map[int64][]counting{}, map[int64][]counting{}, map[int64][]counting{}, map[int64][]counting{}}
	for _, m := range in.Members {
		var rest []counting
		for _, a := range in.Activities {
			c := weigh(a)
			if a.Athlete != m.ID || c.day >= in.Span.End {
				continue
			}
			parent := false
			for _, leg := range in.Activities {
				if leg.Athlete == m.ID && leg.Parent == a.External && leg.External != a.External && weigh(leg).day < in.Span.End {
					parent = true
				}
			}
			speed := a.Distance / 1000 / c.spent.Hours()
			switch limit := limits[a.Sport]; {
			case parent:
			case a.Private && m.Prefs.Private != store.PrivateTotals:
				o.private[m.ID] = append(o.private[m.ID], c)
			case limit > 0 && c.spent > 0 && speed > limit && (a.Sport != store.Run || a.Distance >= 1000):
				o.held[m.ID] = append(o.held[m.ID], c)
			default:
				rest = append(rest, c)
			}
		}
		for len(rest) > 0 {
			best := 0
			for i := range rest {
				if rest[i].richerThan(rest[best]) {
					best = i
				}
			}
			c := rest[best]
			rest = append(rest[:best:best], rest[best+1:]...)
			o.kept[m.ID] = append(o.kept[m.ID], c)
			var others []counting
			for _, x := range rest {
				if alike(c, x) {
					o.twice[m.ID] = append(o.twice[m.ID], x)
				} else {
					others = append(others, x)
				}
			}
			rest = others
		}
		kept := o.kept[m.ID]
		for i := range kept {
			for j := range kept {
				before := kept[j].day < kept[i].day || kept[j].day == kept[i].day && (kept[j].Start.Before(kept[i].Start) ||
					kept[j].Start.Equal(kept[i].Start) && kept[j].External < kept[i].External)
				if kept[i].Parent != "" && kept[i].Parent == kept[j].Parent && before {
					kept[i].leg = true
				}
			}
		}
	}
	return o
}

// sums are the figures of a member or a group in some days.
type sums struct {
	entries, workouts, active, days, effort, points int
	spent                                           time.Duration
	distance, climb                                 float64
}

func (o oracle) sum(athlete int64, from, to store.Day) (s sums) {
	effort := 0.0
	for day := from; day < to; day++ {
		spent, dayEffort, units := time.Duration(0), 0.0, 0.0
		for _, c := range o.kept[athlete] {
			if c.day != day {
				continue
			}
			s.entries++
			if !c.leg {
				s.workouts++
			}
			spent += c.spent
			dayEffort += c.effort
			s.distance += c.Distance
			s.climb += c.Climb
			miles := c.Distance / 1609.344
			if standing[c.Sport] {
				miles = 0
			}
			units += max(miles, c.spent.Minutes()/15)
		}
		s.spent += spent
		effort += min(dayEffort, 240)
		if spent >= 15*time.Minute {
			s.days++
		}
		for u, worth := 1, 10; float64(u) <= units+1e-9; u, worth = u+1, worth-1 {
			s.points += max(worth, 1)
		}
	}
	s.effort = int(math.Round(effort))
	return s
}

func (o oracle) all(from, to store.Day) (g sums) {
	for _, m := range o.in.Members {
		s := o.sum(m.ID, from, to)
		g.workouts += s.workouts
		g.spent += s.spent
		g.distance += s.distance
		g.climb += s.climb
		g.days += s.days
		g.effort += s.effort
		if s.entries > 0 {
			g.active++
		}
	}
	return g
}

func (o oracle) paused(athlete int64, day store.Day) bool {
	for _, p := range o.in.Pauses {
		if p.Athlete == athlete && p.Span.Start <= day && day < p.Span.End {
			return true
		}
	}
	return false
}

// streak walks back from a week, which the code walks towards.
func (o oracle) streak(athlete int64, week store.Day, running bool) (int, bool) {
	var states []string
	first := week + 7
	for _, c := range o.kept[athlete] {
		if o.sum(athlete, c.day, c.day+1).days == 1 {
			first = min(first, c.day)
		}
	}
	for w := week; w+7 > first; w -= 7 {
		rest := 0
		for d := w; d < w+7; d++ {
			if o.paused(athlete, d) {
				rest++
			}
		}
		active := o.sum(athlete, w, w+7).days >= 3
		switch {
		case rest == 7 || !active && rest > 0:
			states = append(states, "pause")
		case active:
			states = append(states, "active")
		case w == week && running:
			states = append(states, "open")
		default:
			states = append(states, "missed")
		}
	}
	run, credit, frozen := 0, 0, false
	for i := len(states) - 1; i >= 0; i-- {
		frozen = false
		switch states[i] {
		case "active":
			if run++; run%10 == 0 {
				credit++
			}
		case "pause":
			frozen = run > 0
		case "missed":
			if frozen = credit > 0; frozen {
				credit--
			} else {
				run = 0
			}
		}
	}
	return run, frozen
}

func (o oracle) since() (first store.Day) {
	first = math.MaxInt
	for _, m := range o.in.Members {
		for _, c := range o.kept[m.ID] {
			first = min(first, c.day)
		}
	}
	return first
}

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
		says(who+"paused", row.Paused == o.paused(row.Athlete, last))
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
		return int(math.Floor(d/100 + 0.5))
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
		if made.IsZero() || o.in.Span.Days() != 7 || o.paused(m.ID, min(o.in.Span.Last(), r.Today)) {
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

// stands says whether an activity is one of which something is known: kept,
// private or held, but not the other recording of one.
func (o oracle) stands(a store.Activity) bool {
	for _, list := range [][]counting{o.kept[a.Athlete], o.private[a.Athlete], o.held[a.Athlete]} {
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
		if holder[kind] == 0 || !o.paused(holder[kind], last) {
			told--
		}
	}
	says(fmt.Sprintf("number of records: %d too many", told), told == 0)
}

// muddle is a random group in a random week or another span, with all that may
// go wrong in it.
func muddle(seed uint64) Input {
	r := rand.New(rand.NewPCG(seed, 77))
	zones := []string{"Europe/Lisbon", "America/St_Johns", "Pacific/Chatham", "Asia/Kathmandu", "America/Los_Angeles", "Pacific/Kiritimati", "nowhere"}
	places := []int{-10, -7, -3, 0, 1, 2, 5, 9, 12, 13}
	in := Input{Group: store.Group{
		Zone: zones[r.IntN(len(zones))], WeekStart: time.Weekday(r.IntN(7)),
		Metric: []store.Metric{store.ByEffort, store.ByDays, store.ByTime, store.ByDistance, store.ByClimb, store.ByCount, store.ByPoints}[r.IntN(7)],
	}}
	day := store.Date(2020, 1, 1) + store.Day(r.IntN(6500))
	in.Span = store.WeekOf(day, in.Group.WeekStart)
	switch r.IntN(12) {
	case 0:
		in.Span = store.MonthOf(day)
	case 1:
		in.Span = store.YearOf(day)
	case 2:
		in.Span = store.Span{Start: day, End: day + store.Day(r.IntN(50))}
	}
	in.Now = in.Span.End.In(in.Group.Location()).Add(time.Duration(r.IntN(200)-60) * time.Hour)
	members := 1 + r.IntN(16)
	for i := range members {
		m := store.Athlete{ID: int64(i + 1), Name: string(rune('A' + i))}
		if r.IntN(4) == 0 {
			m.Prefs.Private = store.PrivateTotals
		}
		in.Members = append(in.Members, m)
		if r.IntN(4) == 0 {
			from := in.Span.End - store.Day(r.IntN(120))
			in.Pauses = append(in.Pauses, store.Pause{Athlete: m.ID, Span: store.Span{Start: from, End: from + store.Day(r.IntN(40))}})
		}
	}
	for w := in.Span.Before(); r.IntN(6) > 0 && len(in.Posted) < 3 && in.Span.Days() == 7; w = w.Before() {
		if r.IntN(5) > 0 {
			in.Posted = append(in.Posted, store.Digest{Week: w, Generated: w.End.In(time.UTC).Add(time.Duration(r.IntN(40)-10) * time.Hour)})
		}
	}
	back := []int{20, 90, 420}[r.IntN(3)]
	for i := range members * (3 + r.IntN(25)) {
		in.Activities = append(in.Activities, random(r, in, int64(i+1), members, back, places))
	}
	for i := 1; i < len(in.Activities); i++ { // other recordings, and legs
		a := &in.Activities[i]
		before := in.Activities[i-1]
		switch r.IntN(9) {
		case 0:
			a.Athlete, a.Start = before.Athlete, before.Start.Add(time.Duration(r.IntN(50)-25)*time.Minute)
			a.Local = a.Start.In(before.Local.Location())
		case 1:
			a.Athlete, a.Parent = before.Athlete, before.External
		case 2:
			a.Athlete, a.Parent = before.Athlete, before.Parent
		}
	}
	return in
}

// random is one activity of somebody, in the past of a span mostly.
func random(r *rand.Rand, in Input, id int64, members, back int, places []int) store.Activity {
	sports := []store.Sport{store.Run, store.Run, store.Ride, store.EBike, store.Swim, store.Walk, store.Hike, store.Row, store.Strength, store.Yoga, store.Other}
	a := store.Activity{ID: id, Athlete: 1 + int64(r.IntN(members+1)), Source: "garmin", External: fmt.Sprintf("%06d", id)}
	day := in.Span.End + 3 - store.Day(r.IntN(back))
	if r.IntN(3) == 0 {
		day = in.Span.End - store.Day(r.IntN(15))
	}
	place := time.FixedZone("", places[r.IntN(len(places))]*3600)
	a.Local = day.In(place).Add(time.Duration(r.IntN(86400)) * time.Second)
	a.Start = a.Local.UTC()
	a.Sport = sports[r.IntN(len(sports))]
	a.Elapsed = time.Duration(r.IntN(150*60)) * time.Second
	a.Timer = time.Duration(float64(a.Elapsed) * (0.7 + 0.3*r.Float64())).Truncate(time.Second)
	a.Moving = time.Duration(float64(a.Timer) * r.Float64()).Truncate(time.Second)
	for _, d := range []*time.Duration{&a.Elapsed, &a.Timer, &a.Moving} {
		if r.IntN(9) == 0 {
			*d = 0
		}
	}
	a.Distance, a.Climb = float64(r.IntN(20))*(100+1500*r.Float64()), float64(r.IntN(3))*r.Float64()*700
	if r.IntN(2) == 0 {
		a.AvgHR = float64(90 + r.IntN(90))
	}
	switch r.IntN(3) {
	case 0:
		a.Moderate, a.Vigorous = r.IntN(90), r.IntN(60)
	case 1:
		a.Metrics.Zones = [5]float64{r.Float64() * 900, r.Float64() * 900, r.Float64() * 900, r.Float64() * 900, r.Float64() * 900}
	}
	a.Private = r.IntN(8) == 0
	a.Known = a.Start.Add(time.Duration(r.IntN(100)) * time.Hour)
	return a
}

func TestAnOracleAgrees(t *testing.T) {
	groups := uint64(10000)
	if testing.Short() {
		groups = 400
	}
	for seed := range groups {
		in := muddle(seed)
		if wrong := ask(in).check(Compute(in)); len(wrong) > 0 {
			t.Fatalf("seed %d, %v from %s: %v", seed, in.Span, in.Group.WeekStart, wrong)
		}
	}
}
