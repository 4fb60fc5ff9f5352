package charts

import "image/color"

// Challenge is what a group wants to reach together: how much there is, how
// it grew, where it leads, and who brought it. Whether the target is reached
// is found from Done and Target; then there is no projection and no Due.
type Challenge struct {
	Eyebrow  string // small line over the title, shown in capitals
	Title    string
	Subtitle string

	Number  string // what there is, shown large, such as "584"
	Of      string // beside it, such as "km of 1,000"
	Pill    string // such as "84 km ahead", "36 km to catch up" or "Done in 26 days"
	Ahead   bool   // the pill is good news; otherwise it is calm
	Percent string // such as "58%"
	DueText string // what even progress would have come to, such as "today’s target 500"
	Course  string // where the projection leads, such as "on course for 26 Nov"; may be empty

	Target float64 // above 0
	Done   float64 // in the unit of the target
	Due    float64 // what even progress would have come to by now
	Length int     // days of the challenge
	// Days is what had come together by the end of each day that has begun.
	// The projection follows its mean and is drawn from the sixth day on.
	Days  []float64
	Scale []Tick // of the target's unit, such as 250, 500, 750 and 1,000; those over 0 only
	Dates []Tick // days to be named: 1 is the first

	Heading string  // over the shares, such as "Kilometres by member"
	Note    string  // beside it, such as "15 days left"
	Shares  []Share // largest first; the first four are named
	Others  Share   // all others together, such as "+4 more"; Value 0 for none

	Alt  string // what the picture says, in one sentence
	Dark bool
}

// Tick is a named place on an axis.
type Tick struct {
	Value float64
	Text  string
}

// Share is what one member brought to a Challenge.
type Share struct {
	Name     string // as the person writes it: anything may be in it
	Fallback string // shown where no font can draw the name
	Value    float64
	Text     string // the value, formatted
}

// The measures of a challenge's picture, from the upper edge of its card.
const (
	heroLine  = 122.0 // base line of the large number
	goalBar   = 162.0
	goalBarH  = 40.0
	dueLine   = 246.0 // base line of the words under the bar
	coursePad = 334.0 // to the plot, with room for the words over it
	donePad   = 272.0 // the same when there are none, as the target is reached
	riseH     = 348.0 // height of the plot, at most
	riseAlone = 480.0 // the same without shares
	riseFoot  = 86.0  // under the plot
	lastRound = 1.0001
)

// Draw draws the challenge. It fails with ErrEmpty where there is no target.
func (g Challenge) Draw() (Picture, error) { return g.draw(1) }

// challenge is a Challenge that has been laid out.
type challenge struct {
	*canvas
	Challenge
	reached bool
	plot    Rect
	top     float64 // the value at the upper edge of the plot
}

func (g Challenge) draw(scale float64) (Picture, error) {
	if amount(g.Target) == 0 {
		return Picture{}, ErrEmpty
	}
	ts, err := newTypesetter()
	if err != nil {
		return Picture{}, err
	}
	th := themeFor(g.Dark)
	head := ts.cleanHeader(g.Eyebrow, g.Title, g.Subtitle)
	c := challenge{Challenge: ts.cleanChallenge(g)}
	c.reached = c.Done >= c.Target
	c.top = max(c.Target, c.Done)
	for _, v := range c.Days {
		c.top = max(c.top, v)
	}

	shares := ts.layShares(c.Challenge, th)
	pad := coursePad
	if c.reached {
		pad = donePad
	}
	around := head.bottom() + pad + riseFoot + cardFoot
	room := riseAlone
	if shares.high > 0 {
		around += cardGap + shares.high
		room = riseH
	}
	room = min(room, tallest-around)
	c.canvas = newCanvas(ts, th, around+room, scale)
	c.header(head)
	card := Rect{edge, head.bottom(), width - 2*edge, pad + room + riseFoot}
	c.panel(card)
	c.heroRow(card.Y + heroLine)
	c.goal(card.Y + goalBar)
	c.plot = Rect{inner, card.Y + pad, right - inner - c.scaleWidth(), room}
	c.rise()
	if shares.high > 0 {
		c.shares(shares, Rect{edge, card.Bottom() + cardGap, width - 2*edge, shares.high})
	}
	return c.picture(g.Alt), nil
}

