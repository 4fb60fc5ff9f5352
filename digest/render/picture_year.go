package render

import (
	"strconv"
	"time"

	"clubrun/charts"
	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// YearPicture draws a year day by day: of the group, or, from a report of one
// member alone, of that member, with the forms of where workouts led, their ends
// hidden.
func YearPicture(year digest.Report, athlete int64, l *locale.Locale, wall ...Workout) (Card, bool, error) {
	p := drawer(year, l)
	if year.Active == 0 || len(year.Days) < 28 || athlete != 0 && year.Members != 1 {
		return Card{}, false, nil
	}
	y := p.poster(athlete)
	for _, w := range wall {
		y.Routes = append(y.Routes, charts.Shape{Track: w.fixes(), ID: w.Hide, Sport: drawn(w.Sport)})
	}
	return p.card(p.Say("card.year", "year", y.Year), y.Draw, dotted(p.workouts(p.r.Workouts), p.Duration(p.r.Time)))
}

// poster describes the picture of a year.
func (p pen) poster(athlete int64) charts.YearPoster {
	year, _, _ := p.r.Span.Start.Date()
	y := charts.YearPoster{
		Eyebrow: p.whose(athlete), Year: strconv.Itoa(year), Hint: p.Say("card.year.hint"),
		Total: p.Number(p.r.Time.Hours(), 0), Unit: p.Say("card.year.unit"), Legend: p.legend(),
		Totals: p.yearTotals(), Awards: p.awards(athlete), Biggest: p.biggest(),
	}
	for m := time.January; m <= time.December; m++ {
		y.Months = append(y.Months, p.MonthShort(m))
	}
	for _, d := range p.r.Days {
		ray := charts.Ray{Value: d.Time.Seconds(), Ahead: p.r.SoFar && d.Day > p.r.Today}
		if len(d.Parts) > 0 {
			ray.Sport = drawn(d.Parts[0].Sport)
		}
		y.Days = append(y.Days, ray)
	}
	y.Alt = p.Say("card.alt.year", "whose", y.Eyebrow, "year", y.Year, "workouts", p.workouts(p.r.Workouts), "time", p.Duration(p.r.Time))
	return y
}

// whose is the name of the member or of the group.
func (p pen) whose(athlete int64) string {
	if row, ok := p.r.Own(athlete); ok && athlete != 0 {
		if name := locale.Plain(row.Name); name != "" {
			return name
		}
		return p.unknown(athlete)
	}
	return p.group()
}

// yearTotals are distance, climb and workouts.
func (p pen) yearTotals() []charts.Stat {
	var all []charts.Stat
	if p.r.Distance >= 1000 {
		all = append(all, charts.Stat{Value: p.Distance(p.r.Distance, ""), Label: p.Say("card.year.distance")})
	}
	if p.r.Climb >= climbLeast {
		all = append(all, charts.Stat{Value: p.Climb(p.r.Climb), Label: p.Say("own.what.climb")})
	}
	return append(all, charts.Stat{Value: p.Number(float64(p.r.Workouts), 0), Label: p.Say("own.what.count")})
}

// awards honour up to three: of a group the first of boards, each member once;
// of a member the longest of each sport.
func (p pen) awards(athlete int64) []charts.Award {
	if athlete != 0 {
		return p.ownAwards(athlete)
	}
	var all []charts.Award
	named := map[int64]bool{}
	for _, b := range p.r.Boards {
		q := p.of(b)
		for _, row := range b.Rows {
			if len(all) < 3 && row.Rank == 1 && !named[row.Athlete] && q.r.Score(row) > 0 {
				named[row.Athlete] = true
				all = append(all, charts.Award{
					Sign: signOf(b.Metric), Name: locale.Plain(row.Name), Fallback: p.unknown(row.Athlete), Text: q.honoured(row),
				})
				break
			}
		}
	}
	return all
}

// honoured is a row's score as an award tells it: with what it is of, where its
// unit alone does not say it.
func (p pen) honoured(row digest.Row) string {
	switch p.r.Metric {
	case store.ByDistance:
		return dotted(p.sportName(p.r.Sport), p.figure(row))
	case store.ByClimb:
		return dotted(p.Say("own.what.climb"), p.figure(row))
	case store.ByCount:
		return p.workouts(row.Workouts)
	case store.ByDays, store.ByTime, store.ByPoints:
		return p.figure(row)
	}
	return dotted(p.Say("own.what.effort"), p.Number(float64(row.Effort), 0))
}

// ownAwards are the longest of each sport, then days and effort while there is
// room.
func (p pen) ownAwards(athlete int64) []charts.Award {
	var all []charts.Award
	for _, rec := range p.r.Records {
		if len(all) < 3 && recordKey(rec.Kind) == "longest" && p.r.Span.Contains(rec.Day) {
			all = append(all, charts.Award{
				Sign: charts.SignBest, Name: p.Distance(rec.Value, rec.Sport), Text: p.Say("card.year.longest", "sport", p.sportOne(rec.Sport)),
			})
		}
	}
	if row, ok := p.r.Own(athlete); ok && row.ActiveDays > 0 {
		all = append(all,
			charts.Award{Sign: charts.SignDays, Name: p.Say("card.days", "n", row.ActiveDays), Text: p.Say("own.what.days")},
			charts.Award{Sign: charts.SignEffort, Name: p.Say("effort.short", "n", row.Effort), Text: p.Say("own.what.effort")})
	}
	return all[:min(3, len(all))]
}

// signOf is the sign of a metric.
func signOf(m store.Metric) charts.Sign {
	switch m {
	case store.ByDistance:
		return charts.SignDistance
	case store.ByTime:
		return charts.SignTime
	case store.ByDays:
		return charts.SignDays
	case store.ByClimb:
		return charts.SignClimb
	case store.ByCount:
		return charts.SignCount
	case store.ByPoints:
		return charts.SignStar
	}
	return charts.SignEffort
}

// biggest tells the day with the most time.
func (p pen) biggest() string {
	var most digest.DayTotal
	for _, d := range p.r.Days {
		if d.Time > most.Time {
			most = d
		}
	}
	if most.Time == 0 {
		return ""
	}
	return p.Say("card.year.biggest", "day", p.NamedDay(most.Day), "time", p.Duration(most.Time))
}
