package charts

import (
	"image/color"
	"math"
)

// Angles are turns, clockwise from twelve o'clock: 0.25 is three o'clock.

// onCircle is the point of a circle at a turn.
func onCircle(x, y, r, turn float64) pt {
	s, k := math.Sincos(2 * math.Pi * turn)
	return pt{x + r*s, y - r*k}
}

// traceArc continues the path along a circle, an eighth of it at a time. The
// path must stand at its first point.
func (c *canvas) traceArc(x, y, r, from, to float64) {
	n := int(math.Ceil(math.Abs(to-from)*8 - 1e-9))
	for i := range n {
		a := from + (to-from)*float64(i)/float64(n)
		b := from + (to-from)*float64(i+1)/float64(n)
		h := r * 4 / 3 * math.Tan((b-a)*math.Pi/2)
		sa, ka := math.Sincos(2 * math.Pi * a)
		sb, kb := math.Sincos(2 * math.Pi * b)
		c.cubicTo(x+r*sa+h*ka, y-r*ka+h*sa, x+r*sb-h*kb, y-r*kb-h*sb, x+r*sb, y-r*kb)
	}
}

// traceBand traces the part of a ring between two turns. Its middle line has
// the radius r. More than one turn is cut to one.
func (c *canvas) traceBand(x, y, r, wide, from, to float64, roundEnds bool) {
	if to < from {
		from, to = to, from
	}
	to = min(to, from+1)
	out, in := r+wide/2, max(0, r-wide/2)
	start := onCircle(x, y, out, from)
	c.moveTo(start.x, start.y)
	c.traceArc(x, y, out, from, to)
	if roundEnds {
		e := onCircle(x, y, r, to)
		c.traceArc(e.x, e.y, wide/2, to, to+0.5)
	} else {
		e := onCircle(x, y, in, to)
		c.lineTo(e.x, e.y)
	}
	c.traceArc(x, y, in, to, from)
	if roundEnds {
		e := onCircle(x, y, r, from)
		c.traceArc(e.x, e.y, wide/2, from+0.5, from+1)
	}
	c.gc.Close()
}

// band paints the part of a ring between two turns.
func (c *canvas) band(x, y, r, wide, from, to float64, roundEnds bool, col color.NRGBA) {
	c.traceBand(x, y, r, wide, from, to, roundEnds)
	c.fill(col)
}

// ring paints a whole ring. Its middle line has the radius r.
func (c *canvas) ring(x, y, r, wide float64, col color.NRGBA) {
	c.band(x, y, r, wide, 0, 1, false, col)
}

// glow paints a disc that fades from col in the middle to nothing at r.
func (c *canvas) glow(x, y, r float64, col color.NRGBA) {
	c.traceCircle(x, y, r)
	c.fillShade(func(px, py float64) color.NRGBA {
		t := max(0, 1-math.Hypot(px-x, py-y)/r)
		out := col
		out.A = uint8(math.Round(float64(col.A) * t * t * (3 - 2*t)))
		return out
	})
}

// iconDisc paints an icon on a disc.
func (c *canvas) iconDisc(name string, x, y, r float64, ground, ink color.NRGBA) {
	c.circle(x, y, r, ground)
	c.icon(name, x, y, 1.16*r, ink)
}

// The room between the text of a pill and its edge.
const (
	pillSide = 22.0
	pillHigh = 52.0
)

// pillWidth is how wide a pill with the text is.
func (c *canvas) pillWidth(s string, st style) float64 { return c.measure(s, st) + 2*pillSide }

// pill writes text on a ground with round ends, centred on y, and returns its
// box. The style's align says which part of the pill is at x. The caller has
// made the text fit.
func (c *canvas) pill(s string, x, y float64, st style, ground color.NRGBA) Rect {
	if s == "" {
		return Rect{X: x, Y: y}
	}
	w := c.pillWidth(s, st)
	box := Rect{x - w*st.align, y - pillHigh/2, w, pillHigh}
	c.rect(box, round(pillHigh/2), ground)
	st.align = 0
	c.writeMid(s, box.X+pillSide, y, st)
	return box
}

// panel paints the ground of a card.
func (c *canvas) panel(r Rect) { c.rect(r, round(cardRound), c.theme.card) }

// alpha is a colour with a share of its cover.
func alpha(c color.NRGBA, share float64) color.NRGBA {
	c.A = uint8(math.Round(255 * max(0, min(1, share))))
	return c
}
