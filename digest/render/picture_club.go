package render

import (
	"math"
	"slices"
	"strconv"

	"clubrun/charts"
	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// club describes the picture of a large group: the first ten, and everyone as
// a bar without a name.
func (p pen) club() charts.Club {
	rows := p.first(boardRows)
	c := charts.Club{
		Eyebrow: p.eyebrow(), Title: p.Say(p.boardCard()), Heading: p.Say("card.everyone"), Note: p.Say("card.everyone.note"),
		Subtitle: p.Say("card.together", "by", p.by(), "time", p.Duration(p.r.Time)), First: p.Say("card.first"),
	}
	if p.r.Metric == store.ByDistance {
		c.Sport = drawn(p.r.Sport)
	}
	for _, row := range rows {
		line := p.row(row)
		line.Change, line.Trend, line.Parts = "", charts.NoTrend, nil
		c.Rows = append(c.Rows, line)
	}
	var moved []digest.Row
	for _, row := range p.r.Rows {
		if row.Rank > 0 && p.r.Score(row) > 0 {
			moved = append(moved, row)
			c.Everyone = append(c.Everyone, float64(p.r.Score(row)))
		}
	}
	c.Everyone = append(c.Everyone, make([]float64, max(0, p.r.Members-p.r.Active))...)
	if len(moved) > 0 {
		c.Median = p.Say("card.median", "figure", p.figure(moved[len(moved)/2]))
	}
	if more := len(moved) - len(rows); more > 0 {
		c.More = p.Say("head.more", "n", more)
	}
	if rested := p.r.Members - p.r.Active; rested > 0 {
		c.Rested = p.Say("card.rested", "n", rested)
	}
	c.Alt = p.Say("card.alt.board", "title", c.Title, "group", p.group(), "span", p.dates(),
		"by", p.by(), "rows", p.spokenRows(rows), "time", p.Duration(p.r.Time))
	return c
}

// first are the first rows by rank, without those who may not be named.
func (p pen) first(most int) []digest.Row {
	var rows []digest.Row
	for _, row := range p.r.Rows {
		if len(rows) < most && row.Rank > 0 && !row.Paused && p.r.Score(row) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}

// News draws a second card of a week when there is something to tell: the goal
// was reached, or the group has not had a better week for twelve.
func News(r digest.Report, l *locale.Locale) (Card, bool, error) {
	p := drawer(r, l)
	switch {
	case r.Active == 0 || r.Span.Days() != 7:
		return Card{}, false, nil
	case p.reachedNow():
		return GoalPicture(r, l)
	case p.bestWeek():
		w := p.weeks()
		return p.card(w.Title, w.Draw, p.Say("card.best.line", "time", p.Duration(r.Time)))
	}
	return Card{}, false, nil
}

// seriesLeast is how many weeks must be known for one to be called the best.
const seriesLeast = 12

// bestWeek says whether the week has more time than any of the eleven before.
func (p pen) bestWeek() bool {
	n := len(p.r.Weeks)
	return n >= seriesLeast && p.r.Weeks[n-1].Best && p.r.Members > 1 && (!p.r.SoFar || p.r.Begun >= p.r.Span.Days())
}

// weeks describes the picture of the last twelve weeks.
func (p pen) weeks() charts.Weeks {
	w := charts.Weeks{
		Eyebrow: p.eyebrow(), Title: p.Say("card.weeks"), Subtitle: p.Say("card.weeks.sub"),
		Unit: p.Say("card.weeks.unit"), Against: p.Say("card.weeks.against"),
		Past: p.Say("card.weeks.past"), Last: p.Say("card.weeks.last"), Mean: p.Say("card.weeks.mean"), Best: p.Say("card.weeks.best"),
		Running: p.r.SoFar && p.r.Begun < p.r.Span.Days(),
		Scale:   p.hours,
	}
	if p.bestWeek() {
		w.Title, w.Best = p.Say("card.weeks.title.best"), "" // the title tells what the cup stands for
	}
	for _, g := range p.r.Weeks {
		w.Weeks = append(w.Weeks, charts.WeekTotal{Value: g.Time.Hours(), Label: p.Day(g.Span.Start)})
	}
	w.Figure = p.Duration(p.r.Time)
	w.Change, w.Trend = p.trend(p.r.Change)
	w.Alt = p.Say("card.alt.weeks", "title", w.Title, "group", p.group(), "time", p.Duration(p.r.Time), "span", p.dates())
	return w
}

// hours is a number of hours on an axis.
func (p pen) hours(v float64) string {
	decimals := 0
	if v != math.Trunc(v) {
		decimals = 1
	}
	return p.Number(v, decimals) + "\u00a0" + p.Say("card.hour")
}

// WeeksPicture draws the last twelve weeks of a group; there is none with fewer
// than two weeks.
func WeeksPicture(r digest.Report, l *locale.Locale) (Card, bool, error) {
	p := drawer(r, l)
	if len(r.Weeks) < 2 || !slices.ContainsFunc(r.Weeks, func(g digest.Glance) bool { return g.Time > 0 }) {
		return Card{}, false, nil
	}
	w := p.weeks()
	return p.card(w.Title, w.Draw, p.Say("card.weeks.line", "time", p.Duration(r.Time)))
}

// LongerPicture draws a month or another longer period: its first ten, or, of
// a year, the year day by day.
func LongerPicture(r digest.Report, l *locale.Locale) (Card, bool, error) {
	if r.Span == store.YearOf(r.Span.Start) {
		return YearPicture(r, 0, l)
	}
	return Picture(r, l)
}

// unknown is what stands for a member whose name no font can draw.
func (p pen) unknown(athlete int64) string {
	return p.Say("name.unknown", "id", strconv.FormatInt(athlete, 10))
}
