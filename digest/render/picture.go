package render

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"clubrun/charts"
	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// Card is a picture with its caption.
type Card struct {
	Picture charts.Picture
	Caption string
}

// Picture draws the one card of a period: the first of the board from four
// active members on, the days by sport without ranks under that, and nothing
// when nobody moved. A group above twelve members is drawn as a club.
func Picture(r digest.Report, l *locale.Locale) (Card, bool, error) {
	p := drawer(r, l)
	switch {
	case r.Active == 0:
		return Card{}, false, nil
	case len(p.r.Board()) > 0 && r.Members >= clubSize:
		c := p.club()
		return p.card(c.Title, c.Draw, p.podium(), p.closing())
	case len(p.r.Board()) > 0:
		b := p.leaderboard()
		return p.card(b.Title, b.Draw, p.podium(), p.closing())
	case len(r.Days) >= 1 && len(r.Days) <= 7:
		d := p.daily()
		return p.card(d.Title, d.Draw, p.closing())
	}
	return Card{}, false, nil
}

// drawer is a pen for pictures, which have room for one unit system.
func drawer(r digest.Report, l *locale.Locale) pen { return pen{l.Single(), styled(r)} }

// card draws a picture and puts its caption under it: title, dates, and more
// lines, without those that are empty.
func (p pen) card(title string, draw func() (charts.Picture, error), lines ...string) (Card, bool, error) {
	picture, err := draw()
	if err != nil {
		return Card{}, false, fmt.Errorf("draw %s: %w", title, err)
	}
	first := p.Say("card.caption", "title", title, "span", p.dates())
	return Card{Picture: picture, Caption: strings.Join(kept(append([]string{first}, lines...)), "\n")}, true, nil
}

// podium is the first three of the board in a line.
func (p pen) podium() string {
	if b := p.ranking(); b != nil {
		return strings.Join(kept(b.First[:]), "  ")
	}
	return ""
}

// closing is the total of all and a line for the humans.
func (p pen) closing() string {
	if p.r.Members == 1 {
		return p.Duration(p.r.Time)
	}
	total := p.Say("card.total", "n", p.r.Active, "time", p.Duration(p.r.Time))
	return total + " " + p.pick("card.line.")
}

// boardRows is how many rows the picture shows.
const boardRows = 10

// leaderboard describes the picture of the board.
func (p pen) leaderboard() charts.Leaderboard {
	rows := p.r.Board()
	b := charts.Leaderboard{
		Eyebrow: p.eyebrow(), Title: p.Say(p.boardCard()), Legend: p.legend(),
		Subtitle: p.Say("card.together", "by", p.by(), "time", p.Duration(p.r.Time)),
	}
	for _, row := range rows[:min(boardRows, len(rows))] {
		b.Rows = append(b.Rows, p.row(row))
	}
	if more := p.r.Active - len(b.Rows); more > 0 {
		b.More = p.Say("head.more", "n", more)
	}
	b.Alt = p.Say("card.alt.board", "title", b.Title, "group", p.group(), "span", p.dates(),
		"by", p.by(), "rows", p.spokenRows(rows), "time", p.Duration(p.r.Time))
	return b
}

func (p pen) boardCard() string {
	switch {
	case p.r.Span.Days() != 7:
		return "card.board.other"
	case p.r.SoFar && p.r.Begun < 7:
		return "card.board.sofar"
	}
	return "card.board"
}

func (p pen) row(row digest.Row) charts.Row {
	change, trend := p.trend(row.Change)
	return charts.Row{
		ID: strconv.FormatInt(row.Athlete, 10), Name: locale.Plain(row.Name),
		Fallback: p.Say("name.unknown", "id", strconv.FormatInt(row.Athlete, 10)),
		Rank:     row.Rank, Value: float64(p.r.Score(row)), Text: p.figure(row),
		Change: change, Trend: trend, Parts: p.parts(row.Parts),
	}
}

// figure is a row's score with its unit.
func (p pen) figure(row digest.Row) string {
	switch p.r.Metric {
	case store.ByTime:
		return p.Duration(row.Time)
	case store.ByDistance:
		return p.Distance(p.distance(row), p.r.Sport)
	case store.ByClimb:
		return p.Climb(row.Climb)
	case store.ByDays:
		return p.Say("card.days", "n", row.ActiveDays)
	case store.ByPoints:
		return p.Say("points", "n", row.Points)
	}
	figure := p.Number(float64(p.r.Score(row)), 0)
	if row.Estimated && p.r.Metric != store.ByCount {
		figure = "~" + figure
	}
	return figure
}

// dropMost is the largest drop that is told under a name: a week at half
// strength is for its owner to know.
const dropMost = 0.5

// trend is the change of a row without its sign.
func (p pen) trend(c *float64) (string, charts.Trend) {
	switch {
	case c == nil || !(*c >= -dropMost) || *c > changeMost:
		return "", charts.NoTrend
	case math.Abs(*c) < 0.005:
		return p.Say("card.same"), charts.Same
	case *c > changeTimes:
		return p.Say("card.times", "x", p.Number(*c+1, 0)), charts.Up
	case *c < 0:
		return p.share(-*c), charts.Down
	}
	return p.share(*c), charts.Up
}

