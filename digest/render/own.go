package render

import (
	"slices"
	"strings"

	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// Own answers one member with the own numbers, which nobody else sees.
func Own(week, month, year digest.Report, athlete int64, l *locale.Locale) string {
	p := pen{l, styled(week)}
	row, ok := p.r.Own(athlete)
	if !ok {
		return p.Say("own.unknown")
	}
	parts := []string{p.Say("own.title", "name", p.name(row.Athlete, row.Name)), "", p.anyTitle()}
	parts = append(parts, kept(p.ownWeek(row))...)
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

// ownWeek is what there is to say of a member's week.
func (p pen) ownWeek(row digest.Row) []string {
	var parts []string
	if row.Workouts == 0 {
		parts = append(parts, p.ownNothing())
	} else {
		parts = append(parts, p.ownTotals(row), p.ownEffort(row), p.ownChange(row), p.ownRank(row))
	}
	parts = append(parts, p.ownStreak(row))
	if row.Paused {
		parts = append(parts, p.Say("own.paused"))
	}
	parts = append(parts, p.ownShare(row))
	return append(parts, p.ownLeft(row)...)
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
	if rest := len(row.Parts) - len(sports); rest > 0 {
		sports = append(sports, p.Say("head.more", "n", rest))
	}
	sports = append(sports, p.climbed(row.Climb))
	return blocks(dotted(p.workouts(row.Workouts), p.Duration(row.Time)), dotted(sports...))
}

func (p pen) ownEffort(row digest.Row) string {
	effort := p.Number(float64(row.Effort), 0)
	if row.Estimated {
		effort = "~" + effort
	}
	points := ""
	if p.r.Metric == store.ByPoints && row.Points > 0 {
		points = p.Say("points", "n", row.Points)
	}
	return dotted(p.Say("own.effort", "effort", effort, "days", p.Say("own.days", "n", row.ActiveDays)), points)
}

// ownChange compares the week with the own average, and says in what.
func (p pen) ownChange(row digest.Row) string {
	if row.Change == nil || !(*row.Change >= -1) || *row.Change > changeMost {
		return ""
	}
	args := []any{"what", p.what(), "x", p.Percent(*row.Change), "day", p.WeekdayShort(p.r.Today.Weekday())}
	if p.r.SoFar && p.r.Begun < p.r.Span.Days() {
		return p.Say("own.change.sofar", args...)
	}
	return p.Say("own.change", args...)
}

// what is the name of the group's metric within a sentence of its own.
func (p pen) what() string {
	if key := "own.what." + string(p.r.Metric); p.Has(key) {
		return p.Say(key, "sport", p.sportOne(p.r.Sport))
	}
	return p.Say("own.what.effort")
}

func (p pen) ownRank(row digest.Row) string {
	if p.r.Active <= quietActive || p.r.Group.Name == "" || row.Rank <= 0 {
		return ""
	}
	return p.Say("own.rank", "rank", row.Rank, "active", p.r.Active, "group", p.harmless(p.r.Group.Name))
}

func (p pen) ownStreak(row digest.Row) string {
	if row.Streak <= 1 {
		return ""
	}
	streak := p.Say("own.streak", "n", row.Streak)
	if row.Frozen || row.Paused {
		return p.Say("own.frozen", "streak", strings.TrimPrefix(streak, "🔥 "))
	}
	return streak
}

// ownShare is the member's part of the group's goal.
func (p pen) ownShare(row digest.Row) string {
	g := p.r.Goal
	if g == nil {
		return ""
	}
	at := slices.IndexFunc(g.Shares, func(s digest.Share) bool { return s.Athlete == row.Athlete })
	if at < 0 || !(g.Shares[at].Value > 0) {
		return ""
	}
	done := p.amount(g.Metric, g.Sport, g.Shares[at].Value)
	if share := g.Shares[at].Value / g.Done; share >= 0.01 && share <= 1 {
		return p.Say("own.goal.share", "done", done, "x", p.share(share))
	}
	return p.Say("own.goal", "done", done)
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