// cleanChallenge makes all strings drawable and all numbers finite.
func (ts *typesetter) cleanChallenge(g Challenge) Challenge {
	for _, s := range []*string{&g.Number, &g.Of, &g.Pill, &g.Percent, &g.DueText, &g.Course, &g.Heading, &g.Note} {
		*s = ts.text(*s)
	}
	g.Target, g.Done, g.Due = amount(g.Target), amount(g.Done), amount(g.Due)
	g.Length = max(1, min(3660, max(g.Length, len(g.Days))))
	days := make([]float64, min(g.Length, len(g.Days)))
	for i := range days {
		days[i] = amount(g.Days[i])
	}
	g.Days = days
	g.Scale, g.Dates = ts.cleanTicks(g.Scale), ts.cleanTicks(g.Dates)
	return g
}

// cleanTicks keeps the first forty ticks that have a place and a name.
func (ts *typesetter) cleanTicks(all []Tick) []Tick {
	var out []Tick
	for _, t := range all[:min(len(all), 40)] {
		if t.Value, t.Text = amount(t.Value), ts.text(t.Text); t.Value > 0 && t.Text != "" {
			out = append(out, t)
		}
	}
	return out
}

// heroRow writes the large number, what it is of, and the pill.
func (c *challenge) heroRow(y float64) {
	th := c.theme
	st := style{size: 34, weight: semibold, ink: th.ink2, align: 1, digits: true}
	ground := th.track
	if c.Ahead {
		st.ink, ground = th.good, th.pale(th.good, 0.10)
	}
	st = c.shrink(st, 28, 440, c.Pill)
	text, _ := c.fit(c.Pill, st, 440)
	room := right - inner
	if text != "" {
		room -= c.pill(text, right, y-34, st, ground).W + 24
	}
	number := th.hero()
	number.digits = true
	number = c.shrink(number, 54, room*0.72, c.Number)
	least := th.body()
	least.size = 28
	for number.size > 54 && c.measure(c.Number, number)+14+c.measure(c.Of, least) > room {
		number.size-- // half of what it is of would be another number
	}
	text, _ = c.fit(c.Number, number, room*0.72)
	w := c.write(text, inner-number.size*0.03, y, number) + 14
	of := th.body()
	of.size = 38
	of = c.shrink(of, 28, room-w, c.Of)
	if text, _ := c.fit(c.Of, of, room-w); text != "…" {
		c.write(text, inner+w, y, of)
	}
}

// goal draws how far it is: a bar on its track, where it should be by now, and
// the share in words.
func (c *challenge) goal(y float64) {
	th := c.theme
	track := Rect{inner, y, right - inner, goalBarH}
	c.rect(track, round(goalBarH/2), th.track)
	done := track
	done.W *= min(1, c.Done/c.Target)
	if done.W > 0 {
		done.W = max(done.W, goalBarH/2)
		from, to := mix(th.vivid, hex(0xFFFFFF), 0.2), th.vivid
		c.traceRect(done, round(goalBarH/2))
		c.fillShade(func(x, _ float64) color.NRGBA { return mix(from, to, max(0, min(1, (x-done.X)/done.W))) })
		c.mark(MarkBand, 0, "", done)
	}
	due := -1.0
	if !c.reached && c.Due > 0 && c.Due < c.Target*lastRound {
		due = track.X + track.W*min(1, c.Due/c.Target)
		tick := Rect{due - 2.5, y - 10, 5, goalBarH + 20}
		c.rect(Rect{tick.X - 2, y, tick.W + 4, goalBarH}, corners{}, th.card)
		c.rect(tick, round(2), th.ink)
		c.mark(MarkTick, 0, "", tick)
		st := th.axisText()
		text, _ := c.fit(c.DueText, st, right-inner)
		half := c.measure(text, st) / 2
		c.write(text, max(inner, min(right-2*half, due-half)), y+dueLine-goalBar, st)
	}
	c.percent(track, done.Right(), due)
}

// percent writes the share beside the end of the bar or into it, where it
// stays clear of the tick.
func (c *challenge) percent(track Rect, end, due float64) {
	const gap = 18.0
	th := c.theme
	st := style{size: 34, weight: semibold, ink: th.ink, digits: true}
	text, _ := c.fit(c.Percent, st, 200)
	w := c.measure(text, st)
	within := st.in(th.textOn(th.vivid))
	for _, place := range []struct {
		x     float64
		inBar bool
	}{{end + gap, false}, {end - gap - w, true}, {due + gap, false}, {due - gap - w, true}} {
		from, to := place.x, place.x+w
		switch {
		case from < track.X+gap || to > track.Right()-gap,
			due > from-gap+1 && due < to+gap-1,
			place.inBar && to > end-gap+1, !place.inBar && from < end+gap-1:
			continue
		case place.inBar:
			st = within
		}
		c.writeMid(text, from, track.Y+track.H/2, st)
		return
	}
}
