package render

import (
	"time"

	"clubrun/charts"
	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// weekEffort is the effort that the World Health Organization recommends to
// adults in a week, in minutes of moderate intensity (guidelines of 2020).
const weekEffort = 150

// streakDays are the active days that keep a week's streak.
const streakDays = 3

// OwnPicture draws one member's week, which nobody else sees: effort, days and
// time against goals, the weeks before, and a few figures. In a week without a
// workout it says how to begin.
func OwnPicture(week digest.Report, athlete int64, l *locale.Locale) (Card, bool, error) {
	p := drawer(week, l)
	row, ok := p.r.Own(athlete)
	if !ok {
		return Card{}, false, nil
	}
	if row.Workouts == 0 {
		e := p.nothing(row)
		return p.card(e.Title, e.Draw)
	}
	c := p.progress(row)
	return p.card(c.Title, c.Draw, p.ownTotals(row))
}

// nothing describes the picture of a week in which there is nothing yet.
func (p pen) nothing(row digest.Row) charts.Empty {
	fact, invite := p.Say("card.empty.fact"), p.Say("card.empty.invite")
	return charts.Empty{
		Eyebrow: p.within(locale.Plain(row.Name), p.dates()), Title: p.Say("card.own"), Sport: charts.Run,
		Fact: fact, Invite: invite, Alt: fact + " " + invite,
	}
}

// progress describes the picture of a member's week.
func (p pen) progress(row digest.Row) charts.Progress {
	c := charts.Progress{
		Eyebrow: p.within(locale.Plain(row.Name), p.dates()), Title: p.Say("card.own"),
		Subtitle: dotted(p.workouts(row.Workouts), p.Duration(row.Time)), Rings: p.rings(row), Figures: p.figures(row),
	}
	weeks := row.Weeks[max(0, len(row.Weeks)-ownWeeks):]
	if len(weeks) > 1 {
		c.Heading, c.Unit = p.Say("card.own.weeks", "n", len(weeks)), p.Say("card.year.unit")
		for _, g := range weeks {
			bar := charts.Bar{Value: g.Time.Hours(), Text: "–"}
			if g.Time > 0 {
				bar.Text = p.Number(g.Time.Hours(), 1)
			}
			c.Weeks = append(c.Weeks, bar)
		}
	}
	c.Alt = p.Say("card.alt.own", "name", locale.Plain(row.Name), "span", p.dates(), "workouts", p.workouts(row.Workouts),
		"time", p.Duration(row.Time), "effort", p.Number(float64(row.Effort), 0), "days", p.Say("own.days", "n", row.ActiveDays))
	return c
}

// ownWeeks is how many weeks of a member are drawn.
const ownWeeks = 8

// rings are effort, active days and time against what is worth reaching.
func (p pen) rings(row digest.Row) []charts.Ring {
	rings := []charts.Ring{
		p.ring(charts.SignEffort, "own.what.effort", p.Say("effort.short", "n", row.Effort), p.Say("effort.short", "n", weekEffort), float64(row.Effort)/weekEffort),
		p.ring(charts.SignDays, "own.what.days", p.Say("card.days", "n", row.ActiveDays), p.Say("card.days", "n", streakDays), float64(row.ActiveDays)/streakDays),
	}
	if mean := usual(row.Weeks); mean >= time.Hour {
		rings = append(rings, p.ring(charts.SignTime, "own.what.time", p.Duration(row.Time), p.Duration(mean), row.Time.Hours()/mean.Hours()))
		rings[2].Goal = p.Say("card.own.usual", "goal", p.Duration(mean))
	}
	return rings
}

func (p pen) ring(sign charts.Sign, label, text, goal string, share float64) charts.Ring {
	return charts.Ring{
		Sign: sign, Label: p.Say(label), Text: text, Goal: p.Say("card.own.of", "goal", goal),
		Percent: p.share(clamp(share)), Share: share,
	}
}

// usual is the mean time of the four weeks before the last; none with fewer
// than two.
func usual(weeks []digest.Glance) time.Duration {
	if len(weeks) < 3 {
		return 0
	}
	before := weeks[max(0, len(weeks)-5) : len(weeks)-1]
	sum := time.Duration(0)
	for _, g := range before {
		sum += g.Time
	}
	return sum / time.Duration(len(before))
}

// figures are up to three figures of a member's week.
func (p pen) figures(row digest.Row) []charts.Figure {
	var all []charts.Figure
	for _, part := range row.Parts {
		if len(all) == 0 && part.Sport.Travels() && part.Distance >= 100 {
			all = append(all, charts.Figure{Sign: charts.SignDistance, Text: p.Distance(part.Distance, part.Sport), Label: p.sportName(part.Sport)})
			if pace := p.Pace(part.Distance, part.Time, part.Sport); pace != "" {
				all = append(all, charts.Figure{Sign: charts.SignPace, Text: pace, Label: p.paceName(part.Sport)})
			}
		}
	}
	if row.Streak > 1 {
		all = append(all, charts.Figure{Sign: charts.SignFlame, Text: p.Number(float64(row.Streak), 0), Label: p.Say("card.own.streak")})
	}
	if row.Climb >= climbLeast && len(all) < 3 {
		all = append(all, charts.Figure{Sign: charts.SignClimb, Text: p.Climb(row.Climb), Label: p.Say("own.what.climb")})
	}
	return all[:min(3, len(all))]
}

// paceName is what a sport's pace is called.
func (p pen) paceName(s store.Sport) string {
	switch s {
	case store.Ride, store.EBike, store.Ski:
		return p.Say("card.own.speed")
	}
	return p.Say("card.own.pace")
}

// StreakPicture draws a member's days of up to six months. The report is of
// that member alone and ends today; its span may be of any length up to a
// year.
func StreakPicture(r digest.Report, athlete int64, l *locale.Locale, pauses ...store.Pause) (Card, bool, error) {
	p := drawer(r, l)
	row, ok := p.r.Own(athlete)
	if !ok || len(r.Days) == 0 || r.Members != 1 {
		return Card{}, false, nil
	}
	k := p.streak(row, pauses)
	return p.card(k.Title, k.Draw)
}

// streakMonths is how many months of days are drawn.
const streakMonths = 6

// streak describes the picture of a member's days.
func (p pen) streak(row digest.Row, pauses []store.Pause) charts.Streak {
	k := charts.Streak{
		Eyebrow: locale.Plain(row.Name), Subtitle: p.Say("card.streak.sub"), Weekdays: p.weekdayLetters(),
		Rest: p.Say("card.rest"), Most: p.Say("card.streak.most"), Today: p.Say("card.today"), Pause: p.Say("card.pause"),
	}
	active := 0
	for _, d := range p.r.Days {
		if d.Time >= 15*time.Minute {
			active++
		}
	}
	k.Title = p.Say("own.days", "n", active)
	if row.Streak > 1 {
		k.Title = p.Say("card.streak", "n", row.Streak)
	}
	k.Number, k.Words = p.Number(float64(active), 0), p.Say("card.streak.words", "n", active)
	months := p.months(row.Athlete, pauses)
	for len(months) > 1 && months[0].Note == "" {
		months = months[1:] // before anything is known
	}
	k.Months = months[max(0, len(months)-streakMonths):]
	title := k.Title
	if row.Streak <= 1 && len(k.Months) > 0 {
		title = k.Months[len(k.Months)-1].Name
	}
	k.Alt = p.Say("card.alt.streak", "name", locale.Plain(row.Name), "title", title, "days", p.Say("own.days", "n", active))
	return k
}

// months are the days of the report by month.
func (p pen) months(athlete int64, pauses []store.Pause) []charts.Month {
	var months []charts.Month
	active := 0
	for _, d := range p.r.Days {
		if p.r.SoFar && d.Day > p.r.Today {
			break
		}
		month := store.MonthOf(d.Day)
		_, name, _ := d.Day.Date()
		if len(months) == 0 || d.Day == month.Start {
			column := (int(month.Start.Weekday()) - int(p.r.Group.WeekStart) + 7) % 7
			months = append(months, charts.Month{Name: p.Month(name), Column: column, Length: month.Days()})
			active = 0
			for range d.Day - month.Start { // the month began before the report
				months[0].Days = append(months[0].Days, charts.Day{})
			}
		}
		m := &months[len(months)-1]
		if d.Time >= 15*time.Minute {
			active++
		}
		m.Days = append(m.Days, charts.Day{Minutes: d.Time.Minutes(), Paused: paused(athlete, d.Day, pauses)})
		if active > 0 {
			m.Note = p.Say("card.streak.month", "n", active, "of", len(m.Days))
		}
	}
	return months
}

func paused(athlete int64, d store.Day, pauses []store.Pause) bool {
	for _, pause := range pauses {
		if pause.Athlete == athlete && pause.Span.Contains(d) {
			return true
		}
	}
	return false
}

// weekdayLetters are the first letters of the days, from the first of the
// group's week on.
func (p pen) weekdayLetters() [7]string {
	var letters [7]string
	for i := range letters {
		day := time.Weekday((int(p.r.Group.WeekStart) + i) % 7)
		letters[i] = string([]rune(p.WeekdayShort(day))[:1])
	}
	return letters
}
