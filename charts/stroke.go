package charts

import (
	"image/color"
	"math"
	"slices"

	"github.com/golang/freetype/raster"
	"golang.org/x/image/math/fixed"
)

// pt is a point of the layout, in pixels.
type pt struct{ x, y float64 }

// stroke is how a line is drawn. Its joins are round.
type stroke struct {
	width float64
	butt  bool      // ends cut at the last point; round otherwise
	dash  []float64 // lengths on, off, on and so on; none for a whole line
	data  bool      // carries values: recorded, and text must keep off it
}

// polyline draws a line through points. Points that are not finite break it.
func (c *canvas) polyline(pts []pt, st stroke, col color.NRGBA) {
	if c.traceStroke(pts, st) {
		c.brush.SetColor(col)
		c.paintStroke()
	}
}

// polylineShade draws a line in the colour that shade gives each place.
func (c *canvas) polylineShade(pts []pt, st stroke, shade func(x, y float64) color.NRGBA) {
	if c.traceStroke(pts, st) {
		c.shaded(shade, c.paintStroke)
	}
}

// segment draws a straight line.
func (c *canvas) segment(x0, y0, x1, y1 float64, st stroke, col color.NRGBA) {
	c.polyline([]pt{{x0, y0}, {x1, y1}}, st, col)
}

func (c *canvas) paintStroke() {
	c.ras.Rasterize(c.brush)
	c.ras.Clear()
}

// traceStroke prepares a line and says whether there is any.
func (c *canvas) traceStroke(pts []pt, st stroke) bool {
	var path raster.Path
	for _, whole := range unbroken(pts) {
		if st.data {
			c.record(whole, st.width)
		}
		for _, piece := range dashes(whole, st.dash) {
			path.Start(c.fixed(piece[0]))
			for _, p := range piece[1:] {
				path.Add1(c.fixed(p))
			}
		}
	}
	if len(path) == 0 {
		return false
	}
	caps := raster.RoundCapper
	if st.butt {
		caps = raster.ButtCapper
	}
	c.ras.UseNonZeroWinding = true
	c.ras.AddStroke(path, fixed.Int26_6(math.Round(st.width*c.scale*64)), caps, raster.RoundJoiner)
	return true
}

// fixed is a point in the stroker's units, within the limit.
func (c *canvas) fixed(p pt) fixed.Point26_6 {
	k := c.scale * 64 / fine
	return fixed.Point26_6{X: fixed.Int26_6(math.Round(c.units(p.x) * k)), Y: fixed.Int26_6(math.Round(c.units(p.y) * k))}
}

// unbroken divides points at those that are not finite and drops lines of one
// point.
func unbroken(pts []pt) [][]pt {
	return slices.DeleteFunc(pieces(pts), func(l []pt) bool { return len(l) < 2 })
}

// pieces divides points at those that are not finite.
func pieces(pts []pt) [][]pt {
	var out [][]pt
	from := 0
	for i := 0; i <= len(pts); i++ {
		if i < len(pts) && finite(pts[i].x) && finite(pts[i].y) {
			continue
		}
		if i > from {
			out = append(out, pts[from:i])
		}
		from = i + 1
	}
	return out
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// dashes cuts a line into the pieces that are drawn.
func dashes(pts []pt, pattern []float64) [][]pt {
	sum := 0.0
	for _, v := range pattern {
		sum += v
	}
	if !(sum >= 2) {
		return [][]pt{pts}
	}
	var out [][]pt
	on, n, left := true, 0, pattern[0]
	piece := []pt{pts[0]}
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		long := math.Hypot(b.x-a.x, b.y-a.y)
		for at := 0.0; long-at > 1e-9; {
			step := min(left, long-at)
			at, left = at+step, left-step
			p := pt{a.x + (b.x-a.x)*at/long, a.y + (b.y-a.y)*at/long}
			if on {
				piece = append(piece, p)
			}
			if left > 1e-9 {
				continue
			}
			if on {
				out = append(out, piece)
			}
			n = (n + 1) % len(pattern)
			on, left, piece = !on, pattern[n], []pt{p}
		}
	}
	if on && len(piece) > 1 {
		out = append(out, piece)
	}
	return out
}

// record keeps the segments of a line that carries values.
func (c *canvas) record(pts []pt, width float64) {
	for i := 1; i < len(pts); i++ {
		c.strokes = append(c.strokes, Stroke{pts[i-1].x, pts[i-1].y, pts[i].x, pts[i].y, width})
	}
}
