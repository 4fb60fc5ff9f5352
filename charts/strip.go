package charts

import (
	"image/color"
	"math"
)

// The measures of the strip of everyone's bars.
const (
	stripH     = 314.0 // height of its card
	stripHead  = 60.0  // from the card to the base line of the heading
	stripTop   = 88.0  // from the card to the longest bar
	stripRoom  = 152.0 // from there to the base line
	stripText  = 290.0 // from the card to the base line of the words under it
	stripLeast = 3.0   // least height of a bar
	stripApart = 4.0   // least width of a bar with its gap; below it bars touch
	stripWide  = 64.0  // most width of a bar
)

// tonesOf are the colours of a club's bars, strongest first.
func tonesOf(th theme, s Sport) [3]color.NRGBA {
	col := th.sport(s)
	return [3]color.NRGBA{col, th.pale(col, 0.62), th.pale(col, 0.36)}
}

// thin is where the thin bars stand.
type thin struct {
	all    []float64
	active int
	step   float64
	base   float64
	most   float64 // height of the longest bar
}

// strip draws the card with everyone's bars, its upper edge at y.
func (c *club) strip(l Club, y float64) {
	th := c.theme
	c.panel(Rect{edge, y, width - 2*edge, stripH})
	c.headed(c.text(l.Heading), c.text(l.Note), y+stripHead)

	var s thin
	s.all, s.active = ordered(l.Everyone)
	s.step = (right - inner) / float64(len(s.all))
	s.base, s.most = y+stripTop+stripRoom, stripRoom
	median := c.layMedian(c.text(l.Median), &s)
	c.rect(Rect{inner, s.base, right - inner, 2}, corners{}, th.line)
	if s.step < stripApart {
		c.touching(s)
	} else {
		c.apart(s)
	}
	c.resting(s)
	c.median(median, s)
	c.places(c.text(l.First), c.text(l.More), c.text(l.Rested), y+stripText, s)
}

// headed writes a heading and, at the right end, what stands beside it.
func (c *canvas) headed(heading, note string, y float64) {
	quiet := c.theme.axisText().to(1)
	note, _ = c.fit(note, quiet, 440)
	w := c.write(note, right, y, quiet)
	c.writeFit(heading, inner, y, right-inner-w-28, c.theme.heading())
}

// height is how long the nth bar is.
func (s thin) height(n int) float64 {
	if s.all[n] == 0 {
		return 0
	}
	return max(stripLeast, s.most*(s.all[n]/s.all[0]))
}

// bar is the box of the nth bar.
func (s thin) bar(n int) Rect {
	w := s.step
	if s.step >= stripApart {
		w = min(stripWide, max(s.step*0.78, s.step-12))
	}
	h := s.height(n)
	return Rect{inner + s.step*(float64(n)+0.5) - w/2, s.base - h, w, h}
}

// apart draws bars with gaps.
func (c *club) apart(s thin) {
	for i := range s.active {
		box := s.bar(i)
		top := min(6, box.W*0.4)
		c.rect(box, corners{top, top, 2, 2}, c.tones[c.toneOf(i)])
		c.mark(MarkMember, i, "", box)
	}
}

// touching draws bars too narrow for gaps as one shape for each tone.
func (c *club) touching(s thin) {
	for from := 0; from < s.active; {
		tone := c.toneOf(from)
		to := from
		xy := []float64{s.bar(from).X, s.base}
		for ; to < s.active && c.toneOf(to) == tone; to++ {
			box := s.bar(to)
			xy = append(xy, box.X, box.Y, box.Right(), box.Y)
			c.mark(MarkMember, to, "", box)
		}
		xy = append(xy, s.bar(to-1).Right(), s.base)
		c.polygon(c.tones[tone], xy...)
		from = to
	}
}

// resting draws a dot for each member at 0, or one line where dots would touch.
func (c *club) resting(s thin) {
	if s.active == len(s.all) {
		return
	}
	col, y := c.theme.axis, s.base-6
	if s.step < 11 {
		x := inner + s.step*float64(s.active)
		c.rect(Rect{x + 2, y - 3, right - x - 2, 6}, round(3), col)
		return
	}
	for i := s.active; i < len(s.all); i++ {
		c.circle(inner+s.step*(float64(i)+0.5), y, 4, col)
	}
}

// label is a text with its place.
type label struct {
	s    string
	x, y float64 // of the middle, and the base line
	st   style
}

// medianStem is the least length of the line from the median's label to its
// bar, with the room around it.
const medianStem = 34.0

// layMedian places the label of the median over its bar and lowers all bars
// where they would reach into it.
func (c *club) layMedian(text string, s *thin) label {
	l := label{st: style{size: 30, weight: semibold, ink: c.theme.ink, align: 0.5, digits: true}}
	if text == "" || s.active < 3 {
		return l
	}
	l.s, _ = c.fit(text, l.st, 520)
	w, high := c.measure(l.s, l.st), l.st.size*capHeight
	middle := inner + s.step*float64(s.active)/2
	l.x = max(inner+w/2, min(right-w/2, middle))
	tallest := 0.0
	for i := range s.active {
		if b := s.bar(i); b.Right() >= l.x-w/2-8 && b.X <= l.x+w/2+8 {
			tallest = max(tallest, s.all[i]/s.all[0])
		}
	}
	s.most = min(stripRoom, (stripRoom-high-medianStem)/tallest)
	l.y = s.base - max(stripLeast, s.most*tallest) - medianStem
	return l
}

// median draws the label and a dashed line from it to the bar in the middle.
func (c *club) median(l label, s thin) {
	if l.s == "" {
		return
	}
	c.write(l.s, l.x, l.y, l.st)
	x := inner + s.step*float64(s.active)/2
	end := s.base - s.height(s.active/2) - 4
	for y := l.y + 10; y < end; y += 10 {
		c.rect(Rect{x - 1.5, y, 3, min(6, end-y)}, corners{}, c.theme.ink2)
	}
}

// places writes the words under the bars. The last word gives way.
func (c *club) places(first, more, rested string, y float64, s thin) {
	st := c.theme.axisText().in(c.theme.ink2)
	room := (right - inner) / 2
	end := right
	if s.active < len(s.all) {
		rested, _ = c.fit(rested, st, room)
		w := c.measure(rested, st)
		c.write(rested, right-w, y, st)
		end -= w + 28
	}
	x := inner
	if s.active > 0 {
		first, _ = c.fit(first, st, room/2)
		x += c.write(first, inner, y, st) + 28
	}
	if more == "" || len(c.rows) >= len(s.all) {
		return
	}
	w := c.measure(more, st)
	at := math.Max(x, math.Min(inner+s.step*float64(len(c.rows)), end-w))
	if text, cut := c.fit(more, st, end-at); !cut {
		c.write(text, at, y, st)
	}
}
