package charts

import "math"

// Progress is one person's week: up to three rings that fill as goals come
// near, the weeks before, and up to three figures. Parts that are empty are
// left out.
type Progress struct {
	Eyebrow  string // small line over the title, shown in capitals
	Title    string
	Subtitle string
	Rings    []Ring // up to three, outermost first
	Heading  string // over the bars, such as "Last 8 weeks"
	Unit     string // beside it, such as "km"
	Weeks    []Bar  // up to twelve, oldest first; the last one is the week that is told
	Figures  []Figure
	Alt      string // what the picture says, in one sentence
	Dark     bool
}

// Ring is how near one goal is.
type Ring struct {
	Sign    Sign    // drawn in the ring
	Label   string  // such as "Distance"
	Text    string  // what is done, such as "31.4 km"
	Goal    string  // such as "of 25 km"
	Percent string  // such as "126%"; may be empty
	Share   float64 // done by goal, 1.26 for 126 %; drawn up to two laps
}

// Bar is one week of a Progress.
type Bar struct {
	Value float64 // length of the bar; not finite or negative counts as 0
	Text  string  // over the bar, such as "18"; "–" or empty for none
}

// Figure is a number with its name.
type Figure struct {
	Sign  Sign
	Text  string // the number, such as "24:51"
	Label string // such as "5 km best"
}

// The limits and measures of a progress picture.
const (
	mostRings   = 3
	mostWeeks   = 12
	mostFigures = 3

	ringsH      = 590.0 // height of the card with the rings, at most
	weeksH      = 252.0
	weeksOnly   = 520.0 // the same without rings
	weeksTop    = 130.0 // from the card to the longest bar
	weeksFoot   = 30.0  // from the base line to the end of the card
	figuresH    = 200.0
	ringColumn  = 628.0 // where the words beside the rings stand
	ringTextH   = 139.0 // height of the words of one ring
	ringTextGap = 174.0 // from the words of one ring to the next, at most
)

// Draw draws the progress. It fails with ErrEmpty without rings, weeks and
// figures.
func (p Progress) Draw() (Picture, error) { return p.draw(1) }

// progress is a Progress that has been laid out.
type progress struct{ *canvas }

func (p Progress) draw(scale float64) (Picture, error) {
	if len(p.Rings)+len(p.Weeks)+len(p.Figures) == 0 {
		return Picture{}, ErrEmpty
	}
	ts, err := newTypesetter()
	if err != nil {
		return Picture{}, err
	}
	th := themeFor(p.Dark)
	head := ts.cleanHeader(p.Eyebrow, p.Title, p.Subtitle)
	rings, weeks, figures := ts.cleanRings(p.Rings), ts.cleanBars(p.Weeks), ts.cleanFigures(p.Figures)

	var heights [mostFigures]float64
	if len(weeks) > 0 {
		heights[1] = weeksH
		if len(rings) == 0 {
			heights[1] = weeksOnly
		}
	}
	if len(figures) > 0 {
		heights[2] = figuresH
	}
	around := head.bottom() - cardGap + cardFoot
	for _, h := range heights {
		if h > 0 {
			around += h + cardGap
		}
	}
	if len(rings) > 0 {
		heights[0] = min(ringsH, tallest-around-cardGap)
		around += heights[0] + cardGap
	}

	c := progress{newCanvas(ts, th, around, scale)}
	c.header(head)
	y := head.bottom()
	for i, draw := range []func(Rect){
		func(card Rect) { c.rings(rings, card) },
		func(card Rect) { c.weeks(weeks, ts.text(p.Heading), ts.text(p.Unit), card) },
		func(card Rect) { c.figures(figures, card) },
	} {
		if heights[i] == 0 {
			continue
		}
		card := Rect{edge, y, width - 2*edge, heights[i]}
		c.panel(card)
		draw(card)
		y = card.Bottom() + cardGap
	}
	return c.picture(p.Alt), nil
}

