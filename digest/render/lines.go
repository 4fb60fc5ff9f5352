package render

import (
	"strconv"
	"strings"
	"time"

	"clubrun/digest"
	"clubrun/store"
)

// highlights lists so many of the chosen highlights under their heading.
func (p pen) highlights(most int) string {
	lines := p.lines(most)
	if lines == "" {
		return ""
	}
	return blocks(p.Say("hl.title"), lines)
}

// lines lists so many of the chosen highlights.
func (p pen) lines(most int) string {
	var lines []string
	for _, h := range p.r.Highlights[:min(most, len(p.r.Highlights))] {
		lines = append(lines, p.highlight(h))
	}
	return strings.Join(kept(lines), "\n")
}

// highlight writes one in a line; empty where there are no words for it.
func (p pen) highlight(h digest.Highlight) string {
	key := p.highlightKey(h)
	if !p.Has(key) {
		return ""
	}
	args := []any{
		"name", p.name(h.Athlete, h.Name), "sport", p.sportOne(h.Sport), "weekday", p.when(h.Day),
		"distance", p.Distance(h.Distance, h.Sport), "climb", p.Climb(h.Climb), "time", p.Clock(h.Time),
		"better", p.gap(h.Better), "race", p.race(h), "x", p.Percent(h.Change),
		"names", p.names(append([]string{h.Name}, h.With...), namesMost), "value", p.recordValue(h.What, h.Sport, h.Value),
	}
	switch h.Kind {
	case digest.KindComeback:
		args = append(args, "n", away(h.Weeks))
	case digest.KindStreak, digest.KindWeek:
		args = append(args, "n", h.Weeks, "duration", p.Duration(h.Time))
	case digest.KindDays:
		args = append(args, "n", h.Days)
	case digest.KindDid:
		args = append(args, "duration", p.Duration(h.Time))
	case digest.KindLongest:
		args = append(args, "n", h.Months)
	case digest.KindCheered:
		args = append(args, "n", h.People)
	case digest.KindTogether:
		args = append(args, "n", len(h.With)+1)
	}
	return p.Say(key, args...)
}

// namesMost is how many names stand in a line before it tells their number.
const namesMost = 5

// names lists people: "Ana, Caro and Fay".
func (p pen) names(raw []string, most int) string {
	var all []string
	for _, name := range raw {
		if name = p.harmless(name); name != "" {
			all = append(all, name)
		}
	}
	if len(all) > most {
		return p.Say("list.more", "list", strings.Join(all[:most], ", "), "n", len(all)-most)
	}
	return p.list(all)
}

// list joins entries as a sentence does.
func (p pen) list(all []string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return p.And(strings.Join(all[:len(all)-1], ", "), all[len(all)-1])
}

// highlightKey is the sentence for a highlight.
func (p pen) highlightKey(h digest.Highlight) string {
	switch {
	case h.Kind == digest.KindRace && h.Better > 0:
		return "hl.race.best"
	case h.Kind == digest.KindComeback && h.Weeks > monthWeeks:
		return "hl.comeback.months"
	case h.Kind == digest.KindLongest && h.Months >= 12:
		return "hl.longest.year"
	case h.Kind == digest.KindFar && p.r.Span == store.MonthOf(p.r.Span.Start):
		return "hl.far.month"
	case h.Kind == digest.KindFar && p.r.Span == store.YearOf(p.r.Span.Start):
		return "hl.far.year"
	case h.Kind == digest.KindFar:
		return "hl.far.week"
	case h.Kind == digest.KindJump && h.Change >= 1:
		return "hl.double"
	case h.Kind == digest.KindTogether && len(h.With)+1 > namesMost && h.What == digest.RecordJoint:
		return "hl.group.joint"
	case h.Kind == digest.KindTogether && len(h.With)+1 > namesMost:
		return "hl.together.many"
	case h.Kind == digest.KindDid && h.Distance < 50:
		return "hl.did.time"
	case h.Kind == digest.KindGroup:
		return "hl.group." + recordKey(h.What)
	}
	return "hl." + string(h.Kind)
}

// monthWeeks is the longest break that is told in weeks.
const monthWeeks = 8

// away is a break in weeks, or, when it was long, in months.
func away(weeks int) int {
	if weeks > monthWeeks {
		return int(float64(weeks)*7/30.44 + 0.5)
	}
	return weeks
}

// when is a weekday within a week, a date within anything longer.
func (p pen) when(d store.Day) string {
	if p.r.Span.Days() <= 7 {
		return p.Weekday(d.Weekday())
	}
	return p.Day(d)
}

// gap is by how much a time was beaten: "14 s", "2:04".
func (p pen) gap(d time.Duration) string {
	if d < time.Minute {
		return strconv.Itoa(int(d.Round(time.Second)/time.Second)) + " s"
	}
	return p.Clock(d)
}

// race names a distance as racers do.
func (p pen) race(h digest.Highlight) string {
	if key := "race." + strconv.Itoa(int(h.Distance)); h.Sport == store.Run && p.Has(key) {
		return p.Say(key)
	}
	if h.Distance < 100 {
		return p.Say("race.any")
	}
	return p.Say("race.other", "distance", p.Distance(h.Distance, h.Sport))
}

// people are the active members by name, without ranks, a line each.
func (p pen) people() []string {
	if p.r.Members == 1 {
		return nil
	}
	var lines []string
	for _, row := range byName(p.r.Rows) {
		if row.Paused {
			continue
		}
		icons := ""
		for _, part := range row.Parts[:min(3, len(row.Parts))] {
			icons += icon(part.Sport)
		}
		lines = append(lines, icons+" "+p.Say("quiet.row",
			"name", p.name(row.Athlete, row.Name), "workouts", p.workouts(row.Workouts), "time", p.Duration(row.Time)))
	}
	return lines
}