func (p pen) share(x float64) string {
	return p.Say("number.percent", "x", p.Number(math.Round(x*100), 0))
}

// parts are the sports of a bar, by the time that each took.
func (p pen) parts(all []digest.Part) []charts.Part {
	var parts []charts.Part
	for _, part := range all {
		if p.r.Metric != store.ByDistance || part.Sport == p.r.Sport {
			parts = append(parts, charts.Part{Sport: drawn(part.Sport), Value: part.Time.Seconds()})
		}
	}
	return parts
}

// by says what the board ranks by.
func (p pen) by() string {
	switch {
	case p.r.Metric == store.ByDistance:
		return p.Say("card.by.distance", "sport", p.sportOne(p.r.Sport))
	case p.r.Metric == store.ByPoints:
		return p.Say("own.what.points")
	case p.r.Metric == store.ByClimb && p.Units() == store.Miles:
		return p.Say("card.by.climb.ft")
	case p.Has("card.by." + string(p.r.Metric)):
		return p.Say("card.by." + string(p.r.Metric))
	}
	return p.Say("card.by.effort")
}

// dates are the days that the picture covers.
func (p pen) dates() string {
	if p.r.SoFar && p.r.Begun > 0 && p.r.Begun < p.r.Span.Days() {
		return p.Range(store.Span{Start: p.r.Span.Start, End: p.r.Span.Start + store.Day(p.r.Begun)})
	}
	return p.Range(p.r.Span)
}

func (p pen) group() string   { return locale.Plain(p.r.Group.Name) }
func (p pen) eyebrow() string { return p.within(p.group(), p.dates()) }

func (p pen) within(group, span string) string {
	if group == "" {
		return span
	}
	return p.Say("card.eyebrow", "group", group, "span", span)
}

// legend tells each colour's sport and the time the group spent in it, most
// first.
func (p pen) legend() []charts.Legend {
	var colours []colour
	for _, t := range p.r.Sports {
		at := slices.IndexFunc(colours, func(c colour) bool { return c.sport == drawn(t.Sport) })
		if at < 0 {
			colours = append(colours, colour{drawn(t.Sport), p.sportName(t.Sport), t.Time})
			continue
		}
		colours[at].time += t.Time
		colours[at].name = p.merged(colours[at].sport)
	}
	slices.SortStableFunc(colours, func(a, b colour) int { return cmp.Compare(b.time, a.time) })
	var legend []charts.Legend
	for _, c := range colours {
		legend = append(legend, charts.Legend{Sport: c.sport, Label: c.name, Text: p.Duration(c.time)})
	}
	return legend
}

// colour is what one colour of a picture stands for.
type colour struct {
	sport charts.Sport
	name  string
	time  time.Duration
}

// merged names a colour that stands for several sports.
func (p pen) merged(s charts.Sport) string {
	switch s {
	case charts.Ride:
		return p.sportName(store.Ride)
	case charts.WalkHike:
		return p.Say("card.walkhike")
	}
	return p.sportName(store.Other)
}

// spokenRows tells the first rows for those who do not see the picture.
func (p pen) spokenRows(rows []digest.Row) string {
	var spoken []string
	for _, row := range rows[:min(3, len(rows))] {
		name := locale.Plain(row.Name)
		if name == "" {
			name = p.Say("name.unknown", "id", strconv.FormatInt(row.Athlete, 10))
		}
		spoken = append(spoken, strconv.Itoa(row.Rank)+" "+name+" "+p.figure(row))
	}
	text := strings.Join(spoken, ", ")
	if more := p.r.Active - len(spoken); more > 0 {
		text = p.Say("card.alt.more", "rows", text, "n", more)
	}
	return text
}

// daily describes the picture of the days, without names or ranks.
func (p pen) daily() charts.Daily {
	d := charts.Daily{
		Eyebrow: p.eyebrow(), Title: p.Say("card.daily"), Unit: p.Say("card.hour"), Legend: p.legend(),
		Subtitle: p.Say("card.daily.sub", "time", p.Duration(p.r.Time)),
	}
	var spoken []string
	for _, day := range p.r.Days {
		_, _, number := day.Day.Date()
		c := charts.Column{Label: p.WeekdayShort(day.Day.Weekday()), Date: strconv.Itoa(number)}
		switch {
		case day.Time > 0:
			c.Text = p.Duration(day.Time)
			spoken = append(spoken, c.Label+" "+c.Text)
		case !p.r.SoFar || day.Day < p.r.Today:
			c.Rest = p.Say("card.rest")
		}
		for _, part := range day.Parts {
			c.Parts = append(c.Parts, charts.Part{Sport: drawn(part.Sport), Value: part.Time.Seconds()})
		}
		d.Columns = append(d.Columns, c)
	}
	d.Alt = p.Say("card.alt.daily", "group", p.group(), "span", p.dates(),
		"rows", strings.Join(spoken, ", "), "time", p.Duration(p.r.Time))
	return d
}
