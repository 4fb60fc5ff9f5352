package digest

import (
	"math"
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
