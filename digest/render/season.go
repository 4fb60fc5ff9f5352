package render

import (
	"math"
	"strconv"
	"strings"

	"clubrun/digest"
	"clubrun/store"
)

// lateNames is how many late members are named.
const lateNames = 3

// late tells what came too late for the week before.
func (p pen) late() string {
	var items []string
	for _, l := range p.r.Late {
		items = append(items, p.Say("late.item",
			"name", p.name(l.Athlete, l.Name), "figure", p.lateFigure(l), "weekday", p.WeekdayShort(l.Day.Weekday())))
	}
	switch {
	case len(items) == 0:
		return ""
	case len(items) > lateNames:
		return p.Say("late.line", "list", p.Say("list.more", "list", strings.Join(items[:lateNames], ", "), "n", len(items)-lateNames))
	}
	return p.Say("late.line", "list", strings.Join(items, ", "))
}

// silent tells when Garmin was last heard from, where most of a group's figures
// are from then. It does not say why: the bot may have been off itself.
func (p pen) silent() string {
	at := p.r.AsOf
	if at.IsZero() {
		return ""
	}
	at = at.In(p.r.Group.Location())
	day := p.NamedDay(store.DayOf(at))
	if store.DayOf(at) > p.r.Today-7 {
		day = p.WeekdayShort(at.Weekday())
	}
	return p.Say("silent.line", "time", day+" "+p.Time(at))
}

func (p pen) lateFigure(l digest.Late) string {
	if l.Sport.Travels() && l.Distance >= 100 {
		return p.Distance(l.Distance, l.Sport)
	}
	return p.Duration(l.Time)
}

// lastYear tells the same week a year before, where this one has more, and by
// how much.
func (p pen) lastYear() string {
	g := p.r.LastYear
	if g == nil || g.Workouts <= 0 {
		return ""
	}
	if p.r.Workouts <= g.Workouts && p.r.Time <= g.Time && !p.r.SoFar {
		return "" // what is less is no news
	}
	line := p.Say("lastyear.line", "workouts", p.workouts(g.Workouts), "time", p.Duration(g.Time))
	if p.r.SoFar && p.r.Begun < p.r.Span.Days() {
		return line
	}
	switch more := p.r.Workouts - g.Workouts; {
	case more > 0:
		return p.Say("lastyear.more", "line", line, "n", more)
	case p.r.Time > g.Time:
		return p.Say("lastyear.longer", "line", line, "time", p.Duration(p.r.Time-g.Time))
	}
	return line
}

// month is the month that ended, in a line.
func (p pen) month() string {
	g := p.r.Month
	if g == nil || g.Workouts <= 0 {
		return ""
	}
	_, month, _ := g.Span.Start.Date()
	key := "glance.month"
	if g.Best {
		key = "glance.month.best"
	}
	return p.Say(key, "month", p.Month(month), "figures", p.glance(*g))
}

// glance is a period in figures: workouts, time, distance, climb.
func (p pen) glance(g digest.Glance) string {
	parts := []string{p.workouts(g.Workouts), p.Duration(g.Time)}
	if g.Distance >= 1000 {
		parts = append(parts, p.Distance(g.Distance, ""))
	}
	return dotted(parts...)
}

// year is the block of December: what the year came to.
func (p pen) year() []string {
	g := p.r.Year
	if g == nil || g.Workouts <= 0 {
		return nil
	}
	year, _, _ := g.Span.Start.Date()
	lines := []string{p.Say("year.title", "year", strconv.Itoa(year)), p.glance(*g)}
	climb, days := p.climbed(g.Climb), ""
	if g.Days > 0 {
		days = p.Say("own.days", "n", g.Days)
	}
	if line := dotted(climb, days); line != "" {
		lines = append(lines, line)
	}
	if g.Best {
		lines = append(lines, p.Say("year.best"))
	}
	return lines
}

// frozen tells how many streaks stand although their week was missed. It
// names nobody.
func (p pen) frozen() string {
	n := 0
	for _, rows := range [][]digest.Row{p.r.Rows, p.r.Aside} {
		for _, row := range rows {
			if row.Frozen && row.Streak > 1 {
				n++
			}
		}
	}
	if n == 0 {
		return ""
	}
	return p.Say("quiet.frozen", "n", n)
}

// recordKey is the key of a group record's words: what kind it is, without
// its sport.
func recordKey(what string) string {
	if key, _, _ := strings.Cut(what, "."); key == "longest" {
		return "longest"
	}
	return what
}

// recordValue writes the value of a group record in its unit.
func (p pen) recordValue(what string, s store.Sport, x float64) string {
	if math.IsNaN(x) || x < 0 || x > 1e9 {
		x = 0
	}
	switch {
	case strings.HasSuffix(what, ".time"):
		return p.Duration(seconds(x))
	case strings.HasSuffix(what, ".distance") || strings.HasPrefix(what, "longest"):
		return p.Distance(x, s)
	case strings.HasSuffix(what, ".climb") || strings.HasPrefix(what, "climb"):
		return p.Climb(x)
	case strings.HasSuffix(what, ".workouts"):
		return p.workouts(int(x))
	}
	return p.Number(x, 0)
}
