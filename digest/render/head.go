package render

import (
	"math"
	"strconv"
	"time"

	"clubrun/digest"
)

// The changes that are told, and from which on as a multiple.
const (
	changeLeast = 0.05
	changeTimes = 3.0
	changeMost  = 1000
)

// sportsMost is how many sports the line of totals has.
const sportsMost = 4

// title names the week by number where it has one, and always by date.
func (p pen) title() string {
	if week := p.weekNumber(); week != "" {
		return p.Say("week.title", "week", week, "span", p.Span(p.r.Span))
	}
	return p.Say("week.dates", "span", p.Span(p.r.Span))
}

// totals is who moved, how much, and in what.
func (p pen) totals() string { return blocks(p.who(), p.sports(sportsMost)) }

// who is the line of members, workouts and time.
func (p pen) who() string {
	line := dotted(p.moved(), p.workouts(p.r.Workouts), p.Duration(p.r.Time))
	if change := p.change(); change != "" {
		line += " " + change
	}
	return line
}

// weekNumber is the number of the week; empty where it has none.
func (p pen) weekNumber() string {
	if _, week, ok := p.r.Span.ISOWeek(); ok {
		return strconv.Itoa(week)
	}
	return ""
}

func (p pen) moved() string {
	switch {
	case p.r.Members == 1:
		return ""
	case p.r.Active == 2 && p.r.Members == 2:
		return p.Say("head.both")
	case p.r.Active == p.r.Members && p.r.Members <= quietActive:
		return p.Say("head.all", "n", p.r.Members)
	case p.r.Active <= quietActive && 2*p.r.Active <= p.r.Members:
		return p.Say("quiet.head", "active", p.r.Active, "members", p.r.Members)
	}
	return p.Say("head.moved", "active", p.r.Active, "members", p.r.Members)
}

func (p pen) workouts(n int) string { return p.Say("head.workouts", "n", n) }

// change tells the group's time against its average, when it says something.
func (p pen) change() string {
	c := p.r.Change
	switch {
	case c == nil || !(math.Abs(*c) >= changeLeast) || *c > changeMost:
		return ""
	case *c < 0 && (p.r.Active <= quietActive || p.r.Begun < p.r.Span.Days()):
		return "" // neither a quiet week nor half a week needs the reminder
	case *c >= changeTimes:
		return p.Say("head.times", "x", p.Number(*c+1, 0))
	case p.r.SoFar && p.r.Begun < p.r.Span.Days():
		return p.Say("head.change.sofar", "x", p.Percent(*c), "day", p.WeekdayShort(p.r.Today.Weekday()))
	}
	return p.Say("head.change", "x", p.Percent(*c))
}

// sports is the line of totals by sport, with the group's climb.
func (p pen) sports(most int) string {
	return dotted(append(p.sportList(most), p.climbed(p.r.Climb))...)
}

// sportList are the totals by sport, the smallest folded into a count.
func (p pen) sportList(most int) []string {
	var parts []string
	shown := p.r.Sports[:min(most, len(p.r.Sports))]
	for _, t := range shown {
		parts = append(parts, p.total(t.Part))
	}
	if rest := len(p.r.Sports) - len(shown); rest > 0 {
		parts = append(parts, p.Say("head.more", "n", rest))
	}
	return parts
}

// climbed is a climb with its sign, where there is much of it.
func (p pen) climbed(metres float64) string {
	if !(metres >= climbLeast) {
		return ""
	}
	return "⛰️ " + p.Climb(metres)
}

// climbLeast is the climb from which on it is told.
const climbLeast = 100

// total is one sport's total: its distance, or its time where it has none.
func (p pen) total(t digest.Part) string {
	if t.Sport.Travels() && t.Distance >= 100 {
		return icon(t.Sport) + " " + p.Distance(t.Distance, t.Sport)
	}
	if t.Time < time.Minute {
		return icon(t.Sport) + " " + p.workouts(t.Workouts)
	}
	return icon(t.Sport) + " " + p.Duration(t.Time)
}
