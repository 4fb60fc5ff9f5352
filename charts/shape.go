package charts

import (
	"image/color"
	"math"
)

// Right is the x of the right side.
func (r Rect) Right() float64 { return r.X + r.W }

// Bottom is the y of the lower side.
func (r Rect) Bottom() float64 { return r.Y + r.H }

// corners are the radii of a rectangle, clockwise from the top left.
type corners struct{ tl, tr, br, bl float64 }

func round(r float64) corners { return corners{r, r, r, r} }

// kappa places the handles of a cubic that stands for a quarter of a circle.
const kappa = 0.5522847498

// units turns a coordinate into the engine's units, within its limit.
func (c *canvas) units(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return max(-c.limit, min(c.limit, v)) * fine
}

func (c *canvas) moveTo(x, y float64) { c.gc.MoveTo(c.units(x), c.units(y)) }
func (c *canvas) lineTo(x, y float64) { c.gc.LineTo(c.units(x), c.units(y)) }

func (c *canvas) quadTo(ax, ay, x, y float64) {
	c.gc.QuadCurveTo(c.units(ax), c.units(ay), c.units(x), c.units(y))
}

// cubicTo draws a line where the curve is a point: the engine divides such a
// curve without end.
func (c *canvas) cubicTo(ax, ay, bx, by, x, y float64) {
	px, py := c.gc.LastPoint()
	if px == c.units(x) && px == c.units(ax) && px == c.units(bx) &&
		py == c.units(y) && py == c.units(ay) && py == c.units(by) {
		c.lineTo(x, y)
		return
	}
	c.gc.CubicCurveTo(c.units(ax), c.units(ay), c.units(bx), c.units(by), c.units(x), c.units(y))
}

// fill paints the path that was traced and forgets it.
func (c *canvas) fill(col color.NRGBA) {
	c.gc.SetFillColor(col)
	c.gc.Fill()
}

// fillRamp paints the path from top to bottom in the colours of a ramp.
func (c *canvas) fillRamp(top, bottom float64, stops ...color.NRGBA) {
	c.brush.rows = func(y int) color.NRGBA {
		return ramp((float64(y)+0.5)/c.scale, top, bottom, stops...)
	}
	c.fill(stops[0])
	c.brush.rows = nil
}

// fillShade paints the path in the colour that shade gives each place.
func (c *canvas) fillShade(shade func(x, y float64) color.NRGBA) {
	c.shaded(shade, func() { c.fill(c.theme.ink) })
}

// shaded paints with a colour for each place of the layout.
func (c *canvas) shaded(shade func(x, y float64) color.NRGBA, paint func()) {
	c.brush.shade = func(x, y int) color.NRGBA {
		return shade((float64(x)+0.5)/c.scale, (float64(y)+0.5)/c.scale)
	}
	paint()
	c.brush.shade = nil
}

// rect paints a rectangle with rounded corners.
func (c *canvas) rect(r Rect, k corners, col color.NRGBA) {
	if r.W <= 0 || r.H <= 0 {
		return
	}
	c.traceRect(r, k)
	c.fill(col)
}

func (c *canvas) traceRect(r Rect, k corners) {
	most := min(r.W, r.H) / 2
	tl, tr, br, bl := min(k.tl, most), min(k.tr, most), min(k.br, most), min(k.bl, most)
	const h = 1 - kappa
	c.moveTo(r.X+tl, r.Y)
	c.lineTo(r.Right()-tr, r.Y)
	c.cubicTo(r.Right()-tr*h, r.Y, r.Right(), r.Y+tr*h, r.Right(), r.Y+tr)
	c.lineTo(r.Right(), r.Bottom()-br)
	c.cubicTo(r.Right(), r.Bottom()-br*h, r.Right()-br*h, r.Bottom(), r.Right()-br, r.Bottom())
	c.lineTo(r.X+bl, r.Bottom())
	c.cubicTo(r.X+bl*h, r.Bottom(), r.X, r.Bottom()-bl*h, r.X, r.Bottom()-bl)
	c.lineTo(r.X, r.Y+tl)
	c.cubicTo(r.X, r.Y+tl*h, r.X+tl*h, r.Y, r.X+tl, r.Y)
	c.gc.Close()
}

// circle paints a disc.
func (c *canvas) circle(x, y, r float64, col color.NRGBA) {
	c.traceCircle(x, y, r)
	c.fill(col)
}

func (c *canvas) traceCircle(x, y, r float64) {
	c.traceRect(Rect{x - r, y - r, 2 * r, 2 * r}, round(r))
}

// polygon paints the area between points given as x, y, x, y and so on.
func (c *canvas) polygon(col color.NRGBA, xy ...float64) {
	c.moveTo(xy[0], xy[1])
	for i := 2; i+1 < len(xy); i += 2 {
		c.lineTo(xy[i], xy[i+1])
	}
	c.gc.Close()
	c.fill(col)
}
