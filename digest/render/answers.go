package render

import (
	"cmp"
	"slices"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// Period answers what a group did in any period: totals by sport, boards,
// highlights and the group's records.
func Period(r digest.Report, l *locale.Locale) string {
	p := pen{l, styled(r)}
	return blocks(p.longer(soFarLines), "", p.records())
}

// One answers what a single member did in a period, as the group may see it;
// ok is false where there is nothing of theirs to see.
func One(r digest.Report, athlete int64, l *locale.Locale) (text string, ok bool) {
	if row, ok := r.Own(athlete); !ok || row.Paused {
		return "", false
	}
	return Mine(r, athlete, l)
}

// Mine is One for the member's own eyes, in a pause too.
func Mine(r digest.Report, athlete int64, l *locale.Locale) (text string, ok bool) {
	p := pen{l, styled(r)}
	row, ok := p.r.Own(athlete)
	if !ok || row.Workouts == 0 {
		return "", false
	}
	return blocks(dotted("*"+p.name(row.Athlete, row.Name)+"*", p.anyTitle()), p.ownTotals(row), p.ownEffort(row)), true
}

// Races lists the races of a period, latest first, at most so many; more is
// how many there are besides. Without any the list is empty.
func Races(r digest.Report, most int, l *locale.Locale) (lines []string, more int) {
	p := pen{l, r}
	races := slices.DeleteFunc(slices.Clone(r.Notable), func(h digest.Highlight) bool { return h.Kind != digest.KindRace })
	slices.SortStableFunc(races, func(a, b digest.Highlight) int { return cmp.Compare(b.Day, a.Day) })
	for _, h := range races[:min(max(most, 0), len(races))] {
		lines = append(lines, dotted(p.highlight(h), p.Day(h.Day)))
	}
	return lines, len(races) - len(lines)
}

// anyTitle names a week by its number, a month and a year by its name, and
// what is not over as such.
func (p pen) anyTitle() string {
	if p.r.Span.Days() == 7 && !p.r.SoFar {
		return p.title()
	}
	return p.periodTitle()
}

// Race tells a race at once, and how to cheer.
func Race(h digest.Highlight, l *locale.Locale) string {
	p := pen{l, digest.Report{Span: store.Span{Start: h.Day, End: h.Day + 1}}}
	return blocks(p.highlight(h), p.Say("race.cheer"))
}
