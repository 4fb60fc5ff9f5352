package render

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"time"

	"clubrun/digest"
	"clubrun/store"
)

// goal is the line of the group's goal with its bar.
func (p pen) goal() string {
	g := p.r.Goal
	if g == nil || !(g.Target > 0) {
		return ""
	}
	done, target := p.amount(g.Metric, g.Sport, g.Done), p.amount(g.Metric, g.Sport, g.Target)
	return p.Say("goal.line", "period", p.goalPeriod(), "done", withoutUnit(done, target), "target", target, "bar", bar(g.Done/g.Target))
}

// goalPeriod names a goal's time: a month, a year, or its last day.
func (p pen) goalPeriod() string {
	s := p.r.Goal.Span
	_, month, _ := s.Start.Date()
	switch {
	case s == store.MonthOf(s.Start):
		return p.Month(month)
	case s == store.YearOf(s.Start):
		return p.Span(s)
	}
	return p.Say("goal.until", "day", p.Day(s.Last()))
}

// pace says how the goal comes on: reached, ahead, or what is left to do.
func (p pen) pace() string {
	g := p.r.Goal
	if g == nil || !(g.Target > 0) {
		return ""
	}
	ahead := g.Done - g.Due
	switch {
	case p.reachedNow():
		return p.Say("goal.reached.now", "day", p.Weekday(g.Reached.Weekday()))
	case g.Reached != 0 || g.Done >= g.Target:
		return p.Say("goal.reached")
	case p.r.Today >= g.Span.End || p.r.Today < g.Span.Start:
		return ""
	case ahead >= 0 && g.Expected != 0:
		return p.Say("goal.ahead.day", "x", p.amount(g.Metric, g.Sport, ahead), "day", p.Day(g.Expected))
	case ahead >= 0:
		return p.Say("goal.ahead", "x", p.amount(g.Metric, g.Sport, ahead))
	case g.Projected > 0:
		return p.Say("goal.behind.projected", "x", p.amount(g.Metric, g.Sport, -ahead), "end", p.amount(g.Metric, g.Sport, g.Projected))
	}
	return p.Say("goal.behind", "x", p.amount(g.Metric, g.Sport, -ahead))
}

// reachedNow says whether the goal was reached within the report's span, or so
// late in the one before that nothing told it.
func (p pen) reachedNow() bool {
	g := p.r.Goal
	return g != nil && g.Reached != 0 && (g.Late || p.r.Span.Contains(g.Reached))
}

// amount writes a value of a metric with its unit.
func (p pen) amount(m store.Metric, s store.Sport, x float64) string {
	whole := int(max(0, min(math.Round(x), 1e9)))
	if math.IsNaN(x) {
		whole = 0
	}
	switch m {
	case store.ByDistance:
		return p.Single().Distance(x, s)
	case store.ByTime:
		return p.Duration(seconds(x))
	case store.ByClimb:
		return p.Single().Climb(x)
	case store.ByDays:
		return p.Say("own.days", "n", whole)
	case store.ByCount:
		return p.workouts(whole)
	case store.ByPoints:
		return p.Say("points", "n", whole)
	}
	return p.Say("effort.minutes", "n", whole)
}

// seconds is a time of so many seconds, none where it cannot be told.
func seconds(x float64) time.Duration {
	if !(x > 0) || x > 1e9 {
		return 0
	}
	return time.Duration(x * float64(time.Second))
}

// withoutUnit drops the unit of a figure that stands before one of the same.
func withoutUnit(figure, before string) string {
	number, unit, found := strings.Cut(figure, " ")
	_, same, _ := strings.Cut(before, " ")
	if found && unit == same && number != "" && number[0] >= '0' && number[0] <= '9' {
		return number
	}
	return figure
}

// barCells is how many cells the bar of a goal has.
const barCells = 10

// bar shows a share in cells; the last one fills only when all is done.
func bar(share float64) string {
	full := 0
	if share > 0 {
		full = int(min(share, 1) * barCells)
	}
	return strings.Repeat("▓", full) + strings.Repeat("░", barCells-full)
}

// journey says how far the virtual journey has come.
func (p pen) journey() string {
	if p.r.Goal == nil || p.r.Goal.Journey == nil || !(p.r.Goal.Journey.Length > 0) {
		return ""
	}
	j := p.r.Goal.Journey
	m := p.r.Goal.Metric
	length := p.amount(m, "", j.Length)
	args := []any{
		"route", p.route(j), "done", withoutUnit(p.amount(m, "", max(0, j.Done)), length), "length", length,
		"place", p.place(j.Passed), "next", p.place(j.Next), "left", p.amount(m, "", max(0, j.ToNext)),
	}
	switch {
	case j.Next == "" || j.Done >= j.Length:
		return p.Say("journey.end", args...)
	case len(j.Crossed) > 0:
		args = append(args, "crossed", p.list(p.places(j.Crossed)))
		return p.Say("journey.crossed", args...)
	case j.Passed == "":
		return p.Say("journey.begun", args...)
	}
	return p.Say("journey.line", args...)
}

// route is the name of a route: its words, or its own name where it has none.
func (p pen) route(j *digest.Journey) string {
	if p.Has("route." + j.Route) {
		return p.Say("route." + j.Route)
	}
	return p.harmless(cmp.Or(j.Name, j.Route))
}

// place is the name of a milestone: its words, or as it is written there.
func (p pen) place(name string) string {
	key := "place." + strings.ToLower(strings.Join(strings.Fields(name), "-"))
	if p.Has(key) {
		return p.Say(key)
	}
	return p.harmless(name)
}

func (p pen) places(names []string) []string {
	var all []string
	for _, name := range names[max(0, len(names)-3):] {
		all = append(all, p.place(name))
	}
	return kept(all)
}

// duels are the duels of the week, a line each. Who is behind is not called
// so.
func (p pen) duels() []string {
	var lines []string
	for _, d := range p.r.Duels {
		lead, other := 0, 1
		if d.Leader == d.To && d.Leader != 0 {
			lead, other = 1, 0
		}
		key, figure := "duel.ahead", p.ofMean
		switch {
		case d.Leader == 0:
			key = "duel.draw"
		case d.Over:
			key = "duel.won"
		}
		if d.ByDays {
			key, figure = key+".days", p.days
		}
		lines = append(lines, p.Say(key,
			"a", p.duelist(d, lead), "b", p.duelist(d, other), "x", figure(d.Scores[lead]), "y", figure(d.Scores[other])))
	}
	return lines
}

func (p pen) duelist(d digest.Standing, i int) string {
	return p.name([2]int64{d.From, d.To}[i], d.Names[i])
}

// days is a score in active days.
func (p pen) days(x float64) string {
	if !(x >= 0) || x > 7 {
		x = 0
	}
	return p.Say("card.days", "n", int(math.Round(x)))
}

// ofMean is a score against the own mean: "118 %".
func (p pen) ofMean(x float64) string {
	if !(x >= 0) || x > 99 {
		x = 0
	}
	return p.Say("number.percent", "x", strconv.Itoa(int(math.Round(x*100))))
}
