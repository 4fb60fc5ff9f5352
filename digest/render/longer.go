package render

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// soFarLines is how many highlights an answer has room for.
const soFarLines = 3

// SoFar answers how the week stands; of a week that is over, how it was.
func SoFar(r digest.Report, l *locale.Locale) string {
	p := pen{l, r}
	title := p.title()
	if r.SoFar {
		title = p.titleSoFar()
	}
	switch {
	case r.Active == 0 && r.Members == 0:
		return blocks(title, p.Say("empty.nobody"))
	case r.Active == 0 && r.SoFar:
		return blocks(title, p.Say("empty.sofar"))
	case r.Active == 0:
		return blocks(title, p.pick("empty."))
	case r.Active <= quietActive:
		return blocks(title, p.totals(), "", p.people(), "", p.lines(soFarLines))
	}
	return blocks(title, p.totals(), "", p.board(), p.highlights(soFarLines))
}

// titleSoFar names a running period by the days that have begun.
func (p pen) titleSoFar() string {
	begun := p.Range(store.Span{Start: p.r.Span.Start, End: p.r.Span.Start + store.Day(max(1, p.r.Begun))})
	switch _, week, ok := p.r.Span.ISOWeek(); {
	case ok:
		return p.Say("week.title.sofar", "week", strconv.Itoa(week), "span", begun)
	case p.r.Span.Days() == 7:
		return p.Say("week.dates.sofar", "span", begun)
	}
	return p.Say("period.title.sofar", "period", p.Span(p.r.Span))
}

// periodTitle names a month or a year.
func (p pen) periodTitle() string {
	if p.r.SoFar {
		return p.titleSoFar()
	}
	return p.Say("period.title", "period", p.Span(p.r.Span))
}

// Longer answers what a group did in a month and in a year.
func Longer(month, year digest.Report, l *locale.Locale) string {
	parts := []string{}
	for i, r := range []digest.Report{month, year} {
		p := pen{l, r}
		parts = append(parts, "", p.periodTitle())
		if r.Active == 0 {
			parts = append(parts, p.Say("own.none"))
			continue
		}
		parts = append(parts, p.totals())
		if i == 0 {
			parts = append(parts, p.lines(soFarLines))
		}
	}
	return blocks(append(parts, "", l.Say("close.own"))...)
}

// Own answers one member with the own numbers, which nobody else sees.
func Own(week, month, year digest.Report, athlete int64, l *locale.Locale) string {
	p := pen{l, week}
	row, ok := week.Own(athlete)
	if !ok {
		return p.Say("own.unknown")
	}
	parts := []string{p.Say("own.title", "name", p.name(row.Athlete, row.Name)), "", p.ownTitle()}
	if row.Workouts == 0 {
		parts = append(parts, p.ownNothing())
	} else {
		parts = append(parts, p.ownTotals(row), p.ownEffort(row), p.ownChange(row), p.ownRank(row))
	}
	if row.Streak > 1 {
		parts = append(parts, p.Say("own.streak", "n", row.Streak))
	}
	parts = append(kept(parts), p.ownLeft(row)...)
	for _, r := range []digest.Report{month, year} {
		q := pen{l, r}
		line := l.Say("own.none")
		if row, ok := r.Own(athlete); ok && row.Workouts > 0 {
			line = q.ownTotals(row)
		}
		parts = append(parts, "", q.periodTitle(), line)
	}
	return blocks(parts...)
}

// kept drops lines that say nothing, but the gap after the first.
func kept(parts []string) []string {
	return slices.Concat(parts[:2], slices.DeleteFunc(slices.Clone(parts[2:]), func(s string) bool { return s == "" }))
}

func (p pen) ownTitle() string {
	if p.r.SoFar {
		return p.titleSoFar()
	}
	return p.title()
}

func (p pen) ownNothing() string {
	if p.r.SoFar {
		return p.Say("own.nothing")
	}
	return p.Say("own.none")
}

func (p pen) ownTotals(row digest.Row) string {
	var sports []string
	for _, part := range row.Parts[:min(sportsMost, len(row.Parts))] {
		sports = append(sports, p.total(part))
	}
	if row.Climb >= 100 {
		sports = append(sports, "⛰️ "+p.Climb(row.Climb))
	}
	return blocks(dotted(p.workouts(row.Workouts), p.Duration(row.Time)), strings.Join(sports, " · "))
}

func (p pen) ownEffort(row digest.Row) string {
	effort := strconv.Itoa(row.Effort)
	if row.Estimated {
		effort = "~" + effort
	}
	return p.Say("own.effort", "effort", effort, "days", p.Say("own.days", "n", row.ActiveDays))
}

func (p pen) ownChange(row digest.Row) string {
	switch {
	case row.Change == nil:
		return ""
	case p.r.SoFar && p.r.Begun < p.r.Span.Days():
		return p.Say("own.change.sofar", "x", p.Percent(*row.Change), "day", p.WeekdayShort(p.r.Today.Weekday()))
	}
	return p.Say("own.change", "x", p.Percent(*row.Change))
}

func (p pen) ownRank(row digest.Row) string {
	if p.r.Active <= quietActive || p.r.Group.Name == "" {
		return ""
	}
	return p.Say("own.rank", "rank", row.Rank, "active", p.r.Active, "group", locale.Name(p.r.Group.Name))
}

// ownLeft says what was left out, and why.
func (p pen) ownLeft(row digest.Row) []string {
	var lines []string
	for _, left := range []struct {
		key string
		n   int
	}{{"own.private", row.Private}, {"own.held", row.Held}, {"own.twice", row.Twice}} {
		if left.n > 0 {
			lines = append(lines, p.Say(left.key, "n", left.n))
		}
	}
	return lines
}

// byName orders rows for lists without ranks.
func byName(rows []digest.Row) []digest.Row {
	return slices.SortedFunc(slices.Values(rows), func(a, b digest.Row) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.Athlete, b.Athlete))
	})
}
