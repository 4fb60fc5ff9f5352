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
	p := pen{l, styled(r)}
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
		return blocks(title, p.totals(), "", strings.Join(p.people(), "\n"), "", p.lines(soFarLines))
	}
	return blocks(title, p.totals(), "", p.board(), p.highlights(soFarLines), "", p.goal(), strings.Join(p.duels(), "\n"))
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

// The most lines of each kind that a longer answer has.
const (
	longerSports = 4
	longerBoards = 3
	briefBoards  = 2
)

// Longer answers what a group did in a month, by sport, and in a year, in
// short.
func Longer(month, year digest.Report, l *locale.Locale) string {
	m, y := pen{l, month}, pen{l, year}
	return blocks(m.longer(soFarLines), "", y.brief(), "", y.records(), "", l.Say("close.own"))
}

// longer is a period with its totals by sport, its boards and so many
// highlights.
func (p pen) longer(highlights int) string {
	if p.r.Active == 0 {
		return blocks(p.anyTitle(), p.Say("own.none"))
	}
	return blocks(p.anyTitle(), p.who(), p.sportLines(longerSports), "", p.boards(longerBoards), "", p.lines(highlights))
}

// brief is a period with its totals in a line and its boards.
func (p pen) brief() string {
	if p.r.Active == 0 {
		return blocks(p.anyTitle(), p.Say("own.none"))
	}
	return blocks(p.anyTitle(), p.totals(), "", p.boards(briefBoards))
}

// sportLines are the totals by sport, a line each with all that is told of it,
// and the climb.
func (p pen) sportLines(most int) string {
	if len(p.r.Sports) == most+1 {
		most++ // a line for the last one says more than that there is one
	}
	var lines []string
	for _, t := range p.r.Sports[:min(most, len(p.r.Sports))] {
		lines = append(lines, p.Say("longer.sport", "icon", icon(t.Sport), "sport", p.sportName(t.Sport), "figures", p.partFigures(t.Part)))
	}
	if rest := len(p.r.Sports) - len(lines); rest > 0 {
		return strings.Join(append(lines, dotted(p.Say("head.more", "n", rest), p.climbed(p.r.Climb))), "\n")
	}
	return strings.Join(kept(append(lines, p.climbLine())), "\n")
}

// partFigures are a sport's distance, workouts, time and pace.
func (p pen) partFigures(t digest.Part) string {
	distance, pace := "", ""
	if t.Sport.Travels() && t.Distance >= 100 {
		distance = p.Distance(t.Distance, t.Sport)
		pace = p.Single().Pace(t.Distance, t.Time, t.Sport)
	}
	return dotted(distance, p.workouts(t.Workouts), p.Duration(t.Time), pace)
}

func (p pen) climbLine() string {
	if !(p.r.Climb >= climbLeast) {
		return ""
	}
	return p.Say("longer.climb", "climb", p.Climb(p.r.Climb))
}

// boards are the first three of the report's boards, the group's own first.
func (p pen) boards(most int) string {
	lines := []string{}
	if rows := p.r.Board(); len(rows) > 0 {
		lines = append(lines, p.boardLine(digest.Board{Metric: p.r.Metric, Sport: p.r.Sport, Rows: rows}, medalRows))
	}
	for _, b := range p.r.Boards {
		lines = append(lines, p.further(b)...)
	}
	lines = kept(lines)
	return strings.Join(lines[:min(most, len(lines))], "\n")
}

// recordsMost is how many records a longer answer has.
const recordsMost = 4

// records are the group's records, a line each, under their heading.
func (p pen) records() string {
	var lines []string
	for _, rec := range slices.SortedStableFunc(slices.Values(p.r.Records), p.dearer) {
		key := "record." + recordKey(rec.Kind)
		if len(lines) == recordsMost || !p.Has(key) {
			continue
		}
		lines = append(lines, p.Say(key, "name", p.name(rec.Athlete, rec.Name), "sport", p.sportOne(rec.Sport),
			"value", p.recordValue(rec.Kind, rec.Sport, rec.Value), "month", p.Span(store.MonthOf(rec.Day))))
	}
	if len(lines) == 0 {
		return ""
	}
	return blocks(p.Say("record.title"), strings.Join(lines, "\n"))
}

// dearer orders records: the most time in a week, the longest of each sport
// that the group spends most time in, then the others.
func (p pen) dearer(a, b digest.Record) int { return cmp.Compare(p.worth(a), p.worth(b)) }

func (p pen) worth(rec digest.Record) int {
	at := slices.IndexFunc(p.r.Sports, func(t digest.Total) bool { return t.Sport == rec.Sport })
	switch key := recordKey(rec.Kind); {
	case key == "week.time":
		return -1
	case key == "longest" && at >= 0:
		return at
	case key == "week.workouts":
		return len(p.r.Sports) + 1
	}
	return len(p.r.Sports)
}

// Goal answers how the group's goal stands: its bar, pace, journey, and who
// brought the most; empty without one.
func Goal(r digest.Report, l *locale.Locale) string {
	p := pen{l, r}
	line := p.goal()
	if line == "" {
		return ""
	}
	return blocks(line, p.pace(), p.journey(), "", p.shares())
}

// sharesMost is how many parts of a goal are told.
const sharesMost = 5

// shares are the largest parts of a goal, a line each.
func (p pen) shares() string {
	g := p.r.Goal
	var lines []string
	for _, s := range g.Shares {
		if len(lines) == sharesMost {
			return blocks(strings.Join(lines, "\n"), p.Say("head.more", "n", len(g.Shares)-sharesMost))
		}
		if s.Value > 0 {
			lines = append(lines, p.Say("goal.share", "name", p.name(s.Athlete, s.Name), "done", p.amount(g.Metric, g.Sport, s.Value)))
		}
	}
	return strings.Join(lines, "\n")
}

// Prize answers what the prize of the week is and who has it; empty where
// there is none.
func Prize(r digest.Report, l *locale.Locale) string {
	long, _ := pen{l, r}.prize()
	return long
}

// Duels answers how the duels of a week stand, a line each.
func Duels(r digest.Report, l *locale.Locale) []string { return pen{l, r}.duels() }

// byName orders rows for lists without ranks.
func byName(rows []digest.Row) []digest.Row {
	return slices.SortedFunc(slices.Values(rows), before)
}

// before orders rows by name.
func before(a, b digest.Row) int {
	return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.Athlete, b.Athlete))
}
