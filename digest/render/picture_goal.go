package render

import (
	"math"
	"strings"

	"clubrun/charts"
	"clubrun/digest"
	"clubrun/digest/locale"
	"clubrun/store"
)

// GoalPicture draws how far the group's goal is; there is none without a goal.
func GoalPicture(r digest.Report, l *locale.Locale) (Card, bool, error) {
	p := drawer(r, l)
	if r.Goal == nil || !(r.Goal.Target > 0) || math.IsInf(r.Goal.Target, 0) {
		return Card{}, false, nil
	}
	c := p.challenge()
	card, drawn, err := p.card(c.Title, c.Draw)
	card.Caption = strings.Join(kept([]string{p.goal(), p.pace()}), "\n") // its dates are the goal's, not the week's
	return card, drawn, err
}

// challenge describes the picture of the goal.
func (p pen) challenge() charts.Challenge {
	g := p.r.Goal
	done, target := p.amount(g.Metric, g.Sport, g.Done), p.amount(g.Metric, g.Sport, g.Target)
	number, unit, _ := strings.Cut(done, " ")
	if g.Metric == store.ByTime {
		number, unit = done, ""
	}
	c := charts.Challenge{
		Eyebrow: p.within(p.group(), p.Range(g.Span)), Title: p.Say("card.goal", "period", p.goalPeriod(), "target", target),
		Number: number, Of: strings.TrimSpace(p.Say("card.goal.of", "unit", unit, "target", withoutUnit(target, done))),
		Percent: p.share(clamp(g.Done / g.Target)), Target: g.Target, Done: g.Done, Due: g.Due, Length: g.Span.Days(), Days: g.Days,
		DueText: p.Say("card.goal.due", "due", p.amount(g.Metric, g.Sport, g.Due)), Heading: p.Say("card.goal.shares"),
		Scale: p.goalScale(), Dates: p.goalDates(),
	}
	c.Pill, c.Ahead = p.pill()
	if g.Expected != 0 && g.Done < g.Target {
		c.Course = p.Say("card.goal.course", "day", p.Day(g.Expected))
	}
	if left := int(g.Span.End - p.r.Today - 1); left > 0 && p.r.Today >= g.Span.Start && g.Done < g.Target {
		c.Note = p.Say("card.goal.left", "n", left)
	}
	c.Shares, c.Others = p.goalShares()
	c.Alt = p.Say("card.alt.goal", "title", c.Title, "group", p.group(), "done", done, "target", target, "pace", c.Pill)
	return c
}

func clamp(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return min(x, 99)
}

// pill says in a few words how the goal comes on, and whether that is good.
func (p pen) pill() (text string, good bool) {
	g := p.r.Goal
	switch ahead := g.Done - g.Due; {
	case g.Done >= g.Target && g.Reached >= g.Span.Start:
		return p.Say("card.goal.done", "n", int(g.Reached-g.Span.Start)+1), true
	case g.Done >= g.Target:
		return p.Say("card.goal.reached"), true
	case ahead >= 0:
		return p.Say("card.goal.ahead", "x", p.amount(g.Metric, g.Sport, ahead)), true
	default:
		return p.Say("goal.behind", "x", p.amount(g.Metric, g.Sport, -ahead)), false
	}
}

// goalScale names quarters of the target.
func (p pen) goalScale() []charts.Tick {
	g := p.r.Goal
	var ticks []charts.Tick
	for i := 1; i <= 4; i++ {
		x := g.Target * float64(i) / 4
		text, _, _ := strings.Cut(p.amount(g.Metric, g.Sport, x), " ")
		ticks = append(ticks, charts.Tick{Value: x, Text: text})
	}
	return ticks
}

// goalDates names five days of the goal's time, the first and the last among
// them.
func (p pen) goalDates() []charts.Tick {
	s := p.r.Goal.Span
	n := s.Days()
	var ticks []charts.Tick
	for i := range 5 {
		day := 1 + i*(n-1)/4
		if i > 0 && day <= int(ticks[len(ticks)-1].Value) {
			continue
		}
		ticks = append(ticks, charts.Tick{Value: float64(day), Text: p.Day(s.Start + store.Day(day-1))})
	}
	return ticks
}

// goalNamed is how many parts of a goal are named.
const goalNamed = 4

func (p pen) goalShares() (shares []charts.Share, others charts.Share) {
	g := p.r.Goal
	n := 0
	for i, s := range g.Shares {
		if i < goalNamed {
			shares = append(shares, charts.Share{
				Name: locale.Plain(s.Name), Fallback: p.unknown(s.Athlete), Value: s.Value, Text: p.amount(g.Metric, g.Sport, s.Value),
			})
			continue
		}
		n++
		others.Value += s.Value
	}
	if n > 0 {
		others.Name, others.Text = p.Say("head.more", "n", n), p.amount(g.Metric, g.Sport, others.Value)
	}
	return shares, others
}
