package charts

import "image/color"

// The measures of the line of a challenge.
const (
	riseLine     = 8.0
	leastDays    = 5 // no projection up to this day: the mean says too little
	scaleMost    = 170.0
	scaleGap     = 26.0 // from the plot to the words of the scale
	scaleApart   = 44.0 // between two words of the scale
	courseRaised = 34.0 // base line of the words over the plot
)

// scaleWidth is the room that the words of the scale take.
func (c *challenge) scaleWidth() float64 {
	w := 0.0
	for _, t := range c.Scale {
		w = max(w, c.measure(t.Text, c.theme.axisText()))
	}
	if w == 0 {
		return 0
	}
	return min(w, scaleMost) + scaleGap
}

// point is where a value at the end of a day stands.
func (c *challenge) point(day, value float64) pt {
	return pt{c.plot.X + c.plot.W*day/float64(c.Length), c.plot.Bottom() - c.plot.H*(value/c.top)}
}

// rise draws what came together day by day, beside the line of even progress.
func (c *challenge) rise() {
	th := c.theme
	pts := []pt{c.point(0, 0)}
	for i, v := range c.Days {
		pts = append(pts, c.point(float64(i+1), v))
	}
	now := pts[len(pts)-1]
	if len(c.Days) > 0 {
		c.moveTo(pts[0].x, pts[0].y)
		for _, p := range pts[1:] {
			c.lineTo(p.x, p.y)
		}
		c.lineTo(now.x, c.plot.Bottom())
		c.gc.Close()
		c.fillRamp(c.plot.Y, c.plot.Bottom(), th.pale(th.vivid, 0.38), th.pale(th.vivid, 0.03))
	}
	c.scaleLines()
	c.dateNames()
	even := []pt{c.point(0, 0), c.point(float64(c.Length), c.Target)}
	c.polyline(even, stroke{width: 5, dash: []float64{0.1, 13}, data: true}, th.ink3)
	end, ok := c.project()
	if ok {
		c.polyline([]pt{now, end}, stroke{width: 6, dash: []float64{20, 16}, data: true}, th.pale(th.vivid, 0.66))
		c.dot(end, 11, th.pale(th.vivid, 0.66))
	}
	if len(c.Days) > 0 {
		c.polyline(pts, stroke{width: riseLine, data: true}, th.vivid)
		c.dot(now, 14, th.vivid)
	}
	c.flag()
	if ok {
		c.leadsTo(end)
	}
}

// dot draws a point of a line on a small ground of its own.
func (c *challenge) dot(p pt, r float64, col color.NRGBA) {
	c.circle(p.x, p.y, r+5, c.theme.card)
	c.circle(p.x, p.y, r, col)
	c.mark(MarkDot, 0, "", Rect{p.x - r, p.y - r, 2 * r, 2 * r})
}

// scaleLines draws a line for each value of the scale, the highest first; words
// that would come too near to one above are left out.
func (c *challenge) scaleLines() {
	th, st := c.theme, c.theme.axisText().to(1)
	c.rect(Rect{c.plot.X, c.plot.Bottom() - 1, c.plot.W, 2}, corners{}, th.axis)
	free := c.plot.Y - scaleApart
	for i := len(c.Scale) - 1; i >= 0; i-- {
		t := c.Scale[i]
		y := c.point(0, t.Value).y
		if t.Value > c.top*lastRound || y < free+scaleApart || y > c.plot.Bottom()-scaleApart/2 {
			continue
		}
		free = y
		line := Rect{c.plot.X, y - 1, c.plot.W, 2}
		c.rect(line, corners{}, th.line)
		c.mark(MarkLine, i, "", line)
		text, _ := c.fit(t.Text, st, scaleMost)
		c.writeMid(text, right, y, st)
	}
}

// dateNames writes the named days under the plot: the last one, the first one and
// of the others those that have room.
func (c *challenge) dateNames() {
	const apart = 20.0
	st, y := c.theme.axisText(), c.plot.Bottom()+46
	var kept []Rect
	for n := range c.Dates {
		t := c.Dates[(n+len(c.Dates)-1)%len(c.Dates)]
		if t.Value > float64(c.Length) {
			continue
		}
		text, _ := c.fit(t.Text, st, 260)
		w := c.measure(text, st)
		box := Rect{c.point(t.Value, 0).x - w/2, y, w, 1}
		box.X = max(inner, min(right-w, box.X))
		free := true
		for _, k := range kept {
			free = free && (box.Right()+apart <= k.X || k.Right()+apart <= box.X)
		}
		if free {
			kept = append(kept, box)
			c.write(text, box.X, y, st)
		}
	}
}

// project is where the mean so far leads: to the target, or to the last day.
func (c *challenge) project() (pt, bool) {
	n := len(c.Days)
	if c.reached || n <= leastDays || n >= c.Length {
		return pt{}, false
	}
	done := c.Days[n-1]
	if done <= 0 || done >= c.Target {
		return pt{}, false
	}
	mean := done / float64(n)
	if days := c.Target / mean; days <= float64(c.Length) {
		return c.point(days, c.Target), true
	}
	return c.point(float64(c.Length), mean*float64(c.Length)), true
}

// flag marks the day on which the target was reached.
func (c *challenge) flag() {
	if !c.reached {
		return
	}
	for i, v := range c.Days {
		if v >= c.Target {
			p := c.point(float64(i+1), v)
			c.circle(p.x, p.y, 31, c.theme.card)
			c.iconDisc(string(SignFlag), p.x, p.y, 26, c.theme.good, c.theme.inkOn(c.theme.good))
			return
		}
	}
}

// leadsTo writes where the projection leads: under its end where that is free,
// else over the plot.
func (c *challenge) leadsTo(end pt) {
	st := style{size: 30, weight: semibold, ink: c.theme.ink, digits: true}
	text, _ := c.fit(c.Course, st, right-inner)
	if text == "" {
		return
	}
	w, high := c.measure(text, st), st.size*capHeight
	if end.y > c.plot.Y+1 {
		x := max(inner, min(c.plot.Right()-w, end.x-w/2))
		for gap := 30.0; gap <= 102; gap += 24 {
			under := Rect{x, end.y + gap, w, high}
			if under.Bottom() > c.plot.Bottom()-16 || w > c.plot.W || !c.free(under, 8) {
				continue
			}
			c.rect(Rect{x - 8, under.Y - 6, w + 16, high + 12}, round(6), c.theme.card)
			c.write(text, x, under.Bottom(), st)
			return
		}
	}
	c.write(text, max(inner, min(right-w, end.x-w/2)), c.plot.Y-courseRaised, st)
}

// free says whether no line that carries values comes near a box.
func (c *canvas) free(box Rect, pad float64) bool {
	for _, l := range c.strokes {
		p := pad + l.Width/2
		if meets(l, Rect{box.X - p, box.Y - p, box.W + 2*p, box.H + 2*p}) {
			return false
		}
	}
	return true
}

// meets says whether a straight piece of a line comes into a box.
func meets(l Stroke, b Rect) bool {
	from, to := 0.0, 1.0
	clip := func(at, way, low, high float64) bool {
		if way == 0 {
			return at >= low && at <= high
		}
		a, z := (low-at)/way, (high-at)/way
		from, to = max(from, min(a, z)), min(to, max(a, z))
		return true
	}
	return clip(l.X0, l.X1-l.X0, b.X, b.Right()) && clip(l.Y0, l.Y1-l.Y0, b.Y, b.Bottom()) && from <= to
}