func (ts *typesetter) cleanRings(rings []Ring) []Ring {
	var out []Ring
	for _, r := range rings[:min(len(rings), mostRings)] {
		r.Label, r.Text = ts.text(r.Label), ts.text(r.Text)
		r.Goal, r.Percent = ts.text(r.Goal), ts.text(r.Percent)
		r.Share = min(2, amount(r.Share))
		out = append(out, r)
	}
	return out
}

func (ts *typesetter) cleanBars(weeks []Bar) []Bar {
	var out []Bar
	for _, w := range weeks[max(0, len(weeks)-mostWeeks):] {
		out = append(out, Bar{amount(w.Value), ts.text(w.Text)})
	}
	return out
}

func (ts *typesetter) cleanFigures(figures []Figure) []Figure {
	var out []Figure
	for _, f := range figures[:min(len(figures), mostFigures)] {
		out = append(out, Figure{f.Sign, ts.text(f.Text), ts.text(f.Label)})
	}
	return out
}

// weeks draws a bar for each week, the last one strong.
func (c progress) weeks(weeks []Bar, heading, unit string, card Rect) {
	th := c.theme
	heading, _ = c.fit(heading, th.heading(), 600)
	x := inner + c.write(heading, inner, card.Y+60, th.heading()) + 12
	c.writeFit(unit, x, card.Y+60, right-x, th.quiet())

	best := 0.0
	for _, w := range weeks {
		best = max(best, w.Value)
	}
	room, base := card.H-weeksTop-weeksFoot, card.Bottom()-weeksFoot
	step := min(160, (right-inner)/float64(len(weeks)))
	st := style{size: 30, weight: semibold, ink: th.ink2, align: 0.5, digits: true}
	for _, w := range weeks {
		st = c.shrink(st, 28, step-8, w.Text)
	}
	for i, w := range weeks {
		last := i == len(weeks)-1
		box := Rect{inner + step*float64(i) + 4, base, step - 8, 0}
		col, label := th.pale(th.sport(Run), 0.40), st
		if last {
			col, label.ink = th.sport(Run), th.ink
		}
		switch {
		case w.Value > 0:
			box.H = max(barLeast, room*(w.Value/best))
			box.Y = base - box.H
			c.rect(box, corners{10, 10, 4, 4}, col)
			c.mark(MarkBar, i, "", box)
		default:
			box.H, box.Y = 6, base-6
			c.rect(box, round(3), th.track)
			label.ink = th.ink3
		}
		c.writeFit(w.Text, box.X+box.W/2, box.Y-12, step-8, label)
	}
}

// figures draws up to three numbers side by side.
func (c progress) figures(figures []Figure, card Rect) {
	const icon, gap = 52.0, 14.0
	th, wide := c.theme, card.W/float64(len(figures))
	value, label := th.stat().to(0), style{size: 32, weight: medium, ink: th.ink2, align: 0.5}
	value.track = -1
	for _, f := range figures {
		value = c.shrink(value, 40, wide-icon-gap-40, f.Text)
		label = c.shrink(label, 28, wide-40, f.Label)
	}
	for i, f := range figures {
		left := card.X + wide*float64(i)
		if i > 0 {
			c.rect(Rect{left - 1, card.Y + 44, 2, card.H - 88}, corners{}, th.line)
		}
		text, _ := c.fit(f.Text, value, wide-icon-gap-40)
		middle, y := left+wide/2, card.Y+82
		x := middle - c.measure(text, value)/2
		if f.Sign.known() {
			x += (icon + gap) / 2
			c.icon(string(f.Sign), x-gap-icon/2, y, icon, th.vivid)
		}
		c.writeMid(text, x, y, value)
		c.writeFit(f.Label, middle, card.Y+160, wide-40, label)
	}
}

// laps divides a share into whole laps and what is left, so that a full ring
// is one lap and a ring over it shows its head.
func laps(share float64) (under, over float64) {
	if share <= 1 {
		return share, 0
	}
	return 1, math.Min(1, share-1)
}
